"""A delivery read whole, in memory: what `sql.intake` does in a store, batch by batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from samverkan.agency.ingest import DeliveryMapping, Known, Merged, Reader, Record, Reject, merge
from samverkan.domain.statement import Prop, Statement, Subject, subjects
from samverkan.kernel.ids import DeliveryId, Randomness, StatementId, SubjectId
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.instruments import NOON, seeded
from tests.national import profile

Rows = Iterable[tuple[int, Mapping[str, str] | Refused]]


@dataclass
class Memory:
    """The subjects of one party in memory: `ingest.Subjects`."""

    keys: dict[bytes, SubjectId] = field(default_factory=dict)
    numbered: set[SubjectId] = field(default_factory=set)
    here: set[SubjectId] = field(default_factory=set)
    conditions: set[tuple[str, SubjectId]] = field(default_factory=set)
    draw: Randomness = field(default_factory=seeded)

    def known(self, keys: Collection[bytes]) -> Mapping[bytes, Known]:
        """See `Subjects`."""
        found = {key: self.keys[key] for key in keys if key in self.keys}
        return {key: Known(s, s in self.numbered, s in self.here) for key, s in found.items()}

    def meeting(self, condition: str, subjects: Collection[SubjectId]) -> set[SubjectId]:
        """See `Subjects`."""
        return {subject for subject in subjects if (condition, subject) in self.conditions}

    def keep(self, merged: Merged) -> None:
        """What leads to the batch's subjects from now on."""
        self.keys |= merged.keys
        self.numbered |= merged.numbered
        self.here |= merged.new.keys() | merged.returning
        for record in merged.records:
            for prop, value, _, _ in record.said:
                if prop == Prop.CONDITION and record.subject:
                    self.conditions.add((value, record.subject))

    def next_delivery(self) -> None:
        """Nothing has been said here."""
        self.here.clear()


@dataclass(frozen=True)
class Whole:
    """What a delivery gave. `rows` counts the rows read, refused ones included."""

    statements: tuple[Statement, ...]
    subjects: tuple[Subject, ...]
    rejects: tuple[Reject, ...]
    rows: int
    endings: tuple[Record, ...]


def read_whole(
    rows: Rows,
    mapping: DeliveryMapping,
    *,
    now: datetime = NOON,
    memory: Memory | None = None,
    batch: int = 1_000_000,
    randomness: Randomness | None = None,
) -> Whole:
    """Read every row into statements of merged subjects, so many rows at a time."""
    store = memory or Memory()
    draw = randomness or store.draw
    reader = Reader(mapping, profile(Stamp.SYNTHETIC, now.date()), now)
    delivery = DeliveryId.draw(draw)
    listed, said, endings = list(rows), [], []
    for first in range(0, len(listed), batch):
        records = [reader.read(*row) for row in listed[first : first + batch]]
        merged = merge([record for record in records if record], store, draw)
        store.keep(merged)
        endings += merged.endings
        said += [
            s for record in merged.records for s in statements(record, mapping, delivery, draw)
        ]
    rejects = tuple(reader.taken_rejects())
    return Whole(tuple(said), subjects(said), rejects, len(listed), tuple(endings))


def statements(
    record: Record, mapping: DeliveryMapping, delivery: DeliveryId, draw: Randomness
) -> list[Statement]:
    """The statements that a record stands for."""
    assert record.subject is not None
    return [
        Statement(
            id=StatementId.draw(draw),
            subject=record.subject,
            schema=record.schema,
            prop=Prop(prop),
            value=value,
            original=original,
            delivery=delivery,
            row=record.row,
            said_at=record.said_at,
            basis=mapping.basis,
            purpose=mapping.purpose,
            classification=record.classification,
            expires_on=record.expires_on,
            months=tuple(filter(None, months.split(","))),
        )
        for prop, value, original, months in record.said
    ]
