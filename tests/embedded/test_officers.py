"""A scripted officer does only what a mandate of the own party lets it, and says when it may not."""

from __future__ import annotations

import pytest

from samverkan.agency.sql.work import SqlWork
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.officers import Desk, Idle, using
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from tests.agency.model import COUNCIL, DEBTS, POLICE, TAX
from tests.agency.world import World


def desk(world: World, party: str) -> Desk:
    return Desk(world.node(party), world.plan)


def test_a_permit_is_that_of_an_own_officer_who_may(founded: World) -> None:
    for party in (POLICE, DEBTS):
        permit = desk(founded, party).permit(Action.ENROL)
        assert permit.action is Action.ENROL
        assert permit.user in {officer.user for officer in founded.node(party).officers()}


def test_one_officer_has_not_every_permit(founded: World) -> None:
    at = desk(founded, POLICE)
    users = {at.permit(action).user for action in (Action.INGEST, Action.ANSWER)}
    assert len(users) == 2


def test_an_officer_whom_nobody_appointed_is_missed(founded: World) -> None:
    with pytest.raises(Idle) as caught:
        desk(founded, TAX).permit(Action.CLOSE_DECISION, COUNCIL)
    assert caught.value.args == (Action.CLOSE_DECISION.value,)


def test_when_every_mandate_has_lapsed_nobody_may(founded: World) -> None:
    founded.clock.now = founded.clock.now.replace(year=2031)
    with pytest.raises(Idle):
        desk(founded, POLICE).permit(Action.ENROL)


def test_nothing_to_do_is_not_done_and_leaves_no_trace(founded: World) -> None:
    before = founded.entries(POLICE)
    assert desk(founded, POLICE).act(Action.ENROL, []) is False
    assert founded.entries(POLICE) == before


def test_acts_are_done_in_one_transaction_with_the_permit_and_their_details(founded: World) -> None:
    seen: list[tuple[object, ...]] = []

    def note(work: SqlWork, permit: Permit, *details: object) -> None:
        seen.append((permit.action, *details))
        work.log(Entry("test.noted", permit.user, permit.party))

    done = desk(founded, POLICE).act(Action.ENROL, [using(note, 1, "two"), using(note, 3)])
    assert done is True
    assert seen == [(Action.ENROL, 1, "two"), (Action.ENROL, 3)]
    assert founded.entries(POLICE)[-1] == "test.noted"


def test_a_refusal_surfaces_and_nothing_of_the_acts_is_kept(founded: World) -> None:
    def note(work: SqlWork, permit: Permit) -> None:
        work.log(Entry("test.noted", permit.user, permit.party))

    def refused(work: SqlWork, permit: Permit) -> Refused:
        work.log(Entry("test.noted", permit.user, permit.party))
        return refuse(Code.WRONG_STATE)

    with pytest.raises(RefusedError) as caught:
        desk(founded, POLICE).act(Action.ENROL, [using(note), using(refused)])
    assert caught.value.refused.code is Code.WRONG_STATE
    entries = founded.entries(POLICE)
    assert "test.noted" not in entries
    assert entries[-1] == f"refused.{Action.ENROL.value}"
