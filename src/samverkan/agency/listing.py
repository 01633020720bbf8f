"""Enrolment by list: own records named one by one, each with its own necessity.

The only way in for children and victims. Each is named by its number in the register or by its
identity number; one that nobody here knows refuses the whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverkan.agency.blinding import Means
from samverkan.agency.entering import Entering, enter
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import own_record
from samverkan.domain.enrolment import Kind
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId
from samverkan.kernel.outcome import Refused, refuse

LONGEST = 1_000
"""Records in one list; they are weighed one by one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One record: the subject's identifier or identity number, and why it is necessary."""

    record: str
    necessity: str


@dataclass(frozen=True, slots=True)
class ListWish:
    """What an officer enrols by list, under which rule (none: silent)."""

    scope: str
    items: tuple[Listed, ...]
    rule: RuleId | None


def enrol(work: Work, permit: Permit, means: Means, wish: ListWish) -> EnrolmentId | Refused:
    """Take the listed subjects in; those that were listed before are not taken twice."""
    require(permit, Action.ENROL)
    scope = scope_in_force(work, wish.scope)
    if isinstance(scope, Refused):
        return scope
    members = _members(work, means, wish.items)
    if isinstance(members, Refused):
        return members
    new = {one: why for one, why in members.items() if one not in listed(work, scope.id)}
    if not new:
        return refuse(Code.ALREADY_DECIDED)
    entering = Entering(
        scope=scope,
        name=Kind.LISTED.value,
        rule=wish.rule,
        necessity=next(iter(new.values())),
        fields=work.register.own_fields(new),
        necessities=new,
    )
    return enter(work, permit, means, entering)


def _members(
    reading: Reading, means: Means, items: Sequence[Listed]
) -> dict[SubjectId, str] | Refused:
    if not items:
        return refuse(Code.FIELD_MISSING, field="records")
    if len(items) > LONGEST:
        return refuse(Code.TOO_MANY)
    profile = means.profile(reading.now.date())
    members: dict[SubjectId, str] = {}
    for number, item in enumerate(items, start=1):
        found = own_record(reading, profile, item.record)
        if found is None:
            return refuse(Code.RECORD_UNKNOWN, row=str(number))
        members[found] = item.necessity
    return members


def listed(reading: Reading, scope: str) -> set[SubjectId]:
    """Whom standing lists of the scope hold."""
    lists = (one for one in reading.enrolments.all(scope) if one.query == Kind.LISTED.value)
    return {
        subject for one in lists if one.stands for subject in reading.selections.members(one.id)
    }
