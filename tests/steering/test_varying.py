"""A variant is its body's when its members have each decided so; nobody decides for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from samverkan.domain.pack import Level, StepKind, Variant
from samverkan.kernel.ids import ProposalId, VariantId
from samverkan.steering import deciding, varying
from samverkan.wire.varying import PromoteVariant, StepDone
from tests.domain.packing import WORDS
from tests.steering.varied import CHAIRS, adopted, draft, pack, stand, step, variant
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    FOUR,
    POLICE,
    TAX,
    WORK,
    Room,
    by,
    close,
    new,
    position,
    propose,
    scope,
)

RHYTHM = {"rhythm": {"weeks": 2, "weekday": 4}}
OWN = {"code": "own", "names": WORDS, "question": WORDS, "least": 0, "most": 4}
ASKED = {"form": "proposal", "code": "asked", "names": WORDS, "answer": "yes-no"}


@pytest.fixture
def room() -> Room:
    return Room(pack=pack())


def rhythm(room: Room) -> Variant:
    return variant(room.pack, RHYTHM)


def weeks(room: Room, body: str = "council") -> int:
    return room.hearing(POLICE).model(body, room.clock()).rhythm.weeks


def begun(room: Room, within: str, **changes: Any) -> str:
    command = propose(within, **changes)
    room.hear(deciding.make, POLICE, command)
    return command.proposal


def test_a_draft_reaches_the_bodys_members_and_changes_nothing(room: Room) -> None:
    (fact,) = room.hear(varying.draft, TAX, draft(rhythm(room)))
    assert fact.to == set(FOUR)
    assert weeks(room) == 4


def test_a_variant_is_in_force_when_enough_members_and_the_chairs_party_are_for_it(
    room: Room,
) -> None:
    command = draft(rhythm(room))
    room.hear(varying.draft, TAX, command)
    kinds = [
        [fact.kind for fact in room.hear(varying.adopt, party, stand(command))]
        for party in (TAX, BENEFITS, DEBTS, POLICE)
    ]
    assert kinds == [
        ["variant.adopt"],
        ["variant.adopt"],
        ["variant.adopt"],
        ["variant.adopt", "variant.in-force"],
    ]
    assert weeks(room) == 2


def test_while_a_member_is_against_it_it_does_not_come_into_force(room: Room) -> None:
    command = draft(rhythm(room))
    room.hear(varying.draft, TAX, command)
    room.hear(varying.oppose, DEBTS, stand(command))
    for party in (POLICE, TAX, BENEFITS):
        room.hear(varying.adopt, party, stand(command))
    assert weeks(room) == 4
    facts = room.hear(varying.adopt, DEBTS, stand(command))
    assert [fact.kind for fact in facts] == ["variant.adopt", "variant.in-force"]


def test_a_variant_ends_when_too_few_are_still_for_it(room: Room) -> None:
    command = adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    (_, ended) = room.hear(varying.withdraw, TAX, stand(command))
    assert ended.kind == "variant.ended"
    assert weeks(room) == 4
    assert room.refused(varying.adopt, TAX, stand(command)) == "already_decided"


def test_one_who_leaves_while_enough_remain_ends_nothing(room: Room) -> None:
    command = adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    room.hear(varying.adopt, DEBTS, stand(command))
    assert len(room.hear(varying.withdraw, DEBTS, stand(command))) == 1
    assert weeks(room) == 2


def test_a_later_variant_takes_the_place_of_the_earlier_from_that_moment(room: Room) -> None:
    adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    before = room.clock()
    room.clock.now += timedelta(days=1)
    adopted(
        room,
        variant(room.pack, {"rhythm": {"weeks": 3, "weekday": 1}}),
        POLICE, TAX, BENEFITS,
    )  # fmt: skip
    assert weeks(room) == 3
    assert room.hearing(POLICE).model("council", before).rhythm.weeks == 2


@pytest.mark.parametrize(
    ("party", "changes", "code"),
    [
        (WORK, {}, "not_a_member"),
        (TAX, {"body": "nowhere"}, "not_in_pack"),
        (TAX, {"body": "national"}, "form_invalid"),
        (TAX, {"code": "other"}, "form_invalid"),
        (TAX, {"digest": bytes(32)}, "form_invalid"),
        (TAX, {"variant": new(ProposalId)}, "form_invalid"),
        (TAX, {"promotes": new(VariantId)}, "form_invalid"),
        (TAX, {"head": "{"}, "variant_refused"),
        (TAX, {"changes": ["[]"]}, "variant_refused"),
    ],
)
def test_an_unsound_draft_is_refused(
    room: Room, party: str, changes: dict[str, Any], code: str
) -> None:
    assert room.refused(varying.draft, party, draft(rhythm(room), **changes)) == code


def test_what_the_law_fixes_is_refused_here_too_whatever_a_node_let_through(room: Room) -> None:
    lawless = {"drop": {"process": "proposal", "step": "positions"}}
    legal = room.pack.processes["proposal"].steps["positions"]
    steps = {**room.pack.processes["proposal"].steps}
    steps["positions"] = replace(legal, kind=StepKind.OPEN)
    opened = replace(room.pack.processes["proposal"], steps=steps)
    loose = replace(room.pack, processes={"proposal": opened})
    assert room.refused(varying.draft, TAX, draft(variant(loose, lawless))) == "variant_refused"


def test_a_draft_has_a_number_of_its_own(room: Room) -> None:
    command = draft(rhythm(room))
    room.hear(varying.draft, TAX, command)
    assert room.refused(varying.draft, TAX, command) == "already_decided"


def test_outside_the_body_there_is_no_variant(room: Room) -> None:
    command = draft(rhythm(room))
    room.hear(varying.draft, TAX, command)
    absent = stand(command, variant=new(VariantId))
    for use_case in (varying.adopt, varying.oppose, varying.withdraw):
        assert room.refused(use_case, WORK, stand(command)) == "not_found"
        assert room.refused(use_case, TAX, absent) == "not_found"


def test_a_stand_is_on_the_very_text_and_once(room: Room) -> None:
    command = draft(rhythm(room))
    room.hear(varying.draft, TAX, command)
    assert room.refused(varying.adopt, TAX, stand(command, digest=bytes(32))) == "form_invalid"
    assert room.refused(varying.withdraw, TAX, stand(command)) == "not_yet"
    room.hear(varying.adopt, TAX, stand(command))
    assert room.refused(varying.adopt, TAX, stand(command)) == "already_decided"


def test_a_proposal_is_finished_under_the_model_that_it_began_with(room: Room) -> None:
    within = scope(room)
    adopted(room, variant(room.pack, step("look")), POLICE, TAX, BENEFITS)
    room.clock.now += timedelta(minutes=1)
    old = begun(room, within)
    room.clock.now += timedelta(minutes=1)
    adopted(room, variant(room.pack, step("count")), POLICE, TAX, BENEFITS)
    room.clock.now += timedelta(minutes=1)
    fresh = begun(room, within)
    for proposal, missing, other in ((old, "look", "count"), (fresh, "count", "look")):
        assert room.refused(deciding.close, POLICE, close(proposal)) == "step_missing"
        assert room.refused(deciding.done, TAX, done(proposal, other)) == "not_found"
        room.hear(deciding.done, TAX, done(proposal, missing))
        assert room.hear(deciding.close, POLICE, close(proposal))


def test_an_ended_variant_still_binds_what_began_under_it(room: Room) -> None:
    within = scope(room)
    command = adopted(room, variant(room.pack, step("look")), POLICE, TAX, BENEFITS)
    proposal = begun(room, within)
    room.clock.now += timedelta(minutes=1)
    room.hear(varying.withdraw, TAX, stand(command))
    room.clock.now += timedelta(minutes=1)
    assert room.refused(deciding.close, POLICE, close(proposal)) == "step_missing"
    assert room.hear(deciding.close, POLICE, close(begun(room, within)))


def test_a_step_after_the_close_does_not_hold_the_close_up(room: Room) -> None:
    adopted(room, variant(room.pack, step("look", after="close")), POLICE, TAX, BENEFITS)
    assert room.hear(deciding.close, POLICE, close(begun(room, scope(room))))


def done(proposal: str, code: str, role: str = "analyst") -> StepDone:
    return StepDone(by=by(role, "do-added-steps"), proposal=proposal, step=code)


def test_a_step_is_done_once_by_the_role_that_the_variant_names_while_the_round_is_open(
    room: Room,
) -> None:
    adopted(room, variant(room.pack, step("look")), POLICE, TAX, BENEFITS)
    proposal = begun(room, scope(room))
    assert room.refused(deciding.done, TAX, done(proposal, "look", "officer")) == "no_mandate"
    assert room.refused(deciding.done, WORK, done(proposal, "look")) == "not_found"
    room.hear(deciding.done, TAX, done(proposal, "look"))
    assert room.refused(deciding.done, TAX, done(proposal, "look")) == "step_done"
    room.hear(deciding.close, POLICE, close(proposal))
    assert room.refused(deciding.done, TAX, done(proposal, "look")) == "already_decided"


def test_own_criteria_and_questions_are_asked_of_this_body_alone(room: Room) -> None:
    within = scope(room)
    own = {"harm": 4, "own": 2}
    assert room.refused(deciding.make, POLICE, propose(within, criteria=own)) == "not_in_pack"
    way = variant(room.pack, {"criterion": OWN}, {"question": ASKED})
    adopted(room, way, POLICE, TAX, BENEFITS)
    bare = propose(within, criteria=own)
    assert room.refused(deciding.make, POLICE, bare) == "field_missing"
    odd = propose(within, answers={"asked": "perhaps"})
    assert room.refused(deciding.make, POLICE, odd) == "not_in_pack"
    room.hear(deciding.make, POLICE, propose(within, criteria=own, answers={"asked": "yes"}))
    other = propose(within, body="national", criteria=own)
    assert room.refused(deciding.make, POLICE, other) == "not_in_pack"


def test_what_is_recorded_says_under_which_model_it_began(room: Room) -> None:
    within = scope(room)
    core = room.hear(deciding.make, POLICE, propose(within))[0].body
    adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    own = room.hear(deciding.make, POLICE, propose(within))[0].body
    version = room.hearing(POLICE).model("council", room.clock()).version
    assert (getattr(core, "model", None), getattr(own, "model", None)) == ("v1", version)
    stale = propose(within, model="v1")
    assert room.refused(deciding.make, POLICE, stale) == "model_changed"


def promotion(origin: str, body: str = "national") -> PromoteVariant:
    return PromoteVariant(by=CHAIRS, variant=new(VariantId), origin=origin, body=body)


def test_a_way_in_force_is_promoted_by_the_wider_body_and_keeps_where_it_came_from(
    room: Room,
) -> None:
    command = adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    (told, drafted) = room.hear(varying.promote, POLICE, promotion(command.variant))
    assert (told.kind, drafted.kind) == ("variant.promote", "variant.draft")
    assert drafted.to == {*FOUR, WORK}
    assert weeks(room, "national") == 1
    for party in (POLICE, TAX, WORK):
        room.hear(varying.adopt, party, stand(drafted.body))  # type: ignore[arg-type]
    model = room.hearing(POLICE).model("national", room.clock())
    assert model.rhythm.weeks == 2
    (way,) = model.variants
    (origin,) = way.origins
    assert (way.id, way.level) == ("north-national", Level.NATIONAL)
    assert (origin.variant, origin.body, origin.level) == ("north", "council", Level.REGIONAL)


def test_what_is_not_in_force_or_not_below_is_not_promoted(room: Room) -> None:
    command = draft(rhythm(room))
    room.hear(varying.draft, TAX, command)
    assert room.refused(varying.promote, POLICE, promotion(command.variant)) == "wrong_state"
    assert room.refused(varying.promote, POLICE, promotion(new(VariantId))) == "not_found"
    held = adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    level = promotion(held.variant, "council")
    assert room.refused(varying.promote, POLICE, level) == "wrong_state"
    assert room.refused(varying.promote, WORK, level) == "not_a_member"


def test_positions_are_no_steps_of_a_variant(room: Room) -> None:
    adopted(room, variant(room.pack, step("look")), POLICE, TAX, BENEFITS)
    proposal = begun(room, scope(room))
    for party in FOUR:
        room.hear(deciding.take, party, position(proposal))
    assert room.refused(deciding.close, POLICE, close(proposal)) == "step_missing"


def test_what_is_in_force_may_be_chosen_by_a_local_body_and_what_is_not_may_not(
    room: Room,
) -> None:
    assert "north" not in room.hearing(POLICE).varied.variants
    command = adopted(room, rhythm(room), POLICE, TAX, BENEFITS)
    assert room.hearing(POLICE).varied.variants["north"] == rhythm(room)
    room.clock.now += timedelta(minutes=1)
    room.hear(varying.withdraw, TAX, stand(command))
    room.clock.now += timedelta(minutes=1)
    assert "north" not in room.hearing(POLICE).varied.variants
