"""`area add|revise|split|merge|close|list|show`, and `territory touches`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samverkan.cli.stations.options import (
    CODE,
    DAY,
    FILE,
    as_json,
    data,
    day,
    show,
    show_id,
    show_one,
)

if TYPE_CHECKING:
    from samverkan.agency.outlining import Wish
    from samverkan.embedded.stations.outlining import Decision

_party = click.option("--party", required=True, type=CODE, help="The officer's party.")
_as = click.option("--as", "name_", required=True, help="Name of the officer who acts.")
_body = click.option("--body", required=True, type=CODE, help="The body that decides.")
_since = click.option("--since", required=True, type=DAY, help="The first day.")
_source = click.option("--source", required=True, help="Where the boundary comes from.")
_on = click.option("--on", "day_", type=DAY, help="Another day than today.")


def officer(command: Callable[..., None]) -> Callable[..., None]:
    """Who acts; an area has a name too, so the officer's is kept apart."""
    return data(_party(_as(command)))


def _file(command: Callable[..., None]) -> Callable[..., None]:
    """A file of areas and what it does not say itself."""
    kind = click.option("--kind", required=True, type=CODE, help="A kind of area of the pack.")
    name = click.option("--name", default="", help="Its name, if the file has one area.")
    return click.argument("file", type=FILE)(kind(name(_source(_since(_body(command))))))


def _said(wish: dict[str, Any]) -> tuple[Path, Wish, Decision]:
    from samverkan.agency.outlining import Wish
    from samverkan.embedded.stations.outlining import Decision

    what = Wish(wish["kind"], wish["source"], wish["name"])
    return wish["file"], what, Decision(wish["body"], wish["since"].date())


@click.group()
def area() -> None:
    """Named areas: outlines with versions, decided by a body and told to every party."""


@area.command()
@officer
@_file
@as_json
def add(**wish: Any) -> None:
    """Define the areas of a file: GeoJSON, or a shapefile (zipped, or .shp with its parts beside it).

    Reads the file in the national grid or WGS 84 and says which. Writes a decision of the body, and
    prints the numbers of the new areas. Refuses, whole, a file with a fault, with its place; an area
    that overlaps another of its kind; and an officer who neither leads the body nor prepares its work.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name_"]) as seat:
        show_one(outlining.add(seat, *_said(wish)), as_json=wish["as_json"])


@area.command()
@officer
@click.argument("area", type=CODE)
@_file
def revise(**wish: Any) -> None:
    """Redraw an area from a day, by a file of one area.

    Reads the file. Writes a decision of the body; how the area lay before stays. Refuses what `add`
    refuses, and a day that is not after the area's first.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name_"]) as seat:
        outlining.revise(seat, wish["area"], *_said(wish))


@area.command()
@officer
@click.argument("area", type=CODE)
@_file
@as_json
def split(**wish: Any) -> None:
    """Split an area from a day into the areas of a file.

    Reads the file. Writes a decision of the body, and prints the numbers of the parts. Refuses what
    `add` refuses, and a part of which less than half lies in the area.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name_"]) as seat:
        taken = outlining.split(seat, wish["area"], *_said(wish))
        show_one(taken, as_json=wish["as_json"])


@area.command()
@officer
@click.argument("areas", nargs=-1, required=True, type=CODE)
@click.option("--name", required=True, help="What the whole is called.")
@_source
@_since
@_body
@as_json
def merge(**wish: Any) -> None:
    """Make one area of several from a day, with their surface together.

    Reads the areas. Writes a decision of the body, and prints the number of the whole. Refuses fewer than two areas,
    and one that has ended.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    decision = outlining.Decision(wish["body"], wish["since"].date())
    with seated(wish["data"], wish["party"], wish["name_"]) as seat:
        made = outlining.merge(
            seat, wish["areas"], name=wish["name"], source=wish["source"], decision=decision
        )
    show_id("area", made, as_json=wish["as_json"])


@area.command()
@officer
@click.argument("area", type=CODE)
@click.option("--until", required=True, type=DAY, help="The last day.")
@_body
def close(**wish: Any) -> None:
    """Give an area its last day.

    Reads the area. Writes a decision of the body. Refuses a day before the area's first, and one that has ended.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name_"]) as seat:
        outlining.close(seat, wish["area"], wish["body"], wish["until"].date())


@area.command("list")
@officer
@_on
@as_json
def list_(*, data: Path, party: str, name_: str, day_: datetime | None, as_json: bool) -> None:
    """The areas of a day, by name.

    Reads the party's own store, writes the look into its log. Refuses an officer without mandate.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name_) as seat:
        show(outlining.listed(seat, day(day_)), as_json=as_json)


@area.command("show")
@officer
@click.argument("area", type=CODE)
@as_json
def show_(*, data: Path, party: str, name_: str, area: str, as_json: bool) -> None:
    """Every version of an area, newest first, with its origin and what became of it.

    Reads the party's own store, writes the look into its log. Refuses an area that is not there.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name_) as seat:
        show(outlining.shown(seat, area), as_json=as_json)


@click.command()
@officer
@click.argument("municipalities", nargs=-1, required=True)
@_on
@as_json
def touches(**wish: Any) -> None:
    """The areas that some municipalities touch on a day.

    Reads the party's own store, writes the look into its log. Refuses a municipality that the pack does not know.
    """
    from samverkan.embedded.stations import outlining
    from samverkan.embedded.stations.seat import seated

    with seated(wish["data"], wish["party"], wish["name_"]) as seat:
        rows = outlining.touching(seat, wish["municipalities"], day(wish["day_"]))
        show(rows, as_json=wish["as_json"])
