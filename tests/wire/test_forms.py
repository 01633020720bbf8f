"""No open value on the wire could spell a person's data; days and moments exist in the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.infra.seal import draw_keys, seal
from samverkan.kernel.ids import RequestId
from samverkan.wire import forms
from tests.infra.test_columns import PERSONAL
from tests.instruments import seeded

OPEN = ["Ident", "Code", "Party", "Instant", "Day", "Sealed"]


def fits(form: str, value: object) -> bool:
    """Whether the wire takes the value as that form."""
    try:
        msgspec.convert(value, getattr(forms, form), strict=True)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("form", OPEN)
@pytest.mark.parametrize("text", PERSONAL)
def test_no_open_form_takes_what_a_persons_data_looks_like(form: str, text: str) -> None:
    assert not fits(form, text)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("Ident", RequestId.draw(seeded())),
        ("Code", "skv:no-employees-declared"),
        ("Party", "skv-beskattning"),
        ("Instant", "2026-11-24T12:00:00Z"),
        ("Instant", "2026-11-24T12:00:00.123456Z"),
        ("Day", "2024-02-29"),
        ("PublicText", "Öppen narkotikahandel vid torget.\nFyra möten sedan 2017."),
        ("Sealed", seal("text", draw_keys(seeded()).public)),
        ("Count", 2**53 - 1),
        ("Amount", -(2**53) + 1),
    ],
)
def test_a_form_takes_its_own_values(form: str, value: object) -> None:
    assert fits(form, str(value) if isinstance(value, str) else value)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("PublicText", " \n"),
        ("PublicText", "a" * 4_001),
        ("PublicText", "a\x00b"),
        ("Count", -1),
        ("Count", 2**53),
        ("Amount", 2**53),
        ("Code", "a" * 65),
        ("Party", "a" * 41),
    ],
)
def test_a_form_refuses_what_is_too_large_or_too_long(form: str, value: object) -> None:
    assert not fits(form, value)


@given(st.integers(0, 9999), st.integers(0, 20), st.integers(0, 40))
def test_a_day_is_one_of_the_calendar(year: int, month: int, day: int) -> None:
    try:
        exists = date(year, month, day).year >= 1000
    except ValueError:
        exists = False
    text = f"{year:04}-{month:02}-{day:02}"
    assert fits("Day", text) is exists
    assert fits("Instant", f"{text}T12:00:00Z") is exists


@given(st.dates(min_value=date(1000, 1, 1)))
def test_each_day_of_the_calendar_fits(day: date) -> None:
    assert fits("Day", day.isoformat())


@given(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_each_moment_fits_as_the_wire_writes_it(at: datetime) -> None:
    assert fits("Instant", at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27))


@pytest.mark.parametrize("time", ["24:00:00Z", "12:60:00Z", "12:00:61Z", "12:00Z", "12:00:00"])
def test_a_moment_is_one_of_the_day(time: str) -> None:
    assert not fits("Instant", f"2026-11-24T{time}")


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert not fits("Day", "٢٠٢٦-11-24")


@pytest.mark.parametrize(
    "name", [n for n in vars(forms) if n[0].isupper() and n not in {"Meta", "Annotated"}]
)
def test_every_text_form_that_is_not_sealed_has_a_pattern(name: str) -> None:
    form = getattr(forms, name)
    meta: Any = form.__metadata__[0]
    if form.__origin__ is str and name != "SealedText":
        assert meta.pattern.startswith("^")
        assert meta.pattern.endswith(r"\Z")
