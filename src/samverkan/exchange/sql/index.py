"""The index, as rows: scopes, batches, entries, and what was told of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from samverkan.domain.bundle import Entry as BundleEntry
from samverkan.exchange.ports import Placed, ScopeFacts
from samverkan.exchange.sql import tables as t
from samverkan.exchange.sql.lessons import SqlLessons
from samverkan.exchange.sql.lists import SqlLists
from samverkan.infra.rows import insert_many
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.wire.matching import Upload

_MOST = 500
"""Indexes looked for in one statement."""
_BLOCKS = (
    select(t.entry, t.batch.c.party, t.batch.c.rule)
    .join(t.batch, t.batch.c.no == t.entry.c.batch)
    .where(
        t.entry.c.index.in_(bindparam("indexes", expanding=True)),
        t.batch.c.scope == bindparam("scope"),
        t.batch.c.epoch == bindparam("epoch"),
        t.batch.c.key_type == bindparam("key_type"),
        t.batch.c.until >= bindparam("today"),  # what a rule opened, it opens to its last day
    )
)
_TOLD = select(t.told.c.hit).where(
    t.told.c.own == bindparam("mine"), t.told.c.other == bindparam("theirs")
)
_TELL = t.told.insert()


class SqlIndex:
    """`ports.Index` inside one transaction. `key_types` are those of the pack."""

    def __init__(self, connection: Connection, now: datetime, key_types: Collection[str]) -> None:
        self._connection = connection
        self._now = now
        self._today = now.date().isoformat()
        self._key_types = frozenset(key_types)

    def open_scope(self, facts: ScopeFacts) -> None:
        """See `Index`."""
        run = self._connection.execute
        run(t.scope.insert().values(id=facts.scope, epoch=facts.epoch, until=facts.until))
        parties = [
            {"scope": facts.scope, "party": party, "size": size, "opens": party in facts.opens}
            for party, size in facts.sizes.items()
        ]
        words = [
            {"scope": facts.scope, "word": word}
            for word in sorted(facts.key_types | facts.typologies)
        ]
        for table, rows in ((t.scope_party, parties), (t.scope_word, words)):
            if rows:
                run(table.insert(), rows)

    def end_scope(self, scope: str) -> None:
        """See `Index`."""
        run = self._connection.execute
        batches = select(t.batch.c.no).where(t.batch.c.scope == scope)
        numbers = select(t.entry.c.number).where(t.entry.c.batch.in_(batches))
        run(delete(t.told).where(t.told.c.own.in_(numbers)))
        run(delete(t.entry).where(t.entry.c.batch.in_(batches)))
        run(delete(t.batch_open).where(t.batch_open.c.batch.in_(batches)))
        run(delete(t.batch_field).where(t.batch_field.c.batch.in_(batches)))
        run(delete(t.batch).where(t.batch.c.scope == scope))
        SqlLists(self._connection, self._now).end(scope)
        SqlLessons(self._connection).end(scope)
        run(update(t.scope).where(t.scope.c.id == scope).values(ended_at=self._now))

    def scope(self, scope: str) -> ScopeFacts | None:
        """See `Index`."""
        run = self._connection.execute
        row = run(select(t.scope).where(t.scope.c.id == scope)).first()
        if row is None or row.ended_at is not None or row.until < self._today:
            return None
        parties = run(select(t.scope_party).where(t.scope_party.c.scope == scope)).all()
        words = frozenset(
            run(select(t.scope_word.c.word).where(t.scope_word.c.scope == scope)).scalars()
        )
        return ScopeFacts(
            scope=scope,
            epoch=row.epoch,
            until=row.until,
            sizes={found.party: found.size for found in parties},
            key_types=words & self._key_types,
            typologies=words - self._key_types,
            opens=frozenset(found.party for found in parties if found.opens),
        )

    def ended(self, scope: str) -> bool:
        """See `Index`."""
        row = self._connection.execute(select(t.scope).where(t.scope.c.id == scope)).first()
        return row is not None and (row.ended_at is not None or row.until < self._today)

    def enrolled(self, scope: str, party: str, key_type: str) -> int:
        """See `Index`."""
        found = self._connection.execute(
            select(func.coalesce(func.sum(t.batch.c.count), 0)).where(
                t.batch.c.scope == scope,
                t.batch.c.party == party,
                t.batch.c.key_type == key_type,
            )
        )
        return int(found.scalar_one())

    def add(self, party: str, upload: Upload, entries: Sequence[BundleEntry]) -> bool:
        """See `Index`."""
        seen = select(t.batch.c.party).where(
            t.batch.c.enrolment == upload.enrolment, t.batch.c.key_type == upload.key_type
        )
        owner = self._connection.execute(seen).scalar()
        if owner not in (None, party):
            raise RefusedError(refuse(Code.MESSAGE_REPLAYED))
        if owner is not None:
            return False
        number = self._add_batch(party, upload)
        rows = [
            {
                "number": entry.number,
                "batch": number,
                "index": entry.index,
                "bundle": entry.bundle,
            }
            for entry in entries
        ]
        if rows:
            self._add_entries(rows)
        return True

    def _add_entries(self, rows: list[dict[str, object]]) -> None:
        """Numbers are told with hits, so somebody may send one that is another's."""
        try:
            with self._connection.begin_nested():
                insert_many(self._connection, t.entry, rows)
        except IntegrityError as error:
            raise RefusedError(refuse(Code.MESSAGE_REPLAYED)) from error

    def _add_batch(self, party: str, upload: Upload) -> int:
        run = self._connection.execute
        done = run(
            t.batch.insert().values(
                scope=upload.scope,
                party=party,
                enrolment=upload.enrolment,
                key_type=upload.key_type,
                epoch=upload.epoch,
                rule=upload.rule,
                until=upload.until,
                count=upload.count,
                root=upload.root,
            )
        )
        number = int((done.inserted_primary_key or (0,))[0])
        if upload.open_to:
            run(t.batch_open.insert(), [{"batch": number, "party": p} for p in upload.open_to])
        if upload.open_fields:
            run(t.batch_field.insert(), [{"batch": number, "field": f} for f in upload.open_fields])
        return number

    def blocks(self, upload: Upload, indexes: Collection[bytes]) -> list[Placed]:
        """See `Index`."""
        place = {
            "scope": upload.scope,
            "epoch": upload.epoch,
            "key_type": upload.key_type,
            "today": self._today,
        }
        wanted = sorted(indexes)
        rows: list[Row[Any]] = []
        for start in range(0, len(wanted), _MOST):
            named = place | {"indexes": wanted[start : start + _MOST]}
            rows += self._connection.execute(_BLOCKS, named).all()
        opened = self._by_batch(t.batch_open, t.batch_open.c.party, rows)
        fields = self._by_batch(t.batch_field, t.batch_field.c.field, rows)
        return [
            Placed(
                party=row.party,
                entry=BundleEntry(row._mapping["index"], row.number, row.bundle),
                open_to=opened.get(row.batch, frozenset()),
                open_fields=fields.get(row.batch, frozenset()),
                rule=row.rule,
            )
            for row in rows
        ]

    def _by_batch(
        self, table: Table, column: Column[str], rows: Sequence[Row[Any]]
    ) -> dict[int, frozenset[str]]:
        numbers = {row.batch for row in rows}
        found: dict[int, set[str]] = {}
        query = select(table.c.batch, column).where(table.c.batch.in_(numbers))
        for batch, word in self._connection.execute(query):
            found.setdefault(batch, set()).add(word)
        return {batch: frozenset(words) for batch, words in found.items()}

    def tell(self, hit: str, party: str, own: bytes, other: bytes) -> bool:
        """See `Index`."""
        run = self._connection.execute
        if run(_TOLD, {"mine": own, "theirs": other}).first() is not None:
            return False
        run(_TELL, {"hit": hit, "party": party, "own": own, "other": other, "at": self._now})
        return True
