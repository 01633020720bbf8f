"""A delivery's records on their way into the register, batch by batch, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select, update

from samverkan.agency.facts import DeliveryFacts
from samverkan.agency.ingest import Known, Merged, Record, Reject
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.bulk import insert_many
from samverkan.agency.sql.selectable import SELECTABLE, keep_selectable
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import Randomness, StatementId, SubjectId

_MANY = 5_000
"""How many values go into one query: both databases take more."""

_STATEMENT = (
    "id subject prop value original months source party row said_at basis purpose classification "
    "expires_on"
)
_LONGEST_COLUMN = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """What all statements of a delivery share: who took it in, which one it is, under what law."""

    party: str
    delivery: str
    basis: str
    purpose: str


class SqlIntake:
    """Keeps one delivery. `ingest.Subjects` for what merging needs to know."""

    def __init__(self, connection: Connection, terms: Terms, randomness: Randomness) -> None:
        self._connection = connection
        self._terms = Terms(str(terms.party), str(terms.delivery), terms.basis, terms.purpose)
        self._randomness = randomness
        self._endings: list[Record] = []
        self._subjects = 0
        self._statements = 0
        self._rejects = 0

    def begin(self, facts: DeliveryFacts) -> None:
        """Note the delivery; its numbers follow at the end."""
        values = {name: getattr(facts, name) for name in facts.__slots__}
        values["unread"] = ""
        self._connection.execute(t.delivery.insert().values(**values))

    def known(self, keys: Collection[bytes]) -> Mapping[bytes, Known]:
        """See `Subjects`."""
        query = select(
            t.identity.c.key, t.identity.c.subject, t.subject.c.numbered, t.subject.c.seen
        ).join(t.subject, t.subject.c.id == t.identity.c.subject)
        mine = self._terms.delivery
        return {
            row.key: Known(SubjectId(row.subject), row.numbered, row.seen == mine)
            for part in _parts(keys)
            for row in self._connection.execute(query.where(t.identity.c.key.in_(part)))
        }

    def meeting(self, condition: str, subjects: Collection[SubjectId]) -> set[SubjectId]:
        """See `Subjects`."""
        table = t.selectable.c
        query = select(table.subject).where(
            table.prop == Prop.CONDITION.value, table.value == condition
        )
        return {
            SubjectId(found)
            for part in _parts(subjects)
            for found in self._connection.execute(query.where(table.subject.in_(part))).scalars()
        }

    def keep(self, merged: Merged) -> None:
        """Append a batch's statements, and what leads to its subjects from now on."""
        self._keep_subjects(merged)
        self._say(merged.records)
        self._endings += merged.endings
        self._subjects += len(merged.new) + len(merged.returning)

    def reject(self, rejects: Sequence[Reject]) -> None:
        """Keep what could not be used; of several faults in one cell the first."""
        unique: dict[tuple[int, str], Reject] = {}
        for one in rejects:
            unique.setdefault((one.row, (one.column or "")[:_LONGEST_COLUMN]), one)
        rows = [
            (self._terms.delivery, row, column, one.code.value, one.effect.value)
            for (row, column), one in unique.items()
        ]
        insert_many(self._connection, t.reject, "delivery row column code effect", rows)
        self._rejects += len(rows)

    def end(self, rows: int, unread: Iterable[str]) -> DeliveryFacts:
        """End the conditions that no row has said again; write down the numbers; give the whole."""
        self._end_conditions()
        mine = t.delivery.c.id == self._terms.delivery
        self._connection.execute(
            update(t.delivery)
            .where(mine)
            .values(
                rows=rows,
                statements=self._statements,
                subjects=self._subjects,
                rejects=self._rejects,
                unread="\n".join(sorted(unread)),
            )
        )
        return delivery_facts(self._connection.execute(select(t.delivery).where(mine)).one())

    def _keep_subjects(self, merged: Merged) -> None:
        mine = self._terms.delivery
        new = sorted(
            (str(subject), schema.value, subject in merged.numbered, mine)
            for subject, schema in merged.new.items()
        )
        insert_many(self._connection, t.subject, "id schema numbered seen", new)
        keys = sorted((key, str(subject)) for key, subject in merged.keys.items())
        insert_many(self._connection, t.identity, "key subject", keys)
        for part in _parts(merged.numbered - merged.new.keys()):
            self._change(part, numbered=True)
        for part in _parts(merged.returning):
            self._change(part, seen=mine)

    def _change(self, subjects: Sequence[Any], **values: Any) -> None:
        query = update(t.subject).where(t.subject.c.id.in_(subjects)).values(**values)
        self._connection.execute(query)

    def _say(self, records: Sequence[Record]) -> None:
        """Append statements, sorted by subject: the index then grows in order, as does its reading."""
        ordered = sorted(records, key=_subject_of)
        count = sum(len(record.said) for record in ordered)
        ids = iter(StatementId.draw_many(self._randomness, count))
        insert_many(self._connection, t.statement, _STATEMENT, self._statement_rows(ordered, ids))
        keep_selectable(
            self._connection,
            (
                (prop, value, str(record.subject), record.expires_on.isoformat())
                for record in records
                for prop, value, _, _ in record.said
                if prop in SELECTABLE
            ),
        )
        self._statements += count

    def _statement_rows(
        self, records: Iterable[Record], ids: Iterator[StatementId]
    ) -> Iterator[tuple[Any, ...]]:
        terms = self._terms
        for record in records:
            subject = str(record.subject)
            said_at, until = _instant(record.said_at), record.expires_on.isoformat()
            tail = (
                terms.delivery,
                terms.party,
                record.row,
                said_at,
                terms.basis,
                terms.purpose,
                record.classification,
                until,
            )
            for said in record.said:
                yield (str(next(ids)), subject, *said, *tail)

    def _end_conditions(self) -> None:
        """A condition that another row of this delivery states has not ended."""
        table = t.statement.c
        subjects = {str(record.subject) for record in self._endings}
        stated = select(table.subject, table.value).where(
            table.source == self._terms.delivery, table.prop == Prop.CONDITION.value
        )
        again = {
            (row.subject, row.value)
            for part in _parts(subjects)
            for row in self._connection.execute(stated.where(table.subject.in_(part)))
        }
        ended = {(str(one.subject), one.said[0][1]): one for one in self._endings}
        for pair in again & ended.keys():
            del ended[pair]
        self._say(list(ended.values()))
        for subject, code in ended:
            self._connection.execute(
                t.selectable.delete().where(
                    t.selectable.c.prop == Prop.CONDITION.value,
                    t.selectable.c.value == code,
                    t.selectable.c.subject == subject,
                )
            )


def delivery_facts(row: Any) -> DeliveryFacts:
    """A delivery's row as facts."""
    found = dict(row._mapping)
    return DeliveryFacts(**found | {"unread": tuple(filter(None, row.unread.split("\n")))})


def _subject_of(record: Record) -> str:
    return str(record.subject)


@lru_cache(maxsize=4_096)
def _instant(moment: datetime) -> str:
    """As the column would write it; many rows share a day."""
    written = t.statement.c.said_at.type.process_bind_param(moment, None)  # type: ignore[attr-defined]
    return str(written)


def _parts(values: Collection[Any]) -> Iterable[Sequence[Any]]:
    ordered = sorted(values)
    return (ordered[at : at + _MANY] for at in range(0, len(ordered), _MANY))
