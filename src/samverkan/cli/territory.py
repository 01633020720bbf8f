"""`territory who|bodies`: who speaks for an agency in a place, and which bodies cover it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

import click

_Day = click.DateTime(["%Y-%m-%d"])
_PLACE = "A municipality by its code."


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Of which day, and of which pack."""
    command = click.option(
        "--on", "day", type=_Day, help="As of this day; the latest if left out."
    )(command)
    return click.option("--pack", "name", default="se", show_default=True)(command)


def _day(day: datetime | None) -> date:
    return day.date() if day else date.max


def _print(lines: Iterable[tuple[str, ...]]) -> None:
    for line in lines:
        click.echo("\t".join(line))


@click.group()
def territory() -> None:
    """Places and who answers for them. (U) marks what no source seen confirms."""


@territory.command()
@click.option("--agency", help="One agency by its code; all if left out.")
@click.option("--municipality", required=True, help=_PLACE)
@_options
def who(*, agency: str | None, municipality: str, day: datetime | None, name: str) -> None:
    """Who speaks for an agency in a place: by what, the party, its body, the agency's own region.

    Reads the pack alone, writes nothing. Refuses a place or agency that the pack does not know.
    """
    from samverkan.embedded import crosswalks, models

    _print(crosswalks.who(models.model(name), municipality, agency, _day(day)))


@territory.command()
@click.option("--municipality", "places", required=True, multiple=True, help=_PLACE)
@_options
def bodies(*, places: tuple[str, ...], day: datetime | None, name: str) -> None:
    """The bodies that cover a place on a day, the nearest first.

    Reads the pack alone, writes nothing. Refuses a place that the pack does not know.
    """
    from samverkan.embedded import crosswalks, models

    _print(crosswalks.bodies(models.model(name), places, _day(day)))
