"""Generate the synthetic Sweden: a world, thirteen registers of it, and the truth apart.

The same scale, seed and day give the same bytes. No clock is read: the world lives on the day that it is
told. It is made block by block, so memory does not grow with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from samverkan.synth.deliveries import Sink, delivery, lines, write_manifest
from samverkan.synth.forms import REGISTERS
from samverkan.synth.numbers import numbers
from samverkan.synth.people import PERSONS_PER_COMPANY, Extent
from samverkan.synth.registers import rows
from samverkan.synth.schemes import schemes
from samverkan.synth.staging import Stage, set_stage
from samverkan.synth.truth import Where, truth

SCALES = {"tiny": 3_000, "small": 20_000, "medium": 200_000, "large": 2_000_000}
"""Persons in the world, by the scale's name."""

BLOCK = 3_000
"""Persons in a block; the last one may be smaller. Each block holds one scheme of each typology."""
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


Told = Callable[[int, int], None]
"""Hears how many persons are written, of how many."""


def _nobody(done: int, of: int) -> None:
    """Nobody asked how far it is."""


def extents(persons: int) -> Iterator[Extent]:
    """The blocks of a world of so many persons."""
    for number, first in enumerate(range(0, persons, BLOCK)):
        people = min(BLOCK, persons - first)
        yield Extent(
            number,
            first_person=first,
            persons=people,
            first_company=number * (BLOCK // PERSONS_PER_COMPANY),
            companies=people // PERSONS_PER_COMPANY,
        )


@dataclass(frozen=True, slots=True)
class World:
    """What decides every byte: how many live in it, by which chances, on which day.

    On that day the parties make their deliveries; births, months and sightings are reckoned from it.
    """

    scale: str
    seed: int
    on: date


def generate(folder: Path, world: World, told: Told = _nobody) -> Generated:
    """Write `deliveries/<party>/` (file and manifest) and `truth/truth.jsonl` under the folder.

    `told` hears after each block how far it is. Raises `UnknownScale`; `OSError` passes.
    """
    if world.scale not in SCALES:
        raise UnknownScale(world.scale)
    persons, seed = SCALES[world.scale], world.seed
    given = numbers(Random(f"samverkan/{seed}/numbers"), world.on)
    blocks = 0
    # the truth is closed last: a world that has its truth has everything else
    with lines(folder / TRUTH / "truth.jsonl") as tell:
        with ExitStack() as files:
            sinks = _open(files, folder / DELIVERIES, persons)
            for extent in extents(persons):
                blocks += 1
                rng = Random(f"samverkan/{seed}/block/{extent.number}")
                stage = set_stage(rng, given, extent)
                for line in truth(stage, _write(world, stage, sinks)):
                    tell(line)
                told(extent.first_person + extent.persons, persons)
        for register in REGISTERS:
            sink = sinks[register.party]
            write_manifest(sink.path, register, sink.count)
    counts = {party: sink.count for party, sink in sinks.items()}
    return Generated(folder, counts, blocks * len(schemes()))


def _open(files: ExitStack, folder: Path, persons: int) -> dict[str, Sink]:
    companies = persons // PERSONS_PER_COMPANY
    return {
        register.party: files.enter_context(
            delivery(folder, register, register.expected_rows(persons, companies))
        )
        for register in REGISTERS
    }


def _write(world: World, stage: Stage, sinks: dict[str, Sink]) -> Where:
    """Write every register's rows of the block; which rows are really whom."""
    where: dict[str, dict[str, list[int]]] = {}
    for register in REGISTERS:
        number = stage.block.extent.number
        # each register has its own seed, so that one may change and leave the others as they are
        rng = Random(f"samverkan/{world.seed}/block/{number}/{register.party}")
        for entity, cells in rows(rng, register, stage, world.on):
            row = sinks[register.party].add(cells)
            where.setdefault(entity, {}).setdefault(register.party, []).append(row)
    return where
