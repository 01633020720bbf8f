"""The exchange's stores fulfil what its use cases ask for."""

from __future__ import annotations

import inspect

import pytest

from samverkan.exchange import ports
from samverkan.exchange.sql.index import SqlIndex
from samverkan.exchange.sql.mailbox import SqlMailbox
from samverkan.infra.store import Transaction


@pytest.mark.parametrize(
    ("port", "adapter"),
    [(ports.Mailbox, SqlMailbox), (ports.Index, SqlIndex), (ports.Post, Transaction)],
)
def test_an_adapter_takes_what_its_port_promises(port: type, adapter: type) -> None:
    asked = {name: member for name, member in vars(port).items() if not name.startswith("_")}
    assert asked
    for name, member in asked.items():
        mine = list(inspect.signature(getattr(adapter, name)).parameters)
        assert mine == list(inspect.signature(member).parameters), name
