from __future__ import annotations

import pytest
from sqlalchemy import Connection

from samverkan.agency.sql.commands import ReadOnly, SqlCommands
from samverkan.agency.sql.work import SqlReading
from samverkan.wire.joining import Accept
from samverkan.wire.v1 import STEERING
from tests.agency.sql.conftest import Posted
from tests.agency.sql.rows import BY, USER, ident
from tests.instruments import NOON

ONE, TWO = ident("coo", 1), ident("coo", 2)
BODY = Accept(by=BY, cooperation=ONE)


def test_a_command_is_posted_to_steering_and_remembered(party: SqlReading, posted: Posted) -> None:
    party.commands.send("cooperation.accept", ONE, BODY, officer=USER)
    party.commands.send("cooperation.accept", TWO, BODY, officer=USER)
    assert posted == [(STEERING, "cooperation.accept")] * 2
    assert [one.subject for one in party.commands.sent("cooperation.accept")] == [ONE, TWO]
    (sent,) = party.commands.sent("cooperation.accept", TWO)
    assert (sent.officer, sent.at) == (USER, NOON)
    assert party.commands.sent("cooperation.end", ONE) == []


def test_a_mere_look_sends_nothing(party: SqlReading) -> None:
    with pytest.raises(ReadOnly):
        SqlCommands(_connection(party), NOON, None).send("x.y", ONE, BODY, officer=USER)
    assert party.commands.sent("x.y") == []


def _connection(party: SqlReading) -> Connection:
    return party.commands._connection
