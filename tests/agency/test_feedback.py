"""Everyone who contributes hears what came of it; what is owed is counted until it is said."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.agency import feedback
from samverkan.agency.accounts import Said
from samverkan.agency.feedback import Contribution
from samverkan.agency.proof import WrongPermit
from samverkan.domain.policy import Action
from samverkan.wire.feedback import Feedback
from tests.agency.model import DEBTS, POLICE
from tests.agency.world import World

NOWHERE = "req-" + "1" * 26


def theirs(world: World, party: str = POLICE) -> list[Contribution]:
    with world.look(party) as reading:
        return feedback.given_to_us(reading)


def give(world: World, request: str, said: Said) -> Any:
    pack = world.node(POLICE).pack
    done = world.act(POLICE, Action.ASK, feedback.give, pack, request=request, said=said)
    world.house.settle()
    return done


def test_feedback_needs_its_own_permit(operating: World) -> None:
    pack = operating.node(POLICE).pack
    with pytest.raises(WrongPermit):
        operating.act(
            POLICE, Action.READ_CASE, feedback.give, pack, request=NOWHERE, said=Said("used")
        )


def test_feedback_is_owed_from_the_day_of_the_operation(operating: World) -> None:
    known = theirs(operating)
    assert known
    assert all(one.open for one in known)
    assert theirs(operating, DEBTS) == []


def test_before_an_operation_nothing_is_owed(asked: World) -> None:
    asked.play("answer")
    known = theirs(asked)
    assert known
    assert not any(one.due for one in known)


def test_the_contributor_hears_the_code_and_the_latest_word_counts(operating: World) -> None:
    one = next(c for c in theirs(operating) if c.request.peer == DEBTS)
    for said in (Said("pending"), Said("led-to-measure")):
        assert give(operating, one.request.id, said) is None
        with operating.look(DEBTS) as reading:
            heard = {c.request.id: c.said for c in feedback.given_by_us(reading)}
        assert heard[one.request.id] == said
    left = [c for c in theirs(operating) if c.open]
    assert one.request.id not in {c.request.id for c in left}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("wonderful"), "not_in_pack"),
        (Said("not-usable"), "reason_missing"),
        (Said("used", "too-late"), "reason_missing"),
        (Said("not-usable", "because"), "not_in_pack"),
    ],
)
def test_feedback_is_of_the_packs_words_with_its_why(
    operating: World, said: Said, code: str
) -> None:
    one = theirs(operating)[0]
    assert give(operating, one.request.id, said).code.value == code
    body = Feedback(request=one.request.id, code=said.code, why=said.why)
    pack = operating.node(one.request.peer).pack
    refused = operating.hear(one.request.peer, feedback.heard, pack, POLICE, body)
    assert refused.code.value == code


def test_what_was_not_contributed_has_no_feedback(operating: World) -> None:
    assert give(operating, NOWHERE, Said("used")).code.value == "not_found"
    assert give(operating, "no-number", Said("used")).code.value == "not_found"
    one = next(c for c in theirs(operating) if c.request.peer == DEBTS)
    pack = operating.node(DEBTS).pack
    body = Feedback(request=one.request.id, code="used")
    stranger = operating.hear(DEBTS, feedback.heard, pack, DEBTS, body)
    assert stranger.code.value == "not_found"
