"""Tokens come back from the holders: they become index and locked bundle, or tags, and go out.

The token itself is used and forgotten; what stays here of an entry is its number, its subject
and the lock, with which a hit on it can be opened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from samverkan.agency.facts import EvaluationFacts, OwnEntry, RuleFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.instruments import Oprf
from samverkan.agency.ports import Work
from samverkan.domain.bundle import Entry, Header, Origin, Record, build, pack_batch, root_of
from samverkan.domain.normalise import Profile, comparison_slots
from samverkan.domain.token import entry_number, index_of, lock_of, record_handle
from samverkan.domain.typology import pack_tags, pad
from samverkan.domain.weighing import Weighing
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry as LedgerEntry
from samverkan.kernel.ids import SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.wire import v1
from samverkan.wire.joining import Evaluated
from samverkan.wire.matching import Tags, Upload


@dataclass(frozen=True, slots=True)
class Means:
    """What tokens are worked with, besides the store. `weighings` by key type."""

    weighings: dict[str, Weighing]
    stamp: Stamp
    oprf: Oprf
    secret: bytes


def evaluated(work: Work, means: Means, call: str, body: Evaluated) -> Refused | None:
    """Keep one holder's part; with the last one, send what it was all for."""
    evaluation_id = work.enrolments.answer(call, body.points)
    if evaluation_id is None:
        return refuse(Code.NOT_FOUND)
    work.log(LedgerEntry("oprf.answered", work.me, evaluation_id))
    parts = work.enrolments.parts(evaluation_id)
    evaluation = work.enrolments.evaluation(evaluation_id)
    if parts is None or evaluation is None:
        return None
    scope = scope_in_force(work, evaluation.scope)
    if isinstance(scope, Refused):
        return scope
    values = [value for _, value in evaluation.work]
    if any(len(part) != 32 * len(values) for part in parts):
        return refuse(Code.MESSAGE_MALFORMED)
    tokens = means.oprf.finish(values, evaluation.seed, parts)
    if evaluation.condition is None:
        _upload(work, means, scope, Finished(evaluation, tokens))
    else:
        _tag(work, scope, Finished(evaluation, tokens))
    work.enrolments.finish(evaluation.id)
    return None


@dataclass(frozen=True, slots=True)
class Finished:
    """An evaluation with its tokens T, in the order of its values."""

    evaluation: EvaluationFacts
    tokens: list[bytes]


def _upload(work: Work, means: Means, scope: Cooperation, finished: Finished) -> None:
    evaluation = finished.evaluation
    enrolment = work.enrolments.get(evaluation.enrolment)
    rule = (
        None
        if enrolment is None or enrolment.rule is None
        else work.enrolments.rule(enrolment.rule)
    )
    own, entries = _entries(work, means, scope, finished)
    work.enrolments.add_entries(own)
    header = Header(
        scope=scope.id,
        key_type=evaluation.key_type,
        party=work.me,
        epoch=evaluation.epoch,
        count=len(entries),
    )
    upload = Upload(
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
        batch=pack_batch(header, entries, means.weighings[evaluation.key_type].layout),
    )
    work.post(v1.EXCHANGE, "index.upload", upload)
    codes = (evaluation.key_type, f"n{len(entries)}")
    work.log(LedgerEntry("index.uploaded", work.me, evaluation.enrolment, scope.id, codes))


def _receivers(rule: RuleFacts | None) -> list[str]:
    return [] if rule is None else sorted(rule.receivers)


def _until(scope: Cooperation, rule: RuleFacts | None) -> str:
    return scope.draft.until if rule is None else min(rule.until.isoformat(), scope.draft.until)


def _entries(
    work: Work, means: Means, scope: Cooperation, finished: Finished
) -> tuple[list[OwnEntry], list[Entry]]:
    evaluation = finished.evaluation
    weighing = means.weighings[evaluation.key_type]
    origin = Origin(work.me, evaluation.epoch)
    records = _records(work, means, scope, evaluation)
    positions: Counter[SubjectId] = Counter()
    own, entries = [], []
    for (subject, _), token in zip(evaluation.work, finished.tokens, strict=True):
        number = entry_number(
            means.secret,
            scope.id,
            evaluation.epoch,
            subject,
            evaluation.key_type,
            positions[subject],
        )
        positions[subject] += 1
        record = Record(records[subject].handle, weighing.layout.pick(records[subject].values))
        entries.append(
            build(
                record,
                token=token,
                number=number,
                origin=origin,
                layout=weighing.layout,
                randomness=work.randomness,
            )
        )
        own.append(_own(evaluation, subject, number, lock_of(token)))
    return own, entries


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
    work: Work, means: Means, scope: Cooperation, evaluation: EvaluationFacts
) -> dict[SubjectId, Record]:
    profile = Profile(means.stamp, work.now.date())
    subjects = {subject for subject, _ in evaluation.work}
    fields = work.register.own_fields(subjects)
    return {
        subject: Record(
            record_handle(means.secret, scope.id, evaluation.epoch, subject),
            comparison_slots(fields[subject], profile) if subject in fields else {},
        )
        for subject in subjects
    }


def _tag(work: Work, scope: Cooperation, finished: Finished) -> None:
    evaluation = finished.evaluation
    typology = evaluation.key_type.split(":")[1]
    tags = [
        (index_of(token), subject)
        for (subject, _), token in zip(evaluation.work, finished.tokens, strict=True)
    ]
    work.enrolments.add_tags(scope.id, evaluation.epoch, typology, tags)
    body = Tags(
        scope=scope.id,
        epoch=evaluation.epoch,
        typology=typology,
        condition=evaluation.condition or "",
        tags=pack_tags(pad({tag for tag, _ in tags}, work.randomness)),
    )
    work.post(v1.EXCHANGE, "typology.tags", body)
    work.log(LedgerEntry("typology.tagged", work.me, evaluation.enrolment, scope.id, (typology,)))
