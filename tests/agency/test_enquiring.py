from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.agency import enquiring, withdrawing
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId
from samverkan.kernel.outcome import Refused
from tests.agency.model import BO, CILLA, DEBTS, DELTA
from tests.agency.wishes import ask_about, colleague, sign
from tests.agency.world import World


def facts(world: World, enrolment: Any) -> Any:
    with world.look(DEBTS) as reading:
        return reading.enrolments.get(enrolment)


def capped(world: World, most: int) -> None:
    node = world.node(DEBTS)
    limits = replace(node.means.pack.enrolment, asked_a_day=most)
    node.means = replace(node.means, pack=replace(node.means.pack, enrolment=limits))


def test_one_subject_is_asked_about_with_a_case_and_stays_its_least_time(founded: World) -> None:
    made = ask_about(founded)
    enquiry = facts(founded, made).enquiry
    assert (enquiry.case, enquiry.waits) == ("KFM 2026-17", False)
    assert enquiry.stays_to == founded.clock().date() + timedelta(days=30)
    early = founded.act(DEBTS, Action.ENROL, withdrawing.take_back, made)
    assert early == Refused(Code.TOO_EARLY, {"until": enquiry.stays_to.isoformat()})
    founded.clock.advance(timedelta(days=31))
    assert founded.act(DEBTS, Action.ENROL, withdrawing.take_back, made) is None
    assert not facts(founded, made).stands


def test_the_case_number_stands_in_no_ledger(founded: World) -> None:
    ask_about(founded)
    store = founded.node(DEBTS).opened.store
    with store.view() as connection:
        found = store.ledger.recent(connection, limit=5, before=None)
    assert "2026-17" not in str(found)


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({"case": "  "}, Refused(Code.FIELD_MISSING, {"field": "case"})),
        ({"case": "x" * 65}, Refused(Code.FIELD_TOO_LONG, {"field": "case"})),
        ({"record": CILLA}, Refused(Code.RECORD_UNKNOWN)),
        ({"necessity": "curious"}, Refused(Code.NEED_MISSING)),
    ],
)
def test_an_enquiry_is_refused(founded: World, other: dict[str, str], refused: Refused) -> None:
    assert ask_about(founded, **other) == refused
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.all(founded.scope.id) == []


def test_one_who_is_asked_about_is_not_asked_about_twice(founded: World) -> None:
    ask_about(founded)
    assert ask_about(founded) == Refused(Code.ALREADY_DECIDED)


def test_above_the_cap_nothing_leaves_until_a_colleague_has_decided(founded: World) -> None:
    capped(founded, 1)
    rule = sign(founded, query="asked")
    ask_about(founded)
    before = len(founded.outbox(DEBTS))
    waits = ask_about(founded, record=BO, rule=rule)
    assert facts(founded, waits).enquiry.waits
    assert len(founded.outbox(DEBTS)) == before
    assert founded.entries(DEBTS)[-1] == "enrolment.waits"
    means = founded.node(DEBTS).means
    own = founded.act(DEBTS, Action.ENROL, enquiring.decide, means, waits)
    assert own == Refused(Code.SECOND_PERSON)
    assert _decide(founded, waits) == waits
    after = facts(founded, waits)
    assert after.enquiry.second is not None
    assert (after.enquiry.waits, after.entries) == (False, 1)  # protected: by number alone
    assert len(founded.outbox(DEBTS)) > before
    assert _decide(founded, waits) == Refused(Code.ALREADY_DECIDED)


def test_the_cap_counts_a_day(founded: World) -> None:
    capped(founded, 1)
    ask_about(founded)
    founded.clock.advance(timedelta(days=1))
    assert not facts(founded, ask_about(founded, record=BO)).enquiry.waits


def test_a_colleague_decides_nothing_under_a_rule_that_has_run_out(founded: World) -> None:
    capped(founded, 1)
    rule = sign(founded, query="asked", until=date(2026, 11, 30))
    ask_about(founded)
    waits = ask_about(founded, record=DELTA, rule=rule)
    founded.clock.advance(timedelta(days=10))
    assert _decide(founded, waits) == Refused(Code.NO_RELEASE_RULE)


def test_only_an_enquiry_is_decided_on(founded: World) -> None:
    nothing = EnrolmentId("enr-" + "1" * 26)
    assert _decide(founded, nothing) == Refused(Code.NOT_FOUND)


def test_what_waits_can_be_taken_back_at_once(founded: World) -> None:
    capped(founded, 1)
    ask_about(founded)
    waits = ask_about(founded, record=BO)
    assert founded.act(DEBTS, Action.ENROL, withdrawing.take_back, waits) is None
    assert _decide(founded, waits) == Refused(Code.ALREADY_DECIDED)


def _decide(world: World, enrolment: EnrolmentId) -> Any:
    """A colleague decides."""
    node, user = world.node(DEBTS), colleague(world, DEBTS)
    allowed = node.permit(user, Action.ENROL)
    assert not isinstance(allowed, Refused)
    with node.write(allowed) as work:
        answer = enquiring.decide(work, allowed, node.means, enrolment)
        work.log(Entry("test.tried", user, enrolment))
    return answer
