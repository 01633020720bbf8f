"""`case open`, `case show`, `request`, `requests`, `answer`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import CODE, FIELD, FIELD_PAIR, as_json, officer, show, show_id


@click.group()
def case() -> None:
    """The party's cases: what it holds and has received of somebody."""


@case.command("open")
@officer
@click.option("--hit", type=CODE, help="The hit whose own subject it is about.")
@click.option("--firing", type=CODE, help="Or the firing whose own subject it is about.")
@click.option("--title", required=True)
@as_json
def open_(**wish: Any) -> None:
    """Open a case about the own subject of a hit, or of a firing; prints its id.

    Reads the hit or firing. Writes the case into the party's own store. Refuses an officer who is
    no officer or analyst, a lead that is not the party's, and a scope that is no longer in force.
    """
    _one_lead(wish)
    from samverkan.embedded.stations import asking
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = asking.open_case(seat, hit=wish["hit"], firing=wish["firing"], title=wish["title"])
    show_id("case", made, as_json=wish["as_json"])


def _one_lead(wish: dict[str, Any]) -> None:
    """A hit or a firing, and not both. Raises `UsageError`."""
    if (wish["hit"] is None) == (wish["firing"] is None):
        raise click.UsageError("Name either --hit or --firing.")


@case.command("show")
@officer
@click.argument("case", type=CODE)
@as_json
def show_(*, data: Path, party: str, name: str, case: str, as_json: bool) -> None:
    """List all that the party holds of the case: subject, field, values, who said it, secrecy.

    Reads own statements and those that others have disclosed. Writes nothing but the ledger.
    Refuses an officer who is no officer or analyst, and a case that is not the party's.
    """
    from samverkan.embedded.stations import asking
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = asking.show_case(seat, case)
    show(found, as_json=as_json)


@click.command()
@officer
@click.option("--case", required=True, type=CODE)
@click.option("--hit", type=CODE, help="A hit that was judged to be the same.")
@click.option("--firing", type=CODE, help="Or a firing that was found relevant.")
@click.option("--subject", type=CODE, help="Or a subject of the case, asked about by its number.")
@click.option("--of", "of", type=CODE, help="Which party is asked: of the firing, or of the scope.")
@click.option("--field", "props", required=True, multiple=True, type=FIELD, help="What is asked.")
@click.option("--basis", type=CODE, help="The first of the pack that bears it, if not given.")
@click.option("--need", default="assess-proposal", show_default=True, type=CODE)
@click.option("--why", required=True, help="The need, in words.")
@click.option("--days", default=14, show_default=True, type=click.IntRange(1, 365))
@as_json
def request(**wish: Any) -> None:
    """Ask another party about its record, field by field; prints the request's id.

    Reads the hit or firing, what was made of it, and the pack's table of legal bases. Writes the
    request and sends it, sealed for that party: the one behind the hit, or one of those in the
    firing. With a subject, one party of the case's scope is asked by the own identity number of it:
    that discloses that the party works on it, is journalled with a basis, and is limited to some
    times a day. Refuses a hit that nobody judged to be the same, a firing that nobody found relevant,
    a party that is not in it, a basis that does not allow it, fields that cannot be asked for,
    and a need without words.
    """
    if wish["subject"] is None:
        _one_lead(wish)
    elif wish["hit"] or wish["firing"] or not wish["of"]:
        raise click.UsageError("Name --of with --subject, and neither --hit nor --firing.")
    from samverkan.embedded.stations import asking
    from samverkan.embedded.stations.seat import seated

    question = asking.Wish(
        case=wish["case"],
        hit=wish["hit"],
        firing=wish["firing"],
        of=wish["of"],
        subject=wish["subject"],
        props=wish["props"],
        basis=wish["basis"],
        need=wish["need"],
        need_text=wish["why"],
        days=wish["days"],
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = asking.request(seat, question)
    show_id("request", made, as_json=wish["as_json"])


@click.command()
@officer
@as_json
def requests(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List the requests that have come: id, who asks, fields, basis, need, last day, state.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer who is no
    releasing officer.
    """
    from samverkan.embedded.stations import asking
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = asking.requests(seat)
    show(found, as_json=as_json)


@click.command()
@officer
@click.argument("request", type=CODE)
@click.option("--release", multiple=True, type=FIELD, help="A field to disclose.")
@click.option(
    "--withhold", multiple=True, type=FIELD_PAIR, help="A field and the reason, field=reason."
)
@as_json
def answer(**wish: Any) -> None:
    """Answer a request field by field, sign it, and send it; prints the disclosure's id.

    Reads the request and the party's own statements. Writes the signed disclosure and sends it,
    sealed for the asker alone. Refuses an officer who is no releasing officer, a field left
    undecided or never asked for, a reason that is not in the pack, and a request that was
    answered or has lapsed.
    """
    from samverkan.embedded.stations import asking
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = asking.answer(
            seat, wish["request"], release=wish["release"], withhold=dict(wish["withhold"])
        )
    show_id("disclosure", made, as_json=wish["as_json"])
