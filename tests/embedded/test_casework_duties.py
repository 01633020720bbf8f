"""From a firing to an accounted operation: who acts, on what, and that nobody does it twice."""

from __future__ import annotations

import pytest

from samverkan.agency.following import operations, proposals
from samverkan.domain.council import Position
from samverkan.domain.council import State as Round
from samverkan.domain.operation import MeasureState
from samverkan.domain.statement import Prop
from samverkan.embedded import casework_duties as work
from samverkan.embedded import duties
from samverkan.embedded.officers import Desk
from tests.agency.model import CRIME, DEBTS, POLICE, SCOPE
from tests.agency.world import World


def desk(world: World, party: str) -> Desk:
    return Desk(world.node(party), world.plan)


@pytest.fixture
def answered(asked: World) -> World:
    """Everybody who was asked has answered."""
    for party in SCOPE:
        work.answer_requests(desk(asked, party))
    asked.house.settle()
    return asked


@pytest.fixture
def proposed(answered: World) -> World:
    """The police have proposed an operation."""
    work.propose(desk(answered, POLICE))
    answered.house.settle()
    return answered


def test_a_case_is_opened_once_by_the_party_whose_condition_comes_first(enrolled: World) -> None:
    assert work.open_cases(desk(enrolled, DEBTS)) is False
    assert work.open_cases(desk(enrolled, POLICE)) is True
    with enrolled.look(POLICE) as reading:
        (case,) = reading.cases.all()
        fired = {firing.subject for firing in reading.firings.all()}
    assert set(case.subjects) == fired
    assert work.open_cases(desk(enrolled, POLICE)) is False


def test_nobody_is_asked_about_a_record_that_was_not_judged_to_be_the_same(
    enrolled: World,
) -> None:
    work.open_cases(desk(enrolled, POLICE))
    assert work.ask(desk(enrolled, POLICE)) is False, "no hit was judged"
    duties.judge(desk(enrolled, POLICE))
    assert work.ask(desk(enrolled, POLICE)) is True
    with enrolled.look(POLICE) as reading:
        peers = sorted(one.peer for one in reading.cases.requests())
    assert peers == sorted({CRIME, DEBTS})
    assert work.ask(desk(enrolled, POLICE)) is False


def test_each_request_is_answered_once_and_contact_data_are_withheld(asked: World) -> None:
    at = desk(asked, DEBTS)
    with asked.look(DEBTS) as reading:
        waiting = [one for one in reading.cases.requests() if not one.outgoing]
    assert waiting
    assert work.answer_requests(at) is True
    assert work.answer_requests(at) is False
    with asked.look(DEBTS) as reading:
        given = [reading.cases.disclosure(one.id) for one in waiting]
    assert all(one is not None for one in given)
    asked.house.settle()
    assert work.answer_requests(desk(asked, POLICE)) is False, "what it asked is others' to answer"
    with asked.look(POLICE) as reading:
        known = reading.register.statements
        case = reading.cases.all()[0]
        foreign = [
            one.prop
            for subject in case.subjects
            for one in known(subject)
            if reading.register.sources(subject)[str(one.delivery)] == DEBTS
        ]
    assert Prop.STREET in foreign
    assert not {Prop.PHONE, Prop.ACCOUNT} & set(foreign)


def test_nothing_is_proposed_before_every_request_is_answered(asked: World) -> None:
    assert work.propose(desk(asked, POLICE)) is False
    work.answer_requests(desk(asked, DEBTS))
    asked.house.settle()
    assert work.propose(desk(asked, POLICE)) is False, "one of two has answered"
    work.answer_requests(desk(asked, CRIME))
    asked.house.settle()
    assert work.propose(desk(asked, POLICE)) is True
    assert work.propose(desk(asked, POLICE)) is False
    assert work.propose(desk(asked, DEBTS)) is False, "it has no case"


def test_a_proposal_gives_a_measure_to_each_owner_of_a_condition(proposed: World) -> None:
    with proposed.look(POLICE) as reading:
        (one,) = proposals(reading).values()
    assert {measure.party for measure in one.header.measures} == {POLICE, DEBTS}
    for measure in one.header.measures:
        assert measure.party in proposed.house.pack.measures[measure.measure].parties


def test_each_member_takes_a_position_once_and_is_for_what_it_can_act_in(proposed: World) -> None:
    for party in SCOPE:
        assert work.take_positions(desk(proposed, party)) is True
        assert work.take_positions(desk(proposed, party)) is False
    proposed.house.settle()
    with proposed.look(POLICE) as reading:
        (one,) = proposals(reading).values()
    positions = {party: said.position for party, said in one.latest().items()}
    assert positions == {
        POLICE: Position.FOR,
        DEBTS: Position.FOR,
        CRIME: Position.AGAINST,
    }


def test_the_chair_alone_closes_a_round_and_only_when_all_have_spoken(proposed: World) -> None:
    chair = proposed.house.pack.bodies[proposed.plan.body].chair
    assert chair == POLICE
    for party in (POLICE, DEBTS):
        work.take_positions(desk(proposed, party))
    proposed.house.settle()
    assert work.close_rounds(desk(proposed, chair)) is False, "one is silent"
    work.take_positions(desk(proposed, CRIME))
    proposed.house.settle()
    assert work.close_rounds(desk(proposed, DEBTS)) is False
    assert work.close_rounds(desk(proposed, chair)) is True
    assert work.close_rounds(desk(proposed, chair)) is False
    proposed.house.settle()
    with proposed.look(DEBTS) as reading:
        (one,) = proposals(reading).values()
        assert one.state is not Round.OPEN
        assert len(operations(reading)) == 1


def test_each_party_plans_its_own_measures_once(proposed: World) -> None:
    proposed.play("position", "decide")
    for party in (POLICE, DEBTS):
        assert work.plan_measures(desk(proposed, party)) is True
        assert work.plan_measures(desk(proposed, party)) is False
    assert work.plan_measures(desk(proposed, CRIME)) is False
    proposed.house.settle()
    with proposed.look(POLICE) as reading:
        (operation,) = operations(reading).values()
    assert {one.party for one in operation.measures.values()} == {POLICE, DEBTS}


def test_hours_outcome_and_close_are_told_once(operating: World) -> None:
    at = desk(operating, DEBTS)
    assert work.account(at) is True
    kinds = [kind for _, kind in operating.outbox(DEBTS)]
    for kind in ("hours.report", "outcome.record", "measure.close"):
        assert kinds.count(kind) == 1
    assert work.account(at) is False, "before the answer has come too"
    operating.house.settle()
    assert work.account(at) is False
    with operating.look(DEBTS) as reading:
        (operation,) = operations(reading).values()
    done = {one.party: one.state for one in operation.measures.values()}
    assert done[DEBTS] is MeasureState.CLOSED
    assert done[POLICE] is MeasureState.PLANNED
    assert work.account(desk(operating, CRIME)) is False, "it has no measure"


def test_the_lead_freezes_the_report_once_and_not_before_all_is_accounted_for(
    operating: World,
) -> None:
    lead = desk(operating, POLICE)
    work.account(desk(operating, DEBTS))
    operating.house.settle()
    assert work.freeze(lead) is False, "the police's own measure is not done"
    work.account(lead)
    operating.house.settle()
    assert work.freeze(desk(operating, DEBTS)) is False
    assert work.freeze(lead) is True
    assert work.freeze(lead) is False


def test_there_is_no_report_of_nothing(founded: World) -> None:
    assert work.freeze(desk(founded, POLICE)) is False
