"""`statistics load|add|list|drop`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import CODE, DAY, as_json, day, officer, show, show_id

_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
_REFUSED = 2


@click.group()
def statistics() -> None:
    """Public statistics that a party loads for its situation pictures."""


@statistics.command()
@officer
@click.argument("file", type=_THERE)
@click.option("--title", default="", help="What the series is called.")
@click.option("--source", default="", help="Who made it; shown wherever a figure is.")
@click.option("--licence", default="", help="Under which terms it may be used.")
@click.option("--dated", type=DAY, help="The day that the source gives.")
@click.option("--area", default="", help="The column of area codes or names.")
@click.option("--period", help="The column of years, quarters or months.")
@click.option("--year", help="The one year of the whole file.")
@click.option(
    "--value", "values", multiple=True, metavar="COLUMN=NAME, UNIT", help="A column of figures."
)
@as_json
def load(**wish: Any) -> None:
    """Load FILE: CSV, XLSX, PC-Axis or JSON-stat. What the last two say of themselves fills in.

    Reads the file and the territory of the pack. Writes the series whole, or tells every fault
    by row and column and writes nothing. Signs for missing figures are kept as what they are.
    Refuses an officer who does not draw pictures.
    """
    from samverkan.agency.collecting import Asked
    from samverkan.domain.statistics import Columns

    columns = Columns(
        area=wish["area"],
        period=wish["period"],
        year=wish["year"],
        values=dict(_measure(one) for one in wish["values"]),
    )
    given = bool(wish["area"] or wish["period"] or wish["year"])
    asked = Asked(
        wish["file"],
        columns if given else None,
        wish["title"],
        wish["source"],
        wish["licence"],
        day(wish["dated"]),
    )
    _load(wish, asked)


def _measure(written: str) -> tuple[str, Any]:
    from samverkan.domain.statistics import Measure

    column, _, rest = written.partition("=")
    name, _, unit = rest.rpartition(",") if "," in rest else (rest, "", "")
    return column.strip(), Measure(name.strip() or column.strip(), unit.strip())


@statistics.command()
@officer
@click.argument("series", type=CODE)
@as_json
def add(**wish: Any) -> None:
    """Load a SERIES that comes with the national pack, with the source that it names.

    Reads the pack. Writes the series. Refuses a name that is not in the pack, and an officer who
    does not draw pictures.
    """
    _load(wish, wish["series"])


def _load(wish: dict[str, Any], asked: Any) -> None:
    from samverkan.cli import sentence
    from samverkan.embedded.stations import collecting
    from samverkan.embedded.stations.seat import seated

    try:
        with seated(wish["data"], wish["party"], wish["name"]) as seat:
            made = collecting.load(seat, asked)
    except collecting.Faulty as faulty:
        for fault in faulty.faults:
            click.echo(sentence(fault), err=True)
        sys.exit(_REFUSED)
    show_id("series", made, as_json=wish["as_json"])


@statistics.command(name="list")
@officer
@as_json
def list_series(**wish: Any) -> None:
    """List the series that the party has loaded: id, title, source, licence, day, measures, figures.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer who does not draw
    pictures.
    """
    from samverkan.embedded.stations import collecting
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        found = collecting.listed(seat)
    show(found, as_json=wish["as_json"])


@statistics.command()
@officer
@click.argument("series", type=CODE)
def drop(**wish: Any) -> None:
    """Take a SERIES away, with all its figures. Settled pictures keep what they quoted.

    Reads and writes the party's store. Refuses a series that is not there, and an officer who
    does not draw pictures.
    """
    from samverkan.embedded.stations import collecting
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        collecting.drop(seat, wish["series"])
