"""Fixtures that every test may ask for, and who may use sockets."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from samverkan.infra.sql import open_file, open_server
from samverkan.kernel.ids import Randomness
from tests.instruments import FixedClock, seeded
from tests.postgres import Cluster, PostgresMissing, start_cluster

TESTS = Path(__file__).parent
CONNECTED = ("flow", "browser")
STORE_KEY = bytes(range(32))
_numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder, and give sockets back to the tests that talk over loopback."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        if folder in {"flow", "house"}:
            item.add_marker(folder)
        if folder in {"embedded", "cli"} or "stages" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.world)
        if any(item.get_closest_marker(name) for name in CONNECTED):
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture
def clock() -> FixedClock:
    """Noon on 24 November 2026, until a test advances it."""
    return FixedClock()


@pytest.fixture
def randomness() -> Randomness:
    """The same random bytes in every run."""
    return seeded()


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """One PostgreSQL for the run. Fails, never skips, where it is not installed."""
    try:
        cluster = start_cluster()
    except PostgresMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    yield cluster
    cluster.stop()


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of an empty PostgreSQL database that this test has alone."""
    name = f"t{next(_numbers)}"
    yield postgres_cluster.create_database(name)
    postgres_cluster.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, on each database that the product runs on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """The same store opened as the product opens it: SQLCipher under a key, or a server."""
    path = Path(store_url.removeprefix("sqlite:///"))
    sqlite = store_url.startswith("sqlite")
    opened = open_file(path, STORE_KEY) if sqlite else open_server(store_url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def testdata() -> Path:
    """The public data sets beside the checkout; skips, with a reason, where they are not."""
    folder = os.environ.get("SAMVERKAN_TESTDATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SAMVERKAN_TESTDATA names no folder of public data sets")
    return Path(folder)
