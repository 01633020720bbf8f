"""Corrections and recalls of disclosures, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from samverkan.agency.amendments import AmendmentFacts
from samverkan.agency.sql import tables as t
from samverkan.wire.asking import Amended
from samverkan.wire.v1 import canonical, decode


class SqlAmendments:
    """`amendments.Amendments` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, body: Amended, *, outgoing: bool, at: datetime) -> None:
        """See `Amendments`."""
        self._connection.execute(
            t.amendment.insert().values(
                id=body.amendment,
                disclosure=body.disclosure,
                outgoing=outgoing,
                body=canonical(body),
                at=at,
            )
        )

    def known(self, amendment: str) -> bool:
        """See `Amendments`."""
        query = select(t.amendment.c.id).where(t.amendment.c.id == amendment)
        return self._connection.execute(query).first() is not None

    def of(self, disclosure: str) -> list[AmendmentFacts]:
        """See `Amendments`."""
        query = select(t.amendment).where(t.amendment.c.disclosure == disclosure)
        rows = self._connection.execute(query.order_by(t.amendment.c.no))
        return [_amendment(row) for row in rows]

    def since(self, at: datetime, *, outgoing: bool) -> list[AmendmentFacts]:
        """See `Amendments`."""
        query = select(t.amendment).where(
            t.amendment.c.at >= at, t.amendment.c.outgoing.is_(outgoing)
        )
        rows = self._connection.execute(query.order_by(t.amendment.c.no))
        return [_amendment(row) for row in rows]

    def touched(self) -> list[str]:
        """See `Amendments`. What others have said has no delivery of ours behind it."""
        sent, asked, said = t.disclosure, t.request, t.statement
        query = (
            select(asked.c.id)
            .distinct()
            .select_from(sent)
            .join(asked, asked.c.id == sent.c.request)
            .join(said, said.c.subject == asked.c.subject)
            .join(t.delivery, t.delivery.c.id == said.c.source)
            .where(sent.c.outgoing, t.delivery.c.at > sent.c.at)
            .order_by(asked.c.id)
        )
        return list(self._connection.execute(query).scalars())

    def request_of(self, disclosure: str) -> str | None:
        """See `Amendments`."""
        query = select(t.disclosure.c.request).where(t.disclosure.c.id == disclosure)
        found = self._connection.execute(query).scalar()
        return None if found is None else str(found)


def _amendment(row: Row[Any]) -> AmendmentFacts:
    return AmendmentFacts(decode(row.body, Amended), row.outgoing, row.at)
