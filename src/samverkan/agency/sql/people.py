"""Officers and mandates, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from samverkan.agency.sql import tables as t
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.kernel.ids import PartyId, UserId


class SqlPeople:
    """`ports.People` inside one transaction, for the party `me`."""

    def __init__(self, connection: Connection, me: str) -> None:
        self._connection = connection
        self._me = PartyId(me)

    def get(self, user: UserId) -> Officer | None:
        """See `People`."""
        query = select(t.officer).where(t.officer.c.id == user)
        row = self._connection.execute(query).first()
        return None if row is None else self._officer(row, self._mandates([user]))

    def all(self) -> list[Officer]:
        """See `People`."""
        rows = self._connection.execute(select(t.officer).order_by(t.officer.c.name)).all()
        mandates = self._mandates(row.id for row in rows)
        return [self._officer(row, mandates) for row in rows]

    def add(self, officer: Officer) -> None:
        """See `People`."""
        self._connection.execute(
            t.officer.insert().values(id=officer.user, name=officer.name, language=officer.language)
        )
        rows = [
            {
                "officer": officer.user,
                "role": mandate.role.value,
                "body": mandate.body,
                "since": mandate.since.isoformat(),
                "until": mandate.until.isoformat(),
            }
            for mandate in officer.mandates
        ]
        if rows:
            self._connection.execute(t.mandate.insert(), rows)

    def _mandates(self, users: Iterable[str]) -> dict[str, list[Row[Any]]]:
        query = select(t.mandate).where(t.mandate.c.officer.in_(list(users)))
        found: dict[str, list[Row[Any]]] = {}
        for row in self._connection.execute(query.order_by(t.mandate.c.no)):
            found.setdefault(row.officer, []).append(row)
        return found

    def _officer(self, row: Row[Any], mandates: dict[str, list[Row[Any]]]) -> Officer:
        return Officer(
            user=UserId(row.id),
            party=self._me,
            name=row.name,
            language=row.language,
            mandates=tuple(self._mandate(found) for found in mandates.get(row.id, [])),
        )

    def _mandate(self, row: Row[Any]) -> Mandate:
        return Mandate(
            user=UserId(row.officer),
            party=self._me,
            role=Role(row.role),
            body=row.body,
            since=date.fromisoformat(row.since),
            until=date.fromisoformat(row.until),
        )
