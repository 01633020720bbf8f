"""What differs: a variant from the core, one variant from another, and what a new core leaves of one.

An upgrade is read three ways (the old core, the variant, the new core). What the core has not
touched is kept, what the core now says itself has become the core's, and the rest is a conflict
that people settle: nothing is merged in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from samverkan.domain.pack import Change, Fault, Pack, Rhythm, Variant
from samverkan.domain.pack.variants import (
    Altered,
    Delegated,
    Drop,
    Group,
    Insert,
    Move,
    OwnCriterion,
    Partner,
    Question,
    Weight,
    Word,
)
from samverkan.domain.pack.varying import variable_of
from samverkan.domain.variant import parse, spell


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference from the core. `key` names what differs, alike in every variant."""

    key: str
    variable: str
    variant: str
    change: Change


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in which two variants differ; None where one leaves it as the core has it."""

    key: str
    one: Difference | None
    other: Difference | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that the new core does not take as it stands, and why."""

    change: Change
    fault: Fault
    detail: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A variant under a new core: what is kept, what has become the core's, what is in conflict."""

    variant: Variant
    settled: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def differences(variant: Variant, *, on: date | None = None) -> tuple[Difference, ...]:
    """Each difference from the core, in the variant's order; of one day, or of all days."""
    return tuple(
        Difference(key_of(change.part), variable_of(name, change.part), variant.id, change)
        for change in variant.changes.values()
        if on is None or change.holds(on)
        for name in change.parts
    )


def compared(one: Variant, other: Variant, *, on: date | None = None) -> tuple[Pair, ...]:
    """In what two variants differ. What both change alike is no difference between them."""
    mine = {found.key: found for found in differences(one, on=on)}
    theirs = {found.key: found for found in differences(other, on=on)}
    return tuple(
        Pair(key, mine.get(key), theirs.get(key))
        for key in dict.fromkeys((*mine, *theirs))
        if not _alike(mine.get(key), theirs.get(key))
    )


def _alike(one: Difference | None, other: Difference | None) -> bool:
    return one is not None and other is not None and one.change.part == other.change.part


def key_of(part: Altered) -> str:
    """What a part is about, as one word."""
    match part:
        case Insert() | Drop() | Move():
            return f"{part.process}/{part.step}"
        case Question():
            return f"{part.form}?{part.code}"
        case Weight():
            return f"weight:{part.criterion}"
        case Delegated():
            return f"mandate:{part.party}:{part.act}"
        case Word():
            return f"word:{part.term}"
        case OwnCriterion():
            return f"criterion:{part.code}"
        case Partner() | Group():
            return f"{type(part).__name__.lower()}:{part.code}"
        case _:
            return "rhythm"


def upgraded(variant: Variant, old: Pack, new: Pack) -> Upgraded:
    """The variant, written for the old core, under the new one."""
    kept: dict[str, Change] = {}
    settled: list[Change] = []
    conflicts: list[Conflict] = []
    for code, change in variant.changes.items():
        if _says(new, change.part):
            settled.append(change)
            continue
        bars = list(_bars(variant, kept, change, (old, new)))
        conflicts += bars
        if not bars:
            kept[code] = change
    fresh = replace(variant, core=new.pack.version, changes=kept)
    return Upgraded(fresh, tuple(settled), tuple(conflicts))


def _bars(
    variant: Variant, kept: dict[str, Change], change: Change, cores: tuple[Pack, Pack]
) -> Iterator[Conflict]:
    """Why the change does not stand under the new core, beside those that do."""
    old, new = cores
    tried = replace(variant, core=new.pack.version, changes={**kept, change.id: change})
    read = parse(spell(tried), new)
    if not isinstance(read, Variant):
        yield from (Conflict(change, error.code, error.detail) for error in read)
    elif _touched(old, variant, change.part) != _touched(new, variant, change.part):
        name = next(iter(change.parts))
        detail = f"variable={variable_of(name, change.part)}"
        yield Conflict(change, Fault.CORE_CHANGED, detail)


def _touched(core: Pack, variant: Variant, part: Altered) -> object:
    """What the core says of that which the change touches."""
    match part:
        case Rhythm():
            return core.rhythms.get(variant.level)
        case Insert() | Drop() | Move():
            process = core.processes.get(part.process)
            named = [part.step] if isinstance(part, Drop) else [part.step, part.before, part.after]
            steps = process.steps if process is not None else {}
            return [steps.get(step) for step in named if step is not None]
        case Weight():
            return core.criteria.get(part.criterion)
        case OwnCriterion():
            return core.criteria.get(part.code)
        case Delegated():
            return core.actions.get(part.act)
        case _:
            return None


def _says(core: Pack, part: Altered) -> bool:
    """Whether the core itself says what the change says, as after a promotion."""
    if isinstance(part, Insert):
        process = core.processes.get(part.process)
        step = process.steps.get(part.step) if process is not None else None
        return step is not None and step.names == part.names
    if isinstance(part, Drop):
        process = core.processes.get(part.process)
        return process is not None and part.step not in process.steps
    if isinstance(part, OwnCriterion):
        known = core.criteria.get(part.code)
        return known is not None and known.names == part.names
    return False
