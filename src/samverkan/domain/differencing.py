"""The attack that suppression must stand: everything published, added and subtracted.

What is published is a system of equations: shown cells are known, every sum holds, and a
suppressed cell is a whole number of at least what anybody may know. For each suppressed cell the
attacker asks for the least and the greatest value that fit. This module knows nothing of how cells
were chosen: it is the check before publishing, the benchmark's attacker and the property test's.
Needs scipy, which is imported when first used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What anybody has: numbers shown, cells not shown with the least each can be, and the sums.

    A sum is its total, then its parts.
    """

    shown: Mapping[Cell, int]
    least: Mapping[Cell, int]
    sums: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Narrow:
    """A cell that the attacker bounds too closely: recovered where both ends are one."""

    cell: Cell
    low: int
    high: int

    @property
    def recovered(self) -> bool:
        """Whether the attacker knows the number."""
        return self.low == self.high


class Contradiction(ArithmeticError):
    """No numbers fit what was published: one of the sums is wrong."""


def narrow(known: Known, width: int, cells: Collection[Cell] | None = None) -> list[Narrow]:
    """The cells not shown (of `cells`, if given) whose possible values span less than `width`.

    Raises `Contradiction`.
    """
    asked = set(known.least if cells is None else cells)
    found = []
    for part in _apart(known):
        wanted = [at for at, cell in enumerate(part.cells) if cell in asked]
        if wanted and part.rows:
            found += _System(part, width, wanted).narrow()
    return sorted(found, key=lambda one: one.cell)


@dataclass(slots=True)
class _Part:
    """Cells not shown that are tied to each other, and their equations: Σ sign·cell = known."""

    cells: list[Cell] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


def _apart(known: Known) -> list[_Part]:
    """Cells that no chain of sums ties together say nothing of each other."""
    equations = [_equation(known, cells) for cells in known.sums]
    root = _joined(known.least, [signs for signs, _ in equations])
    parts: dict[Cell, _Part] = {}
    place: dict[Cell, int] = {}
    for cell, least in known.least.items():
        part = parts.setdefault(root(cell), _Part())
        place[cell] = len(part.cells)
        part.cells.append(cell)
        part.least.append(least)
    for signs, right in equations:
        if signs:
            part = parts[root(next(iter(signs)))]
            part.rows.append({place[cell]: sign for cell, sign in signs.items()})
            part.right.append(right)
        elif right:
            raise Contradiction
    return list(parts.values())


def _equation(known: Known, cells: Sequence[Cell]) -> tuple[dict[Cell, int], int]:
    signs: dict[Cell, int] = {}
    right = 0
    for at, cell in enumerate(cells):
        sign = 1 if at == 0 else -1
        if cell in known.shown:
            right -= sign * known.shown[cell]
        else:
            signs[cell] = signs.get(cell, 0) + sign
    return signs, right


def _joined(cells: Iterable[Cell], groups: Iterable[Iterable[Cell]]) -> Any:
    """A function from a cell to the one that stands for all tied to it (union-find)."""
    above = {cell: cell for cell in cells}

    def root(cell: Cell) -> Cell:
        while above[cell] != cell:
            above[cell] = above[above[cell]]
            cell = above[cell]
        return cell

    for group in groups:
        tied = list(group)
        for cell in tied[1:]:
            above[root(cell)] = root(tied[0])
    return root


class _System:
    """One part's equations, and the widest spread of each cell that has been seen to fit."""

    def __init__(self, part: _Part, width: int, wanted: Sequence[int]) -> None:
        import numpy as np  # noqa: PLC0415 - scipy costs half a second; a start must not pay
        from scipy.sparse import coo_array  # noqa: PLC0415

        self._part, self._width, self._wanted, self._np = part, width, wanted, np
        entries = [(r, c, sign) for r, row in enumerate(part.rows) for c, sign in row.items()]
        rows, columns, signs = zip(*entries, strict=True)
        shape = (len(part.rows), len(part.cells))
        self._matrix = coo_array((signs, (rows, columns)), shape=shape).tocsr()
        self._least = np.array(part.least, dtype=float)
        first = self._fit(np.zeros(len(part.cells)), None)
        if first is None:
            raise Contradiction
        self._low, self._high = first.copy(), first.copy()

    def narrow(self) -> list[Narrow]:
        """First widen many cells at once, then ask for each that is still narrow."""
        self._sweep()
        return [one for at in self._wanted if (one := self._ask(at)) is not None]

    def _wide(self, at: int) -> bool:
        return bool(self._high[at] - self._low[at] >= self._width)

    def _sweep(self) -> None:
        """Objectives that pull half of the narrow cells up and half down, by the bits of their place."""
        np = self._np
        for bit in range(max(1, len(self._wanted).bit_length())):
            narrow = [at for at in self._wanted if not self._wide(at)]
            if not narrow:
                return
            pull = np.zeros(len(self._part.cells))
            for number, at in enumerate(narrow):
                pull[at] = 1.0 if number >> bit & 1 else -1.0
            roof = self._high + self._width
            for objective in (pull, -pull):
                self._fit(objective, roof)

    def _ask(self, at: int) -> Narrow | None:
        """The cell's least and greatest value, if they lie closer than the width."""
        for sign in (-1.0, 1.0):
            if self._wide(at):
                return None
            objective = self._np.zeros(len(self._part.cells))
            objective[at] = sign
            roof = self._np.full(len(self._part.cells), self._np.inf)
            roof[at] = self._low[at] + self._width
            self._fit(objective, roof)
        if self._wide(at):
            return None
        return Narrow(self._part.cells[at], int(self._low[at]), int(self._high[at]))

    def _fit(self, objective: Any, roof: Any) -> Any:
        """Whole numbers that fit and are best by the objective; each widens what is known."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        np = self._np
        high = np.full(len(self._part.cells), np.inf) if roof is None else roof
        found = milp(
            objective,
            integrality=np.ones(len(self._part.cells)),
            bounds=Bounds(self._least, high),
            constraints=[LinearConstraint(self._matrix, self._part.right, self._part.right)],
        )
        if found.x is None:
            return None
        values = np.rint(found.x)
        if roof is not None:
            self._low = np.minimum(self._low, values)
            self._high = np.maximum(self._high, values)
        return values
