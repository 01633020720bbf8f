"""One version of a picture, as its events tell it; an impossible event is a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.domain import picture as rules
from samverkan.domain.agreement import Strength
from samverkan.domain.picture import BrokenPicture, Picture, digest, fold, lasts, newest
from samverkan.wire.joining import Event

PICTURE, PROMISE = "pic-" + "1" * 26, "prm-" + "1" * 26
BY = {"user": "usr-" + "1" * 26, "role": "analyst", "policy": "draw-pictures"}


def event(kind: str, party: str = "polisen", **body: Any) -> Event:
    return Event(
        party=party, at="2026-03-01T10:00:00Z", kind=kind, body={"picture": PICTURE, **body}
    )


BEGUN = event(
    rules.BEGUN,
    area="municipality:1880",
    version=1,
    questions={"drugs": 4, "trust": 4},
    variant=None,
)


def said(drugs: int | None, trust: int | None) -> dict[str, Any]:
    return {
        "drugs": {"score": drugs, "evidence": "reports"},
        "trust": {"score": trust, "evidence": "survey"},
    }


RATED = event(rules.RATED, answers={"fk": said(1, 3), "polisen": said(1, 4)})
PROMISED = event(rules.PROMISE, by=BY, promise=PROMISE, text="lights", due="2026-12-31")
SETTLED = event(rules.SETTLED, digest="A" * 43 + "=", lasts="2028-03-01")


def picture(*more: Event) -> Picture:
    found = fold([BEGUN, *more])
    assert found is not None
    return found


def test_no_event_no_picture() -> None:
    assert fold([]) is None


def test_a_count_of_a_later_day_is_laid_beside_the_others() -> None:
    cell = {"area": "county:18", "category": "kfm:debt", "value": 12}
    small = {"area": "municipality:1880", "category": "kfm:debt", "value": None}
    found = picture(event(rules.COUNT, "kfm", by=BY, year="2026", cells=[cell, small]))
    assert found.counts == {
        ("kfm", "2026", "county:18", "kfm:debt"): 12,
        ("kfm", "2026", "municipality:1880", "kfm:debt"): None,
    }


def test_agreement_is_there_when_both_raters_are() -> None:
    assert picture(event(rules.ANSWERED)).agreement() is None
    agreement = picture(RATED).agreement()
    assert agreement is not None
    assert (agreement.both, agreement.alike) == (2, 1)
    assert agreement.strength is Strength.ALMOST_PERFECT


def test_a_question_that_a_rater_cannot_judge_is_not_compared() -> None:
    found = picture(event(rules.RATED, answers={"fk": said(None, 3), "polisen": said(1, 3)}))
    agreement = found.agreement()
    assert agreement is not None
    assert (agreement.both, agreement.kappa, agreement.strength) == (1, None, None)
    assert found.scores("drugs") == [1]


def test_the_public_edition_names_no_rater_and_no_evidence() -> None:
    found = picture(RATED, PROMISED)
    public = str(found.public_content())
    assert "reports" in str(found.content())
    assert not any(word in public for word in ("reports", "survey", "polisen", "fk"))
    assert "lights" in public


def test_the_digest_follows_the_content() -> None:
    one, other = picture(RATED), picture(RATED, PROMISED)
    assert digest(one.content()) == digest(picture(RATED).content())
    assert digest(one.content()) != digest(other.content())


@pytest.mark.parametrize("late", [PROMISED, RATED, SETTLED, event(rules.ANSWERED)])
def test_a_settled_version_does_not_change(late: Event) -> None:
    with pytest.raises(BrokenPicture):
        picture(RATED, SETTLED, late)


def test_a_promise_is_followed_after_the_picture_is_settled() -> None:
    kept = event(rules.FOLLOW, by=BY, promise=PROMISE, result="kept")
    found = picture(RATED, PROMISED, SETTLED, kept)
    assert found.promises[0].result == "kept"
    assert found.digest == bytes(32)


@pytest.mark.parametrize("events", [[RATED], [BEGUN, BEGUN]])
def test_an_impossible_event_is_a_fault(events: list[Event]) -> None:
    with pytest.raises(BrokenPicture):
        fold(events)


@pytest.mark.parametrize(
    ("settled", "until"),
    [(date(2026, 3, 1), date(2028, 3, 1)), (date(2028, 2, 29), date(2030, 2, 28))],
)
def test_a_picture_lasts_to_the_same_day_two_years_on(settled: date, until: date) -> None:
    assert lasts(settled, 2) == until


def test_the_newest_version_of_each_area_counts() -> None:
    first = picture()
    second = replace(first, id="pic-" + "2" * 26, version=2)
    assert newest([second, first]) == {"municipality:1880": second}
