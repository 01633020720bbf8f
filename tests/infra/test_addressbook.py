"""Pins are appended and never changed; the highest version of an address is in force."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from samverkan.infra.addressbook import AddressBook, Pin, UnknownAddress
from samverkan.infra.store import Store
from tests.infra.stores import READ, common, keys_of, make_store

BOOK = AddressBook(common.directory)


def pin(address: str, version: int = 1, *, of: str | None = None) -> Pin:
    """A pin of an address's keys."""
    return Pin(address, version, keys_of(of or address).public, bytes([version]) * 32)


@pytest.fixture
def store(engine: Engine) -> Store:
    """A store in which two addresses are pinned, one of them in two versions."""
    kept = make_store(engine)
    add(kept, pin("fk"), pin("kfm"), pin("fk", 2, of="fk2"))
    return kept


def add(store: Store, *pins: Pin) -> None:
    """Pin these."""
    with store.write() as transaction:
        for one in pins:
            BOOK.pin(transaction.connection, one)
        transaction.log(READ)


def test_the_highest_version_is_in_force(store: Store) -> None:
    with store.view() as connection:
        assert BOOK.current(connection, "fk") == pin("fk", 2, of="fk2")
        assert BOOK.current(connection, "kfm") == pin("kfm")


def test_nobody_is_found_under_an_unknown_address(store: Store) -> None:
    with store.view() as connection, pytest.raises(UnknownAddress):
        BOOK.current(connection, "polisen")


def test_all_versions_are_told_oldest_first(store: Store) -> None:
    with store.view() as connection:
        assert [found.version for found in BOOK.all(connection, "fk")] == [1, 2]
        assert [found.address for found in BOOK.all(connection)] == ["fk", "fk", "kfm"]


def test_a_version_that_is_there_is_not_put_over(store: Store) -> None:
    with pytest.raises(IntegrityError):
        add(store, pin("fk", 2, of="thief"))
    with store.view() as connection:
        assert BOOK.current(connection, "fk") == pin("fk", 2, of="fk2")
