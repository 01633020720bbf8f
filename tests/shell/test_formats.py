"""Values read as the reader's language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from samverkan.shell.formats import Formats
from samverkan.shell.texts import HERE, Language, load

NBSP = "\u00a0"


def speaking(language: Language) -> Formats:
    return Formats(load(HERE)[language], ZoneInfo("Europe/Stockholm"))


SWEDISH, ENGLISH = speaking(Language.SV), speaking(Language.EN)


def test_numbers_are_grouped_and_split_by_the_language() -> None:
    assert SWEDISH.number(Decimal("1234567.5"), 1) == f"1{NBSP}234{NBSP}567,5"
    assert ENGLISH.number(Decimal("1234567.5"), 1) == "1,234,567.5"
    assert SWEDISH.number(-1200) == f"\u22121{NBSP}200"
    assert SWEDISH.number(999) == "999"


def test_halves_are_rounded_up() -> None:
    assert ENGLISH.number(Decimal("2.5")) == "3"
    assert ENGLISH.number(0.125, 2) == "0.13"


def test_money_hours_and_shares_carry_their_unit() -> None:
    assert SWEDISH.money(1_250_000) == f"1{NBSP}250{NBSP}000{NBSP}kr"
    assert ENGLISH.money(1_250_000) == f"SEK{NBSP}1,250,000"
    assert SWEDISH.hours(Decimal("12.5")) == f"12,5{NBSP}tim"
    assert ENGLISH.share(Decimal("0.125")) == "12.5%"


def test_a_moment_is_told_in_the_partys_own_time() -> None:
    assert SWEDISH.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2026-07-02 01:30"
    assert SWEDISH.moment(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == "2026-12-02 00:30"


def test_a_day_has_its_name_and_an_hour_its_signs() -> None:
    monday = date(2026, 11, 23)
    week = [SWEDISH.weekday(monday + timedelta(days=days)) for days in range(7)]
    assert (week[0], week[6], len(set(week))) == ("måndag", "söndag", 7)
    assert ENGLISH.weekday(monday) == "Monday"
    noon = datetime(2026, 12, 1, 11, 5, tzinfo=UTC)
    assert (SWEDISH.clock(noon), ENGLISH.clock(noon)) == ("12.05", "12:05")


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_name(month: int) -> None:
    day = date(2026, month, 3)
    assert SWEDISH.date(day).startswith("3 ")
    assert ENGLISH.date(day).endswith(" 2026")
    assert SWEDISH.day(day) == f"2026-{month:02}-03"
