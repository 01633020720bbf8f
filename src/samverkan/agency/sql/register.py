"""Deliveries, subjects and statements, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from samverkan.agency.facts import DeliveryFacts, RejectFacts, Selection
from samverkan.agency.sql import tables as t
from samverkan.domain.statement import Fields, Prop, Schema, Statement, fields
from samverkan.kernel.ids import DeliveryId, StatementId, SubjectId

_MANY = 500
"""How many identifiers go into one query."""


class SqlRegister:
    """`ports.Register` inside one transaction, for the party `me`."""

    def __init__(self, connection: Connection, now: datetime, me: str) -> None:
        self._connection = connection
        self._now = now
        self._me = me

    def delivered(self, sha256: bytes) -> bool:
        """See `Register`."""
        query = select(t.delivery.c.id).where(t.delivery.c.sha256 == sha256)
        return self._connection.execute(query).first() is not None

    def deliveries(self) -> list[DeliveryFacts]:
        """See `Register`."""
        return [DeliveryFacts(**row._mapping) for row in self._connection.execute(_DELIVERIES)]

    def add_delivery(self, facts: DeliveryFacts, rejects: Sequence[RejectFacts]) -> None:
        """See `Register`."""
        self._connection.execute(
            t.delivery.insert().values(
                id=facts.id,
                sha256=facts.sha256,
                kind=facts.kind,
                file=facts.file,
                rows=facts.rows,
                statements=facts.statements,
                subjects=facts.subjects,
                at=facts.at,
            )
        )
        unique = {(r.row, r.column): r for r in rejects}
        rows = [
            {"delivery": facts.id, "row": r.row, "column": r.column, "code": r.code}
            for r in unique.values()
        ]
        if rows:
            self._connection.execute(t.reject.insert(), rows)

    def rejects(self, delivery: str) -> list[RejectFacts]:
        """See `Register`."""
        query = (
            select(t.reject.c.row, t.reject.c.column, t.reject.c.code)
            .where(t.reject.c.delivery == delivery)
            .order_by(t.reject.c.row)
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
        if rows:
            self._connection.execute(t.statement.insert(), rows)

    def _add_subjects(self, statements: Sequence[Statement]) -> None:
        schemas = {said.subject: said.schema.value for said in statements}
        known = {row.id for row in self._in(select(t.subject.c.id), t.subject.c.id, schemas)}
        rows = [
            {"id": subject, "schema": schema, "protected": False}
            for subject, schema in schemas.items()
            if subject not in known
        ]
        if rows:
            self._connection.execute(t.subject.insert(), rows)
        for said in statements:
            if said.prop is Prop.PROTECTED:
                self._connection.execute(
                    update(t.subject)
                    .where(t.subject.c.id == said.subject)
                    .values(protected=said.value == "true")
                )

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
        rows = self._connection.execute(query.order_by(t.statement.c.said_at, t.statement.c.row))
        return [_statement(row) for row in rows]

    def sources(self, subject: SubjectId) -> dict[str, str]:
        """See `Register`."""
        query = select(t.statement.c.source, t.statement.c.party).where(
            t.statement.c.subject == subject
        )
        return {row.source: row.party for row in self._connection.execute(query)}

    def own_fields(self, subjects: Collection[SubjectId]) -> dict[SubjectId, Fields]:
        """See `Register`."""
        query = _statements().where(t.statement.c.party == self._me)
        groups: dict[SubjectId, list[Statement]] = defaultdict(list)
        for row in self._in(query, t.statement.c.subject, subjects):
            groups[SubjectId(row.subject)].append(_statement(row))
        today = self._now.date()
        alive = {
            subject: [s for s in said if s.expires_on >= today] for subject, said in groups.items()
        }
        return {subject: fields(said) for subject, said in alive.items() if said}

    def select(self, selection: Selection) -> list[SubjectId]:
        """See `Register`."""
        if selection.directors:
            return self._directors(selection)
        query = select(t.subject.c.id).where(t.subject.c.schema == selection.schema.value)
        query = query.where(t.subject.c.id.in_(self._within(selection.municipalities)))
        if selection.conditions:
            query = query.where(t.subject.c.id.in_(self._meeting(selection.conditions)))
        return [
            SubjectId(i) for i in self._connection.execute(query.order_by(t.subject.c.id)).scalars()
        ]

    def _within(self, municipalities: Collection[str]) -> Select[tuple[str]]:
        return select(t.statement.c.subject).where(
            t.statement.c.prop == Prop.CITY.value,
            t.statement.c.value.in_(sorted(municipalities)),
            t.statement.c.party == self._me,
        )

    def _meeting(self, conditions: Collection[str]) -> Select[tuple[str]]:
        return select(t.statement.c.subject).where(
            t.statement.c.prop == Prop.CONDITION.value,
            t.statement.c.value.in_(sorted(conditions)),
            t.statement.c.party == self._me,
        )

    def _directors(self, selection: Selection) -> list[SubjectId]:
        """Persons named by companies that meet the condition, found by identity number."""
        numbers = select(t.statement.c.value).where(
            t.statement.c.prop == Prop.DIRECTOR.value,
            t.statement.c.party == self._me,
            t.statement.c.subject.in_(self._within(selection.municipalities)),
        )
        if selection.conditions:
            numbers = numbers.where(t.statement.c.subject.in_(self._meeting(selection.conditions)))
        query = (
            select(t.statement.c.subject)
            .where(
                t.statement.c.prop == Prop.ID_NUMBER.value,
                t.statement.c.value.in_(numbers),
                t.statement.c.party == self._me,
            )
            .distinct()
            .order_by(t.statement.c.subject)
        )
        return [SubjectId(i) for i in self._connection.execute(query).scalars()]

    def numbered(self, numbers: Collection[str]) -> list[SubjectId]:
        """See `Register`."""
        table = t.statement.c
        query = (
            select(table.subject)
            .where(
                table.prop.in_([Prop.ID_NUMBER.value, Prop.REGISTRATION_NUMBER.value]),
                table.value.in_(sorted(numbers)),
                table.party == self._me,
            )
            .distinct()
            .order_by(table.subject)
        )
        return [SubjectId(found) for found in self._connection.execute(query).scalars()]

    def counts(self) -> dict[str, int]:
        """See `Register`."""
        query = select(t.subject.c.schema, func.count()).group_by(t.subject.c.schema)
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _deliveries() -> Select[Any]:
    """Every delivery, newest first, with the number of its rejects."""
    rejected = (
        select(t.reject.c.delivery, func.count().label("n"))
        .group_by(t.reject.c.delivery)
        .subquery()
    )
    return (
        select(t.delivery, func.coalesce(rejected.c.n, 0).label("rejects"))
        .outerjoin(rejected, rejected.c.delivery == t.delivery.c.id)
        .order_by(t.delivery.c.at.desc())
    )


_DELIVERIES = _deliveries()
"""Made once: to make it costs more than to run it."""


def _statements() -> Select[Any]:
    return select(t.statement, t.subject.c.schema).join(
        t.subject, t.subject.c.id == t.statement.c.subject
    )


def _statement(row: Row[Any]) -> Statement:
    return Statement(
        id=StatementId(row.id),
        subject=SubjectId(row.subject),
        schema=Schema(row.schema),
        prop=Prop(row.prop),
        value=row.value,
        original=row.original,
        delivery=DeliveryId(row.source),
        row=row.row,
        said_at=row.said_at,
        basis=row.basis,
        purpose=row.purpose,
        classification=row.classification,
        expires_on=date.fromisoformat(row.expires_on),
        months=tuple(filter(None, row.months.split(","))),
    )
