"""The group's work from a party's own side: by who sits there, in words that point nobody out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import standing
from samverkan.agency.localities import members
from samverkan.agency.localities import standing as known
from samverkan.domain.policy import Action
from samverkan.domain.standing import State
from samverkan.embedded.officers import Idle
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.localities import seat
from tests.agency.model import CRIME, DEBTS, POLICE, TAX
from tests.agency.world import World

GROUP = "permanenta-gruppen"


@pytest.fixture
def group(founded: World) -> World:
    for party in (POLICE, DEBTS):
        done = seat(founded, GROUP, party, since=founded.clock().date())
        assert not isinstance(done, Refused), done
    return founded


def do(world: World, party: str, use_case: Any, *details: Any) -> Any:
    pack = world.node(party).pack
    done = world.act(party, Action.WORK_LOCAL, use_case, pack, *details, council=GROUP)
    world.house.settle()
    return done


def test_a_question_is_raised_assigned_answered_and_closed(group: World) -> None:
    asked = do(group, POLICE, standing.ask, "Vem skriver inriktningen?")
    charge = standing.Charge(asked, DEBTS, date(2026, 12, 1))
    assert do(group, POLICE, standing.assign, charge) is None
    refused = do(group, POLICE, standing.answer, asked, "Vi.")
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_THE_OWNER
    assert do(group, DEBTS, standing.answer, asked, "Vi skriver den.") is None
    assert do(group, POLICE, standing.close, asked) is None
    with group.look(TAX) as reading:
        one = known(reading).questions[asked]
    assert (one.state, [text for _, _, text in one.answers]) == (State.CLOSED, ["Vi skriver den."])
    with group.look(CRIME) as reading:
        assert known(reading).questions == {}


def test_decisions_and_the_plan_reach_the_members(group: World) -> None:
    do(group, POLICE, standing.decide, date(2026, 11, 24), "Gemensam mall.")
    do(group, DEBTS, standing.plan, "2027-03", (DEBTS, "Uppföljning"))
    with group.look(TAX) as reading:
        work = known(reading)
        assert TAX in members(reading, group.node(TAX).pack, GROUP)
    assert [one.noted.text for one in work.decisions] == ["Gemensam mall."]
    assert [one.entry.month for one in work.plan] == ["2027-03"]


def test_a_text_that_points_somebody_out_is_refused(group: World) -> None:
    done = do(group, POLICE, standing.ask, "Vem är 19811218-9876?")
    assert isinstance(done, Refused)
    assert done.code is Code.TEXT_IDENTIFIES


def test_a_question_of_nobody_is_not_there(group: World) -> None:
    done = do(group, POLICE, standing.answer, "que-" + "1" * 26, "Svar.")
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_FOUND


def test_who_was_not_delegated_has_no_mandate_there(group: World) -> None:
    with pytest.raises(Idle):
        do(group, TAX, standing.ask, "Varför?")
