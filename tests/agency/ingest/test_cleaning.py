"""Each text is cleaned once, and memory stays flat."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samverkan.agency.ingest.cleaning import MOST, UNIQUE, Cleaner, Days, Remembered
from samverkan.domain.normalise import clean
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.agency.ingest.test_merging import mapping
from tests.instruments import NOON
from tests.national import profile

PROFILE = profile(Stamp.SYNTHETIC, NOON.date())


@pytest.mark.parametrize("prop", list(Prop))
def test_a_cleaner_cleans_as_the_rules_do(prop: Prop) -> None:
    cleaner = Cleaner(PROFILE)
    for text in ("702 12", "Åsa", "1985-07-15", "", "true", "702 12"):
        assert cleaner.of[prop](text) == clean(prop, text, PROFILE)


def test_a_text_is_worked_on_once_until_too_many_are_known() -> None:
    asked: list[str] = []

    def make(text: str) -> str:
        asked.append(text)
        return text.upper()

    remembered = Remembered(make)
    assert [remembered("a"), remembered("a")] == ["A", "A"]
    assert asked == ["a"]
    for number in range(MOST):
        remembered(str(number))
    assert remembered("a") == "A"
    assert asked.count("a") == 2


def test_what_seldom_comes_twice_is_not_remembered() -> None:
    cleaner = Cleaner(PROFILE)
    assert {p for p in Prop if not isinstance(cleaner.of[p], Remembered)} == set(UNIQUE)


def test_a_day_gives_when_it_was_said_and_until_when_it_is_kept() -> None:
    days = Days(mapping(), NOON)
    assert days.of("2026-06-01") == (datetime(2026, 6, 1, tzinfo=UTC), date(2028, 6, 1))
    assert days.now == (NOON, date(2028, 11, 24))
    assert days.of("2026-11-24") != days.of("2026-11-25")
    for text in ("2026-11-25", "", "x"):
        found = days.of(text)
        assert isinstance(found, Refused)
        assert found.code is Code.FIELD_NOT_A_DATE
