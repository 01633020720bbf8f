"""Enrolment (urval): which own subjects enter a scope, under which signed release rule.

A rule is signed by a releasing officer for a class of records before any hit: receivers and why
they need it, fields, the balancing test in the statute's words, an end date. Without a rule the
records are silent. The number of subjects is shown, and necessity stated, before they enter.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

from samverkan.agency.facts import EnrolmentFacts, EvaluationFacts, RuleFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.instruments import Oprf
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import Query, queries
from samverkan.agency.signing import rule_bytes
from samverkan.domain.match import keep_selective
from samverkan.domain.normalise import NORMALISER_VERSION, Profile, key_spec, match_keys
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Fields, Schema
from samverkan.domain.token import KeyType, oprf_input, record_handle
from samverkan.domain.typology import tag_input
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.wire.joining import Evaluate

PATIENCE = timedelta(days=7)
"""How long holders may take: an office that is closed for a week holds nobody up for good."""
ONE = (1).to_bytes(32, "little")


@dataclass(frozen=True, slots=True)
class Means:
    """What enrolment is done with, besides the store."""

    pack: Pack
    stamp: Stamp
    oprf: Oprf
    secret: bytes


@dataclass(frozen=True, slots=True)
class RuleWish:
    """What a releasing officer signs: which query's records, to whom, which fields, why."""

    scope: str
    query: str
    receivers: tuple[str, ...]
    fields: tuple[str, ...]
    test: str
    until: date


def sign_rule(work: Work, permit: Permit, pack: Pack, wish: RuleWish) -> RuleId | Refused:
    """Sign a release rule for one class of records in one scope."""
    require(permit, Action.SIGN_RULE)
    scope = scope_in_force(work, wish.scope)
    if isinstance(scope, Refused):
        return scope
    if not set(wish.receivers) <= set(scope.draft.parties) - {work.me} or not wish.receivers:
        return refuse(Code.NOT_A_PARTY)
    if wish.query not in queries(pack, scope.draft, work.me):
        return refuse(Code.NOT_IN_PACK)
    if not wish.test.strip():
        return refuse(Code.REASON_MISSING)
    if wish.until.isoformat() > scope.draft.until:
        return refuse(Code.COOPERATION_ENDED)
    rule = RuleFacts(
        id=RuleId.draw(work.randomness),
        scope=wish.scope,
        query=wish.query,
        receivers=wish.receivers,
        fields=wish.fields,
        test=wish.test.strip(),
        officer=permit.user,
        until=wish.until,
    )
    signed = replace(rule, signature=work.sign(rule_bytes(rule)))
    work.enrolments.add_rule(signed, at=work.now)
    work.log(Entry("rule.signed", permit.user, rule.id, wish.scope, (permit.policy, wish.query)))
    return rule.id


def preview(
    reading: Reading, permit: Permit, pack: Pack, *, scope: str, query: str
) -> list[SubjectId] | Refused:
    """The subjects that an enrolment would take; their number is shown before necessity is stated."""
    require(permit, Action.ENROL)
    found = scope_in_force(reading, scope)
    if isinstance(found, Refused):
        return found
    known = queries(pack, found.draft, reading.me).get(query)
    return refuse(Code.NOT_IN_PACK) if known is None else reading.register.select(known.selection)


@dataclass(frozen=True, slots=True)
class EnrolWish:
    """What an officer enrols, under which rule (none: silent), and why it is necessary."""

    scope: str
    query: str
    rule: RuleId | None
    necessity: str


def enrol(work: Work, permit: Permit, means: Means, wish: EnrolWish) -> EnrolmentId | Refused:
    """Take the subjects in: their match keys, or a typology's tags, go to the holders, blinded."""
    require(permit, Action.ENROL)
    scope = scope_in_force(work, wish.scope)
    if isinstance(scope, Refused):
        return scope
    query = queries(means.pack, scope.draft, work.me).get(wish.query)
    refused = _unfit(work, means.pack, wish, query)
    if refused is not None or query is None:
        return refused or refuse(Code.NOT_IN_PACK)
    subjects = work.register.select(query.selection)
    size = means.pack.size_classes[scope.draft.sizes[work.me]]
    before = sum(one.subjects for one in work.enrolments.all(wish.scope))
    if before + len(subjects) > size.most:
        return refuse(Code.SIZE_CLASS_EXCEEDED)
    values = _values(work, means, scope, query, subjects)
    enrolment = EnrolmentFacts(
        id=EnrolmentId.draw(work.randomness),
        scope=wish.scope,
        rule=wish.rule,
        query=wish.query,
        necessity=wish.necessity,
        officer=permit.user,
        subjects=len(subjects),
        entries=sum(map(len, values.values())),
        at=work.now,
    )
    work.enrolments.add(enrolment)
    for key_type, pairs in sorted(values.items()):
        _ask_holders(work, means, scope, enrolment, Batch(key_type, query.condition, tuple(pairs)))
    codes = (permit.policy, wish.query, f"n{len(subjects)}")
    work.log(Entry("enrolment.made", permit.user, enrolment.id, wish.necessity, codes))
    return enrolment.id


def _unfit(work: Work, pack: Pack, wish: EnrolWish, query: Query | None) -> Refused | None:
    if query is None:
        return refuse(Code.NOT_IN_PACK)
    if wish.necessity not in pack.reasons["necessity"]:
        return refuse(Code.NEED_MISSING)
    rule = None if wish.rule is None else work.enrolments.rule(wish.rule)
    if wish.rule is not None:
        fits = rule is not None and (rule.scope, rule.query) == (wish.scope, wish.query)
        if not fits or rule is None or rule.until < work.now.date():
            return refuse(Code.NO_RELEASE_RULE)
    elif query.condition is not None:  # a firing tells its conditions: never without a rule
        return refuse(Code.NO_RELEASE_RULE)
    if any(one.query == wish.query for one in work.enrolments.all(wish.scope)):
        return refuse(Code.ALREADY_DECIDED)
    return None


Values = dict[str, list[tuple[SubjectId, bytes]]]


def _values(
    work: Work, means: Means, scope: Cooperation, query: Query, subjects: list[SubjectId]
) -> Values:
    """What is evaluated, by key type: match keys that are selective enough, or a typology's tags."""
    fields = work.register.own_fields(subjects)
    profile = Profile(means.stamp, work.now.date())
    if query.condition is not None:
        return _tags(scope, query, fields, profile)
    wanted = [
        kind.id for kind in means.pack.key_types.values() if kind.code in scope.draft.key_types
    ]
    spec = key_spec(wanted, profile)
    if isinstance(spec, Refused):
        return {}
    keys = [
        (str(subject), KeyType.parse(key_type), value)
        for subject, known in fields.items()
        for key_type, value in match_keys(known, spec)
    ]
    handles = {
        subject: record_handle(means.secret, scope.id, scope.draft.epoch, subject)
        for subject in fields
    }
    work.enrolments.add_handles(scope.id, handles)
    values: Values = {}
    for subject, key_type, value in keep_selective(keys).kept:
        data = oprf_input(scope.id, key_type, NORMALISER_VERSION, value)
        values.setdefault(key_type, []).append((SubjectId(subject), data))
    return values


def _tags(
    scope: Cooperation, query: Query, fields: dict[SubjectId, Fields], profile: Profile
) -> Values:
    """A typology's tags: the number of each subject that meets the own condition, repaired."""
    draft, typology = scope.draft, query.typology or ""
    company = query.selection.schema is Schema.COMPANY
    spec = key_spec(["C1" if company else "P1"], profile)
    if isinstance(spec, Refused):
        return {}
    pairs = [
        (subject, tag_input(scope.id, typology, draft.epoch, NORMALISER_VERSION, value))
        for subject, known in fields.items()
        for _, value in match_keys(known, spec)
    ]
    return {str(KeyType.of_typology(typology, draft.epoch)): pairs}


@dataclass(frozen=True, slots=True)
class Batch:
    """Values of one key type that are evaluated together."""

    key_type: str
    condition: str | None
    pairs: tuple[tuple[SubjectId, bytes], ...]


def _ask_holders(
    work: Work, means: Means, scope: Cooperation, enrolment: EnrolmentFacts, batch: Batch
) -> None:
    """Send the same blinded batch to every holder, ourselves among them."""
    draft = scope.draft
    seed, points = means.oprf.blind([value for _, value in batch.pairs])
    body = Evaluate(
        scope=scope.id,
        epoch=draft.epoch,
        key_type=batch.key_type,
        holders=draft.holders,
        threshold=draft.threshold,
        factors=[ONE] * len(draft.holders),
        count=len(batch.pairs),
        batch=hashlib.sha256(points).digest(),
        total=len(batch.pairs),
        points=points,
    )
    deadline = work.now + PATIENCE
    calls = {
        holder: work.call(holder, "oprf.evaluate", body, deadline=deadline)
        for holder in draft.holders
    }
    evaluation = EvaluationFacts(
        id=EnrolmentId.draw(work.randomness),
        enrolment=enrolment.id,
        scope=scope.id,
        epoch=draft.epoch,
        key_type=batch.key_type,
        condition=batch.condition,
        work=batch.pairs,
        seed=seed,
    )
    work.enrolments.add_evaluation(evaluation, calls)
