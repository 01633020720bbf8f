"""Each column type takes its own shape and refuses what a person's data would look like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, make_url
from sqlalchemy.types import TypeDecorator

from samverkan.infra.columns import (
    CodeColumn,
    ColumnRefuses,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
    PartyColumn,
    SealedColumn,
)
from samverkan.infra.seal import draw_keys, seal
from samverkan.kernel.ids import RequestId
from tests.instruments import NOON, seeded

SQLITE: Dialect = make_url("sqlite://").get_dialect()()
POSTGRES: Dialect = make_url("postgresql+psycopg://").get_dialect()()
ALL: list[Callable[[], TypeDecorator[Any]]] = [
    IdentColumn,
    CodeColumn,
    PartyColumn,
    DayColumn,
    SealedColumn,
    InstantColumn,
    DigestColumn,
]
PERSONAL = [
    "19800101",
    "8001011234",
    "800101-1234",
    "800101+1234",
    "198001011234",
    "19800101-1234",
    "Anna Andersson",
    "Anna",
    "ANDERSSON",
    "Åsa",
    "Storgatan 1, 211 42 Malmö",
    "Storgatan 1",
    "21142",
    "0701234567",
    "+46701234567",
    "anna@example.se",
    "She was seen near the harbour.",
    "polisen\n",
    "anna andersson",
    "",
    " ",
]


def bind(column: TypeDecorator[Any], value: object) -> object:
    """What would reach the database."""
    return column.process_bind_param(value, SQLITE)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("text", PERSONAL)
def test_no_column_takes_what_a_persons_data_looks_like(
    make: Callable[[], TypeDecorator[Any]], text: str
) -> None:
    with pytest.raises(ColumnRefuses):
        bind(make(), text)


@pytest.mark.parametrize("make", ALL)
def test_the_refusal_names_the_column_type_and_never_the_value(
    make: Callable[[], TypeDecorator[Any]],
) -> None:
    with pytest.raises(ColumnRefuses) as refused:
        bind(make(), "Anna Andersson")
    assert str(refused.value) == type(make()).__name__


@pytest.mark.parametrize("make", ALL)
def test_nothing_is_nothing(make: Callable[[], TypeDecorator[Any]]) -> None:
    assert bind(make(), None) is None


SEALED = seal("text", draw_keys(seeded()).public)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (IdentColumn(), RequestId.draw(seeded())),
        (CodeColumn(), "fk:assistance-provider"),
        (CodeColumn(), "cooperation.in-force"),
        (PartyColumn(), "skv-beskattning"),
        (DayColumn(), "2026-11-24"),
        (SealedColumn(), SEALED),
        (DigestColumn(), bytes(32)),
        (DigestColumn(8), bytes(8)),
    ],
)
def test_a_column_takes_its_own_shape(column: TypeDecorator[Any], value: object) -> None:
    assert bind(column, value) == value


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (IdentColumn(), "req-0000"),
        (IdentColumn(), "REQ-00000000000000000000000001"),
        (IdentColumn(), "req-0000000000000000000000000l"),
        (CodeColumn(), "a" * 65),
        (CodeColumn(), "1st"),
        (PartyColumn(), "a" * 41),
        (PartyColumn(), "skv:beskattning"),
        (DayColumn(), "24 november"),
        (DayColumn(), "２０２６-１１-２４"),
        (SealedColumn(), "eyJ.Anna.Andersson"),
        (SealedColumn(), "eyJh.Åsa.b.c.d"),
        (DigestColumn(), bytes(31)),
        (DigestColumn(), "x" * 32),
        (InstantColumn(), datetime(2026, 11, 24, 12)),  # noqa: DTZ001
    ],
)
def test_a_column_refuses_another_shape(column: TypeDecorator[Any], value: object) -> None:
    with pytest.raises(ColumnRefuses):
        bind(column, value)


def test_a_moment_is_kept_in_utc_whatever_zone_it_came_in() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=2)))
    assert bind(InstantColumn(), there) == "2026-11-24T12:00:00.000000Z"


moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001
    max_value=datetime(2999, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(moments, moments)
def test_moments_come_back_whole_and_in_the_order_of_time(one: datetime, two: datetime) -> None:
    column = InstantColumn()
    texts = [column.process_bind_param(at, POSTGRES) for at in (one, two)]
    assert [column.process_result_value(text, POSTGRES) for text in texts] == [one, two]
    assert texts[0] is not None
    assert texts[1] is not None
    assert (texts[0] < texts[1]) is (one < two)
