"""`propose`, `proposals`, `decide`, `operate`, `outcome`, `report`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import (
    CODE,
    DAY,
    FOLDER,
    PAIR,
    SCORE,
    as_json,
    day,
    officer,
    show,
    show_id,
    show_one,
)

body = click.option("--body", required=True, type=CODE, help="The body, as the pack names it.")


@click.command()
@officer
@click.option("--case", required=True, type=CODE)
@body
@click.option("--target", default="networks", show_default=True, type=CODE)
@click.option("--crime-area", required=True, type=CODE)
@click.option("--score", "scores", multiple=True, type=SCORE, help="A criterion, code=number.")
@click.option(
    "--measure", "measures", required=True, multiple=True, type=PAIR, help="party=measure"
)
@click.option("--goal", "goals", multiple=True, type=SCORE, help="An indicator, code=target.")
@click.option("--until", required=True, type=DAY)
@click.option("--why", required=True, help="For the sealed annex of the scope's parties.")
@as_json
def propose(**wish: Any) -> None:
    """Propose an operation to a body, out of a case; prints the proposal's id.

    Reads the case. Writes the proposal: codes and dates to the whole body, the persons sealed to
    the scope's parties alone. Refuses an officer who is no officer or analyst, a measure that a
    party does not have or a party without a seat, and words that are not in the pack.
    """
    from samverkan.agency.proposing import Sketch
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated
    from samverkan.kernel.ids import CaseId

    sketch = Sketch(
        case=CaseId(wish["case"]),
        body=wish["body"],
        target=wish["target"],
        crime_area=wish["crime_area"],
        criteria={code: int(score) for code, score in wish["scores"]},
        measures=wish["measures"],
        goals=tuple((code, 0, int(aim)) for code, aim in wish["goals"]),
        until=wish["until"].date(),
        why=wish["why"],
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = deciding.propose(seat, sketch)
    show_id("proposal", made, as_json=wish["as_json"])


@click.command()
@officer
@body
@as_json
def proposals(*, data: Path, party: str, name: str, body: str, as_json: bool) -> None:
    """List the proposals before a body: id, state, positions, outcome, operation.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer who does not sit
    in the body.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = deciding.rounds(seat, body)
    show(found, as_json=as_json)


@click.group()
def decide() -> None:
    """A body's round: each party's own position, and the close."""


@decide.command()
@officer
@body
@click.argument("proposal", type=CODE)
@click.option(
    "--position",
    required=True,
    type=click.Choice(["for", "against", "abstain", "no-mandate"]),
)
@click.option("--reason", type=CODE, help="A code of the pack; needed unless the position is for.")
@as_json
def position(**wish: Any) -> None:
    """Take the own party's position on a proposal.

    Reads the proposal. Writes the position beside those before it, and prints the round. Refuses
    an officer who does not decide for the party in this body, a round that is closed, and a
    position other than for without a reason of the pack.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        found = deciding.take_position(
            seat,
            wish["proposal"],
            body=wish["body"],
            position=wish["position"],
            reason=wish["reason"],
        )
    show_one(found, as_json=wish["as_json"])


@decide.command("close")
@officer
@body
@click.argument("proposal", type=CODE)
@click.option("--present", required=True, multiple=True, type=CODE, help="A party that sat.")
@as_json
def close_round(**wish: Any) -> None:
    """Close the round; when every party that is to act is for, it opens an operation.

    Reads the proposal and its positions. Writes the decision, and prints the round with its
    operation. Refuses an officer who neither chairs the body nor is its secretariat, fewer
    present than the quorum, and a round that is closed.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        found = deciding.close(seat, wish["proposal"], body=wish["body"], present=wish["present"])
    show_one(found, as_json=wish["as_json"])


@click.group()
def operate() -> None:
    """An operation: the own measures and hours in it."""


@operate.command("show")
@officer
@click.argument("operation", type=CODE)
@as_json
def show_(*, data: Path, party: str, name: str, operation: str, as_json: bool) -> None:
    """List the measures of an operation: id, party, kind, state, result.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer without a mandate
    for measures, and an operation that the party is not in.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = deciding.measures(seat, operation)
    show(found, as_json=as_json)


@operate.command()
@officer
@click.argument("operation", type=CODE)
@click.option("--measure", "kind", required=True, type=CODE, help="Of the own catalogue.")
@click.option("--due", required=True, type=DAY)
@as_json
def plan(**wish: Any) -> None:
    """Take a measure of the own catalogue into an operation; prints its id.

    Reads the operation. Writes the measure. Refuses an officer without a mandate for measures,
    an operation that is over or that the party is not in, and a measure of another's catalogue.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = deciding.plan(seat, wish["operation"], kind=wish["kind"], due=wish["due"].date())
    show_id("measure", made, as_json=wish["as_json"])


@operate.command()
@officer
@click.argument("operation", type=CODE)
@click.option("--week", required=True, help="As 2026-w48.")
@click.option("--hours", "count", required=True, help="In quarters, as 7.25.")
@click.option("--kind", default="operative", show_default=True, type=CODE, help="Kind of work.")
@click.option(
    "--level",
    default="regional",
    show_default=True,
    type=click.Choice(["local", "regional", "national"]),
)
def hours(**wish: Any) -> None:
    """Put in the own hours of a week in an operation; what is said of it later counts instead.

    Reads the operation. Writes the hours into the own node; sums of the party leave it when the
    week is over, those of few persons with the month. Refuses an officer without the mandate, an
    operation that the party is not in, hours below nought or beyond the week's 168, a week to
    come, and one that is in a frozen report.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        row = deciding.row(wish["operation"], wish["level"], wish["kind"], wish["count"])
        deciding.report_hours(seat, wish["week"], row)


@operate.command("close")
@officer
@click.argument("operation", type=CODE)
@click.option("--measure", required=True, type=CODE, help="The own measure's id.")
@click.option("--result", required=True, type=CODE, help="A code of the pack, as done.")
def close_measure(**wish: Any) -> None:
    """Say how an own measure went.

    Reads the operation. Writes the result. Refuses an officer without a mandate for measures,
    another party's measure, one that is closed, and a result that is not in the pack.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        deciding.finish(seat, wish["operation"], wish["measure"], wish["result"])


@click.command()
@officer
@click.argument("operation", type=CODE)
@click.option("--measure", type=CODE, help="The own measure that brought it.")
@click.option("--indicator", required=True, type=CODE)
@click.option("--stage", default="decided", show_default=True, type=CODE)
@click.option(
    "--amount", required=True, type=click.IntRange(0, 10**15), help="In the indicator's unit."
)
@click.option("--on", "decided", type=DAY, help="The day of the decision; today if not given.")
@click.option("--shared", multiple=True, type=CODE, help="A party with an equal share in it.")
@click.option("--claim", type=click.IntRange(0, 10**15), help="What was claimed.")
@click.option("--number", default="", help="The decision's own number; only a mark of it leaves.")
@as_json
def outcome(**wish: Any) -> None:
    """Record what an operation brought; prints the outcome's id.

    Reads the operation. Writes the outcome, which counts once however many share it. Refuses an
    officer without the mandate, an operation that the party is not in, an indicator or stage
    that is not the party's, and a day before the operation or to come.
    """
    from samverkan.agency import acting
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        decided = day(wish["decided"]) or deciding.today(seat)
        effect = acting.Effect(
            measure=wish["measure"],
            indicator=wish["indicator"],
            stage=wish["stage"],
            amount=wish["amount"],
            decided=decided,
            shares=acting.equal(wish["shared"]),
            version=deciding.version(seat, wish["indicator"], decided),
            claim=wish["claim"],
            number=wish["number"],
        )
        made = deciding.record(seat, wish["operation"], effect)
    show_id("outcome", made, as_json=wish["as_json"])


@click.command()
@officer
@click.option("--year", type=click.IntRange(2009, 2999), help="This year if not given.")
@click.option(
    "--kind",
    default="interim",
    show_default=True,
    type=click.Choice(["interim", "final"]),
    help="A final report is of a year that is over, and closes its weeks.",
)
@click.option("--to", "folder", required=True, type=FOLDER, help="Folder for the files.")
@as_json
def report(**wish: Any) -> None:
    """Freeze the yearly report as of today, and write it as PDF, DOCX, XLSX and ZIP; prints the PDF's path.

    Reads the official record of steering. Writes the frozen report there and the files into the
    folder. Refuses an officer who is not the secretariat, and a final report of a year that is
    not over.
    """
    from samverkan.embedded.stations import deciding
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        path = deciding.report(seat, wish["year"], wish["folder"], kind=wish["kind"])
    show_id("report", path, as_json=wish["as_json"])
