"""Deny by default; own party, own mandate, own body, in force; no superuser; no forged permit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from samverkan.domain.org import Mandate, Officer, Role
from samverkan.domain.policy import (
    BODY_BOUND,
    RULES,
    Action,
    ForgedPermit,
    Permit,
    Resource,
    check,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId, UserId
from samverkan.kernel.outcome import Refused
from tests.instruments import seeded

draw = seeded()
TAX, CRIME_UNIT = PartyId("skv-beskattning"), PartyId("skv-brott")
NINA, OTHER = UserId.draw(draw), UserId.draw(draw)
NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
DENIED = Refused(Code.NO_MANDATE)


def mandate(role: Role, body: str | None = None) -> Mandate:
    return Mandate(NINA, TAX, role, date(2026, 1, 1), date(2026, 12, 31), body)


def officer(*mandates: Mandate) -> Officer:
    return Officer(NINA, TAX, "Nina", "sv", mandates)


def test_a_permit_says_by_which_mandate_and_rule() -> None:
    permit = check(officer(mandate(Role.RELEASING_OFFICER)), Action.ANSWER, Resource(TAX), NOW)
    assert isinstance(permit, Permit)
    assert (permit.action, permit.user, permit.party) == (Action.ANSWER, NINA, TAX)
    assert (permit.role, permit.policy) == (Role.RELEASING_OFFICER, "answer-others")


def test_an_officer_without_mandates_may_do_nothing() -> None:
    assert all(check(officer(), action, Resource(TAX), NOW) == DENIED for action in Action)


def test_no_role_may_do_everything() -> None:
    able = {role: {a for a in Action if (role, a) in RULES} for role in Role}
    assert all(actions < set(Action) for actions in able.values())
    assert 3 * max(map(len, able.values())) < 2 * len(Action)
    assert set().union(*able.values()) == set(Action)


def test_who_asks_does_not_answer_and_who_works_does_not_audit() -> None:
    for role in Role:
        assert not {(role, Action.ASK), (role, Action.ANSWER)} <= RULES.keys()
        assert not {(role, Action.READ_CASE), (role, Action.READ_LEDGER)} <= RULES.keys()


def test_a_branch_may_nothing_at_its_sister_branch() -> None:
    everything = officer(*(mandate(role, "council") for role in Role))
    for action in Action:
        assert check(everything, action, Resource(CRIME_UNIT, "council"), NOW) == DENIED


def test_a_mandate_of_another_party_gives_nothing() -> None:
    foreign = replace(mandate(Role.OFFICER), party=CRIME_UNIT)
    assert check(officer(foreign), Action.ASK, Resource(TAX), NOW) == DENIED
    assert check(officer(foreign), Action.ASK, Resource(CRIME_UNIT), NOW) == DENIED


def test_a_mandate_of_another_person_gives_nothing() -> None:
    borrowed = replace(mandate(Role.OFFICER), user=OTHER)
    assert check(officer(borrowed), Action.ASK, Resource(TAX), NOW) == DENIED


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_mandate_not_in_force_gives_nothing(day: date) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert check(officer(mandate(Role.OFFICER)), Action.ASK, Resource(TAX), at) == DENIED


@pytest.mark.parametrize("action", sorted(BODY_BOUND))
def test_in_a_bodys_matters_only_a_mandate_for_it_counts(action: Action) -> None:
    for held, asked in product([None, "council", "other"], [None, "council"]):
        sitting = officer(*(mandate(role, held) for role in Role))
        found = check(sitting, action, Resource(TAX, asked), NOW)
        assert isinstance(found, Permit) is (held == asked == "council")


def test_the_first_mandate_that_allows_is_the_one_used() -> None:
    both = officer(mandate(Role.AUDITOR), mandate(Role.ANALYST), mandate(Role.OFFICER))
    permit = check(both, Action.ASK, Resource(TAX), NOW)
    assert isinstance(permit, Permit)
    assert permit.role is Role.ANALYST


def test_a_permit_cannot_be_made_without_the_check() -> None:
    with pytest.raises(ForgedPermit):
        Permit(Action.ASK, NINA, TAX, Role.OFFICER, None, "ask-others", object())


def test_a_permit_cannot_be_changed_into_another() -> None:
    permit = check(officer(mandate(Role.OFFICER)), Action.ASK, Resource(TAX), NOW)
    assert isinstance(permit, Permit)
    with pytest.raises(AttributeError):
        permit.action = Action.ANSWER  # type: ignore[misc]
    with pytest.raises(ForgedPermit):
        replace(permit, action=Action.ANSWER, seal=None)


def test_a_permit_copied_for_another_act_is_forged() -> None:
    """The seal is over the fields: `replace` carries it along, and it no longer fits."""
    permit = check(officer(mandate(Role.RELEASING_OFFICER)), Action.ANSWER, Resource(TAX), NOW)
    assert isinstance(permit, Permit)
    with pytest.raises(ForgedPermit):
        replace(permit, action=Action.ASK)
    assert replace(permit) == permit


def test_an_act_for_a_named_role_takes_a_mandate_to_that_very_role() -> None:
    both = officer(mandate(Role.OFFICER), mandate(Role.ANALYST))
    permit = check(both, Action.ASK, Resource(TAX), NOW, role=Role.ANALYST)
    assert isinstance(permit, Permit)
    assert permit.role is Role.ANALYST
    assert check(both, Action.ASK, Resource(TAX), NOW, role=Role.CHAIR) == DENIED
