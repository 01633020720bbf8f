"""From a firing to an accounted operation: who acts, on what, and that nobody does it twice."""

from __future__ import annotations

import pytest

from samverkan.agency.following import proposals
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
    """Everybody who was asked has answered, and the firing is assessed."""
    duties.assess(desk(asked, POLICE))
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


def test_nobody_is_asked_before_a_person_has_judged_the_hit_or_assessed_the_firing(
    enrolled: World,
) -> None:
    work.open_cases(desk(enrolled, POLICE))
    assert work.ask(desk(enrolled, POLICE)) is False
    duties.judge(desk(enrolled, POLICE))
    assert work.ask(desk(enrolled, POLICE)) is True
    with enrolled.look(POLICE) as reading:
        peers = sorted(one.peer for one in reading.cases.requests())
    assert peers == sorted({CRIME, DEBTS})
    assert work.ask(desk(enrolled, POLICE)) is False


def test_the_other_owners_of_a_firing_are_asked_for_what_the_proposal_needs(
    enrolled: World,
) -> None:
    work.open_cases(desk(enrolled, POLICE))
    duties.assess(desk(enrolled, POLICE))
    assert work.ask(desk(enrolled, POLICE)) is True
    with enrolled.look(POLICE) as reading:
        (request,) = reading.cases.requests()
    assert request.peer == DEBTS
    assert set(request.ask.props) == {"registrationNumber", "name", "director", "condition"}


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
    assert work.propose(desk(asked, POLICE)) is False, "nobody has assessed the firing"
    duties.assess(desk(asked, POLICE))
    assert work.propose(desk(asked, POLICE)) is True
    assert work.propose(desk(asked, POLICE)) is False
    assert work.propose(desk(asked, DEBTS)) is False, "it has no case"


def test_a_proposal_gives_a_measure_to_each_owner_of_a_condition(proposed: World) -> None:
    with proposed.look(POLICE) as reading:
        (one,) = proposals(reading).values()
    assert {measure.party for measure in one.header.measures} == {POLICE, DEBTS}
    for measure in one.header.measures:
        assert measure.party in proposed.house.pack.measures[measure.measure].parties
