"""A picture in the official record: who may say what of it, and what is told to whom and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.domain.pack import Condition, County, Kind, Municipality, Named, PictureQuestion
from samverkan.domain.pack.keys import Start
from samverkan.domain.pack.pictures import PictureRules
from samverkan.domain.picture import Picture, digest, fold
from samverkan.kernel.ids import PictureId, PromiseId
from samverkan.steering import picturing
from samverkan.steering.app import nameless
from samverkan.wire.picturing import (
    Answer,
    AnswerPicture,
    BeginPicture,
    Counted,
    CountPicture,
    FollowPromise,
    PictureBegun,
    PictureRated,
    PictureSettled,
    PromisePicture,
    PublishPicture,
    SettlePicture,
)
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    DRAWS,
    POLICE,
    SETTLES,
    TAX,
    Room,
    new,
    small_pack,
    words,
)

TOWN, NEXT, SHIRE = "municipality:0101", "municipality:0102", "county:01"
GUARD = PictureRules(
    k=5,
    width=5,
    zero_shows=True,
    years=2,
    remind=90,
    law="act",
    counted=("debts:large",),
    country=words("country"),
)


def _question(code: str) -> PictureQuestion:
    return PictureQuestion(
        code, "crime", words(code), (words("0"), words("1"), words("2")), words("e")
    )


@pytest.fixture
def room() -> Room:
    pack = replace(
        small_pack(),
        picture=GUARD,
        counties={"01": County("01", words("shire"))},
        municipalities={
            "0101": Municipality("0101", "Town", "01"),
            "0102": Municipality("0102", "Next", "01"),
        },
        conditions={
            "debts:large": Condition(
                "debts:large", DEBTS, Kind.COMPANY, Start.DEBTOR, words("debt"), words("debt")
            ),
            "tax:late": Condition(
                "tax:late", TAX, Kind.COMPANY, Start.DEBTOR, words("late"), words("late")
            ),
        },
        themes={"crime": Named(words("crime"))},
        questions={code: _question(code) for code in ("drugs", "trust")},
    )
    reasons = {**pack.reasons, "promise-result": {"kept": Named(words("kept"))}}
    return Room(replace(pack, reasons=reasons))


def begun(room: Room, area: str = TOWN) -> str:
    picture = new(PictureId)
    room.hear(picturing.begin, POLICE, BeginPicture(by=DRAWS, picture=picture, area=area))
    return picture


def answers(drugs: int | None, trust: int | None = 1) -> dict[str, Answer]:
    said = {"drugs": drugs, "trust": trust}
    return {
        code: Answer(score=score, evidence="reports of the year") for code, score in said.items()
    }


def rate(picture: str, **changes: Any) -> AnswerPicture:
    return AnswerPicture(by=DRAWS, picture=picture, **({"answers": answers(2)} | changes))


def rated(room: Room) -> str:
    picture = begun(room)
    room.hear(picturing.answer, POLICE, rate(picture))
    room.hear(picturing.answer, TAX, rate(picture, answers=answers(0)))
    return picture


def settled(room: Room) -> str:
    picture = rated(room)
    room.hear(picturing.settle, POLICE, SettlePicture(by=SETTLES, picture=picture))
    return picture


def now(room: Room, picture: str) -> Picture:
    found = fold(room.record.chain(picture))
    assert found is not None
    return found


def counts(picture: str, *cells: tuple[str, str, int | None], year: str = "2026") -> CountPicture:
    told = [Counted(area=a, category=c, value=v) for a, c, v in cells]
    return CountPicture(by=DRAWS, picture=picture, year=year, cells=told)


def test_everybody_is_told_which_version_it_is_and_what_is_asked(room: Room) -> None:
    command = BeginPicture(by=DRAWS, picture=new(PictureId), area=TOWN)
    (fact,) = room.hear(picturing.begin, POLICE, command)
    assert isinstance(fact.body, PictureBegun)
    assert (fact.body.version, fact.body.questions) == (1, {"drugs": 2, "trust": 2})
    assert fact.to == set(room.pack.parties)


def test_one_version_of_an_area_is_drawn_at_a_time(room: Room) -> None:
    settled(room)
    second = begun(room)
    assert now(room, second).version == 2
    again = BeginPicture(by=DRAWS, picture=new(PictureId), area=TOWN)
    assert room.refused(picturing.begin, TAX, again) == "wrong_state"
    elsewhere = BeginPicture(by=DRAWS, picture=new(PictureId), area=NEXT)
    room.hear(picturing.begin, TAX, elsewhere)


@pytest.mark.parametrize("area", ["municipality:9999", "country:all", "place:anywhere"])
def test_an_area_that_the_territory_does_not_have_has_no_picture(room: Room, area: str) -> None:
    command = BeginPicture(by=DRAWS, picture=new(PictureId), area=area)
    assert room.refused(picturing.begin, POLICE, command) == "not_in_pack"


def test_what_one_rater_answers_is_told_to_that_rater_alone(room: Room) -> None:
    picture = begun(room)
    kept, told = room.hear(picturing.answer, POLICE, rate(picture))
    assert kept.to == {POLICE}
    assert told.to == set(room.pack.parties)
    assert not hasattr(told.body, "answers")
    assert not now(room, picture).rated


def test_with_the_second_both_are_told_to_all(room: Room) -> None:
    picture = begun(room)
    room.hear(picturing.answer, POLICE, rate(picture))
    *_, both = room.hear(picturing.answer, TAX, rate(picture, answers=answers(0)))
    assert isinstance(both.body, PictureRated)
    assert both.to == set(room.pack.parties)
    given = {party: said["drugs"].score for party, said in both.body.answers.items()}
    assert given == {POLICE: 2, TAX: 0}


def test_a_rater_answers_once_and_there_are_two(room: Room) -> None:
    picture = begun(room)
    room.hear(picturing.answer, POLICE, rate(picture))
    assert room.refused(picturing.answer, POLICE, rate(picture)) == "already_decided"
    room.hear(picturing.answer, TAX, rate(picture))
    assert room.refused(picturing.answer, DEBTS, rate(picture)) == "already_decided"


@pytest.mark.parametrize(
    "given",
    [{}, {"drugs": Answer(score=1, evidence="x")}, answers(3)],
    ids=["none", "part", "high"],
)
def test_every_question_is_answered_within_its_scale(room: Room, given: dict[str, Answer]) -> None:
    picture = begun(room)
    assert room.refused(picturing.answer, POLICE, rate(picture, answers=given)) == "not_in_pack"


def test_a_rater_who_cannot_judge_says_why(room: Room) -> None:
    picture = begun(room)
    room.hear(picturing.answer, POLICE, rate(picture, answers=answers(None)))
    room.hear(picturing.answer, TAX, rate(picture))
    agreement = now(room, picture).agreement()
    assert agreement is not None
    assert agreement.both == 1


def test_evidence_that_points_somebody_out_is_refused_at_the_door(room: Room) -> None:
    national = replace(room.pack, writing=_writing())
    said = {
        "drugs": Answer(score=1, evidence="called from 070-174 06 05"),
        "trust": Answer(evidence="no"),
    }
    refused = nameless(national, rate(new(PictureId), answers=said))
    assert refused is not None
    assert refused.code == "text_identifies"


def _writing() -> Any:
    from tests.agency.model import small_pack as national  # noqa: PLC0415

    return national().writing


def test_a_party_counts_its_own_conditions_in_the_pictures_areas(room: Room) -> None:
    picture = begun(room)
    told = counts(picture, (TOWN, "debts:large", None), (SHIRE, "debts:large", 12))
    room.hear(picturing.count, DEBTS, told)
    assert now(room, picture).counts == {
        (DEBTS, "2026", TOWN, "debts:large"): None,
        (DEBTS, "2026", SHIRE, "debts:large"): 12,
    }


@pytest.mark.parametrize(
    ("party", "cell", "code"),
    [
        (TAX, (TOWN, "debts:large", 12), "not_in_pack"),
        (TAX, (TOWN, "tax:late", 12), "not_in_pack"),
        (DEBTS, (NEXT, "debts:large", 12), "not_in_pack"),
        (DEBTS, (TOWN, "debts:large", 4), "count_too_small"),
        (DEBTS, (TOWN, "debts:large", 1), "count_too_small"),
    ],
)
def test_what_may_not_be_counted_is_refused(
    room: Room, party: str, cell: tuple[str, str, int | None], code: str
) -> None:
    assert room.refused(picturing.count, party, counts(begun(room), cell)) == code


def test_what_is_out_in_one_picture_is_not_told_otherwise_in_another(room: Room) -> None:
    """Two numbers for the same cell, or one for a suppressed cell, would give it away."""
    room.hear(picturing.count, DEBTS, counts(begun(room), (SHIRE, "debts:large", None)))
    other = begun(room, NEXT)
    wrong = counts(other, (SHIRE, "debts:large", 12))
    assert room.refused(picturing.count, DEBTS, wrong) == "already_decided"
    room.hear(picturing.count, DEBTS, counts(other, (SHIRE, "debts:large", None)))
    room.hear(picturing.count, DEBTS, counts(other, (SHIRE, "debts:large", 12), year="2027"))


def test_a_promise_is_followed_once_by_who_gave_it(room: Room) -> None:
    picture, promise = begun(room), new(PromiseId)
    given = PromisePicture(
        by=DRAWS, picture=picture, promise=promise, text="lights in the park", due="2026-12-31"
    )
    room.hear(picturing.promise, POLICE, given)
    follow = FollowPromise(by=DRAWS, picture=picture, promise=promise, result="kept")
    assert room.refused(picturing.follow, TAX, follow) == "not_the_owner"
    room.hear(picturing.follow, POLICE, follow)
    assert now(room, picture).promises[0].result == "kept"
    assert room.refused(picturing.follow, POLICE, follow) == "already_decided"


def test_a_promise_is_for_a_day_to_come(room: Room) -> None:
    past = PromisePicture(
        by=DRAWS, picture=begun(room), promise=new(PromiseId), text="lights", due="2020-01-01"
    )
    assert room.refused(picturing.promise, POLICE, past) == "field_not_a_date"


def test_a_version_is_settled_when_both_raters_are_in(room: Room) -> None:
    picture = begun(room)
    room.hear(picturing.answer, POLICE, rate(picture))
    settle = SettlePicture(by=SETTLES, picture=picture)
    assert room.refused(picturing.settle, POLICE, settle) == "not_yet"
    room.hear(picturing.answer, TAX, rate(picture))
    (fact,) = room.hear(picturing.settle, POLICE, settle)
    assert isinstance(fact.body, PictureSettled)
    assert date.fromisoformat(fact.body.lasts).year == room.clock().year + 2
    assert fact.body.digest == digest(now(room, picture).content())


def test_nothing_in_a_settled_version_changes(room: Room) -> None:
    picture = settled(room)
    late = PromisePicture(
        by=DRAWS, picture=picture, promise=new(PromiseId), text="lights", due="2027-01-01"
    )
    settle = SettlePicture(by=SETTLES, picture=picture)
    cell = counts(picture, (TOWN, "debts:large", 12))
    assert room.refused(picturing.promise, POLICE, late) == "wrong_state"
    assert room.refused(picturing.settle, POLICE, settle) == "wrong_state"
    assert room.refused(picturing.count, DEBTS, cell) == "wrong_state"
    assert room.refused(picturing.answer, BENEFITS, rate(picture)) == "wrong_state"


def test_the_public_edition_is_given_out_once_and_of_a_settled_version(room: Room) -> None:
    picture = rated(room)
    publish = PublishPicture(by=SETTLES, picture=picture)
    assert room.refused(picturing.publish, POLICE, publish) == "not_yet"
    room.hear(picturing.settle, POLICE, SettlePicture(by=SETTLES, picture=picture))
    room.hear(picturing.publish, POLICE, publish)
    assert now(room, picture).published is not None
    assert room.refused(picturing.publish, POLICE, publish) == "already_decided"


def test_a_picture_that_is_not_there_is_not_found(room: Room) -> None:
    never = new(PictureId)
    publish = PublishPicture(by=SETTLES, picture=never)
    assert room.refused(picturing.answer, POLICE, rate(never)) == "not_found"
    assert room.refused(picturing.publish, POLICE, publish) == "not_found"
