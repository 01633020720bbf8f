"""Enrolment (urval) by query: which own subjects enter a scope, under which signed release rule.

The number of subjects is shown, and necessity stated, before they enter. Without a rule the
records are silent. Children and victims stay out: they enter one by one alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.agency.blinding import Means
from samverkan.agency.entering import Entering, enter
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import Query, queries
from samverkan.domain.enrolment import one_by_one
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Fields
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId
from samverkan.kernel.outcome import Refused, refuse


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a query selects: who enters, and how many stay out, by the class they belong to."""

    fields: Mapping[SubjectId, Fields]
    apart: Mapping[str, int]


def preview(
    reading: Reading, permit: Permit, means: Means, *, scope: str, query: str
) -> Chosen | Refused:
    """Who an enrolment would take; their number is shown before necessity is stated."""
    require(permit, Action.ENROL)
    found = scope_in_force(reading, scope)
    if isinstance(found, Refused):
        return found
    known = queries(means.pack, found.draft, reading.me).get(query)
    return refuse(Code.NOT_IN_PACK) if known is None else _chosen(reading, means, known)


def _chosen(reading: Reading, means: Means, query: Query) -> Chosen:
    fields = reading.register.own_fields(reading.register.select(query.selection))
    profile = means.profile(reading.now.date())
    classes = {one: one_by_one(known, means.pack, profile) for one, known in fields.items()}
    apart = Counter(name for name in classes.values() if name is not None)
    enters = {one: known for one, known in fields.items() if classes[one] is None}
    return Chosen(enters, apart)


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
    if query is None:
        return refuse(Code.NOT_IN_PACK)
    if any(one.query == wish.query and one.stands for one in work.enrolments.all(wish.scope)):
        return refuse(Code.ALREADY_DECIDED)
    entering = Entering(
        scope=scope,
        name=wish.query,
        rule=wish.rule,
        necessity=wish.necessity,
        fields=_chosen(work, means, query).fields,
        query=query,
    )
    return enter(work, permit, means, entering)
