"""Firings and what officers have made of them, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from samverkan.agency.facts import FiringDisclosure, FiringFacts, FiringNote
from samverkan.agency.sql import tables as t
from samverkan.domain.graph import Appraisal, Relevance, in_force
from samverkan.kernel.ids import DisclosureId, FiringId, SubjectId
from samverkan.wire.matching import Fired
from samverkan.wire.v1 import canonical, decode


class SqlFirings:
    """`leads.Firings` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, fired: Fired, subject: SubjectId, *, at: datetime) -> None:
        """See `Firings`."""
        table, body = t.firing, canonical(fired)
        same = (table.c.id == fired.firing, table.c.subject == subject)
        again = self._connection.execute(update(table).where(*same).values(body=body))
        if again.rowcount:
            return
        of = {"id": fired.firing, "scope": fired.scope, "typology": fired.typology}
        self._connection.execute(table.insert().values(subject=subject, body=body, at=at, **of))

    def get(self, firing: FiringId) -> list[FiringFacts]:
        """See `Firings`."""
        query = select(t.firing).where(t.firing.c.id == firing).order_by(t.firing.c.subject)
        return [_firing(row) for row in self._connection.execute(query)]

    def all(self) -> list[FiringFacts]:
        """See `Firings`."""
        return [_firing(row) for row in self._connection.execute(_ALL)]

    def erase(self, firing: FiringId) -> None:
        """See `Firings`."""
        self._connection.execute(delete(t.firing_note).where(t.firing_note.c.firing == firing))
        self._connection.execute(delete(t.firing).where(t.firing.c.id == firing))

    def disclose(self, disclosure: FiringDisclosure) -> None:
        """See `Firings`."""
        self._connection.execute(
            t.firing_disclosure.insert().values(
                id=disclosure.id,
                firing=disclosure.firing,
                scope=disclosure.scope,
                typology=disclosure.typology,
                subject=disclosure.subject,
                conditions=",".join(disclosure.conditions),
                receivers=",".join(disclosure.receivers),
                rule=disclosure.rule,
                at=disclosure.at,
            )
        )

    def disclosures(self) -> list[FiringDisclosure]:
        """See `Firings`."""
        table = t.firing_disclosure
        query = select(table).order_by(table.c.at.desc(), table.c.id)
        return [_disclosure(row) for row in self._connection.execute(query)]

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

    def assessed(self) -> dict[FiringId, Appraisal]:
        """See `Firings`."""
        made: dict[FiringId, list[Appraisal]] = {}
        for row in self._connection.execute(_NOTES):
            made.setdefault(FiringId(row.firing), []).append(_note(row).appraisal)
        stands = {firing: in_force(appraisals) for firing, appraisals in made.items()}
        return {firing: one for firing, one in stands.items() if one is not None}

    def notes(self, firing: FiringId) -> list[FiringNote]:
        """See `Firings`."""
        table = t.firing_note
        query = select(table).where(table.c.firing == firing).order_by(table.c.no)
        return [_note(row) for row in self._connection.execute(query)]


_NOTES = select(t.firing_note).order_by(t.firing_note.c.no)
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


def _disclosure(row: Row[Any]) -> FiringDisclosure:
    return FiringDisclosure(
        id=DisclosureId(row.id),
        firing=FiringId(row.firing),
        scope=row.scope,
        typology=row.typology,
        subject=SubjectId(row.subject),
        conditions=tuple(row.conditions.split(",")),
        receivers=tuple(row.receivers.split(",")),
        rule=row.rule,
        at=row.at,
    )
