"""Mandates are dated; membership is dated; a person becomes an officer under a drawn number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from samverkan.domain.org import (
    Mandate,
    NaiveTime,
    Officer,
    Role,
    appoint,
    day_of,
    holders,
    members,
    tenure,
)
from samverkan.domain.pack import Agency, Appointment, Doubt, Person, Tenure, Tier
from samverkan.kernel.ids import PartyId, UserId
from tests.instruments import seeded

TAX = PartyId("tax")
USER = UserId.draw(seeded())
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


def mandate(role: Role = Role.OFFICER) -> Mandate:
    return Mandate(USER, TAX, role, date(2026, 1, 1), date(2026, 12, 31))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_both_days_of_a_mandate_count_and_no_other(day: date, *, holds: bool) -> None:
    assert mandate().covers(noon(day)) is holds


def test_the_day_is_told_in_utc_wherever_the_clock_stands() -> None:
    stockholm = timezone(timedelta(hours=1))
    assert day_of(datetime(2026, 1, 1, 0, 30, tzinfo=stockholm)) == date(2025, 12, 31)


def test_a_time_without_zone_tells_no_day() -> None:
    with pytest.raises(NaiveTime):
        mandate().covers(datetime(2026, 5, 5))  # noqa: DTZ001


def test_an_officers_roles_are_those_of_the_mandates_in_force() -> None:
    lapsed = Mandate(USER, TAX, Role.AUDITOR, date(2025, 1, 1), date(2025, 12, 31))
    officer = Officer(USER, TAX, "N", "sv", (mandate(), lapsed))
    assert officer.roles(noon(date(2026, 5, 5))) == {Role.OFFICER}
    assert holders([officer], Role.AUDITOR, at=noon(date(2026, 5, 5))) == ()
    assert holders([officer], Role.AUDITOR, at=noon(date(2025, 5, 5))) == (officer,)


def test_an_officers_name_is_not_shown_by_accident() -> None:
    assert "Nina" not in repr(Officer(USER, TAX, "Nina", "sv", ()))


def test_a_person_becomes_an_officer_under_a_drawn_number() -> None:
    held = Appointment(role="chair", body="council", **YEAR)
    officer = appoint(Person("nina", "Nina", TAX, "sv", (held,)), USER)
    assert officer.user == USER
    assert officer.mandates == (Mandate(USER, TAX, Role.CHAIR, body="council", **YEAR),)


@dataclass(frozen=True)
class Model:
    """No more of a pack than membership asks for."""

    agencies: dict[str, Agency]


def test_membership_is_that_of_the_day() -> None:
    spans = (
        Tenure(Tier.NETWORK, date(2010, 1, 1), date(2013, 12, 31)),
        Tenure(Tier.MEMBER, date(2014, 1, 1)),
    )
    model = Model({"af": Agency("af", {}, "AF", spans)})
    assert members(model, on=date(2013, 12, 31)) == ()
    assert members(model, on=date(2013, 12, 31), tier=Tier.NETWORK) == ("af",)
    assert members(model, on=date(2014, 1, 1)) == ("af",)


def test_a_membership_that_is_only_guessed_gives_nothing() -> None:
    guess = Tenure(Tier.MEMBER, date(2025, 1, 1), doubt=Doubt.WHETHER)
    late = Tenure(Tier.MEMBER, date(2026, 1, 1), doubt=Doubt.SINCE)
    agency = Agency("pm", {}, "PM", (guess, late))
    model = Model({"pm": agency})
    assert members(model, on=date(2025, 6, 1)) == ()
    assert members(model, on=date(2026, 6, 1)) == ("pm",)
    assert tenure(agency, on=date(2026, 6, 1)) == late
