"""Small numbers are not shown, and nothing that is shown gives them away.

A count of 1 to k-1 is suppressed (primary suppression). Tables have sums, so further cells must go
(complementary suppression) until every suppressed cell could be at least `width` apart from what it
is: for each there are two tables of whole numbers, both in accord with everything published, in
which it differs by that much. Such a pair is a witness; the suppressor keeps a cell only when it
has one, so that its work proves itself. Nobody who adds and subtracts over all published tables
comes closer (`differencing` tries, without knowing how this was done).

Method: for a cell without witness, the cheapest shift of whole numbers that keeps every sum (an
integer programme over the sums near it, and over all of them if that fails). What the shift
moves is suppressed. Fischetti and Salazar-Gonzalez, Management Science 47(7), 2001, is the same
programme solved to the optimum. Needs scipy, which is imported when first used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import log1p

from samverkan.kernel.outcome import SamverkanError

Cell = tuple[str, ...]
"""What a number is about: area, category, period. Whoever makes the tables says which."""

NEAR = 400
"""Cells among which a shift is first looked for; all of them if there is none."""
_FREE = 0.01
"""What it costs to move a cell that is suppressed anyway, so that shifts stay short."""


class SumsDisagree(SamverkanError):
    """A sum is not that of its parts. The tables are wrong, and protecting them is meaningless."""


class Unprotectable(SamverkanError):
    """What was published before leaves no room: this cell follows from it already."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The total, then its parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Rule:
    """k, what a zero is, and how wide the room about a suppressed cell is at the least.

    Where zeros show, all may know that a suppressed cell is at least 1.
    """

    k: int = 5
    zero_shows: bool = True
    width: int = 5

    def small(self, value: int) -> bool:
        """Whether a number may not be shown."""
        return (0 if not self.zero_shows else 1) <= value < self.k

    @property
    def floor(self) -> int:
        """The least that a suppressed cell can be, as anybody may know."""
        return int(self.zero_shows)


@dataclass(frozen=True, slots=True)
class Tables:
    """Every number with every sum that ties them: all tables, areas, categories and editions.

    `published` are cells that stand in an earlier edition and cannot be taken back, `withheld` those
    that were suppressed there and stay so. `unshown` are cells that no table has (the rest of a
    municipality outside its named areas): never shown, and protected all the same where they are
    small. Raises `SumsDisagree`, and `ValueError` for a negative number.
    """

    values: Mapping[Cell, int]
    sums: tuple[Sum, ...] = ()
    published: frozenset[Cell] = frozenset()
    withheld: frozenset[Cell] = frozenset()
    unshown: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        if min(self.values.values(), default=0) < 0:
            raise ValueError("a count is never negative")
        for one in self.sums:
            if self.values[one.total] != sum(self.values[part] for part in one.parts):
                raise SumsDisagree


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What may be published: `shown`, and beside it which cells are hidden and why."""

    shown: Mapping[Cell, int]
    primary: frozenset[Cell]
    complementary: frozenset[Cell]

    @property
    def hidden(self) -> frozenset[Cell]:
        """Every suppressed cell of a table."""
        return self.primary | self.complementary


def cross(*dimensions: Mapping[str, Sequence[str]]) -> tuple[Sum, ...]:
    """The sums of a table over several hierarchies: in each dimension, total → its parts.

    A name that is in no sum of a dimension stands there under itself without parts: `{"x": ()}`.
    """
    names = [_names(dimension) for dimension in dimensions]
    found = []
    for at, dimension in enumerate(dimensions):
        others = [axis if place != at else [""] for place, axis in enumerate(names)]
        for rest in product(*others):
            for total, parts in dimension.items():
                if parts:
                    cells = tuple(_put(rest, at, name) for name in (total, *parts))
                    found.append(Sum(cells[0], cells[1:]))
    return tuple(found)


def _names(dimension: Mapping[str, Sequence[str]]) -> list[str]:
    return list(
        dict.fromkeys(name for total, parts in dimension.items() for name in (total, *parts))
    )


def _put(rest: Sequence[str], at: int, name: str) -> Cell:
    return (*rest[:at], name, *rest[at + 1 :])


def primary_only(tables: Tables, rule: Rule) -> Suppressed:
    """Small numbers alone are hidden. Not safe: the baseline that a benchmark compares with."""
    shown = {c: v for c, v in tables.values.items() if c not in tables.unshown}
    small = frozenset(c for c, value in shown.items() if rule.small(value))
    return Suppressed({c: v for c, v in shown.items() if c not in small}, small, frozenset())


def suppress(tables: Tables, rule: Rule) -> Suppressed:
    """Hide small numbers and what would give them away. Raises `Unprotectable`."""
    work = _Work(tables, rule, _Layout.of(tables))
    waiting = sorted(work.hidden, key=lambda c: (tables.values[c], c))
    while waiting:
        for cell in waiting:
            work.protect(cell)
        waiting = sorted(c for c in work.hidden if work.room(c) < rule.width)
    primary = frozenset(work.sensitive - tables.unshown)
    complementary = frozenset(work.hidden - work.sensitive - tables.unshown)
    shown = {
        c: v for c, v in tables.values.items() if c not in work.hidden and c not in tables.unshown
    }
    return Suppressed(shown, primary, complementary)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which sums each cell stands in."""

    sums: tuple[Sum, ...]
    of_cell: Mapping[Cell, Sequence[int]]

    @classmethod
    def of(cls, tables: Tables) -> _Layout:
        found: dict[Cell, list[int]] = {cell: [] for cell in tables.values}
        for number, one in enumerate(tables.sums):
            for cell in one.cells:
                found[cell].append(number)
        return cls(tables.sums, found)

    def near(self, cell: Cell, most: int) -> list[Cell]:
        """The cell and those tied to it, nearest first, whole sums at a time."""
        found, seen, at = {cell: None}, set[int](), 0
        order = [cell]
        while at < len(order) and len(order) < most:
            for number in self.of_cell[order[at]]:
                if number not in seen:
                    seen.add(number)
                    order += [c for c in self.sums[number].cells if c not in found]
                    found.update(dict.fromkeys(self.sums[number].cells))
            at += 1
        return order


@dataclass(slots=True)
class _Work:
    """What is hidden so far, and how far each cell is known to be able to move up and down."""

    tables: Tables
    rule: Rule
    layout: _Layout
    sensitive: set[Cell] = field(init=False)
    hidden: set[Cell] = field(init=False)
    up: dict[Cell, int] = field(default_factory=dict)
    down: dict[Cell, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values, fixed = self.tables.values, self.tables.published
        self.sensitive = {c for c, v in values.items() if self.rule.small(v)} - fixed
        self.hidden = self.sensitive | self.tables.withheld

    def room(self, cell: Cell) -> int:
        """How wide the interval about a cell is known to be."""
        return self.up.get(cell, 0) + self.down.get(cell, 0)

    def protect(self, cell: Cell) -> None:
        """Find a witness for the cell and hide what it moves. Raises `Unprotectable`."""
        need = self.rule.width - self.room(cell)
        if need <= 0:
            return
        everything = len(self.tables.values)
        for most in (NEAR, everything):
            for sign in (1, -1):
                shift = self._shift(cell, self._further(cell, sign, need), most)
                if shift is not None:
                    self._take(shift)
                    return
        raise Unprotectable

    def _further(self, cell: Cell, sign: int, need: int) -> int:
        reached = self.up if sign > 0 else self.down
        return sign * (need + reached.get(cell, 0))

    def _take(self, shift: Mapping[Cell, int]) -> None:
        for cell, moved in shift.items():
            side = self.up if moved > 0 else self.down
            side[cell] = max(side.get(cell, 0), abs(moved))
            if cell not in self.tables.unshown:
                self.hidden.add(cell)

    def _shift(self, target: Cell, by: int, most: int) -> dict[Cell, int] | None:
        """The cheapest whole-number shift that moves the target so far and keeps every sum."""
        if by < 0 and self.tables.values[target] + by < self._floor(target):
            return None
        near = self.layout.near(target, most)
        movable = [c for c in near if self._movable(c)]
        if target not in movable:
            return None
        return _solve(_Programme.of(self, movable, target, by))

    def _movable(self, cell: Cell) -> bool:
        """Published cells stay, and zeros that show are zeros for all to see."""
        if cell in self.tables.published:
            return False
        seen_as_zero = self.rule.zero_shows and self.tables.values[cell] == 0
        return not seen_as_zero or cell in self.tables.unshown

    def _floor(self, cell: Cell) -> int:
        return 0 if cell in self.tables.unshown else self.rule.floor

    def cost(self, cell: Cell) -> float:
        """What it would cost to hide a cell: more, the more it tells."""
        if cell in self.hidden or cell in self.tables.unshown:
            return _FREE
        return 1.0 + log1p(self.tables.values[cell])

    def below(self, cell: Cell) -> int:
        """How far a cell can sink."""
        return self.tables.values[cell] - self._floor(cell)


@dataclass(frozen=True, slots=True)
class _Programme:
    """An integer programme: each movable cell goes up by u or down by v at its cost; sums hold."""

    cells: Sequence[Cell]
    costs: Sequence[float]
    least: Sequence[int]
    most: Sequence[float]
    rows: Sequence[Sequence[tuple[int, int]]]

    @classmethod
    def of(cls, work: _Work, cells: Sequence[Cell], target: Cell, by: int) -> _Programme:
        place = {cell: at for at, cell in enumerate(cells)}
        numbers = sorted({n for cell in cells for n in work.layout.of_cell[cell]})
        rows = [_row(work.layout.sums[n], place) for n in numbers]
        ups = [float("inf") for _ in cells]
        downs = [float(work.below(cell)) for cell in cells]
        least = [0] * (2 * len(cells))
        at = place[target] if by > 0 else len(cells) + place[target]
        other = len(cells) + place[target] if by > 0 else place[target]
        most = [*ups, *downs]
        least[at], most[at], most[other] = abs(by), float(abs(by)), 0.0
        costs = [work.cost(cell) for cell in cells]
        return cls(cells, [*costs, *costs], least, most, rows)


def _row(one: Sum, place: Mapping[Cell, int]) -> list[tuple[int, int]]:
    """The movable cells of a sum with their signs: the total less its parts."""
    signs = [(one.total, 1), *((part, -1) for part in one.parts)]
    return [(place[cell], sign) for cell, sign in signs if cell in place]


def _solve(programme: _Programme) -> dict[Cell, int] | None:
    import numpy as np  # noqa: PLC0415 - scipy costs half a second; a start must not pay
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import coo_array  # noqa: PLC0415

    width = len(programme.cells)
    entries = [
        (row, at + side * width, sign * (1 - 2 * side))
        for row, cells in enumerate(programme.rows)
        for at, sign in cells
        for side in (0, 1)
    ]
    constraints = []
    if entries:
        rows, columns, signs = zip(*entries, strict=True)
        matrix = coo_array((signs, (rows, columns)), shape=(len(programme.rows), 2 * width))
        constraints.append(LinearConstraint(matrix.tocsr(), 0, 0))
    found = milp(
        np.array(programme.costs),
        integrality=np.ones(2 * width),
        bounds=Bounds(np.array(programme.least), np.array(programme.most)),
        constraints=constraints,
        options={"mip_rel_gap": 0.05, "node_limit": 2_000},
    )
    if found.x is None:
        return None
    moved = np.rint(found.x).astype(int)
    shift = {c: int(moved[at] - moved[at + width]) for at, c in enumerate(programme.cells)}
    return {cell: by for cell, by in shift.items() if by}
