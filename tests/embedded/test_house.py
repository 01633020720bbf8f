"""All roles in one process, and yet each with its own file, key and ledger."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from samverkan.embedded.house import (
    House,
    check_pack,
    open_house,
    pack_folder,
    read_pack,
)
from samverkan.infra.opening import Ambient
from samverkan.infra.sql import StoreLocked, open_file
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import RefusedError
from samverkan.kernel.purpose import Stamp
from tests.embedded.conftest import PAIR, begin
from tests.instruments import FixedClock, seeded
from tests.wire.test_joining import DRAFT

ALL = {"exchange", "steering", *PAIR}


def test_every_address_has_a_store_file_of_its_own(house: House) -> None:
    openings = house.openings()
    assert set(openings) == set(house.stores()) == ALL
    files = {one.settings.store_path for one in openings.values()}
    assert len(files) == len(ALL)
    assert all(file.is_file() for file in files)


def test_no_addresss_key_opens_anothers_store(house: House) -> None:
    for mine, theirs in permutations(house.openings().values(), 2):
        engine = open_file(theirs.settings.store_path, mine.secrets.store)
        with pytest.raises(StoreLocked), engine.connect():
            pytest.fail("opened with a foreign key")
        engine.dispose()


def test_every_address_pins_the_first_card_of_all(house: House) -> None:
    for opened in house.openings().values():
        with opened.store.view() as connection:
            assert {pin.address for pin in opened.book.all(connection)} == ALL


def test_officers_are_those_of_the_own_party_and_are_appointed_once(tmp_path: Path) -> None:
    begun = begin(tmp_path)
    seen: list[dict[str, list[str]]] = []
    for seed in (1, 2):
        house = open_house(tmp_path, begun, Ambient(FixedClock(), seeded(seed)))
        seen.append({name: [o.user for o in n.officers()] for name, n in house.nodes.items()})
        house.close()
    assert seen[0] == seen[1]
    assert not set(seen[0]["polisen"]) & set(seen[0]["fk"])
    assert all(seen[0].values())


def write(house: House, sender: str, to: str) -> None:
    """Any message that the sender may write: its form is not what is tried here."""
    with house.stores()[sender].write() as transaction:
        transaction.post(to, "word.unheard", DRAFT.by)
        transaction.log(Entry("word.sent", sender, to))


def waiting(house: House, name: str) -> int:
    """How many messages have come to the address."""
    store = house.stores()[name]
    with store.view() as connection:
        return len(connection.execute(store.tables.inbox.select()).all())


def test_post_is_carried_until_nothing_moves(house: House) -> None:
    assert house.settle() in {True, False}
    assert house.settle() is False
    write(house, "fk", "polisen")
    assert waiting(house, "polisen") == 0
    assert house.settle() is True
    assert waiting(house, "polisen") == 1
    assert house.settle() is False


def test_each_address_has_one_postman_and_the_exchanges_is_last(house: House) -> None:
    postmen = house.postmen()
    assert len(postmen) == len(ALL)
    assert postmen[-1] is house.exchange.postman


def test_others_that_had_post_from_an_address_witness_its_ledger(house: House) -> None:
    house.settle()
    for _ in range(2):
        write(house, "fk", "polisen")
        house.settle()
    seen = house.witnesses("fk")
    assert set(seen) == ALL - {"fk"}
    heads = seen["polisen"]
    assert len({head.seq for head in heads}) >= 2, "heads in between are kept too"
    table = house.stores()["fk"].tables.ledger.entries
    with house.stores()["fk"].view() as connection:
        rows = {row.seq: row.hash for row in connection.execute(table.select())}
    assert all(rows[head.seq] == head.hash for head in heads)


def test_a_pack_of_another_stamp_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        read_pack("se", Stamp.LIVE)
    assert caught.value.refused.code is Code.STAMP_MISMATCH


def test_a_pack_that_does_not_come_with_the_product_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        read_pack("atlantis", Stamp.SYNTHETIC)
    assert caught.value.refused.code is Code.PACK_INVALID


def test_the_pack_that_comes_with_the_product_has_no_fault() -> None:
    assert check_pack(pack_folder("se")) == ()
