from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from samverkan.agency.sql import tables
from samverkan.agency.sql.accounts import SqlAccounts
from samverkan.domain.hours import Rate, Spent
from samverkan.kernel.ids import UserId
from tests.instruments import FixedClock, seeded

ONE, TWO = (UserId.draw(seeded(no)) for no in (1, 2))
HERE, THERE = "ope-" + "1" * 26, "ope-" + "2" * 26


@pytest.fixture
def accounts(engine: Engine) -> Iterator[SqlAccounts]:
    tables.metadata.create_all(engine)
    with engine.begin() as connection:
        yield _accounts(connection)


def _accounts(connection: Connection) -> SqlAccounts:
    return SqlAccounts(connection, FixedClock()())


def spent(officer: UserId, minutes: int, week: str = "2026-w41", operation: str = HERE) -> Spent:
    return Spent(officer, operation, week, "regional", "control", minutes)


def test_the_latest_line_of_a_key_counts(accounts: SqlAccounts) -> None:
    accounts.put_in([spent(ONE, 60), spent(TWO, 90)])
    accounts.put_in([spent(ONE, 30)])
    assert accounts.week(ONE, "2026-w41") == [spent(ONE, 30)]
    assert accounts.operation(HERE) == [spent(TWO, 90), spent(ONE, 30)]
    accounts.put_in([spent(ONE, 0)])
    assert accounts.operation(HERE) == [spent(TWO, 90)]
    assert accounts.last_of([HERE, THERE]) == {HERE: ONE}


def test_operations_are_found_by_their_weeks(accounts: SqlAccounts) -> None:
    accounts.put_in([spent(ONE, 60, "2026-w40", THERE), spent(ONE, 60, "2026-w41")])
    assert accounts.since("2026-w40") == [HERE, THERE]
    assert accounts.since("2026-w41") == [HERE]
    assert accounts.since("2027-w01") == []


def test_what_has_left_is_known_by_its_last_digest(accounts: SqlAccounts) -> None:
    accounts.leave(HERE, "2026-w41", bytes(32))
    accounts.leave(HERE, "2026-w41", b"1" * 32)
    accounts.leave(HERE, "2026-m10", b"2" * 32)
    assert accounts.left(HERE) == {"2026-w41": b"1" * 32, "2026-m10": b"2" * 32}
    assert accounts.left(THERE) == {}


def test_a_later_rate_of_the_same_day_counts(accounts: SqlAccounts) -> None:
    for since, amount in (("2026-01-01", 400), ("2025-01-01", 300), ("2026-01-01", 450)):
        accounts.add_rate(Rate(since, amount), ONE)
    assert accounts.rates() == [Rate("2025-01-01", 300), Rate("2026-01-01", 450)]


def test_the_last_word_on_telling_the_cost_counts(accounts: SqlAccounts) -> None:
    assert accounts.tells_cost() is False
    accounts.tell_cost(ONE, told=True)
    assert accounts.tells_cost() is True
    accounts.tell_cost(ONE, told=False)
    assert accounts.tells_cost() is False
