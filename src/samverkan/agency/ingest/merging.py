"""Whom a record is about: one subject for one right number within the party, over all deliveries.

The subject is that of an earlier record with the same right number, else with the same name, birth
date and postcode (company: name and postcode). Two right numbers that differ are two subjects,
whatever the names say. What the party has received from others merges nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from samverkan.agency.ingest.records import Record
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.ids import Randomness, SubjectId


class Known(NamedTuple):
    """A subject that a key leads to. `here`: this delivery has spoken of it before."""

    subject: SubjectId
    numbered: bool
    here: bool


class Subjects(Protocol):
    """What the party's own deliveries have said so far, as far as merging needs it."""

    def known(self, keys: Collection[bytes]) -> Mapping[bytes, Known]:
        """The subjects that these keys lead to."""

    def meeting(self, condition: str, subjects: Collection[SubjectId]) -> Collection[SubjectId]:
        """Those of the subjects that meet the condition, as far as has been said."""


@dataclass(slots=True)
class Merged:
    """A batch of records, each with its subject, and what is new of the subjects.

    `keys` lead to subjects from now on; `numbered` have got their first right number; `returning`
    are known from an earlier delivery and are first spoken of here. `endings` say of subjects that
    a condition holds no more; they count unless another record of this delivery says that it does.
    """

    records: list[Record]
    new: dict[SubjectId, Schema] = field(default_factory=dict)
    keys: dict[bytes, SubjectId] = field(default_factory=dict)
    numbered: set[SubjectId] = field(default_factory=set)
    returning: set[SubjectId] = field(default_factory=set)
    endings: list[Record] = field(default_factory=list)


def merge(records: list[Record], store: Subjects, randomness: Randomness) -> Merged:
    """Give each record its subject."""
    keys = {key for record in records for key in (record.number, record.likeness) if key}
    found = store.known(keys)
    merged = Merged(records)
    fresh = iter(SubjectId.draw_many(randomness, len(records)))
    merging = _Merging(
        {key: known.subject for key, known in found.items()},
        {known.subject for known in found.values() if known.numbered},
        merged,
    )
    for record in records:
        record.subject = merging.subject_of(record) or merging.begin(record, next(fresh))
        merging.remember(record, record.subject)
    spoken = {record.subject for record in records}
    merged.returning = {
        known.subject for known in found.values() if not known.here and known.subject in spoken
    }
    merged.endings = list(_endings(merged, store))
    return merged


@dataclass(slots=True)
class _Merging:
    """Keys and numbered subjects while a batch is read: the store's, and the batch's own."""

    subjects: dict[bytes, SubjectId]
    numbered: set[SubjectId]
    merged: Merged

    def subject_of(self, record: Record) -> SubjectId | None:
        """The subject that an earlier record was about, if one was."""
        if record.number is not None and record.number in self.subjects:
            return self.subjects[record.number]
        if record.likeness is None:
            return None
        alike = self.subjects.get(record.likeness)
        return alike if record.number is None or alike not in self.numbered else None

    def begin(self, record: Record, subject: SubjectId) -> SubjectId:
        """A new subject."""
        self.merged.new[subject] = record.schema
        return subject

    def remember(self, record: Record, subject: SubjectId) -> None:
        """Its keys lead to the subject, unless they lead elsewhere already."""
        for key in (record.number, record.likeness):
            if key is not None and key not in self.subjects:
                self.subjects[key] = self.merged.keys[key] = subject
        if record.number is not None and subject not in self.numbered:
            self.numbered.add(subject)
            self.merged.numbered.add(subject)


def _endings(merged: Merged, store: Subjects) -> Iterator[Record]:
    """What was said earlier of a subject and this record does not say, though it was asked."""
    asked = [one for one in merged.records if one.unmet and one.subject not in merged.new]
    for code in sorted({code for record in asked for code in record.unmet}):
        records = {one.subject: one for one in asked if one.subject and code in one.unmet}
        met = store.meeting(code, records)
        for subject, record in records.items():
            if subject in met:
                yield replace(record, said=[(Prop.CONDITION_ENDED.value, code, "", "")])
