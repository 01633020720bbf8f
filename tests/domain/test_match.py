"""What a meeting in a block says, to whom; and that without a shared value it says nothing."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import isclose, log2

import pytest

from samverkan.domain import bundle, match
from samverkan.domain.bundle import Entry, Layout, Origin, Record
from samverkan.domain.match import BadModel, Level, Line, Model, Pattern, Says, Slot, State

LAYOUT = Layout(1, ("id", "given", "surname", "postcode", "street", "phone"), ("given", "surname"))
MODEL = Model(
    slots={
        "id": Slot(0.95, 0.000001, identity=True),
        "given": Slot(0.9, 0.02, identity=True),
        "surname": Slot(0.9, 0.01, identity=True),
        "postcode": Slot(0.8, 0.001, group="home"),
        "street": Slot(0.8, 0.0001, group="home"),
        "phone": Slot(0.7, 0.00001),
    },
    cut_off=5.0,
    levels=((Level.VERY_STRONG, 25.0), (Level.STRONG, 15.0), (Level.MODERATE, 8.0)),
    prior=-2.0,
    rarity=(4.0, 1.0, 0.25, 0.05),
)
AGREE, DISAGREE, ABSENT = State.AGREE, State.DISAGREE, State.ABSENT
ANNA = {"id": "1", "given": "anna", "surname": "ek", "postcode": "70001", "street": "storgatan 1"}


@dataclass(frozen=True)
class Placed:
    party: str
    entry: Entry
    open_to: frozenset[str] = frozenset()


def entry(
    values: Mapping[str, str],
    *,
    seed: int,
    key: str = "shared",
    rarity: Mapping[str, int] | None = None,
) -> Entry:
    return bundle.build(
        Record(bytes(16), values, rarity or {}),
        token=hashlib.sha512(key.encode()).digest(),
        number=hashlib.sha256(str(seed).encode()).digest()[:16],
        origin=Origin("fk", 1),
        layout=LAYOUT,
        randomness=random.Random(seed).randbytes,
    )


def pattern(*states: State, given: int | None = None) -> Pattern:
    return Pattern(states, (given, None))


def bits(slot: str, state: State) -> float:
    numbers = MODEL.slots[slot]
    if state is AGREE:
        return log2(numbers.m / numbers.u)
    return log2((1 - numbers.m) / (1 - numbers.u))


def test_two_entries_of_a_block_agree_disagree_or_are_absent_by_slot() -> None:
    other = {**ANNA, "surname": "berg", "phone": "+46700000000"}
    del other["postcode"]
    seen = match.compare(entry(ANNA, seed=1), entry(other, seed=2), LAYOUT)
    assert seen.states == (AGREE, AGREE, DISAGREE, ABSENT, AGREE, ABSENT)


def test_the_rarity_of_a_name_shows_only_where_both_agree() -> None:
    one = entry(ANNA, seed=1, rarity={"given": 2, "surname": 3})
    other = entry({**ANNA, "surname": "berg"}, seed=2, rarity={"given": 2, "surname": 3})
    assert match.compare(one, other, LAYOUT).classes == (2, None)


@pytest.mark.parametrize("rarity", range(4))
def test_each_rarity_class_is_read(rarity: int) -> None:
    one, other = (entry(ANNA, seed=seed, rarity={"given": rarity}) for seed in (1, 2))
    assert match.compare(one, other, LAYOUT).classes == (rarity, None)


def test_fabricated_candidates_open_no_field_without_the_shared_value() -> None:
    """Attack `fabricated_candidates`: the exchange calls every two entries joined.

    Same person, same fields, other match key: 40,000 invented pairs agree in no slot.
    """
    ours = [entry(ANNA, seed=seed, key=f"ours {seed}").bundle for seed in range(200)]
    theirs = [entry(ANNA, seed=seed, key=f"theirs {seed}").bundle for seed in range(200, 400)]
    opened = 0
    for one, other in product(ours, theirs):
        left, right = (Entry(b"i" * 8, b"n" * 16, raw) for raw in (one, other))
        opened += AGREE in match.compare(left, right, LAYOUT).states
    assert opened == 0


def test_fabricated_candidates_stay_below_the_cut_off() -> None:
    seen = match.compare(entry(ANNA, seed=1, key="a"), entry(ANNA, seed=2, key="b"), LAYOUT)
    assert seen.states == (ABSENT,) * 6
    assert not match.enough(match.weigh(seen, LAYOUT, MODEL), MODEL)


def test_a_weight_sums_agreement_and_disagreement_and_nothing_for_absence() -> None:
    seen = pattern(AGREE, DISAGREE, ABSENT, ABSENT, ABSENT, ABSENT)
    expected = -2.0 + bits("id", AGREE) + bits("given", DISAGREE)
    assert isclose(match.weigh(seen, LAYOUT, MODEL), expected)
    assert bits("given", DISAGREE) < 0 < bits("id", AGREE)


@pytest.mark.parametrize("postcode", [AGREE, DISAGREE, ABSENT])
def test_of_correlated_slots_only_the_strongest_counts(postcode: State) -> None:
    seen = pattern(ABSENT, ABSENT, ABSENT, postcode, AGREE, ABSENT)
    assert isclose(match.weigh(seen, LAYOUT, MODEL), -2.0 + bits("street", AGREE))


def test_a_household_does_not_pass_on_its_address() -> None:
    seen = pattern(DISAGREE, DISAGREE, AGREE, AGREE, AGREE, ABSENT)
    assert match.weigh(seen, LAYOUT, MODEL) < match.weigh(
        pattern(ABSENT, AGREE, AGREE, AGREE, AGREE, ABSENT), LAYOUT, MODEL
    )
    both = match.weigh(seen, LAYOUT, MODEL)
    apart = both + bits("postcode", AGREE)
    assert both < MODEL.levels[1][1] < apart


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    weights = [
        match.weigh(pattern(ABSENT, AGREE, *[ABSENT] * 4, given=rarity), LAYOUT, MODEL)
        for rarity in (0, 1, 2, 3)
    ]
    assert weights == sorted(weights)
    assert isclose(weights[3] - weights[0], log2(4.0 / 0.05))


def test_a_rarity_that_lifts_u_to_certainty_leaves_a_finite_weight() -> None:
    model = replace(MODEL, rarity=(1e9, 1.0, 1e-30, 1.0))
    common, rare = (
        match.weigh(pattern(ABSENT, AGREE, *[ABSENT] * 4, given=rarity), LAYOUT, model)
        for rarity in (0, 2)
    )
    assert -3 < common < -2 < rare < 40


@pytest.mark.parametrize(
    ("weight", "word"),
    [(25.0, Level.VERY_STRONG), (24.9, Level.STRONG), (8.0, Level.MODERATE), (7.9, Level.WEAK)],
)
def test_a_weight_has_a_word(weight: float, word: Level) -> None:
    assert match.level(weight, MODEL) is word


def test_below_the_cut_off_nobody_is_told() -> None:
    assert match.enough(5.0, MODEL)
    assert not match.enough(4.999, MODEL)


def test_identity_fields_that_agree_are_named_and_the_rest_only_counted() -> None:
    seen = pattern(AGREE, AGREE, DISAGREE, AGREE, DISAGREE, ABSENT, given=3)
    said = match.explain(seen, LAYOUT, MODEL)
    assert said.agreed == ("id", "given")
    assert said.disagreed == ()
    assert (said.supports, said.neutral, said.against) == (1, 1, 2)
    assert said.rare == ("given:rare",)
    assert {line.slot for line in said.lines} == {"id", "given", None}


def test_a_release_rule_opens_a_field_in_both_directions() -> None:
    seen = pattern(AGREE, ABSENT, ABSENT, AGREE, DISAGREE, ABSENT)
    said = match.explain(seen, LAYOUT, MODEL, open_fields={"postcode", "street", "phone"})
    assert said.agreed == ("id", "postcode")
    assert said.disagreed == ("street",)
    assert (said.supports, said.neutral, said.against) == (0, 3, 0)


def test_the_place_of_a_line_does_not_give_its_field_away() -> None:
    one = match.explain(pattern(*[ABSENT] * 3, AGREE, ABSENT, ABSENT), LAYOUT, MODEL)
    other = match.explain(pattern(*[ABSENT] * 3, ABSENT, ABSENT, AGREE), LAYOUT, MODEL)
    assert one == other
    assert one.lines[0] == Line(Says.SUPPORTS)


def test_silent_matrix_a_party_hears_exactly_if_the_others_record_is_open_to_it() -> None:
    """Attack `silent_matrix`: nine cases of silent, open to the other, open to a third."""
    shared = entry(ANNA, seed=1)
    openness: dict[str, Callable[[str], frozenset[str]]] = {
        "silent": lambda _other: frozenset(),
        "open": lambda other: frozenset({other}),
        "third": lambda _other: frozenset({"af"}),
    }
    heard = {
        (a, b): match.told(
            Placed("fk", shared, openness[a]("kfm")), Placed("kfm", shared, openness[b]("fk"))
        )
        for a, b in product(openness, openness)
    }
    assert heard == {
        (a, b): frozenset({"fk"} if b == "open" else ()) | ({"kfm"} if a == "open" else set())
        for a, b in product(openness, openness)
    }
    assert heard["silent", "silent"] == frozenset()


def test_pairs_join_two_parties_under_one_index_once() -> None:
    placed = [
        Placed("fk", entry(ANNA, seed=1)),
        Placed("fk", entry(ANNA, seed=2)),
        Placed("kfm", entry(ANNA, seed=3)),
        Placed("kfm", entry(ANNA, seed=4, key="other")),
    ]
    found = list(match.pairs(placed))
    assert found == [(placed[0], placed[2]), (placed[1], placed[2])]


def test_a_partys_huge_block_leaves_it_out_of_that_block_alone() -> None:
    crowd = [Placed("fk", entry(ANNA, seed=seed)) for seed in range(21)]
    others = [Placed("kfm", entry(ANNA, seed=50)), Placed("af", entry(ANNA, seed=51))]
    assert list(match.pairs([*crowd, *others])) == [(others[0], others[1])]
    assert len(list(match.pairs([*crowd[1:], *others]))) == 41


def test_silent_records_fill_no_block_of_open_ones() -> None:
    """Attack `silent_matrix`: what others see of open records is the same with and without silent."""
    opened = [Placed("fk", entry(ANNA, seed=at), frozenset({"kfm"})) for at in range(15)]
    silent = [Placed("fk", entry(ANNA, seed=at)) for at in range(15, 40)]
    other = Placed("kfm", entry(ANNA, seed=50))
    without = list(match.pairs([*opened, other]))
    assert list(match.pairs([*opened, *silent, other])) == without
    assert len(without) == 15


def test_own_huge_block_is_dropped_before_it_costs_an_evaluation() -> None:
    """Attack `huge_block`: a prison's address is no key; the receipt says how many went."""
    prison = [(f"sub-{at}", "p5", "ek|kumla 1") for at in range(21)]
    hostel = [(f"sub-{at}", "p5", "ek|visby 1") for at in range(20)]
    own = [("sub-1", "p1", "1")]
    chosen = match.keep_selective([*prison, *hostel, *own, *own])
    assert chosen.kept == (*hostel, *own)
    assert chosen.dropped == {"p5": 21}


def test_equal_values_of_two_key_types_are_two_blocks() -> None:
    keys = [(f"sub-{at}", key_type, "x") for at in range(15) for key_type in ("p1", "c5")]
    assert match.keep_selective(keys).dropped == {}


@pytest.mark.parametrize("m", [0.0, 1.0, -0.1, float("nan")])
def test_a_certain_probability_is_no_model(m: float) -> None:
    with pytest.raises(BadModel):
        replace(MODEL, slots={"id": Slot(m, 0.5)})


@pytest.mark.parametrize(
    "wrong",
    [{"rarity": (1.0,) * 3}, {"rarity": (0.0, 1.0, 1.0, 1.0)}, {"classes": ("a",)},
     {"levels": ((Level.STRONG, 1.0), (Level.VERY_STRONG, 2.0))}],
)  # fmt: skip
def test_a_model_that_does_not_hang_together_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadModel):
        replace(MODEL, **wrong)  # type: ignore[arg-type]


def test_a_slot_without_numbers_is_named() -> None:
    model = replace(MODEL, slots={"id": MODEL.slots["id"]})
    with pytest.raises(BadModel, match="given"):
        match.weigh(pattern(ABSENT, AGREE, *[ABSENT] * 4), LAYOUT, model)
    with pytest.raises(BadModel, match="given"):
        match.explain(pattern(*[ABSENT] * 6), LAYOUT, model)
