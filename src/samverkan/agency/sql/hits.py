"""Hits and judgements, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, select, update

from samverkan.agency.facts import HitFacts, Note
from samverkan.agency.leads import Pair
from samverkan.agency.sql import tables as t
from samverkan.domain.graph import Judgement, Verdict, standing
from samverkan.kernel.ids import HitId, SubjectId
from samverkan.wire.matching import HitTold
from samverkan.wire.v1 import canonical, decode

_MANY = 500
"""How many identifiers go into one query."""


class SqlHits:
    """`ports.Hits` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def told(self, told: HitTold, subject: SubjectId, handle: bytes) -> bool:
        """See `Hits`."""
        run = self._connection.execute
        if run(_NUMBERED, {"named": told.hit}).first() is not None:
            return True
        pair = {
            "in_scope": told.scope,
            "about": subject,
            "other": told.party,
            "theirs": handle,
        }
        known = (decode(body, HitTold) for body in run(_STANDING, pair).scalars())
        return any((k.own_entry, k.entry) == (told.own_entry, told.entry) for k in known)

    def add(self, told: HitTold, subject: SubjectId, handle: bytes, *, at: datetime) -> None:
        """See `Hits`."""
        row = {
            "id": told.hit,
            "scope": told.scope,
            "subject": subject,
            "party": told.party,
            "handle": handle,
            "weight": told.weight,
            "body": canonical(told),
            "at": at,
        }
        self._connection.execute(_ADD, row)

    def go(self, hits: Sequence[str]) -> None:
        """See `Hits`."""
        table = t.hit.c
        for first in range(0, len(hits), _MANY):
            some = and_(table.id.in_(hits[first : first + _MANY]), table.gone_at.is_(None))
            self._connection.execute(update(t.hit).where(some).values(gone_at=self._now))

    def get(self, hit: HitId) -> HitFacts | None:
        """See `Hits`."""
        row = self._connection.execute(select(t.hit).where(t.hit.c.id == hit)).first()
        if row is None:
            return None
        same = _same(row.scope, row.subject, row.party, row.handle)
        return _pair(self._connection.execute(select(t.hit).where(*same)).all())

    def all(self) -> list[HitFacts]:
        """See `Hits`."""
        groups: dict[tuple[str, str, str, bytes], list[Row[Any]]] = {}
        for row in self._connection.execute(select(t.hit)):
            pair = (row.scope, row.subject, row.party, row.handle)
            groups.setdefault(pair, []).append(row)
        pairs = [_pair(rows) for rows in groups.values()]
        return sorted(pairs, key=lambda pair: (-pair.told.weight, pair.id))

    def judge(self, scope: str, note: Note) -> None:
        """See `Hits`."""
        judgement = note.judgement
        self._connection.execute(
            t.judgement.insert().values(
                scope=scope,
                subject=judgement.subject,
                party=judgement.party,
                handle=judgement.handle,
                verdict=judgement.verdict.value,
                note=note.note,
                officer=judgement.officer,
                at=judgement.at,
            )
        )

    def notes(self, hit: HitFacts) -> list[Note]:
        """See `Hits`."""
        table = t.judgement
        query = (
            select(table)
            .where(
                table.c.scope == hit.scope,
                table.c.subject == hit.subject,
                table.c.party == hit.party,
                table.c.handle == hit.handle,
            )
            .order_by(table.c.no)
        )
        return [_note(row) for row in self._connection.execute(query)]

    def judged(self) -> dict[Pair, Judgement]:
        """See `Hits`."""
        found: dict[Pair, list[Judgement]] = {}
        for row in self._connection.execute(select(t.judgement).order_by(t.judgement.c.no)):
            pair = (row.scope, SubjectId(row.subject), row.party, row.handle)
            found.setdefault(pair, []).append(_note(row).judgement)
        stands = {pair: standing(judgements) for pair, judgements in found.items()}
        return {pair: one for pair, one in stands.items() if one is not None}


_NUMBERED = select(t.hit.c.id).where(t.hit.c.id == bindparam("named"))
_STANDING = select(t.hit.c.body).where(
    t.hit.c.scope == bindparam("in_scope"),
    t.hit.c.subject == bindparam("about"),
    t.hit.c.party == bindparam("other"),
    t.hit.c.handle == bindparam("theirs"),
    t.hit.c.gone_at.is_(None),
)
_ADD = t.hit.insert()


def _same(scope: str, subject: str, party: str, handle: bytes) -> tuple[ColumnElement[bool], ...]:
    table = t.hit.c
    return (
        table.scope == scope,
        table.subject == subject,
        table.party == party,
        table.handle == handle,
    )


def _pair(rows: list[Row[Any]] | Any) -> HitFacts:
    """One pair from its hits: the strongest that stands speaks for it, the earliest names it."""
    standing = [row for row in rows if row.gone_at is None]
    strongest = max(standing or rows, key=lambda row: (row.weight, row.id))
    first = min(rows, key=lambda row: (row.at, row.id))
    return HitFacts(
        id=HitId(first.id),
        scope=first.scope,
        subject=SubjectId(first.subject),
        party=first.party,
        handle=first.handle,
        told=decode(strongest.body, HitTold),
        blocks=len(standing or rows),
        at=first.at,
        gone=not standing,
    )


def _note(row: Row[Any]) -> Note:
    judgement = Judgement(
        subject=SubjectId(row.subject),
        party=row.party,
        handle=row.handle,
        verdict=Verdict(row.verdict),
        officer=row.officer,
        at=row.at,
    )
    return Note(judgement, row.note)
