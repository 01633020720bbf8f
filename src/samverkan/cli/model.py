"""`model agencies|parties|bodies|territory|measures`: what the national model says, one line each.

`model check` holds variants against it, `model diff` shows in what they differ.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from samverkan.shell.texts import Texts

_Day = click.DateTime(["%Y-%m-%d"])


def of_day(command: Callable[..., None]) -> Callable[..., None]:
    """Of which day, and of which pack."""
    command = click.option(
        "--on", "day", type=_Day, help="As of this day; the latest if left out."
    )(command)
    return click.option("--pack", "name", default="se", show_default=True)(command)


def as_of(day: datetime | None) -> date:
    """The day that was asked for; without one the last there is."""
    return day.date() if day else date.max


def print_lines(lines: Iterable[tuple[str, ...]]) -> None:
    """A record a line, its fields apart by tabs."""
    for line in lines:
        click.echo("\t".join(line))


@click.group()
def model() -> None:
    """The national model that comes with the product. (U) marks what no source seen confirms."""


@model.command()
@of_day
@click.option(
    "--tier", default="member", show_default=True, type=click.Choice(["member", "network"])
)
def agencies(*, day: datetime | None, name: str, tier: str) -> None:
    """The agencies of a tier on a day, one a line.

    Reads the pack alone, writes nothing. Refuses a pack that does not come with the product.
    """
    from samverkan.domain.pack import Tier
    from samverkan.embedded import models

    print_lines(models.agencies(models.model(name), as_of(day), Tier(tier)))


@model.command()
@of_day
def parties(*, day: datetime | None, name: str) -> None:
    """The parties, and by which provision each may disclose or receive on a day.

    Reads the pack alone, writes nothing. Refuses a pack that does not come with the product.
    """
    from samverkan.embedded import models

    print_lines(models.parties(models.model(name), as_of(day)))


@model.command()
@of_day
def bodies(*, day: datetime | None, name: str) -> None:
    """The bodies of a day: kind, place, seats and quorum, what each decides.

    Reads the pack alone, writes nothing. Refuses a pack that does not come with the product.
    """
    from samverkan.embedded import models

    print_lines(models.bodies(models.model(name), as_of(day)))


@model.command()
@of_day
@click.option("--county", help="The municipalities of this county, by its code.")
def territory(*, day: datetime | None, name: str, county: str | None) -> None:
    """The counties, each with its region and number of municipalities.

    Reads the pack alone, writes nothing. Refuses a county or pack that is unknown.
    """
    from samverkan.embedded import models

    print_lines(models.territory(models.model(name), county, as_of(day)))


@model.command()
@click.argument("party")
@click.option("--pack", "name", default="se", show_default=True)
def measures(*, party: str, name: str) -> None:
    """What a party can do, and by which indicators it is counted.

    Reads the pack alone, writes nothing. Refuses a party or pack that is unknown.
    """
    from samverkan.embedded import models

    print_lines(models.measures(models.model(name), party))


@model.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--pack", "name", default="se", show_default=True)
@click.option(
    "--upgrade-from",
    "older",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another version of the pack: what its variants meet in this one.",
)
def check(*, paths: tuple[Path, ...], name: str, older: Path | None) -> None:
    """Hold variants against the model: those of a pack's folder, or files of their own.

    Each refusal is one sentence with file and line. Reads only, writes nothing. Exit code 1 when a
    variant cannot stand, or meets a conflict. Refuses a pack whose core is at fault.
    """
    from samverkan.embedded import house, variants

    t = _texts()
    faults = list(variants.check(t, paths, name))
    if older is not None:
        newer = next((path for path in paths if path.is_dir()), house.pack_folder(name))
        faults += variants.upgrade(t, older, newer)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


@model.command()
@click.argument("variant")
@click.option("--against", default="core", show_default=True, help="core, or another variant.")
@click.option("--pack", "name", default="se", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def diff(*, variant: str, against: str, name: str, as_json: bool) -> None:
    """Show each difference: what the core says and the variant, since when, decided by whom.

    Reads the pack alone, writes nothing. Refuses a variant that does not come with the pack.
    """
    from samverkan.embedded import variants

    rows = variants.diff(_texts(), variant, against, name)
    if as_json:
        _, digest = variants.identity(variant, name)
        told = [row.as_dict() for row in rows]
        click.echo(json.dumps({"variant": variant, "digest": digest, "differences": told}))
        return
    for row in rows:
        said = f"{row.core} -> {row.variant}"
        print_lines([(row.key, said, row.since, row.until or "", row.decided, row.by, row.why)])


def _texts() -> Texts:
    from samverkan.cli.language import spoken
    from samverkan.shell import texts

    return texts.load(texts.HERE)[spoken()]
