"""What is kept of public statistics and own counts: the part of `ports` that pictures need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from samverkan.domain.statistics import Figure, Measure, Origin, Series
from samverkan.kernel.ids import SeriesId, SubjectId, UserId

Tally = Mapping[tuple[str, str], int | None]
"""(area, category) to a count, None where it is suppressed."""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series as it was loaded: from which file, by whom, when; its measures and how many figures."""

    id: SeriesId
    sha256: bytes
    file: str
    origin: Origin
    measures: tuple[Measure, ...]
    figures: int
    officer: UserId
    at: datetime


class Statistics(Protocol):
    """Series that the party has loaded, and the counts of its own that may be shown."""

    def add(self, facts: SeriesFacts, series: Series) -> None:
        """Keep a series whole."""

    def loaded(self, sha256: bytes) -> SeriesFacts | None:
        """The series that these very bytes gave."""

    def get(self, series: SeriesId) -> SeriesFacts | None:
        """One series."""

    def all(self) -> list[SeriesFacts]:
        """Every series, newest first."""

    def about(self, areas: Sequence[str]) -> dict[SeriesId, list[Figure]]:
        """The figures of these areas by series, in the order of measure and period."""

    def drop(self, series: SeriesId) -> None:
        """Take a series away."""

    def counted(self, conditions: Collection[str], on: date) -> dict[tuple[str, str], int]:
        """How many own subjects meet each condition that day, by (municipality, condition)."""

    def placed(self, subjects: Mapping[SubjectId, str], on: date) -> dict[tuple[str, str], int]:
        """How many of these subjects there are, by (municipality, the word that each has)."""

    def keep_tally(self, period: str, tally: Tally, made: date) -> None:
        """Keep the own counts of a year; they are made once."""

    def tally(self, period: str) -> dict[tuple[str, str], int | None]:
        """The own counts of a year; empty when they have not been made."""

    def tallied(self, period: str) -> date | None:
        """The day on which the counts of a year were made."""
