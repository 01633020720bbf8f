from __future__ import annotations

import inspect

import pytest

from samverkan.agency import ports
from samverkan.agency.sql.cases import SqlCases
from samverkan.agency.sql.commands import SqlCommands
from samverkan.agency.sql.enrolments import SqlEnrolments
from samverkan.agency.sql.feed import SqlFeed
from samverkan.agency.sql.keys import SqlKeys
from samverkan.agency.sql.people import SqlPeople
from samverkan.agency.sql.register import SqlRegister
from samverkan.agency.sql.work import SqlReading, SqlWork
from tests.agency.model import POLICE
from tests.agency.world import World

FULFILLED = [
    (ports.Cases, SqlCases),
    (ports.Commands, SqlCommands),
    (ports.Enrolments, SqlEnrolments),
    (ports.Feed, SqlFeed),
    (ports.Keys, SqlKeys),
    (ports.People, SqlPeople),
    (ports.Register, SqlRegister),
]


def promised(port: type) -> dict[str, inspect.Signature]:
    """The methods that a port names, with their parameters."""
    own = {name: vars(port)[name] for name in vars(port) if not name.startswith("_")}
    return {n: inspect.signature(f) for n, f in own.items() if inspect.isfunction(f)}


@pytest.mark.parametrize(("port", "adapter"), FULFILLED)
def test_every_repository_is_what_its_port_says(port: type, adapter: type) -> None:
    check(port, adapter)


def check(port: type, adapter: type) -> None:
    """The adapter has each method of the port, with the same parameters and answer."""
    wanted = promised(port)
    assert wanted
    for name, signature in wanted.items():
        mine = inspect.signature(getattr(adapter, name))
        assert list(mine.parameters) == list(signature.parameters)
        assert mine.return_annotation == signature.return_annotation


def test_a_look_has_no_way_to_change_log_or_post() -> None:
    assert set(promised(ports.Work)) == {"log", "post", "call", "sign", "afterwards"}
    assert all(hasattr(SqlWork, name) for name in promised(ports.Work))
    assert not any(hasattr(SqlReading, name) for name in promised(ports.Work))


def test_a_look_has_every_repository(founded: World) -> None:
    wanted = [name for name in vars(ports.Reading) if not name.startswith("_")]
    with founded.look(POLICE) as reading:
        assert all(getattr(reading, name) is not None for name in wanted)
        assert reading.me == POLICE
