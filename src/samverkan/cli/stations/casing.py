"""`case joint`, `case join`, `case list`, `case phase`, `case close`: the headers that parties share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.asking import case
from samverkan.cli.stations.options import CODE, DAY, as_json, day, officer, show, show_id


@case.command("joint")
@officer
@click.argument("file", type=CODE)
@click.option("--purpose", required=True, type=CODE, help="Why the case is kept.")
@click.option("--crime-area", required=True, type=CODE)
@click.option("--priority", default="normal", show_default=True, type=CODE)
@click.option("--review", type=DAY, help="Day of the first review; in 90 days if not given.")
@click.option("--number", default="", help="Own number, as K-2026-12.")
@as_json
def joint(**wish: Any) -> None:
    """Open a joint header for the own FILE, and lead it; prints the header's id.

    Reads the own file and its scope. Writes a header of codes, days and numbers, under a code name
    that is drawn, and tells the scope's parties and the region's bodies. Refuses an officer who is
    no officer or analyst, a file that has a header, a scope that is no longer in force, words that
    are not in the pack, a review that is past or more than a year ahead, and an own number of
    another form.
    """
    from samverkan.embedded.stations import casing
    from samverkan.embedded.stations.seat import seated

    header = casing.Wish(
        purpose=wish["purpose"],
        crime_area=wish["crime_area"],
        priority=wish["priority"],
        review=day(wish["review"]),
        number=wish["number"],
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = casing.open_joint(seat, wish["file"], header)
    show_id("header", made, as_json=wish["as_json"])


@case.command("join")
@officer
@click.argument("header", type=CODE)
@click.option("--file", type=CODE, help="The own file; a new one is opened if none is named.")
@click.option("--number", default="", help="Own number, as K-2026-12.")
@as_json
def join(**wish: Any) -> None:
    """Take part in a joint case with an own file; prints the file's id.

    Reads the HEADER as steering tells it. Writes an own file and the party's part. Refuses an
    officer who is no officer or analyst, a header of no own scope, one that the party is in, and
    one that is closed.
    """
    from samverkan.embedded.stations import casing
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        made = casing.join(seat, wish["header"], case=wish["file"], number=wish["number"])
    show_id("case", made, as_json=wish["as_json"])


@case.command("list")
@officer
@as_json
def list_(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List the running cases: header, code name, purpose, lead, parties, phase, review, age.

    Reads what steering has told. Writes nothing but the ledger. Refuses an officer who is no
    officer or analyst.
    """
    from samverkan.embedded.stations import casing
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = casing.listed(seat)
    show(found, as_json=as_json)


@case.command("phase")
@officer
@click.argument("header", type=CODE)
@click.argument("phase", type=CODE)
def phase_(*, data: Path, party: str, name: str, header: str, phase: str) -> None:
    """Say, as the lead, in which PHASE a joint case is.

    Reads the header. Writes the phase and tells everyone who reads it. Refuses a party that does
    not lead, a phase that is not in the pack, and a case that rests or is closed.
    """
    from samverkan.embedded.stations import casing
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        casing.phase(seat, header, phase)


@case.command("close")
@officer
@click.argument("header", type=CODE)
@click.option("--outcome", required=True, type=CODE)
def close_(*, data: Path, party: str, name: str, header: str, outcome: str) -> None:
    """Close a joint case, as the lead, with its outcome; each party keeps its own file.

    Reads the header. Writes the outcome and tells everyone who reads it. Refuses a party that does
    not lead, an outcome that is not in the pack, and a case that is closed.
    """
    from samverkan.embedded.stations import casing
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        casing.close(seat, header, outcome)
