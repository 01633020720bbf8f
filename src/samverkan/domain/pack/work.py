"""What is decided, done and counted: targets, criteria, measures, indicators, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
class Published:
    """A figure of a past year as somebody has published it, with its source; never a figure of ours.

    `indicator` where the published words fit its definition; `cumulative` is the year from which
    it counts; `area` is a part of the country.
    """

    id: Id
    year: Annotated[int, Within(2009, 2999)]
    says: Words
    amount: Annotated[int, Within(0, 10**15)]
    unit: Annotated[str, Ref("units")]
    source: str
    indicator: Annotated[str, Ref("indicators")] | None = None
    cumulative: Annotated[int, Within(2009, 2999)] | None = None
    area: Words | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A definition that an indicator has had from a day on."""

    since: date
    definition: Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number, one meaning: what is counted, in which unit, at which stages (N11).

    `definition` is the first; `editions` are those that came after it, oldest first. Figures of
    two definitions are never added.
    """

    id: Id
    names: Words
    definition: Words
    unit: Annotated[str, Ref("units")]
    stages: tuple[Annotated[str, Ref("stages")], ...]
    parties: tuple[PartyRef, ...]
    editions: tuple[Edition, ...] = ()

    def version(self, on: date) -> int:
        """The number of the definition in force that day; the first is 1."""
        return 1 + sum(one.since <= on for one in self.editions)

    def defined(self, version: int) -> Mapping[str, str]:
        """The words of a definition by its number. Raises `IndexError`."""
        return self.definition if version == 1 else self.editions[version - 2].definition
