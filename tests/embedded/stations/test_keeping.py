"""Keys are read to each other and vouched for; a cooperation that ends takes its keys with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samverkan.agency.sql.work import SqlReading
from samverkan.embedded import genesis
from samverkan.embedded.house import House, open_house
from samverkan.embedded.stations import keeping
from samverkan.embedded.stations.seat import Seat, seat_of
from samverkan.infra.opening import Ambient
from samverkan.kernel.codes import Code
from samverkan.kernel.purpose import Stamp
from tests.agency.model import POLICE
from tests.agency.world import World
from tests.embedded.seats import DECIDER, at, refusal

KEEPER = {"polisen": "Peter Dahl", "fk": "Amir Haddad", "kfm": "Daniel Roos"}

FOUR = ("polisen", "fk", "skv-beskattning", "kfm")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Four parties that have pinned each other's first keys."""
    ambient = Ambient(lambda: datetime.now(UTC), os.urandom)
    begun = genesis.begin(
        tmp_path, parties=FOUR, pack="se", stamp=Stamp.SYNTHETIC, randomness=os.urandom
    )
    opened = open_house(tmp_path, begun, ambient)
    yield opened
    opened.close()


def keeper(house: House, party: str) -> Seat:
    return seat_of(house, party, KEEPER[party])


def test_every_party_reads_the_same_fingerprints(house: House) -> None:
    assert keeping.pinned(keeper(house, "fk")) == keeping.pinned(keeper(house, "polisen"))


def test_what_waits_to_be_vouched_for_is_what_will_be_in_force(house: House) -> None:
    keeping.propose(keeper(house, "fk"), ("polisen", "kfm"))
    (seen,) = keeping.waiting(keeper(house, "polisen"))
    for party in ("polisen", "kfm"):
        keeping.vouch(keeper(house, party), "fk")
    after = {one.address: one for one in keeping.pinned(keeper(house, "kfm"))}
    assert (after["fk"].version, after["fk"].fingerprint) == (2, seen.fingerprint)
    assert keeping.waiting(keeper(house, "polisen")) == []


def test_too_few_to_vouch_are_refused(house: House) -> None:
    seat = keeper(house, "fk")
    assert refusal(lambda: keeping.propose(seat, ("polisen",))) is Code.KEY_CHANGE_REFUSED


def test_nobody_vouches_for_keys_that_nobody_proposed(house: House) -> None:
    seat = keeper(house, "polisen")
    assert refusal(lambda: keeping.vouch(seat, "fk")) is Code.NOT_FOUND


def test_only_an_administrator_looks_after_keys(house: House) -> None:
    seat = seat_of(house, "polisen", "Karin Lindqvist")
    assert refusal(lambda: keeping.pinned(seat)) is Code.NO_MANDATE


def test_the_end_of_a_scope_destroys_its_keys_at_every_party(enrolled: World) -> None:
    scope = enrolled.scope.id
    keeping.end(at(enrolled, POLICE, DECIDER), scope)
    for party, node in enrolled.house.nodes.items():
        with node.opened.store.view() as connection:
            reading = SqlReading(connection, node.opened.store.clock(), party)
            assert reading.keys.share(scope, 1, "c1") is None
    assert (
        refusal(lambda: keeping.end(at(enrolled, POLICE, DECIDER), scope)) is Code.COOPERATION_ENDED
    )
