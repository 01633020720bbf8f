"""An area's picture from its beginning to its public edition, between parties and steering."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import picturing
from samverkan.agency.following import refusals
from samverkan.agency.pictures import due, of_area, overdue_promises, pictures, unanswered
from samverkan.agency.proof import WrongPermit
from samverkan.domain.picture import Picture
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PictureId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.picturing import Answer
from tests.agency.model import DEBTS, POLICE, small_pack
from tests.agency.world import World

PACK = small_pack()
OREBRO = "municipality:1880"
DUE = date(2027, 6, 1)


def draw(world: World, party: str, do: Any, *details: Any, **named: Any) -> Any:
    done = world.act(party, Action.DRAW_PICTURE, do, *details, **named)
    world.house.settle()
    return done


def begun(world: World) -> PictureId:
    made = draw(world, POLICE, picturing.begin, PACK, OREBRO)
    assert isinstance(made, PictureId), made
    return made


def answers(score: int | None, evidence: str = "reports of the year") -> dict[str, Answer]:
    return {code: Answer(score=score, evidence=evidence) for code in PACK.questions}


def seen(world: World, party: str, picture: str) -> Picture:
    with world.look(party) as reading:
        return pictures(reading)[picture]


def settled(world: World) -> PictureId:
    picture = begun(world)
    draw(world, POLICE, picturing.answer, PACK, picture, answers(2))
    draw(world, DEBTS, picturing.answer, PACK, picture, answers(3))
    world.act(POLICE, Action.SETTLE_PICTURE, picturing.settle, picture)
    world.house.settle()
    return picture


def test_pictures_take_their_own_permits(founded: World) -> None:
    with pytest.raises(WrongPermit):
        founded.act(POLICE, Action.READ_HITS, picturing.begin, PACK, OREBRO)
    with pytest.raises(WrongPermit):
        founded.act(POLICE, Action.DRAW_PICTURE, picturing.settle, "pic-" + "1" * 26)


def test_every_party_sees_the_picture_that_one_has_begun(founded: World) -> None:
    picture = begun(founded)
    assert seen(founded, DEBTS, picture).area == OREBRO
    assert draw(founded, POLICE, picturing.begin, PACK, OREBRO) == refuse(Code.WRONG_STATE)


@pytest.mark.parametrize("area", ["municipality:9999", "country:all", "nowhere"])
def test_an_area_that_is_none_is_refused_at_once(founded: World, area: str) -> None:
    refused = draw(founded, POLICE, picturing.begin, PACK, area)
    assert refused == Refused(Code.FIELD_NOT_A_CHOICE, {"field": "area"})


def test_a_rater_does_not_see_the_other_until_both_are_in(founded: World) -> None:
    picture = begun(founded)
    draw(founded, POLICE, picturing.answer, PACK, picture, answers(2))
    other = seen(founded, DEBTS, picture)
    assert other.answered == (POLICE,)
    assert (other.own, other.answers) == ({}, {})
    with founded.look(DEBTS) as reading:
        told = [str(event.body) for event in reading.feed.all() if event.kind.startswith("picture")]
        assert [one.id for one in unanswered(reading)] == [picture]
    assert not any("reports of the year" in text for text in told)
    draw(founded, DEBTS, picturing.answer, PACK, picture, answers(4))
    for party in (POLICE, DEBTS):
        assert set(seen(founded, party, picture).answers) == {POLICE, DEBTS}


def test_a_rater_answers_once(founded: World) -> None:
    picture = begun(founded)
    draw(founded, POLICE, picturing.answer, PACK, picture, answers(2))
    again = draw(founded, POLICE, picturing.answer, PACK, picture, answers(1))
    assert again == refuse(Code.ALREADY_DECIDED)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, Code.FIELD_MISSING),
        (answers(2, " "), Code.FIELD_MISSING),
        (answers(5), Code.FIELD_NOT_A_CHOICE),
        (answers(2, "x" * 1001), Code.FIELD_TOO_LONG),
        (answers(2, "ring 070-174 06 05"), Code.TEXT_IDENTIFIES),
    ],
    ids=["none", "blank", "high", "long", "phone"],
)
def test_an_answer_that_will_not_do_is_refused_before_it_leaves(
    founded: World, given: dict[str, Answer], code: Code
) -> None:
    picture = begun(founded)
    refused = draw(founded, POLICE, picturing.answer, PACK, picture, given)
    assert isinstance(refused, Refused)
    assert refused.code is code
    assert ("steering", "picture.answer") not in founded.outbox(POLICE)


def test_own_counts_leave_the_node_suppressed(founded: World) -> None:
    picture = begun(founded)
    told = draw(founded, DEBTS, picturing.count, PACK, picture)
    assert isinstance(told, int)
    found = seen(founded, POLICE, picture)
    assert len(found.counts) == told
    assert {party for party, *_ in found.counts} == {DEBTS}
    assert all(value is None or value == 0 or value >= 5 for value in found.counts.values())
    with founded.look(DEBTS) as reading:
        assert refusals(reading) == []


def test_a_party_that_judges_none_of_the_conditions_has_nothing_to_count(founded: World) -> None:
    from tests.agency.model import CRIME  # noqa: PLC0415

    picture = begun(founded)
    assert draw(founded, CRIME, picturing.count, PACK, picture) == refuse(Code.NOTHING_TO_COUNT)


def test_a_promise_is_made_and_followed_by_its_party(founded: World) -> None:
    picture = begun(founded)
    promise = draw(founded, POLICE, picturing.promise, PACK, picture, text="Lights", due=DUE)
    assert seen(founded, DEBTS, picture).promises[0].text == "Lights"
    with founded.look(POLICE) as reading:
        assert overdue_promises(reading, date(2027, 6, 2)) == [
            (pictures(reading)[picture], promise)
        ]
    word = {"promise": promise, "result": "kept"}
    assert draw(founded, DEBTS, picturing.follow, picture, **word) == refuse(Code.NOT_FOUND)
    assert draw(founded, POLICE, picturing.follow, picture, **word) is None
    assert seen(founded, DEBTS, picture).promises[0].result == "kept"


@pytest.mark.parametrize(
    ("text", "when", "code"),
    [
        (" ", DUE, Code.FIELD_MISSING),
        ("x" * 1001, DUE, Code.FIELD_TOO_LONG),
        ("write to anna.alm@example.se", DUE, Code.TEXT_IDENTIFIES),
        ("Lights", date(2020, 1, 1), Code.FIELD_NOT_A_DATE),
    ],
    ids=["blank", "long", "address", "past"],
)
def test_a_promise_that_will_not_do_is_refused(
    founded: World, text: str, when: date, code: Code
) -> None:
    picture = begun(founded)
    refused = draw(founded, POLICE, picturing.promise, PACK, picture, text=text, due=when)
    assert isinstance(refused, Refused)
    assert refused.code is code


def test_a_settled_picture_lasts_two_years_and_is_recalled(founded: World) -> None:
    picture = settled(founded)
    found = seen(founded, DEBTS, picture)
    assert found.settled is not None
    assert found.lasts is not None
    assert found.lasts.year == found.settled.year + 2
    with founded.look(DEBTS) as reading:
        assert due(reading, 90) == []
        assert [one.id for one in due(reading, 800)] == [picture]
        assert [one.id for one in of_area(reading, OREBRO)] == [picture]


def test_settling_waits_for_both_raters_and_publishing_for_settling(founded: World) -> None:
    picture = begun(founded)
    act = founded.act
    assert act(POLICE, Action.SETTLE_PICTURE, picturing.settle, picture) == refuse(Code.NOT_YET)
    assert act(POLICE, Action.SETTLE_PICTURE, picturing.publish, picture) == refuse(Code.NOT_YET)


def test_a_settled_picture_is_published_once_and_changes_no_more(founded: World) -> None:
    picture = settled(founded)
    assert founded.act(POLICE, Action.SETTLE_PICTURE, picturing.publish, picture) is None
    founded.house.settle()
    assert seen(founded, DEBTS, picture).published is not None
    again = founded.act(POLICE, Action.SETTLE_PICTURE, picturing.publish, picture)
    assert again == refuse(Code.ALREADY_DECIDED)
    late = draw(founded, POLICE, picturing.promise, PACK, picture, text="Lights", due=DUE)
    assert late == refuse(Code.WRONG_STATE)
    assert draw(founded, POLICE, picturing.begin, PACK, OREBRO) != refuse(Code.WRONG_STATE)
