"""A body's decision is the sum of the parties' own; positions are appended, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from samverkan.domain import council
from samverkan.domain.council import NEXT, BrokenHistory, Position, Proposal, Seats, State
from samverkan.domain.pack import BodyKind
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused
from samverkan.wire.deciding import CloseProposal, Decided, Goal, PlannedMeasure, Propose
from samverkan.wire.joining import Event
from samverkan.wire.v1 import Message, to_body
from samverkan.wire.varying import StepDone
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    FOUR,
    POLICE,
    TAX,
    WORK,
    close,
    new,
    position,
    propose,
    small_pack,
)

SCOPE = new(CooperationId)
SEATS = Seats(frozenset(FOUR), 3, POLICE)
REASONS = frozenset({"no-resources"})
TODAY = date(2026, 11, 24)
OPERATION = "ope-" + "0" * 26


def told(party: str, kind: str, body: Message) -> Event:
    return Event(party=party, at="2026-11-24T12:00:00.000000Z", kind=kind, body=to_body(body))


def made(header: Propose, *said: tuple[str, str]) -> list[Event]:
    events = [told(POLICE, "proposal.make", header)]
    for party, what in said:
        reason = None if what == "for" else "no-resources"
        body = position(header.proposal, what, reason)
        events.append(told(party, "position.take", body))
    return events


def standing(*said: tuple[str, str], header: Propose | None = None) -> Proposal:
    found = council.fold(made(header or propose(SCOPE), *said))
    assert found is not None
    return found


def decision(proposal: Proposal, present: Sequence[str] = FOUR) -> Decided:
    command = close(proposal.header.proposal, *present)
    answer = council.decide(proposal, SEATS, POLICE, command, operation=OPERATION)
    assert isinstance(answer, Decided)
    return answer


def code(answer: object) -> str:
    assert isinstance(answer, Refused)
    return answer.code.value


def test_a_later_position_counts_and_the_earlier_one_stays() -> None:
    found = standing((BENEFITS, "against"), (BENEFITS, "for"))
    assert [said.position for said in found.said] == [Position.AGAINST, Position.FOR]
    assert found.latest()[BENEFITS].position is Position.FOR


def test_a_member_that_has_said_nothing_shows_as_no_record() -> None:
    roll = standing((TAX, "for")).roll(FOUR)
    assert roll == {
        BENEFITS: Position.NO_RECORD,
        DEBTS: Position.NO_RECORD,
        POLICE: Position.NO_RECORD,
        TAX: Position.FOR,
    }


def test_who_acts_must_be_for_and_nobody_else_need_be() -> None:
    decided = decision(standing((BENEFITS, "for"), (TAX, "for"), (DEBTS, "against")))
    assert (decided.outcome, decided.operation) == ("approved", OPERATION)
    assert decided.dissent == [DEBTS]
    assert decided.positions[POLICE] == "no-record"


@pytest.mark.parametrize("said", ["against", "abstain", "no-mandate", None])
def test_a_majority_binds_no_party_that_is_to_act(said: str | None) -> None:
    others = [(POLICE, "for"), (DEBTS, "for"), (TAX, "for")]
    mine = [] if said is None else [(BENEFITS, said)]
    decided = decision(standing(*others, *mine))
    assert (decided.outcome, decided.operation) == ("declined", None)


def test_scores_do_not_decide() -> None:
    worst = propose(SCOPE, criteria={"harm": 1})
    agreed = [(BENEFITS, "for"), (TAX, "for")]
    assert decision(standing(*agreed, header=worst)).outcome == "approved"


def test_below_quorum_nothing_is_decided() -> None:
    found = standing((BENEFITS, "for"), (TAX, "for"))
    command = close(found.header.proposal, POLICE, TAX)
    assert code(council.decide(found, SEATS, POLICE, command, operation=OPERATION)) == "no_quorum"


def test_a_party_named_twice_sits_once() -> None:
    command = close(new(CooperationId), POLICE, POLICE, TAX)
    found = standing((BENEFITS, "for"), (TAX, "for"))
    assert code(council.decide(found, SEATS, POLICE, command, operation=OPERATION)) == "no_quorum"


def test_the_chair_closes_and_only_members_sit() -> None:
    found = standing((BENEFITS, "for"))
    command = close(found.header.proposal)
    assert code(council.decide(found, SEATS, TAX, command, operation=OPERATION)) == "not_the_owner"
    strange = close(found.header.proposal, *FOUR, WORK)
    answer = council.decide(found, SEATS, POLICE, strange, operation=OPERATION)
    assert code(answer) == "not_a_member"


@pytest.mark.parametrize(
    ("party", "said", "reason", "refused"),
    [
        (WORK, "for", None, "not_a_member"),
        (TAX, "perhaps", None, "field_not_a_choice"),
        (TAX, "no-record", None, "field_not_a_choice"),
        (TAX, "against", None, "reason_missing"),
        (TAX, "no-mandate", None, "reason_missing"),
        (TAX, "against", "mood", "not_in_pack"),
    ],
)
def test_a_position_out_of_order_is_refused(
    party: str, said: str, reason: str | None, refused: str
) -> None:
    found = standing()
    command = position(found.header.proposal, said, reason)
    assert code(council.take(found, SEATS, party, command, REASONS)) == refused


@pytest.mark.parametrize("said", ["against", "abstain", "no-mandate"])
def test_every_other_position_is_taken_with_a_reason(said: str) -> None:
    found = standing()
    command = position(found.header.proposal, said, "no-resources")
    assert council.take(found, SEATS, TAX, command, REASONS) is None
    assert council.take(found, SEATS, TAX, position(found.header.proposal), REASONS) is None


def whole() -> dict[str, Event]:
    header = propose(SCOPE)
    ended = CloseProposal(by=header.by, proposal=header.proposal, present=list(FOUR))
    taken = StepDone(by=header.by, proposal=header.proposal, step="look")
    outcome = Decided(
        proposal=header.proposal, outcome="declined", present=[], positions={}, dissent=[]
    )
    return {
        "proposal.make": told(POLICE, "proposal.make", header),
        "position.take": told(TAX, "position.take", position(header.proposal)),
        "step.done": told(TAX, "step.done", taken),
        "proposal.close": told(POLICE, "proposal.close", ended),
        "proposal.decided": told(POLICE, "proposal.decided", outcome),
    }


WAY: dict[State | None, list[str]] = {
    None: [],
    State.OPEN: ["proposal.make"],
    State.CLOSED: ["proposal.make", "proposal.close"],
    State.DECIDED: ["proposal.make", "proposal.close", "proposal.decided"],
}


@pytest.mark.parametrize(("state", "kind"), list(product(WAY, sorted(council.KINDS))))
def test_a_step_is_in_the_table_or_breaks_the_history(state: State | None, kind: str) -> None:
    events = whole()
    history = [events[step] for step in (*WAY[state], kind)]
    if (state, kind) in NEXT:
        found = council.fold(history)
        assert found is not None
        assert found.state is NEXT[state, kind]
    else:
        with pytest.raises(BrokenHistory):
            council.fold(history)


def test_after_the_round_nothing_is_added() -> None:
    events = whole()
    found = council.fold([events[step] for step in WAY[State.DECIDED]])
    assert found is not None
    command = position(found.header.proposal)
    assert code(council.take(found, SEATS, TAX, command, REASONS)) == "already_decided"
    again = close(found.header.proposal)
    assert code(council.decide(found, SEATS, POLICE, again, operation="x")) == "already_decided"


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"body": "nowhere"}, "not_in_pack"),
        ({"target": "everyone"}, "not_in_pack"),
        ({"region": "south"}, "not_in_pack"),
        ({"crime_area": "noise"}, "not_in_pack"),
        ({"criteria": {"harm": 6}}, "not_in_pack"),
        ({"criteria": {"charm": 1}}, "not_in_pack"),
        ({"goals": [Goal(indicator="joy", baseline=0, target=1)]}, "not_in_pack"),
        ({"measures": []}, "field_missing"),
        ({"measures": [PlannedMeasure(party=TAX, measure="recover")]}, "not_in_pack"),
        ({"measures": [PlannedMeasure(party=TAX, measure="dance")]}, "not_in_pack"),
        ({"until": "2026-11-23"}, "field_not_a_date"),
        ({"until": "2027-02-30"}, "field_not_a_date"),
    ],
)
def test_a_proposal_speaks_the_packs_words(changes: dict[str, Any], refused: str) -> None:
    answer = council.make(propose(SCOPE, **changes), small_pack(), FOUR, TODAY)
    assert code(answer) == refused


def test_who_is_to_act_is_in_the_scope_and_in_the_body() -> None:
    assert council.make(propose(SCOPE), small_pack(), FOUR, TODAY) is None
    answer = council.make(propose(SCOPE), small_pack(), (POLICE, TAX), TODAY)
    assert code(answer) == "not_a_party"


def test_a_proposal_goes_to_a_body_that_decides_operations_that_day() -> None:
    pack = small_pack()
    command = propose(SCOPE)
    centre = replace(pack.bodies[command.body], kind=BodyKind.CENTRE, decides=())
    gone = replace(pack.bodies[command.body], until=date(2026, 11, 23))
    for body in (centre, gone):
        bodies = {**pack.bodies, command.body: body}
        answer = council.make(command, replace(pack, bodies=bodies), FOUR, TODAY)
        assert code(answer) == "not_this_body"
