"""What leaves a party of worked time are sums that no one person's week can be read from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samverkan.domain import hours
from samverkan.domain.hours import Bounds, Line, Rate, Spent
from samverkan.kernel.outcome import Refused

OPERATION = "ope-" + "1" * 26
WITHIN = Bounds(date(2026, 11, 24), {2025: "2026-03-31"}, {"regional"}, {"control", "support"})


def spent(officer: str, week: str, minutes: int, kind: str = "control") -> Spent:
    return Spent(officer, OPERATION, week, "regional", kind, minutes)


def three(week: str, minutes: int) -> list[Spent]:
    return [spent(one, week, minutes) for one in ("a", "b", "c")]


def code(refused: Refused | None) -> str | None:
    return None if refused is None else refused.code.value


def test_a_week_of_three_persons_leaves_as_one_sum() -> None:
    found = hours.sums(three("2026-w40", 450), date(2026, 11, 24))
    assert found == {"2026-w40": (Line("regional", "control", 23),)}


def test_what_fewer_have_worked_is_in_the_sum_of_the_month_alone() -> None:
    few = [spent("a", "2026-w40", 600), spent("b", "2026-w41", 600), spent("c", "2026-w42", 600)]
    found = hours.sums(few, date(2026, 11, 24))
    assert found == {"2026-m10": (Line("regional", "control", 30),)}


def test_a_kind_of_work_that_one_person_did_does_not_show_in_a_week_of_three() -> None:
    lines = [*three("2026-w40", 60), spent("a", "2026-w40", 300, "support")]
    found = hours.sums(lines, date(2026, 11, 24))
    assert found == {
        "2026-w40": (Line("regional", "control", 3),),
        "2026-m10": (Line("regional", "support", 5),),
    }


def test_who_has_taken_the_hours_back_does_not_count_as_a_person() -> None:
    lines = [*three("2026-w40", 60)[:2], spent("c", "2026-w40", 0)]
    assert list(hours.sums(lines, date(2026, 11, 24))) == ["2026-m10"]


@pytest.mark.parametrize(
    ("period", "last_day_at_home"),
    [("2026-w47", date(2026, 11, 25)), ("2026-m10", date(2026, 11, 6))],
)
def test_a_period_leaves_when_latecomers_have_had_their_days(
    period: str, last_day_at_home: date
) -> None:
    assert not hours.closed(period, last_day_at_home)
    assert hours.closed(period, last_day_at_home.replace(day=last_day_at_home.day + 1))
    assert not hours.closed("2026-m13", date(2030, 1, 1))


@pytest.mark.parametrize(
    ("week", "month"),
    [("2026-w40", "2026-m10"), ("2026-w01", "2026-m01"), ("2026-w53", "2026-m12")],
)
def test_a_week_counts_in_the_month_of_its_thursday_and_so_in_its_own_year(
    week: str, month: str
) -> None:
    assert hours.month_of(week) == month


def test_a_week_that_is_none_has_no_month() -> None:
    with pytest.raises(ValueError, match="2027-w53"):
        hours.month_of("2027-w53")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("7.25", 435),
        ("0", 0),
        ("-0.25", "hours_negative"),
        ("7.1", "hours_quarters"),
        ("0.001", "hours_quarters"),
    ],
)
def test_hours_are_written_in_quarters_and_not_below_nought(written: str, said: int | str) -> None:
    found = hours.minutes(Decimal(written))
    assert (found.code.value if isinstance(found, Refused) else found) == said


@pytest.mark.parametrize(
    ("week", "refused"),
    [
        ("2026-w48", None),
        ("2026-w49", "week_to_come"),
        ("2027-w53", "field_not_a_date"),
        ("2025-w51", "week_frozen"),
    ],
)
def test_a_week_is_open_from_its_monday_until_a_report_has_it(
    week: str, refused: str | None
) -> None:
    assert code(hours.week_open(week, WITHIN)) == refused


def test_a_week_that_was_not_over_when_its_year_was_frozen_stays_open() -> None:
    assert not hours.frozen("2026-w48", {2026: "2026-11-28"})
    assert hours.frozen("2026-w48", {2026: "2026-11-29"})


@pytest.mark.parametrize(
    ("minutes", "elsewhere", "refused"),
    [
        (168 * 60, 0, None),
        (168 * 60, 15, "hours_of_a_week"),
        (-15, 0, "hours_negative"),
    ],
)
def test_a_persons_week_has_168_hours_over_all_operations(
    minutes: int, elsewhere: int, refused: str | None
) -> None:
    others = [spent("a", "2026-w47", elsewhere)]
    assert code(hours.week_fits([spent("a", "2026-w47", minutes)], others, WITHIN)) == refused


def test_level_and_kind_are_words_of_the_pack() -> None:
    foreign = Spent("a", OPERATION, "2026-w47", "galactic", "control", 60)
    assert code(hours.week_fits([foreign], [], WITHIN)) == "not_in_pack"


def test_cost_is_by_the_rate_of_each_weeks_monday() -> None:
    rates = [Rate("2026-01-01", 400), Rate("2026-10-05", 500)]
    few = [spent("a", "2026-w40", 60), spent("a", "2026-w41", 90)]
    (line,) = hours.sums(few, date(2026, 11, 24), rates)["2026-m10"]
    assert (line.hours, line.cost) == (3, 400 + 750)


def test_no_cost_is_told_where_a_week_has_no_rate() -> None:
    few = [spent("a", "2026-w40", 60), spent("a", "2026-w41", 90)]
    (line,) = hours.sums(few, date(2026, 11, 24), [Rate("2026-10-05", 500)])["2026-m10"]
    assert line.cost is None
    assert hours.cost(60, "2026-w40", []) is None
