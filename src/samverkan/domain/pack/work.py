"""What is decided, done and counted: targets, criteria, measures, indicators, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from samverkan.domain.pack.agencies import PartyRef
from samverkan.domain.pack.shapes import Id, Ref, Within, Words


@dataclass(frozen=True, slots=True)
class Named:
    """A code and what it is called."""

    names: Words


@dataclass(frozen=True, slots=True)
class Unit:
    """What an indicator counts in; `decimals` are shown."""

    names: Words
    decimals: Annotated[int, Within(0, 3)] = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question on which a proposal is scored. Scores never decide."""

    names: Words
    question: Words
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the catalogue: who can take it, and on what surface it bites."""

    id: Id
    names: Words
    parties: tuple[PartyRef, ...]
    kind: Annotated[str, Ref("measure_kinds")]
    surfaces: tuple[Annotated[str, Ref("surfaces")], ...]
    indicators: tuple[Annotated[str, Ref("indicators")], ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number, one meaning: what is counted, in which unit, at which stages (N11)."""

    id: Id
    names: Words
    definition: Words
    unit: Annotated[str, Ref("units")]
    stages: tuple[Annotated[str, Ref("stages")], ...]
    parties: tuple[PartyRef, ...]
