"""`territory who|bodies|touches`: who speaks in a place, which bodies cover it, which areas it touches."""

from __future__ import annotations

from datetime import datetime

import click

from samverkan.cli.model import as_of, of_day, print_lines
from samverkan.cli.stations.outlining import touches

_PLACE = "A municipality by its code."


class _Point(click.ParamType[tuple[float, float]]):
    """Latitude and longitude with a comma between."""

    name = "lat,lon"

    def convert(
        self,
        value: str | tuple[float, float],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[float, float]:
        """Both numbers."""
        if isinstance(value, tuple):
            return value
        try:
            lat, lon = (float(each) for each in value.split(","))
        except ValueError:
            self.fail("is no latitude,longitude", param, ctx)
        return lat, lon


@click.group()
def territory() -> None:
    """Places and who answers for them. (U) marks what no source seen confirms."""


@territory.command()
@click.option("--agency", help="One agency by its code; all if left out.")
@click.option("--municipality", help=_PLACE)
@click.option("--at", type=_Point(), help="Or a point: latitude,longitude in degrees.")
@of_day
def who(
    *,
    agency: str | None,
    municipality: str | None,
    at: tuple[float, float] | None,
    day: datetime | None,
    name: str,
) -> None:
    """Who speaks for an agency in a place: by what, the party, its body, the agency's own region.

    Reads the pack and the boundaries alone, writes nothing. Refuses a place or agency that the pack
    does not know, and a point outside the country.
    """
    from samverkan.embedded import crosswalks, models

    if (municipality is None) == (at is None):
        raise click.UsageError("give --municipality or --at, and not both")
    pack = models.model(name)
    place = municipality or crosswalks.place(pack, at or (0, 0))
    print_lines(crosswalks.who(pack, place, agency, as_of(day)))


@territory.command()
@click.option("--municipality", "places", required=True, multiple=True, help=_PLACE)
@of_day
def bodies(*, places: tuple[str, ...], day: datetime | None, name: str) -> None:
    """The bodies that cover a place on a day, the nearest first.

    Reads the pack alone, writes nothing. Refuses a place that the pack does not know.
    """
    from samverkan.embedded import crosswalks, models

    print_lines(crosswalks.bodies(models.model(name), places, as_of(day)))


territory.add_command(touches)
