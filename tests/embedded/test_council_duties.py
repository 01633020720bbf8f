"""From a proposal to an accounted operation: who decides, who acts, and that nobody does it twice."""

from __future__ import annotations

import pytest

from samverkan.agency.following import operations, proposals
from samverkan.domain.council import Position
from samverkan.domain.council import State as Round
from samverkan.domain.operation import MeasureState
from samverkan.embedded import council_duties as council
from samverkan.embedded.officers import Desk
from tests.agency.model import CRIME, DEBTS, POLICE
from tests.agency.world import World


def desk(world: World, party: str) -> Desk:
    return Desk(world.node(party), world.plan)


@pytest.fixture
def proposed(asked: World) -> World:
    """The police have proposed an operation."""
    asked.play("answer", "assess", "propose")
    return asked


def test_who_is_to_act_takes_a_position_once_and_the_others_say_nothing(proposed: World) -> None:
    for party in (POLICE, DEBTS):
        assert council.take_positions(desk(proposed, party)) is True
        assert council.take_positions(desk(proposed, party)) is False
    assert council.take_positions(desk(proposed, CRIME)) is False, "it has no measure"
    proposed.house.settle()
    with proposed.look(POLICE) as reading:
        (one,) = proposals(reading).values()
    positions = {party: said.position for party, said in one.latest().items()}
    assert positions == {POLICE: Position.FOR, DEBTS: Position.FOR}


def test_the_chair_alone_closes_a_round_and_only_when_who_is_to_act_has_spoken(
    proposed: World,
) -> None:
    chair = proposed.house.pack.bodies[proposed.plan.sectors[0].body].chair
    assert chair == POLICE
    council.take_positions(desk(proposed, POLICE))
    proposed.house.settle()
    assert council.close_rounds(desk(proposed, chair)) is False, "one is silent"
    council.take_positions(desk(proposed, DEBTS))
    proposed.house.settle()
    assert council.close_rounds(desk(proposed, DEBTS)) is False
    assert council.close_rounds(desk(proposed, chair)) is True
    assert council.close_rounds(desk(proposed, chair)) is False
    proposed.house.settle()
    with proposed.look(DEBTS) as reading:
        (one,) = proposals(reading).values()
        assert one.state is not Round.OPEN
        assert len(operations(reading)) == 1


def test_each_party_plans_its_own_measures_once(proposed: World) -> None:
    proposed.play("position", "decide")
    for party in (POLICE, DEBTS):
        assert council.plan_measures(desk(proposed, party)) is True
        assert council.plan_measures(desk(proposed, party)) is False
    assert council.plan_measures(desk(proposed, CRIME)) is False
    proposed.house.settle()
    with proposed.look(POLICE) as reading:
        (operation,) = operations(reading).values()
    assert {one.party for one in operation.measures.values()} == {POLICE, DEBTS}


def test_hours_outcome_and_close_are_told_once(operating: World) -> None:
    at = desk(operating, DEBTS)
    assert council.account(at) is True
    kinds = [kind for _, kind in operating.outbox(DEBTS)]
    for kind in ("hours.report", "outcome.record", "measure.close"):
        assert kinds.count(kind) == 1
    assert council.account(at) is False, "before the answer has come too"
    operating.house.settle()
    assert council.account(at) is False
    with operating.look(DEBTS) as reading:
        (operation,) = operations(reading).values()
    done = {one.party: one.state for one in operation.measures.values()}
    assert done[DEBTS] is MeasureState.CLOSED
    assert done[POLICE] is MeasureState.PLANNED
    assert council.account(desk(operating, CRIME)) is False, "it has no measure"


def test_the_lead_freezes_the_report_once_and_not_before_all_is_accounted_for(
    operating: World,
) -> None:
    lead = desk(operating, POLICE)
    council.account(desk(operating, DEBTS))
    operating.house.settle()
    assert council.freeze(lead) is False, "the police's own measure is not done"
    council.account(lead)
    operating.house.settle()
    assert council.freeze(desk(operating, DEBTS)) is False
    assert council.freeze(lead) is True
    assert council.freeze(lead) is False


def test_there_is_no_report_of_nothing(founded: World) -> None:
    assert council.freeze(desk(founded, POLICE)) is False
