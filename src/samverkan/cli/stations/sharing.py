"""`cooperate`, `accept`, `cooperations`, `enrol`, `match`, `hits`, `judge`, `assess`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import (
    CODE,
    DAY,
    FILE,
    as_json,
    data,
    day,
    officer,
    one_opening,
    opening,
    show,
    show_id,
    show_one,
)


@click.command()
@officer
@click.option("--with", "others", required=True, multiple=True, type=CODE, help="Another party.")
@click.option("--under", type=CODE, help="The framework under which this is a scope.")
@click.option("--region", required=True, type=CODE, help="A region of the pack.")
@click.option("--purpose", type=CODE, help="The pack's first, if not given.")
@click.option(
    "--ground",
    "grounds",
    multiple=True,
    type=CODE,
    help="Any number; the first of each kind that the purpose demands, if none is given.",
)
@click.option("--typology", "typologies", multiple=True, type=CODE, help="In scope; any number.")
@click.option("--size", default="s", show_default=True, type=CODE, help="Size class of each side.")
@click.option("--operator", type=CODE, help="Who runs the hub; the own party if not given.")
@click.option("--until", type=DAY, help="Last day; two years for a framework, one for a scope.")
@as_json
def cooperate(**wish: Any) -> None:
    """Draft a framework cooperation or, with --under, a scope below one; prints its id.

    Reads the national pack and what the party knows of cooperations. Writes the draft, which is
    in force when every party, this one too, has run `accept`. Refuses an officer who does not
    decide for the party, a scope whose framework is not in force, and words that are not in the
    pack.
    """
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seated

    terms = sharing.Terms(
        parties=(wish["party"], *wish["others"]),
        under=wish["under"],
        purpose=wish["purpose"],
        grounds=wish["grounds"],
        region=wish["region"],
        typologies=wish["typologies"],
        size=wish["size"],
        operator=wish["operator"],
        until=day(wish["until"]),
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = sharing.cooperate(seat, terms)
    show_id("cooperation", made, as_json=wish["as_json"])


@click.command()
@officer
@click.argument("cooperation", type=CODE)
@as_json
def accept(*, data: Path, party: str, name: str, cooperation: str, as_json: bool) -> None:
    """Decide that the own party takes part in a cooperation.

    Reads what the party knows of it. Writes the decision, and prints where the cooperation
    stands; with the last party's it is in force, and a scope's matching keys are made. Refuses
    an officer who does not decide for the party, a cooperation that it is no party of, and a
    second decision.
    """
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        standing = sharing.accept(seat, cooperation)
    show_one(standing, as_json=as_json)


@click.command()
@officer
@as_json
def cooperations(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List the cooperations that the party knows: id, framework, parties, who accepted, state.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer who does not
    decide for the party.
    """
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = sharing.known(seat)
    show(found, as_json=as_json)


@click.command()
@officer
@click.option("--scope", required=True, type=CODE, help="The scope to enrol into.")
@click.option("--query", "queries", multiple=True, type=CODE, help="A lawful query of the pack.")
@click.option("--all", "everything", is_flag=True, help="Every lawful query of the party.")
@click.option("--list", "listed", type=FILE, help="A file of own records, one a line.")
@click.option("--necessity", type=CODE, default="single-subject", show_default=True)
@opening
@as_json
def enrol(**wish: Any) -> None:
    """Enrol own subjects into a scope, open to named parties under a signed rule, or silent.

    Reads the party's statements. Writes the enrolments and the signed release rules, all or
    none, and prints id, query, rule, subjects, entries; values leave blinded, when `match` is
    run. With --list: identity numbers or identifiers of own records, one a line, each perhaps
    with a necessity of its own behind a semicolon (else --necessity); the only way in for children
    and victims. Refuses an opening that no releasing officer signs, a typology's condition without
    one, a query that is not in the pack or has been enrolled, a record that is not the party's,
    more subjects than the size class, a whole register without a statute, an opening by a party
    that may only receive, and a scope whose keys are not made.
    """
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seat_of, seated

    ways = (bool(wish["queries"]), wish["everything"], wish["listed"] is not None)
    if sum(ways) != 1:
        raise click.UsageError("give one of --query, --all and --list")
    one_opening(wish)
    if wish["listed"] is not None:
        _enrol_list(wish)
        return
    choice = sharing.Choice(wish["scope"], wish["queries"], wish["open_to"], wish["balance"])
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        by = wish["signed_by"]
        signer = None if by is None else seat_of(seat.house, wish["party"], by)
        made = sharing.enrol(seat, signer, choice)
    show(made, as_json=wish["as_json"])


def _enrol_list(wish: dict[str, Any]) -> None:
    from samverkan.embedded.stations import selecting
    from samverkan.embedded.stations.seat import seat_of, seated
    from samverkan.embedded.stations.sharing import Opening

    records = selecting.Records(
        scope=wish["scope"],
        lines=selecting.lines(wish["listed"]),
        necessity=wish["necessity"],
        opening=Opening(wish["open_to"], wish["balance"]),
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        by = wish["signed_by"]
        signer = None if by is None else seat_of(seat.house, wish["party"], by)
        made = selecting.enrol_list(seat, signer, records)
    show([made], as_json=wish["as_json"])


@click.command()
@data
@as_json
def match(*, data: Path, as_json: bool) -> None:
    """Carry the post until nothing moves: values are blinded, evaluated, indexed, matched.

    Reads what waits in every outbox. Writes what each receiver makes of it; hits are then at the
    parties that may be told. Nobody's mandate is used, since nothing is read by anybody. Refuses
    a folder that is none, or that another process is at work on.
    """
    from samverkan.embedded.stations.seat import opened

    with opened(data) as house:
        moved = house.settle()
    click.echo(json.dumps({"carried": moved}) if as_json else ("carried" if moved else "quiet"))


@click.command()
@officer
@as_json
def hits(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List the party's hits, strongest first, and the typologies that fired on its subjects.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer who is no officer
    or analyst. Both are leads: see what agreed, then run `judge`; what met, then `assess`.
    """
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found, firings = sharing.hits(seat)
    if as_json:
        both = {"hits": [asdict(one) for one in found], "firings": [asdict(f) for f in firings]}
        click.echo(json.dumps(both))
    else:
        show([*found, *firings], as_json=False)


@click.command()
@officer
@click.argument("hit", type=CODE)
@click.option(
    "--verdict",
    required=True,
    type=click.Choice(["same", "different", "unsure", "withdrawn"]),
)
@click.option("--note", required=True, help="What the judgement rests on.")
def judge(**wish: Any) -> None:
    """Judge whether a hit is the same person or company; a note says why.

    Reads the hit. Writes the judgement beside those before it. Refuses an officer who is no
    officer or analyst, a hit that is not the party's, an empty note, and to withdraw what was
    never judged.
    """
    from samverkan.domain.graph import Verdict
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        sharing.judge(seat, wish["hit"], Verdict(wish["verdict"]), wish["note"])


@click.command()
@officer
@click.argument("firing", type=CODE)
@click.option(
    "--relevance",
    required=True,
    type=click.Choice(["relevant", "not-relevant", "unsure", "withdrawn"]),
)
@click.option("--note", required=True, help="What the assessment rests on.")
def assess(**wish: Any) -> None:
    """Assess whether a typology that fired is relevant; a note says why.

    Reads the firing. Writes the assessment beside those before it; the exchange hears that there
    is one, and not which. Refuses an officer who is no officer or analyst, a firing that is not
    the party's, an empty note, and to withdraw what was never assessed.
    """
    from samverkan.domain.graph import Relevance
    from samverkan.embedded.stations import sharing
    from samverkan.embedded.stations.seat import seated

    relevance = Relevance(wish["relevance"].replace("-", "_"))
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        sharing.assess(seat, wish["firing"], relevance, wish["note"])
