"""A figure: what was measured, in which unit, and what it must be."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Literal

Relation = Literal["<=", "<", ">=", ">", "=="]
_HOLDS = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Must:
    """What the value has to be: a relation to a limit, in the figure's unit."""

    relation: Relation
    limit: float

    def holds(self, value: float) -> bool:
        """Does the value keep it?"""
        return bool(_HOLDS[self.relation](value, self.limit))

    def __str__(self) -> str:
        return f"{self.relation} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. Without `must` it is for information and always ok."""

    name: str
    value: float
    unit: str
    must: Must | None = None

    @property
    def ok(self) -> bool:
        """Is the value what it must be?"""
        return self.must is None or self.must.holds(self.value)

    def as_json(self) -> dict[str, object]:
        """As it stands in the result, rounded to four significant digits."""
        must = None if self.must is None else str(self.must)
        value = float(f"{self.value:.4g}")
        return {"name": self.name, "value": value, "unit": self.unit, "must": must, "ok": self.ok}
