"""One subject asked about now: with a case, for a least time, within a cap, else a second person.

A single query is an oracle (*is my friend known?*), so it costs something: the number of a case
and its necessity, a subject that stays enrolled for its least time, a cap for each officer and
day, and above it a colleague's decision. MATCHING section 3, "Single queries".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from samverkan.agency.blinding import Means
from samverkan.agency.entering import Entering, enter, let_go, opened_by
from samverkan.agency.facts import Enquiry, EnrolmentFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import own_record
from samverkan.domain.enrolment import Kind
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Fields
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId
from samverkan.kernel.outcome import Refused, refuse

LONGEST_CASE = 64


@dataclass(frozen=True, slots=True)
class AskWish:
    """Whom an officer asks about: own record, own case number, why, under which rule."""

    scope: str
    record: str
    case: str
    necessity: str
    rule: RuleId | None


def ask(work: Work, permit: Permit, means: Means, wish: AskWish) -> EnrolmentId | Refused:
    """Enrol the one subject; above the officer's cap of the day it waits for a second person."""
    require(permit, Action.ENROL)
    scope = scope_in_force(work, wish.scope)
    if isinstance(scope, Refused):
        return scope
    case = wish.case.strip()
    if not case or len(case) > LONGEST_CASE:
        return refuse(Code.FIELD_TOO_LONG if case else Code.FIELD_MISSING, field="case")
    subject = own_record(work, means.profile(work.now.date()), wish.record)
    if subject is None:
        return refuse(Code.RECORD_UNKNOWN)
    if subject in _asked_about(work, scope.id):
        return refuse(Code.ALREADY_DECIDED)
    limits = means.pack.enrolment
    midnight = datetime.combine(work.now.date(), time(), work.now.tzinfo)
    entering = Entering(
        scope=scope,
        name=Kind.ASKED.value,
        rule=wish.rule,
        necessity=wish.necessity,
        fields=work.register.own_fields([subject]),
        necessities={subject: wish.necessity},
        enquiry=Enquiry(
            case=case,
            stays_to=work.now.date() + timedelta(days=limits.dwell_days),
            waits=work.selections.asked(permit.user, midnight) >= limits.asked_a_day,
        ),
    )
    return enter(work, permit, means, entering)


def _asked_about(work: Work, scope: str) -> set[SubjectId]:
    standing = (one for one in work.enrolments.all(scope) if one.enquiry and one.stands)
    return {subject for one in standing for subject in work.selections.members(one.id)}


def decide(
    work: Work, permit: Permit, means: Means, enrolment: EnrolmentId
) -> EnrolmentId | Refused:
    """A second person lets the enquiry go; whoever asked cannot be that person."""
    require(permit, Action.ENROL)
    found = work.enrolments.get(enrolment)
    if found is None or found.enquiry is None:
        return refuse(Code.NOT_FOUND)
    if not found.stands or not found.enquiry.waits:
        return refuse(Code.ALREADY_DECIDED)
    if found.officer == permit.user:
        return refuse(Code.SECOND_PERSON)
    scope = scope_in_force(work, found.scope)
    if isinstance(scope, Refused):
        return scope
    entering = _again(scope, found, work.register.own_fields(work.selections.members(enrolment)))
    if not entering.fields:
        return refuse(Code.RECORD_UNKNOWN)
    if not opened_by(work, entering):
        return refuse(Code.NO_RELEASE_RULE)
    entries = let_go(work, means, entering, found)
    work.selections.decide(enrolment, permit.user, entries)
    codes = (permit.policy, found.query)
    work.log(Entry("enrolment.seconded", permit.user, enrolment, found.necessity, codes))
    return enrolment


def _again(
    scope: Cooperation, found: EnrolmentFacts, fields: Mapping[SubjectId, Fields]
) -> Entering:
    """The same enrolment, with what the register says of the subject today."""
    return Entering(
        scope=scope,
        name=found.query,
        rule=found.rule,
        necessity=found.necessity,
        fields=fields,
        enquiry=found.enquiry,
    )
