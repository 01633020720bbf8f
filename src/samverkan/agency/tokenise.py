"""Tokens come back from the holders: they become index and locked bundle, or tags, and go out.

The token itself is used and forgotten; what stays here of an entry is its number, its subject
and the lock, with which a hit on it can be opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from samverkan.agency.facts import Complete, EvaluationFacts, OwnEntry, RuleFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.instruments import Oprf
from samverkan.agency.ports import Work
from samverkan.agency.tagging import Listing, listed
from samverkan.domain.bundle import (
    Entry,
    Header,
    Layout,
    Origin,
    Record,
    build,
    pack_batch,
    root_of,
)
from samverkan.domain.estimating import collisions
from samverkan.domain.normalise import Forms, Profile, comparison_slots
from samverkan.domain.rarity import Commonness
from samverkan.domain.taglist import pack_tags, pad
from samverkan.domain.token import entry_number, lock_of, record_handle
from samverkan.domain.typology import Typology
from samverkan.domain.weighing import Weighing
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry as LedgerEntry
from samverkan.kernel.ids import EnrolmentId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.wire import v1
from samverkan.wire.joining import Evaluated
from samverkan.wire.matching import Tags, Upload, Uploads


@dataclass(frozen=True, slots=True)
class Means:
    """What tokens are worked with, besides the store. `weighings` by key type."""

    weighings: dict[str, Weighing]
    commonness: Commonness
    typologies: Mapping[str, Typology]
    stamp: Stamp
    forms: Forms
    oprf: Oprf
    secret: bytes


def evaluated(work: Work, means: Means, call: str, body: Evaluated) -> Refused | None:
    """Keep one holder's parts; with the last one's, send what it was all for."""
    asked = work.enrolments.asked(call)
    if not asked:
        return refuse(Code.NOT_FOUND)
    given = {part.key_type: part.points for part in body.batches}
    if given.keys() != asked.keys():
        return refuse(Code.MESSAGE_MALFORMED)
    work.enrolments.answer(call, {asked[key_type]: given[key_type] for key_type in asked})
    work.log(LedgerEntry("oprf.answered", work.me, call))
    complete = work.enrolments.complete(asked.values())
    return _send_on(work, means, complete) if complete else None


def _send_on(work: Work, means: Means, complete: list[Complete]) -> Refused | None:
    """All of one enrolment."""
    scope = scope_in_force(work, complete[0].evaluation.scope)
    if isinstance(scope, Refused):
        return scope
    finished = []
    for one in complete:
        values = [value for _, value in one.evaluation.work]
        if any(len(part) != 32 * len(values) for part in one.parts):
            return refuse(Code.MESSAGE_MALFORMED)
        tokens = means.oprf.finish(values, one.evaluation.seed, one.parts)
        finished.append(Finished(one.evaluation, tokens))
    _upload(work, means, scope, [one for one in finished if one.evaluation.condition is None])
    for tagged in finished:
        if tagged.evaluation.condition is not None:
            _tag(work, means, scope, tagged)
    work.enrolments.finish([one.evaluation.id for one in finished])
    return None


@dataclass(frozen=True, slots=True)
class Finished:
    """An evaluation with its tokens T, in the order of its values."""

    evaluation: EvaluationFacts
    tokens: list[bytes]


def _upload(work: Work, means: Means, scope: Cooperation, finished: list[Finished]) -> None:
    """Every key type of an enrolment in one message."""
    if not finished:
        return
    rule = _rule(work, finished[0].evaluation.enrolment)
    records = _records(work, means, scope, finished)
    uploads = []
    for one in finished:
        own, entries = _entries(work, means, one, records)
        work.enrolments.add_entries(own)
        of = dict.fromkeys(subject for subject, _ in one.evaluation.work)
        values = [records[subject].values for subject in of]
        uploads.append(_batch(work, means, one.evaluation, (scope, rule), (entries, values)))
    work.post(v1.EXCHANGE, "index.upload", Uploads(batches=uploads))
    codes = tuple(f"{one.key_type}.n{one.count}" for one in uploads)
    enrolment = finished[0].evaluation.enrolment
    work.log(LedgerEntry("index.uploaded", work.me, enrolment, scope.id, codes))


def _rule(work: Work, enrolment: EnrolmentId) -> RuleFacts | None:
    """The rule that opens the records; one that was withdrawn meanwhile leaves them silent."""
    found = work.enrolments.get(enrolment)
    rule = None if found is None or found.rule is None else work.enrolments.rule(found.rule)
    return None if rule is None or rule.withdrawn else rule


def _batch(
    work: Work,
    means: Means,
    evaluation: EvaluationFacts,
    under: tuple[Cooperation, RuleFacts | None],
    made: tuple[list[Entry], list[Mapping[str, str]]],
) -> Upload:
    """`made` are the entries, and the values of the subjects behind them, each subject once."""
    (scope, rule), (entries, values) = under, made
    weighing = means.weighings[evaluation.key_type]
    header = Header(
        scope=scope.id,
        key_type=evaluation.key_type,
        party=work.me,
        epoch=evaluation.epoch,
        count=len(entries),
    )
    return Upload(
        scope=scope.id,
        epoch=evaluation.epoch,
        enrolment=evaluation.enrolment,
        key_type=evaluation.key_type,
        rule=None if rule is None else rule.id,
        open_to=_receivers(rule),
        open_fields=[] if rule is None else sorted(rule.fields),
        until=_until(scope, rule),
        count=len(entries),
        root=root_of(entries),
        batch=pack_batch(header, entries, weighing.layout),
        collisions={} if rule is None else collisions(values, weighing.model),
    )


def _receivers(rule: RuleFacts | None) -> list[str]:
    return [] if rule is None else sorted(rule.receivers)


def _until(scope: Cooperation, rule: RuleFacts | None) -> str:
    return scope.draft.until if rule is None else min(rule.until.isoformat(), scope.draft.until)


def _entries(
    work: Work, means: Means, finished: Finished, records: dict[SubjectId, Record]
) -> tuple[list[OwnEntry], list[Entry]]:
    evaluation = finished.evaluation
    weighing = means.weighings[evaluation.key_type]
    origin = Origin(work.me, evaluation.epoch)
    numbers = _Numbers(work, means.secret, evaluation)
    own, entries = [], []
    for (subject, _), token in zip(evaluation.work, finished.tokens, strict=True):
        number = numbers.draw(subject)
        entries.append(
            build(
                _fitted(records[subject], weighing.layout),
                token=token,
                number=number,
                origin=origin,
                layout=weighing.layout,
                randomness=work.randomness,
            )
        )
        own.append(_own(evaluation, subject, number, lock_of(token)))
    return own, entries


def _fitted(record: Record, layout: Layout) -> Record:
    """What this layout has slots for."""
    rarity = {slot: record.rarity[slot] for slot in layout.rare if slot in record.rarity}
    return Record(record.handle, layout.pick(record.values), rarity)


class _Numbers:
    """Entry numbers that no own entry has: a subject may stand in several enrolments of a scope."""

    def __init__(self, work: Work, secret: bytes, evaluation: EvaluationFacts) -> None:
        subjects = {subject for subject, _ in evaluation.work}
        scope, key_type = evaluation.scope, evaluation.key_type
        self._used = work.selections.used_numbers(scope, key_type, subjects)
        self._of = partial(entry_number, secret, scope, evaluation.epoch)
        self._key_type = key_type
        self._positions: Counter[SubjectId] = Counter()

    def draw(self, subject: SubjectId) -> bytes:
        """The subject's next free number."""
        while True:
            position = self._positions[subject]
            self._positions[subject] += 1
            number = self._of(subject, self._key_type, position)
            if number not in self._used:
                return number


def _own(evaluation: EvaluationFacts, subject: SubjectId, number: bytes, lock: bytes) -> OwnEntry:
    return OwnEntry(
        number=number,
        scope=evaluation.scope,
        epoch=evaluation.epoch,
        key_type=evaluation.key_type,
        enrolment=evaluation.enrolment,
        subject=subject,
        lock=lock,
    )


def _records(
    work: Work, means: Means, scope: Cooperation, finished: list[Finished]
) -> dict[SubjectId, Record]:
    """What the entries of each subject are made of, whatever their key types."""
    profile = Profile(means.stamp, work.now.date(), means.forms)
    subjects = {subject for one in finished for subject, _ in one.evaluation.work}
    fields = work.register.own_fields(subjects)
    records = {}
    for subject in subjects:
        handle = record_handle(means.secret, scope.id, scope.draft.epoch, subject)
        values = comparison_slots(fields[subject], profile) if subject in fields else {}
        records[subject] = Record(handle, values, means.commonness.of(values))
    return records


def _tag(work: Work, means: Means, scope: Cooperation, finished: Finished) -> None:
    """Send the list of one condition, open to the others of the typology by the signed rule."""
    evaluation = finished.evaluation
    known = means.typologies[evaluation.key_type.split(":")[1]]
    condition = evaluation.condition or ""
    listing = Listing(scope, known, condition, means.secret, work.randomness)
    fields = work.register.own_fields({subject for subject, _ in evaluation.work})
    tokens = dict(zip(evaluation.work, finished.tokens, strict=True))
    profile = Profile(means.stamp, work.now.date(), means.forms)
    entries = listed(listing, fields, tokens, profile)
    handles = {subject: tagged[0].handle for subject, tagged in entries.items()}
    work.enrolments.add_tags(scope.id, evaluation.epoch, known.id, handles)
    flat = [entry for tagged in entries.values() for entry in tagged]
    rule = _rule(work, evaluation.enrolment)
    if rule is None:  # withdrawn meanwhile: a condition is never listed without
        return
    body = Tags(
        scope=scope.id,
        epoch=evaluation.epoch,
        typology=known.id,
        condition=condition,
        open_to=_receivers(rule),
        until=_until(scope, rule),
        tags=pack_tags(pad(flat, known.plain, work.randomness)),
    )
    work.post(v1.EXCHANGE, "typology.tags", body)
    work.log(LedgerEntry("typology.tagged", work.me, evaluation.enrolment, scope.id, (known.id,)))
