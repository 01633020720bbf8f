"""A store knows whose it is, in which role and of which stamp, and opens as nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan.exchange.sql import tables
from samverkan.infra.addressbook import Pin
from samverkan.infra.migrate import StoreNewer
from samverkan.infra.opening import Ambient, Opened, Schema, open_role, pin_all
from samverkan.infra.settings import ForeignSecret, RoleSettings
from samverkan.infra.sql import StoreLocked
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import RefusedError
from samverkan.kernel.purpose import Stamp
from tests.infra.stores import actions, keys_of
from tests.instruments import FixedClock, seeded

MIGRATIONS = Path(tables.__file__).parent / "migrations"
SCHEMA = Schema(tables.metadata, tables.common, MIGRATIONS, "0001")
AMBIENT = Ambient(FixedClock(), seeded())


@pytest.fixture
def settings(tmp_path: Path, store_url: str) -> RoleSettings:
    """An exchange, on each database."""
    database = None if store_url.startswith("sqlite") else store_url
    return RoleSettings("exchange", "exchange", tmp_path / "x", Stamp.SYNTHETIC, "se", database)


@pytest.fixture
def opened(settings: RoleSettings) -> Iterator[Opened]:
    """A store that was made."""
    made = open_role(settings, SCHEMA, AMBIENT)
    yield made
    made.store.close()


def test_making_a_store_is_the_first_thing_in_its_ledger(opened: Opened) -> None:
    assert actions(opened.store) == ["store.made"]


def test_a_store_opens_again_as_itself_and_writes_nothing(
    opened: Opened, settings: RoleSettings
) -> None:
    again = open_role(settings, SCHEMA, AMBIENT)
    assert again.store.head() == opened.store.head()
    assert again.ring.keys[0].public == opened.ring.keys[0].public
    again.store.close()


@pytest.mark.parametrize("stamp", [Stamp.LIVE, Stamp.EVALUATION])
def test_a_synthetic_store_does_not_open_as_another_stamp(
    opened: Opened, settings: RoleSettings, stamp: Stamp
) -> None:
    with pytest.raises(RefusedError) as refused:
        open_role(replace(settings, stamp=stamp), SCHEMA, AMBIENT)
    assert refused.value.refused.code is Code.STAMP_MISMATCH
    assert refused.value.refused.params == {"store": "synthetic", "wanted": stamp.value}
    assert opened.store.head().seq == 1


def test_a_store_does_not_open_under_another_pack(opened: Opened, settings: RoleSettings) -> None:
    with pytest.raises(RefusedError) as refused:
        open_role(replace(settings, pack="no"), SCHEMA, AMBIENT)
    assert refused.value.refused.code is Code.STAMP_MISMATCH


@pytest.mark.parametrize(("role", "name"), [("exchange", "fk"), ("steering", "exchange")])
def test_anothers_folder_does_not_open(
    opened: Opened, settings: RoleSettings, role: str, name: str
) -> None:
    with pytest.raises(ForeignSecret):
        open_role(replace(settings, role=role, name=name), SCHEMA, AMBIENT)


def test_anothers_store_behind_own_keys_does_not_open(
    opened: Opened, settings: RoleSettings, tmp_path: Path
) -> None:
    """On a server the keys do not lock the store; what it says of itself does."""
    thief = replace(settings, name="fk", folder=tmp_path / "fk")
    if settings.database is None:
        thief.folder.mkdir()
        shutil.copy(settings.store_path, thief.store_path)
        expected: type[Exception] = StoreLocked
    else:
        expected = RefusedError
    with pytest.raises(expected):
        open_role(thief, SCHEMA, Ambient(FixedClock(), seeded(8)))
    assert opened.store.head().seq == 1


def test_a_store_of_a_later_version_does_not_open(opened: Opened, settings: RoleSettings) -> None:
    with opened.store.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
        transaction.log(Entry("store.moved", "exchange", "synthetic"))
    with pytest.raises(StoreNewer):
        open_role(settings, SCHEMA, AMBIENT)


def test_addresses_are_pinned_once_and_those_pinned_stay(opened: Opened) -> None:
    true = Pin("fk", 1, keys_of("fk").public, bytes(32))
    pin_all(opened, [true])
    pin_all(opened, [replace(true, keys=keys_of("thief").public)])
    pin_all(opened, [])
    with opened.store.view() as connection:
        assert opened.book.all(connection) == [true]
    assert actions(opened.store) == ["store.made", "directory.pinned"]
