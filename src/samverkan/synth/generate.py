"""Generate the synthetic Sweden: a world, four registers of it, and the truth apart.

The same scale and seed give the same bytes. No clock is read: the world lives on a fixed day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from samverkan.synth.deliveries import write_delivery, write_lines, write_manifest
from samverkan.synth.people import Company, Person, draw_world
from samverkan.synth.registers import Scene, Seen, rows
from samverkan.synth.schemes import cast
from samverkan.synth.writing import REGISTERS

SCALES = {"tiny": 3_000, "small": 20_000, "medium": 200_000}
"""Persons in the world, by the scale's name."""

PERSONS_PER_SCHEME = 1_000
THE_DAY = date(2026, 6, 30)
"""The day on which the parties make their deliveries."""

DELIVERIES = "deliveries"
TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: rows by party, and how many schemes were planted."""

    folder: Path
    rows: dict[str, int]
    schemes: int


class UnknownScale(ValueError):
    """The scale has no name in `SCALES`."""


def generate(folder: Path, scale: str, seed: int) -> Generated:
    """Write `deliveries/<party>/` (file and manifest) and `truth/truth.jsonl` under the folder.

    Raises `UnknownScale`; `OSError` passes.
    """
    if scale not in SCALES:
        raise UnknownScale(scale)
    rng = Random(f"samverkan/{seed}")
    world = draw_world(rng, SCALES[scale])
    plot = cast(rng, len(world.companies), SCALES[scale] // PERSONS_PER_SCHEME)
    scene = Scene(world, plot, THE_DAY)
    seen = {register.party: rows(rng, register, scene) for register in REGISTERS}
    paths = {
        register.party: write_delivery(
            folder / DELIVERIES, register, [cells for _, cells in seen[register.party]]
        )
        for register in REGISTERS
    }
    for register in REGISTERS:
        write_manifest(paths[register.party], register, len(seen[register.party]))
    # last, and whole: a world that has its truth has everything else
    write_lines(folder / TRUTH / "truth.jsonl", _truth(scene, seen))
    counts = {party: len(found) for party, found in seen.items()}
    return Generated(folder, counts, sum(found.planted for found in plot.plots))


def _truth(scene: Scene, seen: dict[str, list[Seen]]) -> Iterator[dict[str, object]]:
    """Which rows are really whom, then the schemes. Rows are counted as a reader counts them."""
    where: dict[str, dict[str, list[int]]] = {}
    for register in REGISTERS:
        header = 1 if register.columns else 0
        for number, (entity, _) in enumerate(seen[register.party], 1 + header):
            where.setdefault(entity, {}).setdefault(register.party, []).append(number)
    everyone: tuple[Person | Company, ...] = (*scene.world.persons, *scene.world.companies)
    for one in everyone:
        if one.entity in where:
            yield _entity(one, where[one.entity])
    for plot in scene.cast.plots:
        company = scene.world.companies[plot.company]
        yield {
            "scheme": plot.scheme,
            "planted": plot.planted,
            "company": company.entity,
            "conditions": list(plot.conditions),
            "directors": [scene.world.persons[at].entity for at in company.directors],
        }


def _entity(one: Person | Company, records: dict[str, list[int]]) -> dict[str, object]:
    return {
        "entity": one.entity,
        "schema": "Person" if isinstance(one, Person) else "Company",
        "number": one.number,
        "protected": isinstance(one, Person) and one.protected,
        "records": records,
    }
