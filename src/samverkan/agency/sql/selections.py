"""Subjects enrolled one by one, and the endings of rules and enrolments, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, func, select, update

from samverkan.agency.sql import tables as t
from samverkan.infra.rows import insert_many
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId, UserId

_MANY = 500
"""How many identifiers go into one query."""


class SqlSelections:
    """`selections.Selections` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add_members(self, enrolment: EnrolmentId, members: Mapping[SubjectId, str]) -> None:
        """See `Selections`."""
        rows = [
            {"enrolment": enrolment, "subject": subject, "necessity": necessity}
            for subject, necessity in members.items()
        ]
        if rows:
            insert_many(self._connection, t.member, rows)

    def members(self, enrolment: EnrolmentId) -> dict[SubjectId, str]:
        """See `Selections`."""
        query = select(t.member.c.subject, t.member.c.necessity).where(
            t.member.c.enrolment == enrolment
        )
        rows = self._connection.execute(query.order_by(t.member.c.subject))
        return {SubjectId(row.subject): row.necessity for row in rows}

    def asked(self, officer: UserId, since: datetime) -> int:
        """See `Selections`."""
        query = (
            select(func.count())
            .select_from(t.enquiry.join(t.enrolment, t.enrolment.c.id == t.enquiry.c.enrolment))
            .where(t.enrolment.c.officer == officer, t.enrolment.c.at >= since)
        )
        return int(self._connection.execute(query).scalar_one())

    def decide(self, enrolment: EnrolmentId, second: UserId, entries: int) -> None:
        """See `Selections`."""
        run = self._connection.execute
        one = t.enquiry.c.enrolment == enrolment
        run(update(t.enquiry).where(one).values(waits=False, second=second))
        run(update(t.enrolment).where(t.enrolment.c.id == enrolment).values(entries=entries))

    def withdraw(self, rule: RuleId) -> None:
        """See `Selections`."""
        self._connection.execute(
            update(t.rule).where(t.rule.c.id == rule).values(withdrawn_at=self._now)
        )

    def take_back(self, enrolment: EnrolmentId) -> None:
        """See `Selections`. The store overwrites what it deletes (`secure_delete`)."""
        run = self._connection.execute
        run(
            update(t.enrolment).where(t.enrolment.c.id == enrolment).values(taken_back_at=self._now)
        )
        mine = select(t.evaluation.c.id).where(t.evaluation.c.enrolment == enrolment)
        run(delete(t.partial).where(t.partial.c.evaluation.in_(mine)))
        run(
            update(t.evaluation)
            .where(t.evaluation.c.enrolment == enrolment, t.evaluation.c.done_at.is_(None))
            .values(work=None, masks=None, done_at=self._now)
        )
        run(delete(t.entry).where(t.entry.c.enrolment == enrolment))

    def condition(self, enrolment: EnrolmentId) -> str | None:
        """See `Selections`."""
        query = select(t.evaluation.c.condition).where(t.evaluation.c.enrolment == enrolment)
        return self._connection.execute(query.limit(1)).scalar()

    def drop_tags(self, scope: str, typology: str) -> None:
        """See `Selections`."""
        table = t.own_tag.c
        same = and_(table.scope == scope, table.typology == typology)
        self._connection.execute(delete(t.own_tag).where(same))

    def used_numbers(
        self, scope: str, key_type: str, subjects: Collection[SubjectId]
    ) -> set[bytes]:
        """See `Selections`."""
        table = t.entry.c
        found: set[bytes] = set()
        for some in _in_parts(subjects):
            query = select(table.number).where(
                table.scope == scope, table.key_type == key_type, table.subject.in_(some)
            )
            found.update(self._connection.execute(query).scalars())
        return found

    def refused(self, call: str, code: str) -> None:
        """See `Selections`."""
        self._connection.execute(
            update(t.partial).where(t.partial.c.call == call).values(refused=code)
        )

    def refusals(self, scope: str) -> list[tuple[str, str]]:
        """See `Selections`."""
        query = (
            select(t.partial.c.holder, t.partial.c.refused)
            .join(t.evaluation, t.evaluation.c.id == t.partial.c.evaluation)
            .where(t.evaluation.c.scope == scope, t.partial.c.refused.is_not(None))
            .distinct()
            .order_by(t.partial.c.holder, t.partial.c.refused)
        )
        return [(row.holder, row.refused) for row in self._connection.execute(query)]

    def run_out(self, on: date) -> list[EnrolmentId]:
        """See `Selections`."""
        query = (
            select(t.enrolment.c.id)
            .join(t.rule, t.rule.c.id == t.enrolment.c.rule)
            .where(t.enrolment.c.taken_back_at.is_(None), t.rule.c.until < on.isoformat())
            .order_by(t.enrolment.c.id)
        )
        return [EnrolmentId(found) for found in self._connection.execute(query).scalars()]

    def matched_scopes(self) -> set[str]:
        """See `Selections`."""
        return {
            found
            for table in (t.share, t.entry, t.own_tag, t.evaluation)
            for found in self._connection.execute(select(table.c.scope).distinct()).scalars()
        }


def _in_parts(subjects: Iterable[SubjectId]) -> Iterator[list[SubjectId]]:
    listed = list(subjects)
    for first in range(0, len(listed), _MANY):
        yield listed[first : first + _MANY]
