"""Meeting in a block: compare two locked entries slot by slot, weigh, explain, say who is told.

The exchange does this without any key. What it reads is a pattern (agree, disagree, absent), and
the rarity class of a name where both agree; nothing between entries of unequal index.

Weight: Fellegi and Sunter (1969), in bits. Agreement adds log2(m/u), disagreement
log2((1-m)/(1-u)), absence nothing. Of a group of correlated slots (one's address and postcode)
only the strongest counts, or members of a household would pass for one person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import combinations
from math import log2
from typing import Protocol, TypeVar

from samverkan.domain.bundle import (
    CLASSES,
    FIELD_BYTES,
    PRESENCE_BYTES,
    RARITY_BYTES,
    Entry,
    Layout,
)

CAP = 20
"""Entries of one party under one value above which the block says nothing (a prison, a hotel)."""
_FLOOR = 1e-9
"""No probability is 0 or 1: one typing error would then outweigh everything else."""


class BadModel(ValueError):
    """Numbers that are no model: a probability outside (0, 1), a slot without numbers. Names it."""


class State(Enum):
    """What two entries say in one slot."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ABSENT = "absent"  # at least one of the two has no value; which one cannot be seen


class Level(StrEnum):
    """What a weight means in words; texts stand in the catalogues."""

    VERY_STRONG = "very_strong"
    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Says(StrEnum):
    """One line of an explanation. Without a slot: a field that is not opened to this receiver."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    SUPPORTS = "supports"
    NEUTRAL = "neutral"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Pattern:
    """States in the order of the layout's slots; rarity classes in that of its rare slots."""

    states: tuple[State, ...]
    classes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Numbers of one slot: m and u in (0, 1), identity field or not, group of correlated slots."""

    m: float
    u: float
    identity: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """How a pattern is weighed. Pack data, per layout; may be estimated for one cooperation.

    `rarity` multiplies u by class where both agree: above 1 for common names, below for rare.
    `prior` is log2 of the odds that two entries of one block are the same subject. `cut_off` is
    the least weight that is told; `levels` the least weight of each level, strongest first.
    """

    slots: Mapping[str, Slot]
    cut_off: float
    levels: tuple[tuple[Level, float], ...]
    prior: float = 0.0
    rarity: tuple[float, ...] = (1.0,) * CLASSES
    classes: tuple[str, ...] = ("common", "usual", "uncommon", "rare")

    def __post_init__(self) -> None:
        for name, slot in self.slots.items():
            if not (0 < slot.m < 1 and 0 < slot.u < 1):
                raise BadModel(name)
        positive = all(factor > 0 for factor in self.rarity)
        if len(self.rarity) != CLASSES or len(self.classes) != CLASSES or not positive:
            raise BadModel("rarity")
        least = [least for _, least in self.levels]
        if least != sorted(least, reverse=True):
            raise BadModel("levels")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation; `slot` is None for fields that are not opened."""

    says: Says
    slot: str | None = None
    rarity: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a receiver may hear of a pattern, in codes.

    `agreed`, `disagreed` and `rare` (`slot:class`) name slots; `supports`, `neutral` and
    `against` count those that are not named.
    """

    lines: tuple[Line, ...]

    @property
    def agreed(self) -> tuple[str, ...]:
        """Named slots that agree."""
        return self._named(Says.AGREES)

    @property
    def disagreed(self) -> tuple[str, ...]:
        """Named slots that disagree."""
        return self._named(Says.DISAGREES)

    @property
    def rare(self) -> tuple[str, ...]:
        """Rarity classes that were used, as `slot:class`."""
        return tuple(f"{line.slot}:{line.rarity}" for line in self.lines if line.rarity)

    @property
    def supports(self) -> int:
        """How many slots agree that are not named."""
        return self._count(Says.SUPPORTS)

    @property
    def neutral(self) -> int:
        """How many slots say nothing."""
        return self._count(Says.NEUTRAL)

    @property
    def against(self) -> int:
        """How many slots disagree that are not named."""
        return self._count(Says.AGAINST)

    def _named(self, says: Says) -> tuple[str, ...]:
        return tuple(line.slot for line in self.lines if line.says is says and line.slot)

    def _count(self, says: Says) -> int:
        return sum(line.says is says for line in self.lines)


class Placed(Protocol):
    """An entry in the index, whose it is and to whom its release rule opens it."""

    @property
    def party(self) -> str:
        """The owner."""

    @property
    def entry(self) -> Entry:
        """The entry."""

    @property
    def open_to(self) -> Collection[str]:
        """Parties that are told of it; none for a silent record."""


P = TypeVar("P", bound=Placed)
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Selected:
    """Own (subject, key type, value) that go on to evaluation, and how many did not, by key type."""

    kept: tuple[tuple[str, str, str], ...]
    dropped: Mapping[str, int]


def compare(one: Entry, other: Entry, layout: Layout) -> Pattern:
    """The pattern of two entries of one block. Entries of different locks look absent throughout."""
    states = tuple(_state(one.bundle, other.bundle, layout, at) for at in range(len(layout.slots)))
    classes = tuple(
        _class(one.bundle, other.bundle, layout, at)
        if states[layout.slots.index(slot)] is State.AGREE
        else None
        for at, slot in enumerate(layout.rare)
    )
    return Pattern(states, classes)


def weigh(pattern: Pattern, layout: Layout, model: Model) -> float:
    """The match weight in bits, prior included. Raises `BadModel` for a slot without numbers."""
    strongest: dict[str, float] = {}
    for slot, weight in _weights(pattern, layout, model):
        group = model.slots[slot].group or f"slot {slot}"
        if abs(weight) > abs(strongest.get(group, 0.0)):
            strongest[group] = weight
    return model.prior + sum(strongest.values())


def level(weight: float, model: Model) -> Level:
    """The weight in words; `weak` below all levels."""
    return next((name for name, least in model.levels if weight >= least), Level.WEAK)


def enough(weight: float, model: Model) -> bool:
    """True if the weight reaches the cut-off below which nobody is told."""
    return weight >= model.cut_off


def explain(
    pattern: Pattern, layout: Layout, model: Model, open_fields: Collection[str] = ()
) -> Explanation:
    """What the receiver hears. Identity fields that agree are named, and all that the rule opens.

    The rest is counted as supporting, neutral or against, after the named lines and sorted, so
    that the place of a line does not give its field away.
    """
    rarity = dict(zip(layout.rare, pattern.classes, strict=True))
    named, hidden = [], []
    for slot, state in zip(layout.slots, pattern.states, strict=True):
        identity = _slot(model, slot).identity
        if state is State.AGREE and (identity or slot in open_fields):
            rare = rarity.get(slot)
            named.append(Line(Says.AGREES, slot, None if rare is None else model.classes[rare]))
        elif state is State.DISAGREE and slot in open_fields:
            named.append(Line(Says.DISAGREES, slot))
        else:
            hidden.append(_HIDDEN[state])
    return Explanation((*named, *map(Line, sorted(hidden, key=list(Says).index))))


def told(one: Placed, other: Placed) -> frozenset[str]:
    """Who hears of a hit: a party does if the other's record is open to it. Both silent: nobody."""
    hears = (one.party in other.open_to, other.party in one.open_to)
    return frozenset(side.party for side, yes in zip((one, other), hears, strict=True) if yes)


def pairs(placed: Iterable[P], cap: int = CAP) -> Iterator[tuple[P, P]]:
    """Entries of two parties under one index, each pair once.

    A party with more than `cap` entries in a block is left out of that block. Its open and
    its silent entries are counted apart: what is silent shows in nothing that others see.
    """
    blocks: defaultdict[bytes, list[P]] = defaultdict(list)
    for one in placed:
        blocks[one.entry.index].append(one)
    for block in blocks.values():
        sizes = Counter(_kind(one) for one in block)
        kept = (one for one in block if sizes[_kind(one)] <= cap)
        for first, second in combinations(kept, 2):
            if first.party != second.party:
                yield first, second


def keep_selective(keys: Iterable[tuple[str, str, str]], cap: int = CAP) -> Selected:
    """Own (subject, key type, value), each once, without values that more than `cap` subjects share.

    Done before evaluation, so that a dropped block costs no quota; call it once for open and
    once for silent records. The enrolment receipt says how many went.
    """
    distinct = list(dict.fromkeys(keys))
    sizes = Counter((key_type, value) for _, key_type, value in distinct)
    kept = tuple(key for key in distinct if sizes[key[1:]] <= cap)
    dropped = Counter(key[1] for key in distinct if sizes[key[1:]] > cap)
    return Selected(kept, dict(dropped))


_HIDDEN = {
    State.AGREE: Says.SUPPORTS,
    State.ABSENT: Says.NEUTRAL,
    State.DISAGREE: Says.AGAINST,
}


def _kind(one: Placed) -> tuple[str, bool]:
    return one.party, bool(one.open_to)


def _state(one: bytes, other: bytes, layout: Layout, at: int) -> State:
    start = layout.presence_at + PRESENCE_BYTES * at
    if one[start : start + PRESENCE_BYTES] != other[start : start + PRESENCE_BYTES]:
        return State.ABSENT
    here = slice(FIELD_BYTES * at, FIELD_BYTES * (at + 1))
    return State.AGREE if one[here] == other[here] else State.DISAGREE


def _class(one: bytes, other: bytes, layout: Layout, at: int) -> int | None:
    """The class whose tokens agree; None if none does, or two by accident (once in 10,000)."""
    found = []
    for rarity in range(CLASSES):
        start = layout.rarity_at + RARITY_BYTES * (CLASSES * at + rarity)
        if one[start : start + RARITY_BYTES] == other[start : start + RARITY_BYTES]:
            found.append(rarity)
    return found[0] if len(found) == 1 else None


def _slot(model: Model, slot: str) -> Slot:
    if slot not in model.slots:
        raise BadModel(slot)
    return model.slots[slot]


def _weights(pattern: Pattern, layout: Layout, model: Model) -> Iterator[tuple[str, float]]:
    rarity = dict(zip(layout.rare, pattern.classes, strict=True))
    for slot, state in zip(layout.slots, pattern.states, strict=True):
        numbers = _slot(model, slot)
        if state is State.DISAGREE:
            yield slot, log2((1 - numbers.m) / (1 - numbers.u))
        elif state is State.AGREE:
            rare = rarity.get(slot)
            factor = 1.0 if rare is None else model.rarity[rare]
            yield slot, log2(numbers.m / min(max(numbers.u * factor, _FLOOR), 1 - _FLOOR))
