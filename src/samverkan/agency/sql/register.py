"""Deliveries, subjects and statements, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, union

from samverkan.agency.facts import DeliveryFacts, RejectFacts, Selection
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.intake import delivery_facts
from samverkan.agency.sql.selectable import SELECTABLE, having, keep_selectable, selected
from samverkan.domain.statement import Fields, Prop, Schema, Statement, fields
from samverkan.infra.rows import insert_many
from samverkan.kernel.ids import DeliveryId, StatementId, SubjectId

_NUMBERS = (Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER)
_MANY = 500
"""How many identifiers go into one query."""


class SqlRegister:
    """`ports.Register` inside one transaction, for the party `me`."""

    def __init__(self, connection: Connection, now: datetime, me: str) -> None:
        self._connection = connection
        self._now = now
        self._me = me

    def delivered(self, sha256: bytes) -> DeliveryFacts | None:
        """See `Register`."""
        query = select(t.delivery).where(t.delivery.c.sha256 == sha256)
        row = self._connection.execute(query).first()
        return None if row is None else delivery_facts(row)

    def deliveries(self) -> list[DeliveryFacts]:
        """See `Register`."""
        return [delivery_facts(row) for row in self._connection.execute(_DELIVERIES)]

    def delivery(self, delivery: str) -> DeliveryFacts | None:
        """See `Register`."""
        row = self._connection.execute(
            select(t.delivery).where(t.delivery.c.id == delivery)
        ).first()
        return None if row is None else delivery_facts(row)

    def rejects(self, delivery: str) -> list[RejectFacts]:
        """See `Register`."""
        query = (
            select(t.reject.c.row, t.reject.c.column, t.reject.c.code, t.reject.c.effect)
            .where(t.reject.c.delivery == delivery)
            .order_by(t.reject.c.row, t.reject.c.column)
        )
        return [RejectFacts(*row) for row in self._connection.execute(query)]

    def add(self, statements: Sequence[Statement], *, party: str) -> None:
        """See `Register`."""
        self._add_subjects(statements)
        rows = [
            {
                "id": said.id,
                "subject": said.subject,
                "prop": said.prop.value,
                "value": said.value,
                "original": said.original,
                "months": ",".join(said.months),
                "source": said.delivery,
                "party": party,
                "row": said.row,
                "said_at": said.said_at,
                "basis": said.basis,
                "purpose": said.purpose,
                "classification": said.classification,
                "expires_on": said.expires_on.isoformat(),
            }
            for said in statements
        ]
        insert_many(self._connection, t.statement, rows)
        if party == self._me:
            keep_selectable(
                self._connection,
                (
                    (s.prop.value, s.value, str(s.subject), s.expires_on.isoformat())
                    for s in statements
                    if s.prop in SELECTABLE
                ),
            )

    def _add_subjects(self, statements: Sequence[Statement]) -> None:
        schemas = {said.subject: said.schema.value for said in statements}
        known = {row.id for row in self._in(select(t.subject.c.id), t.subject.c.id, schemas)}
        rows = [
            {"id": subject, "schema": schema, "numbered": False}
            for subject, schema in schemas.items()
            if subject not in known
        ]
        insert_many(self._connection, t.subject, rows)

    def _in(self, query: Select[Any], column: object, wanted: Iterable[str]) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        ids = list(wanted)
        for first in range(0, len(ids), _MANY):
            part = query.where(column.in_(ids[first : first + _MANY]))  # type: ignore[attr-defined]
            found.extend(self._connection.execute(part))
        return found

    def statements(self, subject: SubjectId) -> list[Statement]:
        """See `Register`."""
        query = _statements().where(t.statement.c.subject == subject)
        rows = self._connection.execute(query.order_by(t.statement.c.said_at, t.statement.c.no))
        return [_statement(row) for row in rows]

    def sources(self, subject: SubjectId) -> dict[str, str]:
        """See `Register`."""
        query = select(t.statement.c.source, t.statement.c.party).where(
            t.statement.c.subject == subject
        )
        return {row.source: row.party for row in self._connection.execute(query)}

    def own_fields(self, subjects: Collection[SubjectId]) -> dict[SubjectId, Fields]:
        """See `Register`."""
        today = self._now.date().isoformat()
        query = _statements().where(
            t.statement.c.party == self._me, t.statement.c.expires_on >= today
        )
        query = query.order_by(t.statement.c.subject, t.statement.c.no)
        found: dict[SubjectId, Fields] = {}
        ids = sorted(subjects)  # as they stand in the index; one part at a time is held
        for first in range(0, len(ids), _MANY):
            part = query.where(t.statement.c.subject.in_(ids[first : first + _MANY]))
            said = map(_statement, self._connection.execute(part))
            found |= {subject: fields(list(of)) for subject, of in groupby(said, _subject_of)}
        return {subject: found[subject] for subject in subjects if subject in found}

    def select(self, selection: Selection) -> list[SubjectId]:
        """See `Register`."""
        query = selected(selection, self._now.date().isoformat())
        return [SubjectId(found) for found in self._connection.execute(query).scalars()]

    def numbered(self, numbers: Collection[str]) -> list[SubjectId]:
        """See `Register`."""
        today = self._now.date().isoformat()
        by_either = [having(prop, numbers, today) for prop in _NUMBERS]
        query = union(*by_either).order_by("subject")
        return [SubjectId(found) for found in self._connection.execute(query).scalars()]

    def counts(self) -> dict[str, int]:
        """See `Register`."""
        query = select(t.subject.c.schema, func.count()).group_by(t.subject.c.schema)
        return {row[0]: row[1] for row in self._connection.execute(query)}


_DELIVERIES = select(t.delivery).order_by(t.delivery.c.at.desc())
"""Made once: to make it costs more than to run it."""


def _statements() -> Select[Any]:
    return select(t.statement, t.subject.c.schema).join(
        t.subject, t.subject.c.id == t.statement.c.subject
    )


def _statement(row: Sequence[Any]) -> Statement:
    """In the order of the columns: a register has millions, and a name costs more than a place."""
    (_, id_, subject, prop, value, original, months, source, _, number, said_at,
     basis, purpose, classification, expires_on, schema) = row  # fmt: skip
    return Statement(
        id=StatementId(id_),
        subject=SubjectId(subject),
        schema=_SCHEMAS[schema],
        prop=_PROPS[prop],
        value=value,
        original=original,
        delivery=DeliveryId(source),
        row=number,
        said_at=said_at,
        basis=basis,
        purpose=purpose,
        classification=classification,
        expires_on=_day(expires_on),
        months=tuple(months.split(",")) if months else (),
    )


def _subject_of(said: Statement) -> SubjectId:
    return said.subject


_PROPS = {prop.value: prop for prop in Prop}
_SCHEMAS = {schema.value: schema for schema in Schema}
_day = lru_cache(maxsize=4_096)(date.fromisoformat)
