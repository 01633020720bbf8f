"""`local`: a local body from the first choice of an area to its first agenda."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import (
    CODE,
    DAY,
    as_json,
    day,
    officer,
    show,
    show_id,
)

body = click.argument("local", type=CODE)


@click.group()
def local() -> None:
    """A local body: started, answered, filled, met."""


@local.command()
@officer
@click.option("--area", required=True, help="A municipality's code, or a named area's id.")
@click.option(
    "--body-name", required=True, help="What it is to be called: a place, never a person."
)
@click.option("--under", required=True, type=CODE, help="The regional council that it belongs to.")
@click.option("--since", type=DAY, help="Its first day; today if not given.")
@click.option("--until", type=DAY, help="Its last day, if it is settled.")
@click.option("--variant", type=CODE, help="A way of working of the pack; the core's if not given.")
@click.option("--invite", "invited", multiple=True, type=CODE, help="A party that is asked.")
@as_json
def start(**wish: Any) -> None:
    """Start a local body and ask the others; prints its id.

    Reads the pack's territory and the named areas. Writes the start, which every party is told, and
    an invitation into the inbox of each that is asked. Refuses an officer who sits in no council, an
    area or council that is not there on its first day, and an agency that is no member then.
    """
    from samverkan.agency.gathering import Beginning
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        begun = Beginning(
            name=wish["body_name"],
            area=wish["area"],
            under=wish["under"],
            since=day(wish["since"]) or gathering.today(seat),
            until=day(wish["until"]),
            variant=wish["variant"],
            invite=wish["invited"],
        )
        made = gathering.start(seat, begun)
    show_id("local", made, as_json=wish["as_json"])


@local.command("list")
@officer
@as_json
def list_(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List the local bodies: id, name, area, first day, who leads, where the own party stands.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer without mandate.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = gathering.known(seat)
    show(found, as_json=as_json)


@local.command("show")
@officer
@body
@as_json
def show_(*, data: Path, party: str, name: str, local: str, as_json: bool) -> None:
    """List the parties of a body: party, answer, seats filled today.

    Reads the party's store. Writes nothing but the ledger. Refuses a body that is not there.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = gathering.members(seat, local)
    show(found, as_json=as_json)


@local.command()
@officer
@body
@click.option("--ask", "asked", required=True, type=CODE, help="The party to ask.")
def invite(*, data: Path, party: str, name: str, local: str, asked: str) -> None:
    """Ask one party more.

    Reads the body. Writes the invitation. Refuses a party that does not lead the body, one that was
    asked before, and an agency that is no member of the effort.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        gathering.invite(seat, local, asked)


@local.command()
@officer
@body
@click.option(
    "--answer",
    "said",
    required=True,
    type=click.Choice(["takes-part", "from-afar", "declines"]),
)
@click.option("--reason", type=CODE, help="A code of the pack; needed when it declines.")
def answer(**wish: Any) -> None:
    """Answer an invitation for the own party; from-afar is by a delegate, without an office there.

    Reads the body. Writes the answer. Refuses an officer who does not decide for the party, a party
    that was not asked, and the same answer twice.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        gathering.answer(seat, wish["local"], (wish["said"], wish["reason"]))


@local.command()
@officer
@body
@click.option(
    "--seat",
    "filled",
    default="member",
    show_default=True,
    type=click.Choice(["member", "deputy", "coordinator"]),
)
@click.option("--to", required=True, help="The own officer who fills it. Others never learn who.")
@click.option("--since", type=DAY, help="The body's first day, or today, if not given.")
@click.option("--until", type=DAY, help="A year from then if not given.")
@as_json
def delegate(**wish: Any) -> None:
    """Fill a seat of the own party in a body, or in a group of the pack; prints the delegation's id.

    Reads the seats of the body. Writes whom it is for into the own store, and role and days for
    everybody. Refuses a seat that is filled on one of the days, a party that takes no part, and a
    coordinator of another party than the one that leads.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    fill = gathering.Fill(
        wish["local"], wish["filled"], wish["to"], day(wish["since"]), day(wish["until"])
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = gathering.delegate(seat, fill)
    show_id("delegation", made, as_json=wish["as_json"])


@local.command()
@officer
@body
@click.option(
    "--kind",
    required=True,
    type=click.Choice(["municipality", "housing-company", "county-board"]),
)
@click.option("--partner", "partner_name", required=True, help="What it is called.")
def partner(**wish: Any) -> None:
    """Add a partner without standing: it takes part in what is open alone.

    Reads the body. Writes the partner, which every party is told. Refuses a party that does not
    lead the body.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        gathering.partner(seat, wish["local"], wish["kind"], wish["partner_name"])


@local.command()
@officer
@body
@click.option("--plan", "count", type=click.IntRange(1, 60), help="Plan so many meetings first.")
@click.option("--weeks", type=click.IntRange(1, 52), help="The way of working says if not given.")
@click.option("--weekday", type=click.IntRange(1, 5), help="1 is Monday.")
@click.option("--since", type=DAY, help="The body's first day if not given.")
@as_json
def meetings(**wish: Any) -> None:
    """List the meetings of a body: day, points that you may see. With --plan, plan some first.

    Reads the party's store and the pack's holidays. Writes the days, by the rhythm, moved on from
    weekends and holidays. Refuses to plan for anybody but the body's coordinator, before its first
    day, and on a day that has a meeting.
    """
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        if wish["count"] is not None:
            rhythm = gathering.Rhythm(
                wish["count"], wish["weeks"], wish["weekday"], day(wish["since"])
            )
            gathering.plan(seat, wish["local"], rhythm)
        found = gathering.days(seat, wish["local"])
    show(found, as_json=wish["as_json"])


@local.command()
@officer
@body
@click.option("--on", type=DAY, help="The meeting; the next one if not given.")
@click.option("--add", "title", help="Put this point on it first. Of the place, never of a person.")
@click.option("--first", is_flag=True, help="Put the national pack's first agenda on it first.")
@click.option("--part", default="open", show_default=True, type=click.Choice(["open", "closed"]))
@click.option("--owner", type=CODE, help="The party that answers for it; the own if not given.")
@click.option("--due", type=DAY)
@as_json
def agenda(**wish: Any) -> None:
    """List the points of a meeting: id, part, title, owner, due, state. With --add, add one first;
    with --first, the agenda that a body begins with: the pack's points and its open questions.

    Reads the party's store: the open part for anybody, the closed one for who sits in the body.
    Writes the point. Refuses to add for one who does not sit there, on a day without meeting, and a
    title that points somebody out.
    """
    from samverkan.cli.language import spoken
    from samverkan.embedded.stations import gathering
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        if wish["first"]:
            gathering.first(seat, wish["local"], day(wish["on"]), spoken().value)
        found = gathering.agenda_of(
            seat,
            wish["local"],
            day(wish["on"]),
            gathering.Wanted(wish["title"], wish["part"], wish["owner"], day(wish["due"])),
        )
    show(found, as_json=wish["as_json"])
