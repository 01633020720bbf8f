"""Enrolment (urval): which own subjects enter a scope, under which signed release rule.

The number of subjects is shown, and necessity stated, before they enter. Without a rule the
records are silent.
"""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.agency.blinding import Batch, Means, Values, ask_holders, key_values
from samverkan.agency.facts import EnrolmentFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import Query, queries
from samverkan.agency.tagging import tag_values
from samverkan.domain.normalise import Profile
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId
from samverkan.kernel.outcome import Refused, refuse


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
    batches = [
        Batch(key_type, query.condition, tuple(pairs)) for key_type, pairs in sorted(values.items())
    ]
    ask_holders(work, means, scope, enrolment, batches)
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


def _values(
    work: Work, means: Means, scope: Cooperation, query: Query, subjects: list[SubjectId]
) -> Values:
    fields = work.register.own_fields(subjects)
    if query.condition is None:
        return key_values(work, means, scope, fields)
    return tag_values(scope, query, fields, Profile(means.stamp, work.now.date()))
