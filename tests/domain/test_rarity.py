"""The class of a name comes from the pack's table, and from nothing that a party holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samverkan.domain.normalise import Forms, comparison_slots, forms_of
from samverkan.domain.pack import Pack
from samverkan.domain.rarity import Commonness, commonness
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.domain.weighing import weighings
from samverkan.infra.packs import load_pack
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.national import profile

PACK = Path(__file__).parents[2] / "packs" / "se"
TABLE = Commonness({"given": {"eva": 1}, "surname": {"ek": 0}}, others=2)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The national model."""
    read = load_pack(PACK)
    assert not isinstance(read, Refused)
    return read


@pytest.fixture(scope="module")
def forms(pack: Pack) -> Forms:
    """Its ways of writing."""
    return forms_of(pack.writing)


def test_a_listed_name_has_its_class_and_any_other_the_class_of_others() -> None:
    assert TABLE.of({"given": "eva", "surname": "zyx", "street": "eva"}) == {
        "given": 1,
        "surname": 2,
    }


def test_a_slot_without_a_value_or_without_a_table_has_no_class() -> None:
    assert TABLE.of({"given": "", "name_word": "bygg"}) == {}


def test_without_a_class_for_others_an_unlisted_name_has_none() -> None:
    assert replace(TABLE, others=None).of({"given": "zyx", "surname": "ek"}) == {"surname": 0}


def test_the_packs_names_are_written_as_comparison_writes_them(pack: Pack, forms: Forms) -> None:
    values = {Prop.FIRST_NAME: ("Åsa Maria",), Prop.LAST_NAME: ("JÖNSSON",)}
    slots = comparison_slots(
        Fields(Schema.PERSON, values), profile(Stamp.SYNTHETIC, date(2026, 11, 24))
    )
    found = commonness(pack, forms).of(slots)
    names = list(pack.rarity)
    assert {slot: names[one] for slot, one in found.items()} == {
        "given": "common",
        "surname": "common",
    }


def test_no_name_is_of_two_classes(pack: Pack) -> None:
    for slot in ("given", "surname"):
        named = [name for one in pack.rarity.values() for name in one.listed.get(slot, ())]
        assert len(named) == len(set(named))


def test_every_slot_that_carries_a_class_has_a_table(pack: Pack, forms: Forms) -> None:
    tables = commonness(pack, forms).listed.keys()
    rare = {slot for one in weighings(pack).values() for slot in one.layout.rare}
    assert rare == set(tables)


def test_the_classes_stand_from_common_to_rare(pack: Pack) -> None:
    bounds = [(one.least, one.factor) for one in pack.rarity.values()]
    assert bounds == sorted(bounds, reverse=True)
