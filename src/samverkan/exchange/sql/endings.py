"""What leaves the index, as rows: by withdrawal, by closing a rule, by its last day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, or_, select, update

from samverkan.exchange.sql import tables as t

Numbers = Select[tuple[bytes]]


class SqlEndings:
    """`ports.Endings` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._today = now.date().isoformat()

    def withdraw(self, scope: str, party: str, enrolment: str) -> dict[str, list[str]]:
        """See `Endings`."""
        batch = t.batch.c
        mine = (batch.scope == scope, batch.party == party, batch.enrolment == enrolment)
        entries = _entries(*mine)
        told = self._untell(or_(t.told.c.own.in_(entries), t.told.c.other.in_(entries)))
        self._drop(*mine)
        return told

    def unlist(self, scope: str, party: str, typology: str, condition: str) -> None:
        """See `Endings`."""
        listed = t.tag_list.c
        same = (
            listed.scope == scope,
            listed.party == party,
            listed.typology == typology,
            listed.condition == condition,
        )
        self._connection.execute(delete(t.tag_list).where(*same))

    def close(self, scope: str, party: str, rule: str) -> dict[str, list[str]]:
        """See `Endings`."""
        batch = t.batch.c
        mine = (batch.scope == scope, batch.party == party, batch.rule == rule)
        told = self._untell(t.told.c.other.in_(_entries(*mine)))
        self._shut(*mine)
        self._connection.execute(update(t.batch).where(*mine).values(rule=None))
        return told

    def run_out(self) -> int:
        """See `Endings`."""
        past = (t.batch.c.until < self._today,)
        gone = self._connection.execute(select(t.batch.c.no).where(*past)).all()
        entries = _entries(*past)
        self._untell(or_(t.told.c.own.in_(entries), t.told.c.other.in_(entries)))
        self._drop(*past)
        lists = self._connection.execute(delete(t.tag_list).where(t.tag_list.c.until < self._today))
        return len(gone) + lists.rowcount

    def anything(self) -> bool:
        """See `Endings`."""
        past = (
            select(table.c.scope).where(table.c.until < self._today).limit(1)
            for table in (t.batch, t.tag_list)
        )
        gone = (self._connection.execute(query).first() is not None for query in past)
        return bool(self.overdue()) or any(gone)

    def overdue(self) -> list[str]:
        """See `Endings`."""
        query = select(t.scope.c.id).where(
            t.scope.c.ended_at.is_(None), t.scope.c.until < self._today
        )
        return list(self._connection.execute(query.order_by(t.scope.c.id)).scalars())

    def _untell(self, which: ColumnElement[bool]) -> dict[str, list[str]]:
        rows = self._connection.execute(select(t.told.c.party, t.told.c.hit).where(which)).all()
        self._connection.execute(delete(t.told).where(which))
        told: dict[str, list[str]] = {}
        for party, hit in rows:
            told.setdefault(party, []).append(hit)
        return told

    def _drop(self, *which: ColumnElement[bool]) -> None:
        """Take batches out, with their entries."""
        batches = select(t.batch.c.no).where(*which)
        self._connection.execute(delete(t.entry).where(t.entry.c.batch.in_(batches)))
        self._shut(*which)
        self._connection.execute(delete(t.batch).where(*which))

    def _shut(self, *which: ColumnElement[bool]) -> None:
        """Open batches to nobody."""
        batches = select(t.batch.c.no).where(*which)
        for table in (t.batch_open, t.batch_field):
            self._connection.execute(delete(table).where(table.c.batch.in_(batches)))


def _entries(*which: ColumnElement[bool]) -> Numbers:
    batches = select(t.batch.c.no).where(*which)
    return select(t.entry.c.number).where(t.entry.c.batch.in_(batches))
