"""Read rows into records: clean each cell, refuse what may not enter, tell whom a row is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import blake2b

from samverkan.agency.ingest.cleaning import Cleaner, Days
from samverkan.agency.ingest.mapping import ConditionRule, DeliveryMapping, RowShape
from samverkan.agency.ingest.records import PROPS, Effect, Record, Reject, Said
from samverkan.domain.normalise import Profile, as_stated, clean_month
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused

LONGEST_CELL = 500
"""Characters; a longer cell is no field of a register and its row is refused."""

_LIST = re.compile(r"[,\s]+")
_NUMBERS = frozenset({Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER})
_FULL_NAME = frozenset({Prop.FIRST_NAME.value, Prop.LAST_NAME.value})
_ALIKE = {
    Schema.PERSON: (Prop.FIRST_NAME, Prop.LAST_NAME, Prop.BIRTH_DATE, Prop.POSTCODE),
    Schema.COMPANY: (Prop.NAME, Prop.POSTCODE),
}
_NAMES = (Prop.FIRST_NAME, Prop.LAST_NAME)


class RowRefusedError(Exception):
    """The row cannot be used at all."""

    def __init__(self, code: Code, column: str | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.column = column


class Reader:
    """Reads the rows of one delivery, one after another. `rejects` grow until they are taken."""

    def __init__(self, mapping: DeliveryMapping, profile: Profile, now: datetime) -> None:
        self.mapping = mapping
        self.rejects: list[Reject] = []
        self._cleaner = Cleaner(profile)
        self._days = Days(mapping, now)

    def read(self, row: int, cells: Mapping[str, str] | Refused) -> Record | None:
        """One row's record; a row that cannot be used leaves a reject and nothing else."""
        if isinstance(cells, Refused):
            self.rejects.append(Reject(row, cells.code, None, Effect.ROW_OUT))
            return None
        before = len(self.rejects)
        try:
            return self._record(row, cells)
        except RowRefusedError as refused:
            del self.rejects[before:]
            self.rejects.append(Reject(row, refused.code, refused.column, Effect.ROW_OUT))
            return None

    def taken_rejects(self) -> list[Reject]:
        """The rejects so far; they begin anew."""
        taken, self.rejects = self.rejects, []
        return taken

    def _record(self, row: int, cells: Mapping[str, str]) -> Record:
        if cells and len(max(cells.values(), key=len)) > LONGEST_CELL:
            raise RowRefusedError(Code.FIELD_TOO_LONG)
        classification = self._classify(cells)
        shape = self._shape(cells)
        said_at, expires_on = self._said_at(cells)
        said, right = self._columns(row, shape, cells)
        said += self._tests(row, shape, cells)
        values = {prop: value for prop, value, _, _ in said}
        if not _tells_who(values):
            raise RowRefusedError(Code.FIELD_MISSING)
        return Record(
            row=row,
            schema=shape.schema,
            said_at=said_at,
            classification=classification,
            expires_on=expires_on,
            said=said,
            number=None if right is None else _key(shape.schema, "number", right),
            likeness=self._likeness(shape.schema, values),
            unmet=_unmet(shape, cells) if shape.conditions else (),
        )

    def _classify(self, cells: Mapping[str, str]) -> str:
        """The row's classification; an unknown class is refused, since it may be a forbidden one."""
        column = self.mapping.class_column
        if column is None:
            return self.mapping.classification
        cell = cells.get(column, "").strip()
        if cell in self.mapping.never_enrolled:
            raise RowRefusedError(Code.NEVER_ENROLLED, column)
        if cell not in self.mapping.classes:
            raise RowRefusedError(Code.ROW_INVALID, column)
        return self.mapping.classes[cell]

    def _shape(self, cells: Mapping[str, str]) -> RowShape:
        for shape in self.mapping.shapes:
            if shape.when is None or shape.when.holds(cells):
                return shape
        tests = (shape.when.column for shape in self.mapping.shapes if shape.when)
        raise RowRefusedError(Code.ROW_INVALID, next(tests, None))

    def _said_at(self, cells: Mapping[str, str]) -> tuple[datetime, date]:
        column = self.mapping.said_on
        if column is None:
            return self._days.now
        day = self._days.of(cells.get(column, ""))
        if isinstance(day, Refused):
            raise RowRefusedError(day.code, column)
        return day

    def _columns(
        self, row: int, shape: RowShape, cells: Mapping[str, str]
    ) -> tuple[list[Said], str | None]:
        """What the columns state, and the first identity number that is right."""
        said: list[Said] = []
        right: str | None = None
        for column, prop in shape.columns.items():
            text = cells.get(column, "").strip()
            if not text:
                continue
            if prop is Prop.DIRECTOR:
                for part in filter(None, _LIST.split(text)):
                    self._clean(said, row, column, (prop, part))
            elif self._clean(said, row, column, (prop, text)) and prop in _NUMBERS:
                right = right or said[-1][1]
        if shape.last_name_first:
            self._both_names(said, row, shape.last_name_first, cells)
        return said, right

    def _clean(self, said: list[Said], row: int, column: str, cell: tuple[Prop, str]) -> bool:
        """Whether the cell is right. Another stamp's number refuses the row, a failing one is kept."""
        prop, text = cell
        value = self._cleaner.of[prop](text)
        if isinstance(value, str):
            said.append((PROPS[prop], value, text, ""))
            return True
        if value.code is Code.ID_OF_OTHER_STAMP:
            raise RowRefusedError(value.code, column)
        stated = as_stated(prop, text, self._cleaner.profile) if prop in _NUMBERS else None
        effect = Effect.CELL_OUT if stated is None else Effect.KEPT
        self.rejects.append(Reject(row, value.code, column, effect))
        if stated is not None:
            said.append((PROPS[prop], stated, text, ""))
        return False

    def _both_names(
        self, said: list[Said], row: int, column: str, cells: Mapping[str, str]
    ) -> None:
        text = cells.get(column, "").strip()
        if not text:
            return
        parts = self._cleaner.names(text)
        if isinstance(parts, Refused):
            self.rejects.append(Reject(row, parts.code, column))
            return
        for prop, part in zip(_NAMES, parts, strict=True):
            self._clean(said, row, column, (prop, part))

    def _tests(self, row: int, shape: RowShape, cells: Mapping[str, str]) -> Iterator[Said]:
        """What cells say by being one of some words: protection, a part in it, a condition."""
        if shape.protected and cells.get(shape.protected.column, "").strip():
            value = "true" if shape.protected.holds(cells) else "false"
            yield Prop.PROTECTED.value, value, cells[shape.protected.column], ""
        for role in shape.roles:
            if role.test.holds(cells):
                yield Prop.ROLE.value, role.role, cells[role.test.column], ""
        for rule in shape.conditions:
            if rule.test.holds(cells):
                yield self._condition(row, rule, cells)

    def _condition(self, row: int, rule: ConditionRule, cells: Mapping[str, str]) -> Said:
        texts = filter(None, _LIST.split(cells.get(rule.months, "") if rule.months else ""))
        months: list[str] = []
        for month in map(clean_month, texts):
            if isinstance(month, Refused):
                self.rejects.append(Reject(row, month.code, rule.months))
            else:
                months.append(month)
        original = cells.get(rule.test.column, "")
        return Prop.CONDITION.value, rule.code, original, ",".join(months)

    def _likeness(self, schema: Schema, values: Mapping[str, str]) -> bytes | None:
        """Name, birth date and postcode (person) or name and postcode (company), folded, all present."""
        needed = [values.get(prop) for prop in _ALIKE[schema]]
        said = [self._cleaner.folded(value) for value in needed if value is not None]
        return _key(schema, "alike", *said) if len(said) == len(needed) else None


def _tells_who(values: Mapping[str, str]) -> bool:
    """A number, right or as stated, or a whole name."""
    named = Prop.NAME in values or values.keys() >= _FULL_NAME
    return named or not _NUMBERS.isdisjoint(values)


def _unmet(shape: RowShape, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Conditions whose cell says something else; an empty cell says nothing."""
    return tuple(
        rule.code
        for rule in shape.conditions
        if not rule.test.holds(cells) and cells.get(rule.test.column, "").strip()
    )


def _key(schema: Schema, kind: str, *parts: str) -> bytes:
    """Sixteen bytes (BLAKE2b, RFC 7693) for the texts: as good as they, and of one length."""
    return blake2b("\x1f".join((schema, kind, *parts)).encode(), digest_size=16).digest()
