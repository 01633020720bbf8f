"""A party changes its keys while post goes on; nobody else can change them for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samverkan.agency import rekeying
from samverkan.domain.org import Role
from samverkan.domain.policy import Action, Permit
from samverkan.embedded import genesis
from samverkan.embedded.house import House, open_house
from samverkan.infra.opening import Ambient
from samverkan.kernel.entry import Entry
from samverkan.kernel.purpose import Stamp
from samverkan.wire.joining import KeyChanged

AMBIENT = Ambient(lambda: datetime.now(UTC), os.urandom)
VOUCHING = ("polisen", "kfm")

FOUR = ("polisen", "fk", "skv-beskattning", "kfm")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    begun = genesis.begin(
        tmp_path, parties=FOUR, pack="se", stamp=Stamp.SYNTHETIC, randomness=os.urandom
    )
    opened = open_house(tmp_path, begun, AMBIENT)
    yield opened
    opened.close()


def permit(house: House, party: str) -> Permit:
    node = house.nodes[party]
    at = AMBIENT.clock()
    keeper = next(one for one in node.officers() if Role.ADMINISTRATOR in one.roles(at))
    found = node.permit(keeper.user, Action.CHANGE_KEYS)
    assert isinstance(found, Permit)
    return found


def vouch(house: House, party: str, for_: str) -> None:
    allowed = permit(house, party)
    with house.nodes[party].write(allowed) as work:
        assert rekeying.countersign(work, allowed, for_) is None


def versions(house: House, address: str) -> dict[str, int]:
    """Which version of an address's keys each of the others has pinned."""
    found = {}
    for name, opened in house.openings().items():
        with opened.store.view() as connection:
            found[name] = opened.book.current(connection, address).version
    return found


def test_two_countersignatures_put_the_next_keys_in_force_everywhere(house: House) -> None:
    fk = house.nodes["fk"]
    before = fk.opened.ring.current
    fk.propose_keys(permit(house, "fk"), VOUCHING)
    house.settle()
    vouch(house, "polisen", "fk")
    house.settle()
    assert set(versions(house, "fk").values()) == {1}, "one is not enough"
    vouch(house, "kfm", "fk")
    house.settle()
    assert set(versions(house, "fk").values()) == {2}
    assert fk.opened.ring.current != before


def test_post_goes_on_under_the_new_keys_both_ways(house: House) -> None:
    fk, polisen = house.nodes["fk"], house.nodes["polisen"]
    fk.propose_keys(permit(house, "fk"), VOUCHING)
    house.settle()
    for party in VOUCHING:
        vouch(house, party, "fk")
    house.settle()
    polisen.propose_keys(permit(house, "polisen"), ("fk", "kfm"))
    house.settle()
    for party in ("fk", "kfm"):
        vouch(house, party, "polisen")
    house.settle()
    assert set(versions(house, "polisen").values()) == {2}


def test_keys_that_were_published_before_a_crash_are_in_force_after_it(
    house: House, tmp_path: Path
) -> None:
    fk = house.nodes["fk"]
    fk.propose_keys(permit(house, "fk"), VOUCHING)
    house.settle()
    pending = fk.opened.secrets.pending
    file = fk.opened.settings.key_path
    as_it_was = file.read_bytes()
    for party in VOUCHING:
        vouch(house, party, "fk")
    house.settle()
    house.close()
    file.write_bytes(as_it_was)  # the commit was kept, the key file not yet
    begun = genesis.read(tmp_path)
    assert isinstance(begun, genesis.Genesis)
    again = open_house(tmp_path, begun, AMBIENT)
    assert again.nodes["fk"].opened.ring.version == 2
    assert again.nodes["fk"].opened.ring.current == pending
    assert again.nodes["fk"].opened.secrets.pending is None
    again.close()


def test_an_exchange_that_sends_a_change_in_a_partys_name_changes_nothing(house: House) -> None:
    forged = KeyChanged(
        version=2, sign=bytes(range(32)), seal=bytes(range(32)), old=bytes(64), countersigned={}
    )
    with house.exchange.opened.store.write() as transaction:
        transaction.post("fk", "directory.change", forged)
        transaction.log(Entry("test.forged", "exchange", "fk"))
    house.settle()
    assert versions(house, "polisen")["fk"] == 1
    assert versions(house, "exchange")["fk"] == 1
