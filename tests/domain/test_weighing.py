"""What the pack says of comparison and typologies is what bundles and counts work by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from samverkan.domain import match
from samverkan.domain.match import Level, Pattern, State
from samverkan.domain.pack import Kind, Pack
from samverkan.domain.weighing import LAYOUT_VERSION, Weighing, typologies, weighings
from samverkan.infra.packs import load_pack
from samverkan.kernel.outcome import Refused

PACK = Path(__file__).parents[2] / "packs" / "se"


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The national model."""
    read = load_pack(PACK)
    assert not isinstance(read, Refused)
    return read


@pytest.fixture(scope="module")
def known(pack: Pack) -> Mapping[str, Weighing]:
    """By key type."""
    return weighings(pack)


def test_every_key_type_is_weighed_as_its_kind_of_subject(
    pack: Pack, known: Mapping[str, Weighing]
) -> None:
    assert {code: found.kind for code, found in known.items()} == {
        key_type.code: key_type.kind for key_type in pack.key_types.values()
    }


def test_key_types_of_one_kind_share_one_layout(known: Mapping[str, Weighing]) -> None:
    assert known["p1"] is known["p2"]
    assert known["p1"].layout.fingerprint != known["c1"].layout.fingerprint


def test_the_layout_has_the_packs_slots_in_the_packs_order(
    pack: Pack, known: Mapping[str, Weighing]
) -> None:
    slots = pack.comparison[Kind.PERSON].slots
    layout = known["p1"].layout
    assert layout.version == LAYOUT_VERSION
    assert layout.slots == tuple(slots)
    assert layout.rare == ("given", "surname")


def test_the_model_has_the_packs_numbers(pack: Pack, known: Mapping[str, Weighing]) -> None:
    comparison = pack.comparison[Kind.PERSON]
    model = known["p1"].model
    for name, slot in comparison.slots.items():
        mine = model.slots[name]
        assert (mine.m, mine.u) == (slot.m, slot.u)
        assert (mine.identity, mine.group) == (slot.identity, slot.group)
    assert model.cut_off == comparison.cut_off
    assert model.classes == tuple(pack.rarity)
    assert model.rarity == tuple(one.factor for one in pack.rarity.values())


def test_levels_stand_strongest_first_in_the_words_of_the_wire(
    known: Mapping[str, Weighing],
) -> None:
    for weighing in known.values():
        levels = [level for level, _ in weighing.model.levels]
        assert levels == [Level.VERY_STRONG, Level.STRONG, Level.MODERATE, Level.WEAK]
        assert weighing.model.levels[-1][1] == weighing.model.cut_off


@pytest.mark.parametrize("code", ["p1", "c1"])
def test_full_agreement_is_very_strong_and_full_disagreement_is_told_to_nobody(
    known: Mapping[str, Weighing], code: str
) -> None:
    layout, model = known[code].layout, known[code].model
    classes = (None,) * len(layout.rare)
    for state, told in ((State.AGREE, True), (State.DISAGREE, False), (State.ABSENT, False)):
        weight = match.weigh(Pattern((state,) * len(layout.slots), classes), layout, model)
        assert match.enough(weight, model) is told
        assert (match.level(weight, model) is Level.VERY_STRONG) is told


def test_a_typology_counts_each_condition_at_the_party_that_judges_it(pack: Pack) -> None:
    known = typologies(pack)
    assert set(known) == set(pack.typologies)
    paper = known["paper-assistance"]
    assert paper.of("fk") == ("fk:assistance-provider",)
    assert paper.of("polisen") == ()
    for name, one in known.items():
        assert (one.threshold, one.ceiling) == (
            pack.typologies[name].threshold,
            pack.typologies[name].ceiling,
        )
        assert one.codes == tuple(pack.typologies[name].conditions)
