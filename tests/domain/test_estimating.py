"""Weights by what has met: drawn to the prior, bounded, and no worse on public linkage sets."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import combinations
from math import log2
from pathlib import Path

import pytest

from samverkan.domain import match
from samverkan.domain.bundle import Layout
from samverkan.domain.estimating import (
    LEAST,
    MOST,
    States,
    code_of,
    collisions,
    decided,
    estimate,
    states_of,
    with_rates,
)
from samverkan.domain.match import Model, Pattern, Slot, State
from samverkan.domain.normalise import KeySpec, Profile, comparison_slots, key_spec, match_keys
from samverkan.domain.pack import Pack
from samverkan.domain.rarity import Commonness
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.domain.weighing import weighings
from samverkan.infra.packs import load_pack
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.national import profile

A, D, N = State.AGREE, State.DISAGREE, State.ABSENT
LAYOUT = Layout(1, ("id", "given", "street"))
MODEL = Model(
    {"id": Slot(0.96, 1e-6), "given": Slot(0.9, 0.01), "street": Slot(0.7, 0.001)}, 10.0, ()
)
EVALUATION: Profile = profile(Stamp.EVALUATION, date(2026, 11, 24))


@pytest.mark.parametrize("states", [(A, A, A), (D, N, A), (N, N, N), (A, D, N)])
def test_a_pattern_is_one_number_and_back(states: States) -> None:
    assert states_of(code_of(states), LAYOUT) == states


def test_a_small_class_tells_the_priors_rate_and_a_large_one_its_own() -> None:
    same = [{"given": "eva"}] * 3
    assert collisions(same, MODEL)["given"] == round(-10 * log2(0.01))
    half = [{"given": "eva"}, {"given": "bo"}] * 1_000
    assert collisions(half, MODEL)["given"] == pytest.approx(10, abs=1)


def test_a_value_that_nobody_has_counts_for_nothing() -> None:
    assert collisions([{"given": ""}] * 5_000, MODEL) == collisions([], MODEL)


def test_rates_are_joined_as_bits_and_slots_that_nobody_told_keep_their_prior() -> None:
    joined = with_rates(MODEL, [{"given": 60}, {"given": 80}])
    assert -log2(joined.slots["given"].u) == pytest.approx(7)
    assert joined.slots["street"].u == pytest.approx(MODEL.slots["street"].u)


@pytest.mark.parametrize("claimed", [0, 10_000])
def test_no_claim_of_a_party_moves_a_weight_by_more_than_a_bound(claimed: int) -> None:
    joined = with_rates(MODEL, [dict.fromkeys(MODEL.slots, claimed)])
    for name, slot in joined.slots.items():
        assert abs(log2(slot.u / MODEL.slots[name].u)) <= MOST + 1e-9


def test_the_share_that_agrees_among_one_persons_pairs_is_found() -> None:
    met: dict[States, int] = {(A, A, A): 500, (A, A, D): 500, (D, D, D): 3_000}
    found = estimate(MODEL, LAYOUT, {"p1": met}, {"p1": ("id",)})
    assert found.slots["street"].m == pytest.approx(0.5, abs=0.03)
    assert found.slots["id"].m == pytest.approx(MODEL.slots["id"].m)


def test_too_few_pairs_leave_the_prior() -> None:
    met: dict[States, int] = {(A, A, D): LEAST - 1}
    found = estimate(MODEL, LAYOUT, {"p1": met}, {"p1": ()})
    assert {name: slot.m for name, slot in found.slots.items()} == pytest.approx(
        {name: slot.m for name, slot in MODEL.slots.items()}
    )


def test_an_estimate_is_bounded_however_pairs_look() -> None:
    met: dict[States, int] = {(A, A, D): 10**6}
    found = estimate(MODEL, LAYOUT, {"p1": met}, {"p1": ("id",)})
    assert found.slots["street"].m >= MODEL.slots["street"].m / 2**MOST - 1e-9
    assert 1 - found.slots["given"].m >= (1 - MODEL.slots["given"].m) / 2**MOST - 1e-9


def test_a_key_decides_every_name_slot_that_its_part_may_be_of() -> None:
    assert decided(["lastName", "birthDate"]) == {
        "given", "given_sound", "surname", "surname_sound", "birth_year", "birth_monthday",
    }  # fmt: skip
    assert decided(["passportNumber"]) == frozenset()


@cache
def pack() -> Pack:
    read = load_pack(Path(__file__).parents[2] / "packs" / "se")
    assert not isinstance(read, Refused)
    return read


Subject = tuple[str, Fields]
"""Who it really is, and what is said."""


def subject(who: str, **said: str) -> Subject:
    return who, Fields(
        Schema.PERSON, {Prop[p.upper()]: (text,) for p, text in said.items() if text}
    )


def febrl(folder: Path, part: str) -> Iterator[Subject]:
    with (folder / "linkage" / f"febrl4{part}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            born = row["date_of_birth"]
            yield subject(
                row["cluster"],
                first_name=row["given_name"],
                last_name=row["surname"],
                birth_date=f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
                postcode=row["postcode"],
                street=f"{row['address_1']} {row['street_number']}" if row["address_1"] else "",
            )


def german(folder: Path) -> Iterator[Subject]:
    who = (folder / "linkage" / "identity.RLdata10000.csv").read_text().split()[1:]
    with (folder / "linkage" / "RLdata10000.csv").open(encoding="utf-8") as file:
        for one, row in zip(who, csv.DictReader(file), strict=True):
            day = f"{row['by']}-{int(row['bm']):02d}-{int(row['bd']):02d}"
            first, last = row["fname_c1"], row["lname_c1"]
            yield subject(one, first_name=first, last_name=last, birth_date=day)


@dataclass
class Trial:
    """Pairs that meet in a public set, plainly: the same keys, slots and patterns as the protocol's."""

    people: list[tuple[int, str, Fields]]
    truth: int

    def __post_init__(self) -> None:
        self.layout, self.model = weighings(pack())["p1"].layout, weighings(pack())["p1"].model
        self.slots = [comparison_slots(fields, EVALUATION) for _, _, fields in self.people]
        self.rare = list(map(self.commonness().of, self.slots))
        self.met: dict[str, Counter[States]] = {}
        self.pairs: dict[tuple[int, int], Pattern] = {}
        for key_type, blocks in self.blocks().items():
            self.met[key_type] = Counter(self._meet(blocks.values()))

    def commonness(self) -> Commonness:
        """Classes by the set's own names, as its country's statistics would have them."""
        least = [one.least for one in pack().rarity.values()]
        tables = {}
        for slot in self.layout.rare:
            counts = Counter(values[slot] for values in self.slots if values.get(slot))
            every = sum(counts.values())
            tables[slot] = {
                name: next(at for at, bound in enumerate(least) if n / every >= bound)
                for name, n in counts.items()
            }
        return Commonness(tables)

    def blocks(self) -> dict[str, dict[str, list[int]]]:
        spec = key_spec([k for k in pack().key_types if k.startswith("P")], EVALUATION)
        assert isinstance(spec, KeySpec)
        found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, (_, _, fields) in enumerate(self.people):
            for key_type, value in match_keys(fields, spec):
                found[key_type][value].append(at)
        return found

    def _meet(self, blocks: Iterable[list[int]]) -> Iterator[States]:
        for block in blocks:
            sides = Counter(self.people[at][0] for at in block)
            for one, other in combinations(block, 2) if max(sides.values()) <= match.CAP else ():
                if len(sides) == 1 or self.people[one][0] != self.people[other][0]:
                    pattern = self.pairs[one, other] = self._compare(one, other)
                    yield pattern.states

    def _compare(self, one: int, other: int) -> Pattern:
        states = tuple(
            N if slot not in self.slots[one] or slot not in self.slots[other]
            else A if self.slots[one][slot] == self.slots[other][slot] else D
            for slot in self.layout.slots
        )  # fmt: skip
        agree = dict(zip(self.layout.slots, states, strict=True))
        rare = self.rare[one]
        return Pattern(
            states, tuple(rare.get(s) if agree[s] is A else None for s in self.layout.rare)
        )

    def learned(self) -> Model:
        """As the exchange would have it: rates of each side, then patterns."""
        sides: dict[int, list[Mapping[str, str]]] = defaultdict(list)
        for (side, _, _), values in zip(self.people, self.slots, strict=True):
            sides[side].append(values)
        rated = with_rates(self.model, [collisions(one, self.model) for one in sides.values()])
        settled = {name: decided(kind.props) for name, kind in pack().key_types.items()}
        return estimate(rated, self.layout, self.met, settled)

    @property
    def fitting(self) -> float:
        """The cut-off that the set's size calls for: pairs of strangers for each of one person."""
        return log2(len(self.people) ** 2 / 4 / self.truth)

    def f1(self, model: Model, cut: float, *, rarity: bool) -> float:
        plain = (None,) * len(self.layout.rare)
        told = right = 0
        for (one, other), seen in self.pairs.items():
            pattern = seen if rarity else replace(seen, classes=plain)
            if match.weigh(pattern, self.layout, model) >= cut:
                told += 1
                right += self.people[one][1] == self.people[other][1]
        return 2 * right / (told + self.truth)


@pytest.fixture(scope="module")
def two_lists(testdata: Path) -> Trial:
    """Half of FEBRL 4 without its number: two lists, each person once in each."""
    sides = [(at, *one) for at, part in enumerate("ab") for one in febrl(testdata, part)]
    half = [one for one in sides if one[1][-1] in "02468"]
    return Trial(half, truth=len(half) // 2)


@pytest.fixture(scope="module")
def one_list(testdata: Path) -> Trial:
    """RLdata10000: names and dates alone, 1,000 persons twice."""
    return Trial([(0, *one) for one in german(testdata)], truth=1_000)


def test_estimates_and_rarity_do_better_than_the_priors_on_two_lists(two_lists: Trial) -> None:
    learned = two_lists.learned()
    for cut, gain in ((two_lists.fitting, 0.0), (two_lists.model.cut_off, 0.04)):
        before = two_lists.f1(two_lists.model, cut, rarity=False)
        assert two_lists.f1(learned, cut, rarity=True) >= before + gain
    assert two_lists.f1(learned, two_lists.fitting, rarity=True) > 0.97


def test_rarity_does_not_lose_where_nothing_but_names_and_dates_is_known(one_list: Trial) -> None:
    before = one_list.f1(one_list.model, one_list.fitting, rarity=False)
    after = one_list.f1(one_list.learned(), one_list.fitting, rarity=True)
    assert after > before - 0.005
