"""Firings and what officers have made of them, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from samverkan.agency.facts import FiringFacts, FiringNote
from samverkan.agency.sql import tables as t
from samverkan.domain.graph import Appraisal, Relevance
from samverkan.kernel.ids import FiringId, SubjectId
from samverkan.wire.matching import Fired
from samverkan.wire.v1 import canonical, decode


class SqlFirings:
    """`leads.Firings` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, fired: Fired, subject: SubjectId, *, at: datetime) -> None:
        """See `Firings`."""
        self._connection.execute(
            t.firing.insert().values(
                id=fired.firing,
                scope=fired.scope,
                typology=fired.typology,
                subject=subject,
                body=canonical(fired),
                at=at,
            )
        )

    def get(self, firing: FiringId) -> list[FiringFacts]:
        """See `Firings`."""
        query = select(t.firing).where(t.firing.c.id == firing).order_by(t.firing.c.subject)
        return [_firing(row) for row in self._connection.execute(query)]

    def all(self) -> list[FiringFacts]:
        """See `Firings`."""
        return [_firing(row) for row in self._connection.execute(_ALL)]

    def assess(self, note: FiringNote) -> None:
        """See `Firings`."""
        made = note.appraisal
        self._connection.execute(
            t.firing_note.insert().values(
                firing=made.firing,
                relevance=made.relevance.value,
                note=note.note,
                officer=made.officer,
                at=made.at,
            )
        )

    def notes(self, firing: FiringId) -> list[FiringNote]:
        """See `Firings`."""
        table = t.firing_note
        query = select(table).where(table.c.firing == firing).order_by(table.c.no)
        return [_note(row) for row in self._connection.execute(query)]


_ALL = select(t.firing).order_by(t.firing.c.at.desc(), t.firing.c.id, t.firing.c.subject)


def _firing(row: Row[Any]) -> FiringFacts:
    return FiringFacts(
        id=FiringId(row.id),
        scope=row.scope,
        subject=SubjectId(row.subject),
        fired=decode(row.body, Fired),
        at=row.at,
    )


def _note(row: Row[Any]) -> FiringNote:
    made = Appraisal(row.firing, Relevance(row.relevance), row.officer, row.at)
    return FiringNote(made, row.note)
