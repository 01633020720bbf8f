from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samverkan.agency.facts import Enquiry, EvaluationFacts, OwnEntry, ShareFacts
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import RuleId, UserId
from tests.agency.sql.rows import SCOPE, USER, enrolment, ident, said, subject
from tests.agency.sql.test_enrolments import rule
from tests.instruments import NOON

SECOND = UserId("usr-" + "2" * 26)
ENQUIRY = Enquiry("KFM 1", date(2026, 12, 24), waits=True)


@pytest.fixture(autouse=True)
def _known(party: SqlReading) -> None:
    both = [said(1, Prop.ID_NUMBER, "1"), said(2, Prop.ID_NUMBER, "2")]
    party.register.add(both, party="polisen")


def test_members_come_back_with_their_necessity(party: SqlReading) -> None:
    made = enrolment(1)
    party.enrolments.add(made)
    members = {subject(1): "single-subject", subject(2): "scope-subjects"}
    party.selections.add_members(made.id, members)
    assert party.selections.members(made.id) == members
    assert party.selections.members(enrolment(2).id) == {}
    party.selections.add_members(made.id, {})


def test_own_subjects_are_found_by_their_number(party: SqlReading) -> None:
    party.register.add([said(3, Prop.ID_NUMBER, "1")], party="kfm")
    assert party.register.numbered({"1", "9"}) == [subject(1)]
    assert party.register.numbered(set()) == []


def test_enquiries_are_counted_by_officer_and_since_when(party: SqlReading) -> None:
    early = enrolment(1, enquiry=ENQUIRY, at=NOON - timedelta(days=1))
    other = enrolment(2, enquiry=ENQUIRY, officer=SECOND)
    for one in (early, other, enrolment(3, enquiry=ENQUIRY), enrolment(4)):
        party.enrolments.add(one)
    assert party.selections.asked(USER, NOON) == 1
    assert party.selections.asked(USER, NOON - timedelta(days=2)) == 2


def test_a_decided_enquiry_says_who_decided(party: SqlReading) -> None:
    waiting = enrolment(1, enquiry=ENQUIRY, entries=0)
    party.enrolments.add(waiting)
    assert party.enrolments.get(waiting.id) == waiting
    party.selections.decide(waiting.id, SECOND, 7)
    decided = replace(ENQUIRY, waits=False, second=SECOND)
    assert party.enrolments.get(waiting.id) == replace(waiting, enquiry=decided, entries=7)


def test_a_withdrawn_rule_says_so(party: SqlReading) -> None:
    party.enrolments.add_rule(rule(1), at=NOON)
    party.selections.withdraw(rule(1).id)
    assert party.enrolments.rule(rule(1).id) == replace(rule(1), withdrawn=True)
    assert not replace(rule(1), withdrawn=True).holds(NOON.date())
    assert rule(1).holds(rule(1).until)


def test_what_is_taken_back_leaves_no_lock_and_no_seed(party: SqlReading) -> None:
    one, other = enrolment(1), enrolment(2)
    for number, made in enumerate((one, other)):
        party.enrolments.add(made)
        evaluation = EvaluationFacts(
            ident("enr", 90 + number), made.id, SCOPE, 1, "p1", None, ((subject(1), b"v"),), b"seed"
        )
        party.enrolments.add_evaluations([evaluation], {"kfm": ident("msg", number)})
        own = OwnEntry(bytes([number]) * 16, SCOPE, 1, "p1", made.id, subject(1), b"l" * 32)
        party.enrolments.add_entries([own])
    assert party.selections.used_numbers(SCOPE, "p1", [subject(1)]) == {bytes(16), b"\1" * 16}
    assert party.selections.used_numbers(SCOPE, "p2", [subject(1)]) == set()
    party.selections.take_back(one.id)
    taken = party.enrolments.get(one.id)
    assert taken is not None
    assert (taken.stands, taken.taken_back) == (False, NOON)
    assert party.enrolments.entry(bytes(16)) is None
    assert party.enrolments.entry(b"\1" * 16) is not None
    assert party.enrolments.asked(ident("msg", 0)) == {}
    assert party.enrolments.waiting(SCOPE) == 1


def test_standing_enrolments_run_out_with_their_rule(party: SqlReading) -> None:
    party.enrolments.add_rule(rule(1), at=NOON)
    under = RuleId(rule(1).id)
    made = [enrolment(1, rule=under), enrolment(2), enrolment(3, rule=under)]
    for one in made:
        party.enrolments.add(one)
    party.selections.take_back(made[2].id)
    assert party.selections.run_out(rule(1).until) == []
    assert party.selections.run_out(rule(1).until + timedelta(days=1)) == [made[0].id]


def test_scopes_that_anything_is_kept_of_are_named(party: SqlReading) -> None:
    assert party.selections.matched_scopes() == set()
    party.keys.add_shares([ShareFacts(ident("coo", 7), 1, "p1", bytes(32))])
    made = enrolment(1)
    party.enrolments.add(made)
    own = OwnEntry(bytes(16), SCOPE, 1, "p1", made.id, subject(1), b"l" * 32)
    party.enrolments.add_entries([own])
    assert party.selections.matched_scopes() == {SCOPE, ident("coo", 7)}
