"""Delegations and sealed papers, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from samverkan.agency.sql import tables as t
from samverkan.domain.org import Mandate
from samverkan.kernel.ids import UserId
from samverkan.wire.meeting import Paper
from samverkan.wire.v1 import canonical, decode


class SqlSeats:
    """`seats.Seats` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def name(self, delegation: str, officer: UserId) -> None:
        """See `Seats`."""
        self._connection.execute(
            t.delegation.insert().values(id=delegation, officer=officer, at=self._now)
        )

    def named(self, delegation: str) -> UserId | None:
        """See `Seats`."""
        query = select(t.delegation.c.officer).where(t.delegation.c.id == delegation)
        found = self._connection.execute(query).scalar()
        return None if found is None else UserId(found)

    def grant(self, mandate: Mandate) -> None:
        """See `Seats`."""
        self._connection.execute(
            t.mandate.insert().values(
                officer=mandate.user,
                role=mandate.role.value,
                body=mandate.body,
                since=mandate.since.isoformat(),
                until=mandate.until.isoformat(),
            )
        )

    def shorten(self, mandate: Mandate) -> None:
        """See `Seats`."""
        self._connection.execute(
            t.mandate.update()
            .where(
                t.mandate.c.officer == mandate.user,
                t.mandate.c.role == mandate.role.value,
                t.mandate.c.body == mandate.body,
                t.mandate.c.since == mandate.since.isoformat(),
            )
            .values(until=mandate.until.isoformat())
        )

    def keep(self, paper: Paper, *, party: str) -> None:
        """See `Seats`."""
        known = select(t.paper.c.id).where(t.paper.c.id == paper.paper)
        if self._connection.execute(known).first() is None:
            self._connection.execute(
                t.paper.insert().values(
                    id=paper.paper,
                    item=paper.item,
                    party=party,
                    body=canonical(paper),
                    at=self._now,
                )
            )

    def papers(self, item: str) -> list[tuple[str, Paper]]:
        """See `Seats`."""
        query = select(t.paper).where(t.paper.c.item == item).order_by(t.paper.c.at, t.paper.c.id)
        rows = self._connection.execute(query)
        return [(row.party, decode(row.body, Paper)) for row in rows]
