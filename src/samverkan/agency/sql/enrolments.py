"""Release rules, enrolments, evaluations, own entries and tags, as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from samverkan.agency.facts import (
    Complete,
    Enquiry,
    EnrolmentFacts,
    EvaluationFacts,
    OwnEntry,
    RuleFacts,
)
from samverkan.agency.sql import tables as t
from samverkan.infra.rows import insert_many
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId, UserId


class _RuleBody(msgspec.Struct):
    query: str
    receivers: list[str]
    fields: list[str]
    test: str


class SqlEnrolments:
    """`ports.Enrolments` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add_rule(self, rule: RuleFacts, *, at: datetime) -> None:
        """See `Enrolments`."""
        body = _RuleBody(rule.query, list(rule.receivers), list(rule.fields), rule.test)
        self._connection.execute(
            t.rule.insert().values(
                id=rule.id,
                scope=rule.scope,
                officer=rule.officer,
                body=msgspec.json.encode(body),
                signature=rule.signature,
                until=rule.until.isoformat(),
                at=at,
            )
        )

    def rules(self, scope: str) -> list[RuleFacts]:
        """See `Enrolments`."""
        query = select(t.rule).where(t.rule.c.scope == scope).order_by(t.rule.c.at.desc())
        return [_rule(row) for row in self._connection.execute(query)]

    def rule(self, rule: RuleId) -> RuleFacts | None:
        """See `Enrolments`."""
        row = self._connection.execute(_RULE, {"named": rule}).first()
        return None if row is None else _rule(row)

    def add(self, enrolment: EnrolmentFacts) -> None:
        """See `Enrolments`."""
        self._connection.execute(
            t.enrolment.insert().values(
                id=enrolment.id,
                scope=enrolment.scope,
                rule=enrolment.rule,
                query=enrolment.query,
                necessity=enrolment.necessity,
                officer=enrolment.officer,
                subjects=enrolment.subjects,
                entries=enrolment.entries,
                at=enrolment.at,
            )
        )
        if enrolment.enquiry is not None:
            self._add_enquiry(enrolment.id, enrolment.enquiry)

    def _add_enquiry(self, enrolment: EnrolmentId, enquiry: Enquiry) -> None:
        self._connection.execute(
            t.enquiry.insert().values(
                enrolment=enrolment,
                case_no=enquiry.case,
                stays_to=enquiry.stays_to.isoformat(),
                waits=enquiry.waits,
                second=enquiry.second,
            )
        )

    def all(self, scope: str) -> list[EnrolmentFacts]:
        """See `Enrolments`."""
        query = _ENROLMENTS.where(t.enrolment.c.scope == scope).order_by(t.enrolment.c.at.desc())
        return [_enrolment(row) for row in self._connection.execute(query)]

    def get(self, enrolment: EnrolmentId) -> EnrolmentFacts | None:
        """See `Enrolments`."""
        query = _ENROLMENTS.where(t.enrolment.c.id == enrolment)
        row = self._connection.execute(query).first()
        return None if row is None else _enrolment(row)

    def add_handles(self, scope: str, handles: Mapping[SubjectId, bytes]) -> None:
        """See `Enrolments`."""
        table = t.handle
        known = set(
            self._connection.execute(
                select(table.c.subject).where(table.c.scope == scope)
            ).scalars()
        )
        rows = [
            {"scope": scope, "handle": handle, "subject": subject}
            for subject, handle in handles.items()
            if subject not in known
        ]
        insert_many(self._connection, table, rows)

    def subject_of(self, scope: str, handle: bytes) -> SubjectId | None:
        """See `Enrolments`."""
        table = t.handle
        query = select(table.c.subject).where(table.c.scope == scope, table.c.handle == handle)
        found = self._connection.execute(query).scalar()
        return None if found is None else SubjectId(found)

    def add_evaluations(
        self, evaluations: Sequence[EvaluationFacts], calls: Mapping[str, str]
    ) -> None:
        """See `Enrolments`."""
        rows = [
            {
                "id": one.id,
                "enrolment": one.enrolment,
                "scope": one.scope,
                "epoch": one.epoch,
                "key_type": one.key_type,
                "condition": one.condition,
                "count": len(one.work),
                "work": msgspec.json.encode(one.work, enc_hook=str),
                "masks": one.seed,
            }
            for one in evaluations
        ]
        waiting = [
            {"evaluation": one.id, "holder": holder, "call": call}
            for one in evaluations
            for holder, call in calls.items()
        ]
        insert_many(self._connection, t.evaluation, rows)
        insert_many(self._connection, t.partial, waiting)

    def evaluated(self, scope: str, epoch: int, key_type: str) -> int:
        """See `Enrolments`."""
        table = t.evaluation.c
        query = select(func.coalesce(func.sum(table.count), 0)).where(
            table.scope == scope, table.epoch == epoch, table.key_type == key_type
        )
        return int(self._connection.execute(query).scalar_one())

    def asked(self, call: str) -> dict[str, str]:
        """See `Enrolments`."""
        rows = self._connection.execute(_ASKED, {"named": call})
        return {row.key_type: row.id for row in rows}

    def answer(self, call: str, points: Mapping[str, bytes]) -> None:
        """See `Enrolments`."""
        rows = [
            {"named": call, "of": evaluation, "given": part} for evaluation, part in points.items()
        ]
        self._connection.execute(_ANSWER, rows)

    def complete(self, evaluations: Collection[str]) -> list[Complete]:
        """See `Enrolments`."""
        named = {"ids": list(evaluations)}
        parts: dict[str, list[bytes | None]] = {}
        for row in self._connection.execute(_PARTS, named):
            parts.setdefault(row.evaluation, []).append(row.points)
        found = []
        for row in self._connection.execute(_OPEN, named):
            given = [part for part in parts[row.id] if part is not None]
            if len(given) == len(parts[row.id]):
                found.append(Complete(_evaluation(row), tuple(given)))
        return found

    def waiting(self, scope: str) -> int:
        """See `Enrolments`."""
        query = select(func.count()).where(
            t.evaluation.c.scope == scope, t.evaluation.c.done_at.is_(None)
        )
        return int(self._connection.execute(query).scalar_one())

    def finish(self, evaluations: Collection[str]) -> None:
        """See `Enrolments`."""
        named = list(evaluations)
        done = {"work": None, "masks": None, "done_at": self._now}
        table = t.evaluation
        self._connection.execute(delete(t.partial).where(t.partial.c.evaluation.in_(named)))
        self._connection.execute(update(table).where(table.c.id.in_(named)).values(done))

    def add_entries(self, entries: Sequence[OwnEntry]) -> None:
        """See `Enrolments`."""
        rows = [
            {
                "number": entry.number,
                "scope": entry.scope,
                "epoch": entry.epoch,
                "key_type": entry.key_type,
                "enrolment": entry.enrolment,
                "subject": entry.subject,
                "lock": entry.lock,
            }
            for entry in entries
        ]
        insert_many(self._connection, t.entry, rows)

    def entry(self, number: bytes) -> OwnEntry | None:
        """See `Enrolments`."""
        row = self._connection.execute(_ENTRY, {"named": number}).first()
        if row is None:
            return None
        return OwnEntry(
            number=row.number,
            scope=row.scope,
            epoch=row.epoch,
            key_type=row.key_type,
            enrolment=EnrolmentId(row.enrolment),
            subject=SubjectId(row.subject),
            lock=row.lock,
        )

    def add_tags(
        self, scope: str, epoch: int, typology: str, handles: Mapping[SubjectId, bytes]
    ) -> None:
        """See `Enrolments`."""
        listed = {"scope": scope, "epoch": epoch, "typology": typology}
        known = set(self._connection.execute(_LISTED, listed).scalars())
        rows = [
            {**listed, "handle": handle, "subject": subject}
            for subject, handle in sorted(handles.items())
            if handle not in known
        ]
        insert_many(self._connection, t.own_tag, rows)

    def tagged(
        self, scope: str, epoch: int, typology: str, handles: Collection[bytes]
    ) -> list[SubjectId]:
        """See `Enrolments`."""
        table = t.own_tag
        query = select(table.c.subject).where(
            table.c.scope == scope,
            table.c.epoch == epoch,
            table.c.typology == typology,
            table.c.handle.in_(sorted(handles)),
        )
        found = self._connection.execute(query.order_by(table.c.subject))
        return [SubjectId(one) for one in found.scalars()]


_LISTED = select(t.own_tag.c.handle).where(
    t.own_tag.c.scope == bindparam("scope"),
    t.own_tag.c.epoch == bindparam("epoch"),
    t.own_tag.c.typology == bindparam("typology"),
)


_ENTRY = select(t.entry).where(t.entry.c.number == bindparam("named"))
_RULE = select(t.rule).where(t.rule.c.id == bindparam("named"))
_ASKED = (
    select(t.evaluation.c.id, t.evaluation.c.key_type)
    .join(t.partial, t.partial.c.evaluation == t.evaluation.c.id)
    .where(t.partial.c.call == bindparam("named"))
)
_ANSWER = (
    update(t.partial)
    .where(t.partial.c.call == bindparam("named"), t.partial.c.evaluation == bindparam("of"))
    .values(points=bindparam("given"))
)
_PARTS = select(t.partial.c.evaluation, t.partial.c.points).where(
    t.partial.c.evaluation.in_(bindparam("ids", expanding=True))
)
_OPEN = (
    select(t.evaluation)
    .where(
        t.evaluation.c.id.in_(bindparam("ids", expanding=True)), t.evaluation.c.done_at.is_(None)
    )
    .order_by(t.evaluation.c.key_type)
)


def _evaluation(row: Any) -> EvaluationFacts:
    work = msgspec.json.decode(row.work, type=list[tuple[str, bytes]])
    return EvaluationFacts(
        id=row.id,
        enrolment=EnrolmentId(row.enrolment),
        scope=row.scope,
        epoch=row.epoch,
        key_type=row.key_type,
        condition=row.condition,
        work=tuple((SubjectId(subject), value) for subject, value in work),
        seed=row.masks,
    )


def _rule(row: Row[Any]) -> RuleFacts:
    body = msgspec.json.decode(row.body, type=_RuleBody)
    return RuleFacts(
        id=RuleId(row.id),
        scope=row.scope,
        query=body.query,
        receivers=tuple(body.receivers),
        fields=tuple(body.fields),
        test=body.test,
        officer=UserId(row.officer),
        until=date.fromisoformat(row.until),
        signature=row.signature,
        withdrawn=row.withdrawn_at is not None,
    )


_ENROLMENTS = select(t.enrolment, t.enquiry).outerjoin(
    t.enquiry, t.enquiry.c.enrolment == t.enrolment.c.id
)
"""Every enrolment; of one subject asked about, with its enquiry."""


def _enrolment(row: Row[Any]) -> EnrolmentFacts:
    return EnrolmentFacts(
        id=EnrolmentId(row.id),
        scope=row.scope,
        rule=None if row.rule is None else RuleId(row.rule),
        query=row.query,
        necessity=row.necessity,
        officer=UserId(row.officer),
        subjects=row.subjects,
        entries=row.entries,
        at=row.at,
        enquiry=None if row.case_no is None else _enquiry(row),
        taken_back=row.taken_back_at,
    )


def _enquiry(row: Row[Any]) -> Enquiry:
    return Enquiry(
        case=row.case_no,
        stays_to=date.fromisoformat(row.stays_to),
        waits=row.waits,
        second=None if row.second is None else UserId(row.second),
    )
