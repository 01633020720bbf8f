"""A table with dimensions, as statistical offices give it out: PC-Axis and JSON-stat fill one.

Each row names a category of every dimension, by its label; a code stands before the label where
there is one (`0114 Upplands Vasby`), so that areas are known by their code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

VALUE = "value"
"""The column that holds the figure."""
MOST = 1_000_000
"""Cells that a table may have."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """An axis: its name, and of each category code and label. `role` is time, geo, metric or none."""

    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    role: str = ""

    def words(self) -> list[str]:
        """What stands in a row: areas and periods by code, all else by label."""
        if self.role == "time":
            return [code or label for code, label in zip(self.codes, self.labels, strict=True)]
        if self.role == "geo":
            return [f"{c} {w}".strip() for c, w in zip(self.codes, self.labels, strict=True)]
        return list(self.labels)


@dataclass(frozen=True, slots=True)
class Cube:
    """A whole table: figures in row-major order over its dimensions, and what is said of it."""

    dimensions: tuple[Dimension, ...]
    cells: Sequence[str]
    title: str = ""
    source: str = ""
    unit: str = ""
    updated: date | None = None

    def whole(self) -> bool:
        """As many figures as its dimensions ask for, and not more than can be held."""
        return len(self.cells) == prod(len(d.codes) for d in self.dimensions) <= MOST

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each figure with its categories, numbered from 1."""
        names = [dimension.name for dimension in self.dimensions]
        every = product(*(dimension.words() for dimension in self.dimensions))
        for number, (words, cell) in enumerate(zip(every, self.cells, strict=True), 1):
            yield number, dict(zip(names, words, strict=True)) | {VALUE: cell}

    def role(self, role: str) -> str | None:
        """The name of the dimension with that role."""
        return next((d.name for d in self.dimensions if d.role == role), None)
