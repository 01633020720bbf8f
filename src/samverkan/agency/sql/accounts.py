"""A party's own accounts, as rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from samverkan.agency.accounts import Said
from samverkan.agency.sql import account_tables as t
from samverkan.domain.hours import Rate, Spent
from samverkan.infra.rows import insert_many
from samverkan.kernel.ids import RequestId, UserId


class SqlAccounts:
    """`accounts.Accounts` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put_in(self, lines: Sequence[Spent]) -> None:
        """See `Accounts`."""
        rows = [
            {
                "officer": one.officer,
                "operation": one.operation,
                "week": f"y{one.week}",
                "level": one.level,
                "kind": one.kind,
                "minutes": one.minutes,
                "at": self._now,
            }
            for one in lines
        ]
        if rows:
            insert_many(self._connection, t.worked, rows)

    def week(self, officer: UserId, week: str) -> list[Spent]:
        """See `Accounts`."""
        return self._latest(t.worked.c.officer == officer, t.worked.c.week == f"y{week}")

    def operation(self, operation: str) -> list[Spent]:
        """See `Accounts`."""
        return self._latest(t.worked.c.operation == operation)

    def _latest(self, *of: ColumnElement[bool]) -> list[Spent]:
        c = t.worked.c
        last = (
            select(func.max(c.no))
            .where(*of)
            .group_by(c.officer, c.operation, c.week, c.level, c.kind)
        )
        query = select(t.worked).where(c.no.in_(last), c.minutes != 0).order_by(c.no)
        return [_spent(row) for row in self._connection.execute(query)]

    def since(self, week: str) -> list[str]:
        """See `Accounts`."""
        operation = t.worked.c.operation
        query = select(operation).where(t.worked.c.week >= f"y{week}").distinct()
        return list(self._connection.execute(query.order_by(operation)).scalars())

    def left(self, operation: str) -> dict[str, bytes]:
        """See `Accounts`."""
        query = select(t.told).where(t.told.c.operation == operation)
        return {row.period[1:]: row.digest for row in self._connection.execute(query)}

    def leave(self, operation: str, period: str, digest: bytes) -> None:
        """See `Accounts`."""
        key = {"operation": operation, "period": f"y{period}"}
        this = (t.told.c.operation == operation) & (t.told.c.period == key["period"])
        self._connection.execute(t.told.delete().where(this))
        self._connection.execute(t.told.insert().values(**key, digest=digest, at=self._now))

    def rates(self) -> list[Rate]:
        """See `Accounts`."""
        rows = self._connection.execute(select(t.rate).order_by(t.rate.c.no))
        latest = {row.since: row.amount for row in rows}
        return [Rate(since, amount) for since, amount in sorted(latest.items())]

    def add_rate(self, rate: Rate, officer: UserId) -> None:
        """See `Accounts`."""
        values = {"since": rate.since, "amount": rate.amount, "officer": officer, "at": self._now}
        self._connection.execute(t.rate.insert().values(**values))

    def tells_cost(self) -> bool:
        """See `Accounts`."""
        query = select(t.cost_telling.c.told).order_by(t.cost_telling.c.no.desc()).limit(1)
        return bool(self._connection.execute(query).scalar())

    def tell_cost(self, officer: UserId, *, told: bool) -> None:
        """See `Accounts`."""
        values = {"told": told, "officer": officer, "at": self._now}
        self._connection.execute(t.cost_telling.insert().values(**values))

    def mark_key(self, framework: str) -> bytes | None:
        """See `Accounts`."""
        query = select(t.mark_key.c.key).where(t.mark_key.c.framework == framework)
        found: bytes | None = self._connection.execute(query).scalar()
        return found

    def keep_mark_key(self, framework: str, key: bytes) -> None:
        """See `Accounts`."""
        values = {"framework": framework, "key": key, "at": self._now}
        self._connection.execute(t.mark_key.insert().values(**values))

    def say(self, request: RequestId, said: Said, *, officer: UserId | None) -> None:
        """See `Accounts`."""
        values = {"request": request, "code": said.code, "why": said.why, "officer": officer}
        self._connection.execute(t.feedback.insert().values(**values, at=self._now))

    def feedback(self) -> dict[RequestId, Said]:
        """See `Accounts`."""
        rows = self._connection.execute(select(t.feedback).order_by(t.feedback.c.no))
        return {RequestId(row.request): Said(row.code, row.why) for row in rows}

    def last_of(self, operations: Collection[str]) -> dict[str, str]:
        """See `Accounts`."""
        c = t.worked.c
        last = select(func.max(c.no)).where(c.operation.in_(operations)).group_by(c.operation)
        query = select(c.operation, c.officer).where(c.no.in_(last))
        return {row.operation: row.officer for row in self._connection.execute(query)}


def _spent(row: Row[Any]) -> Spent:
    return Spent(row.officer, row.operation, row.week[1:], row.level, row.kind, row.minutes)
