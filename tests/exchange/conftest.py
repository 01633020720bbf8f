"""The exchange with its parties, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.net import Net, made_net
from tests.instruments import FixedClock


@pytest.fixture
def net(tmp_path: Path, clock: FixedClock) -> Iterator[Net]:
    """See `Net`."""
    with made_net(tmp_path, clock) as made:
        yield made
