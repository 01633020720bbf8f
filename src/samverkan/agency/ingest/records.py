"""What a row has come to: the record, and what could not be used. No delivery is held whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SubjectId

PROPS = {prop: prop.value for prop in Prop}
"""Properties as bare texts: a store's driver is slow with anything that is more than one."""


class Effect(StrEnum):
    """What became of a cell or row that could not be used as it stood."""

    ROW_OUT = "row-out"
    CELL_OUT = "cell-out"
    KEPT = "kept"
    """An identity number that fails its check digit: kept as stated; match keys use its repairs."""


class Reject(NamedTuple):
    """Which cell (or, without column, which row), why, and what became of it. Holds no value."""

    row: int
    code: Code
    column: str | None
    effect: Effect = Effect.CELL_OUT


Said = tuple[str, str, str, str]
"""One cell's word: property, clean value, value as it stood, months by commas.

A bare tuple of texts: there are millions, and Python's collector of cycles passes over such.
"""


@dataclass(slots=True)
class Record:
    """What one row says of one subject.

    `number` and `likeness` are the keys by which its subject is found again (see `merging`), where
    the row has them. `unmet` are the conditions that the row was tested for and does not meet.
    """

    row: int
    schema: Schema
    said_at: datetime
    classification: str
    expires_on: date
    said: list[Said] = field(repr=False)
    number: bytes | None
    likeness: bytes | None
    unmet: tuple[str, ...] = ()
    subject: SubjectId | None = None
