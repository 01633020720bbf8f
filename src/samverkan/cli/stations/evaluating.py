"""`evaluate`."""

from __future__ import annotations

from typing import Any

import click

from samverkan.cli.stations.options import CODE, as_json, officer, show_one


@click.command()
@officer
@click.argument("series", type=CODE)
@click.option(
    "--measure", type=int, default=0, help="Place in the series' list of measures, from 0."
)
@click.option("--treated", multiple=True, required=True, help="Code of an area where it was done.")
@click.option("--comparison", multiple=True, required=True, help="Code of an area to compare with.")
@click.option("--after", required=True, help="The first period in which it could show.")
@as_json
def evaluate(**wish: Any) -> None:
    """Compare before and after with other areas, in a SERIES of public statistics.

    Reads the series. Writes nothing but the ledger. Prints a verdict and, where the data are enough,
    the difference in differences with its 95 % interval. Refuses areas, periods and measures that
    the series does not have, and an officer who does not draw pictures.
    """
    from samverkan.agency.evaluating import Question
    from samverkan.embedded.stations import evaluating
    from samverkan.embedded.stations.seat import seated
    from samverkan.kernel.ids import SeriesId

    question = Question(
        SeriesId.parse(wish["series"]),
        wish["measure"],
        frozenset(wish["treated"]),
        frozenset(wish["comparison"]),
        wish["after"],
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        found = evaluating.evaluate(seat, question)
    show_one(found, as_json=wish["as_json"])
