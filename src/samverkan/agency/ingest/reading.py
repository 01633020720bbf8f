"""Read rows into statements: clean each cell, refuse what may not enter, merge duplicates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from samverkan.agency.ingest.mapping import ConditionRule, DeliveryMapping, RowShape
from samverkan.domain.normalise import (
    Forms,
    Profile,
    as_stated,
    clean,
    clean_date,
    clean_month,
    last_name_first,
    words,
)
from samverkan.domain.statement import Prop, Schema, Statement, Subject, subjects
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DeliveryId, PartyId, Randomness, StatementId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Clock, Stamp

LONGEST_CELL = 500
"""Characters; a longer cell is no field of a register and its row is refused."""

_LIST = re.compile(r"[,\s]+")
_NUMBERS = (Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the manifest says of a delivery; `sha256` is of the file's bytes, in hex."""

    id: DeliveryId
    party: PartyId
    stamp: Stamp
    sha256: str


def already_read(delivery: Delivery, digests: Collection[str]) -> bool:
    """Whether the party has read these very bytes; then the delivery changes nothing."""
    return delivery.sha256 in digests


@dataclass(frozen=True, slots=True)
class Reject:
    """A cell (or, without column, a row) that was not used as it stood. Holds no value.

    `kept` is true for an identity number that fails its check digit: it is kept as stated, and
    match keys use its repairs.
    """

    row: int
    code: Code
    column: str | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What a delivery gave. `rows` counts the rows read, refused ones included."""

    statements: tuple[Statement, ...]
    subjects: tuple[Subject, ...]
    rejects: tuple[Reject, ...]
    rows: int


def read_delivery(
    rows: Iterable[tuple[int, Mapping[str, str] | Refused]],
    mapping: DeliveryMapping,
    *,
    profile: Profile,
    delivery: Delivery,
    now: Clock,
    randomness: Randomness,
) -> IngestResult | Refused:
    """Read every row into statements of merged subjects, by the store's profile.

    Refused whole: `STAMP_MISMATCH` when the store holds another kind of data,
    `NOT_A_PARTY` when the delivery is not of the mapping's party.
    """
    if delivery.stamp is not profile.stamp:
        return refuse(Code.STAMP_MISMATCH)
    if delivery.party != mapping.party:
        return refuse(Code.NOT_A_PARTY)
    reader = _Reader(mapping, delivery, profile, now(), randomness)
    count = 0
    for number, cells in rows:
        count += 1
        if isinstance(cells, Refused):
            reader.rejects.append(Reject(number, cells.code, None))
        else:
            reader.take(number, cells)
    said = tuple(reader.statements)
    return IngestResult(said, subjects(said), tuple(reader.rejects), count)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A usable cell: what it states, clean and as it stood; `right` unless its digit fails."""

    prop: Prop
    value: str
    original: str
    right: bool = True
    months: tuple[str, ...] = ()


class _RowRefusedError(Exception):
    """The row cannot be used at all."""

    def __init__(self, code: Code, column: str | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.column = column


@dataclass(slots=True)
class _Reader:
    """Reads one delivery. `_known` finds the subject that an earlier row was about."""

    mapping: DeliveryMapping
    delivery: Delivery
    profile: Profile
    now: datetime
    randomness: Randomness
    statements: list[Statement] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    _known: dict[tuple[str, ...], SubjectId] = field(default_factory=dict)
    _numbered: set[SubjectId] = field(default_factory=set)

    def take(self, row: int, cells: Mapping[str, str]) -> None:
        """Read one row; a row that cannot be used leaves a reject and nothing else."""
        before = len(self.rejects)
        try:
            classification = self._classify(cells)
            shape = self._shape(cells)
            said_at = self._said_at(cells)
            read = list(self._read(row, shape, cells))
            subject = self._subject(shape.schema, read)
        except _RowRefusedError as refused:
            del self.rejects[before:]
            self.rejects.append(Reject(row, refused.code, refused.column))
            return
        context = _Context(subject, shape.schema, row, said_at, classification)
        self.statements += [self._state(cell, context) for cell in read]

    def _classify(self, cells: Mapping[str, str]) -> str:
        """The row's classification; an unknown class is refused, since it may be a forbidden one."""
        if any(len(cell) > LONGEST_CELL for cell in cells.values()):
            raise _RowRefusedError(Code.FIELD_TOO_LONG)
        column = self.mapping.class_column
        if column is None:
            return self.mapping.classification
        cell = cells.get(column, "").strip()
        if cell in self.mapping.never_enrolled:
            raise _RowRefusedError(Code.NEVER_ENROLLED, column)
        if cell not in self.mapping.classes:
            raise _RowRefusedError(Code.ROW_INVALID, column)
        return self.mapping.classes[cell]

    def _shape(self, cells: Mapping[str, str]) -> RowShape:
        for shape in self.mapping.shapes:
            if shape.when is None or shape.when.holds(cells):
                return shape
        tests = (shape.when.column for shape in self.mapping.shapes if shape.when)
        raise _RowRefusedError(Code.ROW_INVALID, next(tests, None))

    def _said_at(self, cells: Mapping[str, str]) -> datetime:
        """When the source said it: the row's day, else now. A day to come is no day."""
        column = self.mapping.said_on
        if column is None:
            return self.now
        day = clean_date(cells.get(column, ""))
        if isinstance(day, Refused) or day > self.now.date().isoformat():
            raise _RowRefusedError(Code.FIELD_NOT_A_DATE, column)
        return datetime.combine(date.fromisoformat(day), time(), UTC)

    def _read(self, row: int, shape: RowShape, cells: Mapping[str, str]) -> Iterator[_Cell]:
        for column, prop in shape.columns.items():
            text = cells.get(column, "").strip()
            parts = _LIST.split(text) if prop is Prop.DIRECTOR else [text]
            for part in filter(None, parts):
                yield from self._clean(row, column, prop, part)
        if shape.last_name_first:
            yield from self._both_names(row, shape.last_name_first, cells)
        if shape.protected and cells.get(shape.protected.column, "").strip():
            value = "true" if shape.protected.holds(cells) else "false"
            yield _Cell(Prop.PROTECTED, value, cells[shape.protected.column])
        for role in shape.roles:
            if role.test.holds(cells):
                yield _Cell(Prop.ROLE, role.role, cells[role.test.column])
        for rule in shape.conditions:
            if rule.test.holds(cells):
                yield self._condition(row, rule, cells)

    def _clean(self, row: int, column: str, prop: Prop, text: str) -> Iterator[_Cell]:
        """One cell; another stamp's number refuses the row, a failing number is kept as stated."""
        value = clean(prop, text, self.profile)
        if isinstance(value, str):
            yield _Cell(prop, value, text)
            return
        if value.code is Code.ID_OF_OTHER_STAMP:
            raise _RowRefusedError(value.code, column)
        stated = as_stated(prop, text, self.profile) if prop in _NUMBERS else None
        self.rejects.append(Reject(row, value.code, column, kept=stated is not None))
        if stated is not None:
            yield _Cell(prop, stated, text, right=False)

    def _both_names(self, row: int, column: str, cells: Mapping[str, str]) -> Iterator[_Cell]:
        text = cells.get(column, "").strip()
        parts = last_name_first(text) if text else ("", "")
        if isinstance(parts, Refused):
            self.rejects.append(Reject(row, parts.code, column))
            return
        for prop, part in zip((Prop.FIRST_NAME, Prop.LAST_NAME), filter(None, parts), strict=False):
            yield from self._clean(row, column, prop, part)

    def _condition(self, row: int, rule: ConditionRule, cells: Mapping[str, str]) -> _Cell:
        texts = filter(None, _LIST.split(cells.get(rule.months, "") if rule.months else ""))
        months: list[str] = []
        for month in map(clean_month, texts):
            if isinstance(month, Refused):
                self.rejects.append(Reject(row, month.code, rule.months))
            else:
                months.append(month)
        original = cells.get(rule.test.column, "")
        return _Cell(Prop.CONDITION, rule.code, original, months=tuple(months))

    def _subject(self, schema: Schema, read: list[_Cell]) -> SubjectId:
        """The subject of an earlier row with the same right number, or the same name and place.

        Two right numbers that differ are two subjects, whatever the names say.
        """
        number = next((c.value for c in read if c.prop in _NUMBERS and c.right), None)
        alike = _likeness(schema, read, self.profile.forms)
        if number is None and not any(c.prop in _NUMBERS for c in read) and not _named(read):
            raise _RowRefusedError(Code.FIELD_MISSING)
        found = self._known.get((schema, number)) if number else None
        if found is None and alike is not None:
            same = self._known.get(alike)
            found = same if number is None or same not in self._numbered else None
        subject = found or SubjectId.draw(self.randomness)
        if number is not None:
            self._known[(schema, number)] = subject
            self._numbered.add(subject)
        if alike is not None:
            self._known.setdefault(alike, subject)
        return subject

    def _state(self, cell: _Cell, context: _Context) -> Statement:
        mapping = self.mapping
        return Statement(
            id=StatementId.draw(self.randomness),
            subject=context.subject,
            schema=context.schema,
            prop=cell.prop,
            value=cell.value,
            original=cell.original,
            delivery=self.delivery.id,
            row=context.row,
            said_at=context.said_at,
            basis=mapping.basis,
            purpose=mapping.purpose,
            classification=context.classification,
            expires_on=expiry(context.said_at.date(), mapping),
            months=cell.months,
        )


@dataclass(frozen=True, slots=True)
class _Context:
    """What all statements of one row share."""

    subject: SubjectId
    schema: Schema
    row: int
    said_at: datetime
    classification: str


def _named(read: list[_Cell]) -> bool:
    props = {cell.prop for cell in read}
    return Prop.NAME in props or {Prop.FIRST_NAME, Prop.LAST_NAME} <= props


def _likeness(schema: Schema, read: list[_Cell], forms: Forms) -> tuple[str, ...] | None:
    """Name, birth date and postcode (person) or name and postcode (company), folded, all present."""
    person = (Prop.FIRST_NAME, Prop.LAST_NAME, Prop.BIRTH_DATE, Prop.POSTCODE)
    needed = person if schema is Schema.PERSON else (Prop.NAME, Prop.POSTCODE)
    said = {cell.prop: " ".join(words(cell.value, forms)) for cell in read}
    return (schema, *(said[prop] for prop in needed)) if said.keys() >= set(needed) else None


def expiry(said_on: date, mapping: DeliveryMapping) -> date:
    """The last day a statement may be kept: so many months on, the day cut to the month's length."""
    start = date(said_on.year, 12, 31) if mapping.from_year_end else said_on
    years, month = divmod(start.month - 1 + mapping.retention_months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
