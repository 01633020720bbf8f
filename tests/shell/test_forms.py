"""A form tells all its mistakes at once, as codes at their fields."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import Field

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell.forms import Asked, Form, Several, Written, filled, read


class Level(StrEnum):
    LOCAL = "local"
    NATIONAL = "national"


class Plan(Asked):
    name: str = Field(min_length=1, max_length=10)
    level: Level
    start: date
    hours: Annotated[Decimal, Written]
    measures: Annotated[list[str], Several] = Field(min_length=1)
    remark: str | None = None


GOOD = {
    "name": " Norr ",
    "level": "local",
    "start": "2026-12-01",
    "hours": "1 234,5",
    "measures": "audit",
    "remark": "",
}


def test_a_right_form_is_its_model() -> None:
    plan = read(Plan, GOOD)
    assert isinstance(plan, Plan)
    assert plan.name == "Norr"
    assert plan.hours == Decimal("1234.5")
    assert plan.measures == ["audit"]
    assert plan.remark is None


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("name", "", Code.FIELD_MISSING),
        ("name", "   ", Code.FIELD_MISSING),
        ("name", "x" * 11, Code.FIELD_TOO_LONG),
        ("level", "galactic", Code.FIELD_NOT_A_CHOICE),
        ("start", "2026-02-30", Code.FIELD_NOT_A_DATE),
        ("hours", "many", Code.FIELD_NOT_A_NUMBER),
        ("measures", [], Code.FIELD_MISSING),
    ],
)
def test_a_mistake_is_a_code_at_its_field(name: str, written: object, code: Code) -> None:
    form = read(Plan, {**GOOD, name: written})
    assert isinstance(form, Form)
    assert [(error.name, error.refused.code) for error in form.errors] == [(name, code)]


def test_all_mistakes_come_at_once_in_the_order_of_the_form() -> None:
    form = read(Plan, {})
    assert isinstance(form, Form)
    assert [error.name for error in form.errors] == ["name", "level", "start", "hours", "measures"]


def test_what_was_written_is_shown_again_and_never_quoted_in_the_mistake() -> None:
    form = read(Plan, {**GOOD, "hours": "19121212-1212", "measures": ["audit", "permit"]})
    assert isinstance(form, Form)
    assert form.value("hours") == "19121212-1212"
    assert form.chosen("measures", "permit")
    assert not form.chosen("measures", "raid")
    assert "19121212" not in str(form.errors)


def test_a_length_is_told_with_its_limit() -> None:
    form = read(Plan, {**GOOD, "name": "x" * 11})
    assert isinstance(form, Form)
    error = form.error("name")
    assert error is not None
    assert error.params == {"max": "10"}


class Bounded(Asked):
    few: Annotated[list[str], Several] = Field(min_length=2)
    days: Annotated[int, Written] = Field(ge=1, le=60)
    week: str = Field(pattern="^[0-9]{4}-w[0-9]{2}$")


BOUNDED = {"few": ["a", "b"], "days": "14", "week": "2026-w48"}


@pytest.mark.parametrize(
    ("name", "written", "refused"),
    [
        ("few", ["a"], refuse(Code.FIELD_TOO_FEW, least="2")),
        ("days", "0", refuse(Code.FIELD_TOO_SMALL, least="1")),
        ("days", "61", refuse(Code.FIELD_TOO_GREAT, most="60")),
        ("week", "vecka 48", refuse(Code.FIELD_PATTERN)),
    ],
)
def test_a_bound_is_told_by_its_number(name: str, written: object, refused: Refused) -> None:
    form = read(Bounded, {**BOUNDED, name: written})
    assert isinstance(form, Form)
    assert form.error(name) == refused


def test_a_refusal_of_the_rules_below_stands_at_its_field() -> None:
    form = filled({"name": "Norr", "hours": 3}).refused(refuse(Code.NO_BASIS), at="name")
    assert form.error("name") == refuse(Code.NO_BASIS)
    assert form.value("hours") == "3"
    assert form.error("hours") is None


def test_an_empty_form_shows_nothing_wrong() -> None:
    assert Form().value("name") == ""
    assert Form().errors == ()
