from __future__ import annotations

import inspect

import pytest

from samverkan.agency import instruments
from samverkan.agency.app.crypto import Evaluator, Maker
from samverkan.agency.app.pins import PinnedKeys
from tests.agency.test_ports import promised


@pytest.mark.parametrize(
    ("port", "adapter"),
    [
        (instruments.KeyMaker, Maker),
        (instruments.Oprf, Evaluator),
        (instruments.Pins, PinnedKeys),
    ],
)
def test_every_instrument_is_what_its_port_says(port: type, adapter: type) -> None:
    wanted = promised(port)
    assert wanted
    for name, signature in wanted.items():
        mine = inspect.signature(getattr(adapter, name))
        assert list(mine.parameters) == list(signature.parameters)
