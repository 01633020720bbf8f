"""`model agencies|parties|bodies|territory|measures`: what the national model says, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

import click

_Day = click.DateTime(["%Y-%m-%d"])


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
def model() -> None:
    """The national model that comes with the product. (U) marks what no source seen confirms."""


@model.command()
@_options
@click.option(
    "--tier", default="member", show_default=True, type=click.Choice(["member", "network"])
)
def agencies(*, day: datetime | None, name: str, tier: str) -> None:
    """The agencies of a tier on a day, one a line.

    Reads the pack alone, writes nothing. Refuses a pack that does not come with the product.
    """
    from samverkan.domain.pack import Tier
    from samverkan.embedded import models

    _print(models.agencies(models.model(name), _day(day), Tier(tier)))


@model.command()
@_options
def parties(*, day: datetime | None, name: str) -> None:
    """The parties, and by which provision each may disclose or receive on a day.

    Reads the pack alone, writes nothing. Refuses a pack that does not come with the product.
    """
    from samverkan.embedded import models

    _print(models.parties(models.model(name), _day(day)))


@model.command()
@_options
def bodies(*, day: datetime | None, name: str) -> None:
    """The bodies of a day: kind, place, seats and quorum, what each decides.

    Reads the pack alone, writes nothing. Refuses a pack that does not come with the product.
    """
    from samverkan.embedded import models

    _print(models.bodies(models.model(name), _day(day)))


@model.command()
@_options
@click.option("--county", help="The municipalities of this county, by its code.")
def territory(*, day: datetime | None, name: str, county: str | None) -> None:
    """The counties, each with its region and number of municipalities.

    Reads the pack alone, writes nothing. Refuses a county or pack that is unknown.
    """
    from samverkan.embedded import models

    _print(models.territory(models.model(name), county, _day(day)))


@model.command()
@click.argument("party")
@click.option("--pack", "name", default="se", show_default=True)
def measures(*, party: str, name: str) -> None:
    """What a party can do, and by which indicators it is counted.

    Reads the pack alone, writes nothing. Refuses a party or pack that is unknown.
    """
    from samverkan.embedded import models

    _print(models.measures(models.model(name), party))
