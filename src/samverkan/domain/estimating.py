"""Weights of one cooperation, estimated from what has met in it: without a key and without a name.

What two strangers agree on by chance (u) follows from one number per field that each party sends: how
often two of its own open records agree on it. What two records of one person agree on (m) is
estimated by expectation and maximisation (Dempster, Laird, Rubin 1977) over the patterns of pairs that
met, u held fast. Pairs that met under one key agree on what the key is made of whoever they are,
so each key type tells only of the other fields (two sessions with different blocking, LINKAGE).

Where data are few the pack's priors stand: both numbers are drawn towards them, and neither moves a
weight by more than `MOST` bits, whatever a party claims. Silent records take no part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp2, log2

from samverkan.domain.bundle import Layout
from samverkan.domain.match import Model, State
from samverkan.domain.statement import Prop

TENTHS = 10
"""Rates travel as tenths of a bit: 6 in 1,000 is 74."""
MOST = 3.0
"""Bits by which an estimate may move a field's weight from the prior's."""
LEAST = 200
"""Pairs under one key type, and of one person among them, below which it tells nothing."""
_PRIOR_PAIRS = 10_000
"""So many pairs of own records weigh as much as the prior for u."""
_PRIOR_MATCHES = 50
_DIGITS = (State.AGREE, State.DISAGREE, State.ABSENT)
_NAMES = ("given", "given_sound", "surname", "surname_sound")
_SLOTS: Mapping[str, tuple[str, ...]] = {
    Prop.ID_NUMBER: ("id",),
    Prop.REGISTRATION_NUMBER: ("regno",),
    Prop.FIRST_NAME: _NAMES,
    Prop.LAST_NAME: _NAMES,
    Prop.NAME: ("name_core", "name_word"),
    Prop.BIRTH_DATE: ("birth_year", "birth_monthday"),
    Prop.POSTCODE: ("postcode",),
    Prop.STREET: ("street",),
    Prop.CITY: ("city",),
    Prop.PHONE: ("phone",),
    Prop.ACCOUNT: ("account",),
}
_ROUNDS = 25
_STILL = 1e-4

States = tuple[State, ...]
Met = Mapping[States, int]
"""How many pairs met with each pattern, in the order of a layout's slots."""


def collisions(records: Collection[Mapping[str, str]], model: Model) -> dict[str, int]:
    """By slot: how often two of these records agree by chance, drawn to the prior, in tenths of a bit.

    One number per field leaves a party; of a small class it is the prior's.
    """
    return {slot: _tenths(_rate(records, slot, one.u)) for slot, one in model.slots.items()}


def _rate(records: Collection[Mapping[str, str]], slot: str, prior: float) -> float:
    counts: dict[str, int] = {}
    for values in records:
        value = values.get(slot)
        if value:
            counts[value] = counts.get(value, 0) + 1
    held = sum(counts.values())
    agreeing = sum(count * (count - 1) for count in counts.values()) / 2
    pairs = held * (held - 1) / 2
    return (agreeing + _PRIOR_PAIRS * prior) / (pairs + _PRIOR_PAIRS)


def _tenths(rate: float) -> int:
    return max(0, round(-TENTHS * log2(rate)))


def with_rates(model: Model, told: Iterable[Mapping[str, int]]) -> Model:
    """The model with u as the parties' numbers say together: the mean of their bits."""
    every = list(told)
    slots = {}
    for name, slot in model.slots.items():
        bits = [one[name] / TENTHS for one in every if name in one]
        if bits:
            mean = _near(sum(bits) / len(bits), -log2(slot.u))
            slots[name] = replace(slot, u=min(exp2(-mean), 0.5))
    return replace(model, slots={**model.slots, **slots})


def _near(bits: float, prior: float) -> float:
    return min(max(bits, prior - MOST), prior + MOST)


def code_of(states: States) -> int:
    """A pattern as one number: a digit of three for each slot, the first slot the highest."""
    number = 0
    for state in states:
        number = number * len(_DIGITS) + _DIGITS.index(state)
    return number


def states_of(code: int, layout: Layout) -> States:
    """The pattern behind a number."""
    digits = []
    for _ in layout.slots:
        code, digit = divmod(code, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return tuple(reversed(digits))


def decided(props: Iterable[str]) -> frozenset[str]:
    """The slots that a key made of these properties decides, or leans on: names by any of their parts."""
    return frozenset(slot for prop in props for slot in _SLOTS.get(prop, ()))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one key type tells: m by slot, and of how many pairs of one person."""

    m: Mapping[str, float]
    matches: float


def estimate(
    model: Model, layout: Layout, met: Mapping[str, Met], settled: Mapping[str, Collection[str]]
) -> Model:
    """The model with m as the pairs that met say. `settled`: by key type, the slots that its key
    decides (`decided`)."""
    told = [
        one
        for key_type, patterns in sorted(met.items())
        if sum(patterns.values()) >= LEAST
        and (one := _session(model, layout, patterns, settled[key_type])).matches >= LEAST
    ]
    slots = {}
    for name, slot in model.slots.items():
        parts = [(one.m[name], one.matches) for one in told if name in one.m]
        if parts:
            mass = sum(matches for _, matches in parts) + _PRIOR_MATCHES
            mean = sum(m * matches for m, matches in parts) + slot.m * _PRIOR_MATCHES
            slots[name] = replace(slot, m=_bounded(mean / mass, slot.m))
    return replace(model, slots={**model.slots, **slots})


def _bounded(m: float, prior: float) -> float:
    """Neither agreement nor disagreement weighs more than `MOST` bits from what the prior says."""
    least = exp2(-MOST)
    return min(max(m, prior * least), 1 - (1 - prior) * least)


def _session(model: Model, layout: Layout, met: Met, settled: Collection[str]) -> Estimate:
    """Expectation and maximisation over the pairs that met under one key type."""
    free = [(at, slot) for at, slot in enumerate(layout.slots) if slot not in settled]
    seen = [(_said(states, free), count) for states, count in met.items()]
    m, share = {slot: model.slots[slot].m for _, slot in free}, 0.5
    for _ in range(_ROUNDS):
        before, chances = m, list(_chances(model, m, share, [said for said, _ in seen]))
        weighed = [(said, n * chance) for (said, n), chance in zip(seen, chances, strict=True)]
        m = {slot: _agreeing(slot, weighed, before[slot]) for _, slot in free}
        share = sum(n for _, n in weighed) / sum(n for _, n in seen)
        share = min(max(share, _STILL), 1 - _STILL)
        if all(abs(m[slot] - before[slot]) < _STILL for slot in m):
            break
    return Estimate(m, sum(n for _, n in weighed))


Said = tuple[tuple[str, bool], ...]
"""Which slots both have, and whether they agree."""


def _said(states: States, free: Sequence[tuple[int, str]]) -> Said:
    present = ((slot, states[at]) for at, slot in free)
    return tuple(
        (slot, state is State.AGREE) for slot, state in present if state is not State.ABSENT
    )


def _agreeing(slot: str, weighed: list[tuple[Said, float]], before: float) -> float:
    """The share of agreement on the slot among pairs of one person; as before where none have it."""
    agree = disagree = 0.0
    for said, count in weighed:
        for name, same in said:
            if name == slot:
                agree, disagree = agree + count * same, disagree + count * (not same)
    both = agree + disagree
    return min(max(agree / both, _STILL), 1 - _STILL) if both > _STILL else before


def _chances(
    model: Model, m: Mapping[str, float], share: float, seen: Iterable[Said]
) -> Iterator[float]:
    """By pattern, how likely it is one person's; of correlated slots only the strongest counts."""
    weights = {
        (slot, same): log2((m[slot] if same else 1 - m[slot]) / (u if same else 1 - u))
        for slot in m
        for u in (model.slots[slot].u,)
        for same in (True, False)
    }
    groups = {slot: model.slots[slot].group or f"slot {slot}" for slot in m}
    odds = log2(share / (1 - share))
    for said in seen:
        strongest: dict[str, float] = {}
        for one in said:
            weight, group = weights[one], groups[one[0]]
            if abs(weight) > abs(strongest.get(group, 0.0)):
                strongest[group] = weight
        bits = min(max(odds + sum(strongest.values()), -60.0), 60.0)
        yield 1 / (1 + exp2(-bits))
