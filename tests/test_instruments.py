"""The instruments of the tests themselves work, on both databases and without sockets."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from pytest_socket import SocketBlockedError
from sqlalchemy import Engine, text

from samverkan.kernel.ids import Randomness
from tests.instruments import NOON, FixedClock, seeded


def test_the_clock_stands_still_until_advanced(clock: FixedClock) -> None:
    assert clock() == clock() == NOON
    clock.advance(timedelta(days=1))
    assert clock() - NOON == timedelta(days=1)


def test_randomness_is_the_same_in_every_run(randomness: Randomness) -> None:
    assert randomness(16) == seeded()(16)
    assert randomness(16) != seeded()(16)


def test_a_unit_test_cannot_open_a_socket() -> None:
    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.socket()


def test_a_store_opens_on_each_database(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE body (name TEXT)"))
        connection.execute(text("INSERT INTO body VALUES ('rsr')"))
        assert connection.execute(text("SELECT name FROM body")).scalar_one() == "rsr"


@pytest.mark.postgres
def test_each_test_has_a_database_of_its_own(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
