"""What was found, held against the truth: pooled and alone are counted by the same rules."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import pytest

from samverkan.domain.pack import Pack
from samverkan.embedded.evaluation import Oracle, Register, Truth, read_truth, register
from samverkan.embedded.officers import Sector
from tests.agency.model import ANNA, DELTA, POLICE, TYPOLOGY, small_pack
from tests.agency.world import World

SITE, DEBT = "polisen:staff-seen-at-site", "kfm:debt-over-100k"
PAPER = "paper-assistance"
HERE, ELSEWHERE = "1885", "0180"
DAY = date(2026, 6, 30)
ROWS = {("polisen", 1): "c1", ("kfm", 2): "c1", ("kfm", 3): "c2", ("fk", 1): "c1"}


@pytest.fixture
def pack() -> Pack:
    """The national model and a typology of two conditions."""
    return small_pack()


def sector(*typologies: str) -> Sector:
    """A scope of the region in which `HERE` lies."""
    return Sector("bergslagen", "rsr-bergslagen", ("polisen", "kfm", "fk"), typologies)


def one(row: int, *conditions: str, place: str = HERE, months: Collection[str] = ()) -> Register:
    """A register of one subject: this row, in this place, meeting these conditions."""
    stated = dict.fromkeys(conditions, frozenset(months))
    return Register({"s": {row}}, {"s": {place}}, {"s": stated})


def oracle(pack: Pack, registers: Mapping[str, Register]) -> Oracle:
    everybody = {"polisen": Register(), "kfm": Register(), "fk": Register()} | dict(registers)
    return Oracle(pack, Truth(ROWS, frozenset()), everybody, DAY)


def test_the_truth_is_read_as_whose_the_wanted_rows_are_and_what_was_planted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "truth.jsonl"
    said = [
        {"entity": "c1", "records": {"kfm": [2, 5], "polisen": [1]}},
        {"entity": "c2", "records": {"kfm": [3]}},
        {"scheme": TYPOLOGY, "subject": "c1", "planted": True},
        {"scheme": TYPOLOGY, "subject": "c2", "planted": False},
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in said))
    truth = read_truth(path, {"kfm": one(2, DEBT), "polisen": one(1, SITE)})
    assert truth.entities == {("kfm", 2): "c1", ("polisen", 1): "c1"}, "no row that nobody asks of"
    assert truth.planted == {(TYPOLOGY, "c1")}, "a decoy is no scheme"


def test_conditions_of_two_parties_about_one_entity_are_found_together_only(pack: Pack) -> None:
    both = {"polisen": one(1, SITE), "kfm": one(2, DEBT)}
    assert oracle(pack, both).pooled([sector(TYPOLOGY)]) == {(TYPOLOGY, "c1")}
    assert oracle(pack, both).alone([sector(TYPOLOGY)]) == 0
    for party, own in both.items():
        assert oracle(pack, {party: own}).pooled([sector(TYPOLOGY)]) == set()


@pytest.mark.parametrize(
    ("registers", "typologies"),
    [
        ({"polisen": one(1, SITE), "kfm": one(3, DEBT)}, (TYPOLOGY,)),
        ({"fk": one(1, "fk:assistance-provider"), "kfm": one(2, DEBT)}, (PAPER,)),
        ({"polisen": one(1, SITE), "fk": one(1, "fk:assistance-provider")}, (TYPOLOGY,)),
        ({"polisen": one(1, SITE), "kfm": one(2, DEBT)}, ()),
        ({"polisen": one(1, SITE), "kfm": one(2, DEBT)}, (PAPER,)),
        ({"polisen": one(1, SITE), "kfm": one(9, DEBT)}, (TYPOLOGY,)),
        ({"polisen": one(1, SITE), "kfm": one(2, DEBT, place=ELSEWHERE)}, (TYPOLOGY,)),
    ],
    ids=[
        "two entities", "fewer than the threshold", "another typology's condition",
        "nothing is looked for", "another typology", "a row that the truth does not know",
        "a record outside the region",
    ],
)  # fmt: skip
def test_an_oracle_finds_nothing_in(
    pack: Pack, registers: dict[str, Register], typologies: tuple[str, ...]
) -> None:
    assert oracle(pack, registers).pooled([sector(*typologies)]) == set()


def test_conditions_known_by_months_count_as_they_do_for_the_exchange(pack: Pack) -> None:
    spring, autumn = ("2026-02", "2026-03"), ("2025-10",)
    staff = "skv:no-employees-declared"
    rows = {("fk", 1): "c1", ("skv-beskattning", 1): "c1", ("kfm", 2): "c1"}
    for months, found in ((spring, {(PAPER, "c1")}), (autumn, set())):
        registers = {
            "fk": one(1, "fk:assistance-provider", months=spring),
            "skv-beskattning": one(1, staff, months=months),
            "kfm": one(2, DEBT),
        }
        sought = Sector("bergslagen", "rsr-bergslagen", tuple(registers), (PAPER,))
        seen = Oracle(pack, Truth(rows, frozenset()), registers, DAY)
        assert seen.pooled([sought]) == found


def test_a_party_outside_the_scope_adds_nothing(pack: Pack) -> None:
    both = {"polisen": one(1, SITE), "kfm": one(2, DEBT)}
    alone = Sector("bergslagen", "rsr-bergslagen", ("polisen", "fk"), (TYPOLOGY,))
    assert oracle(pack, both).pooled([alone]) == set()


def test_the_best_single_party_counts_and_nobody_finds_nothing(pack: Pack) -> None:
    able = {"polisen": one(1, SITE, DEBT), "kfm": one(2, DEBT)}
    assert oracle(pack, able).alone([sector(TYPOLOGY)]) == 1
    assert oracle(pack, {}).alone([]) == 0


def test_a_register_holds_the_subjects_that_meet_a_condition_and_those_that_are_named(
    founded: World,
) -> None:
    anna, delta = founded.subject(POLICE, ANNA), founded.subject(POLICE, DELTA)
    with founded.node(POLICE).opened.store.view() as connection:
        unnamed = register(connection, POLICE)
        named = register(connection, POLICE, {anna})
    assert unnamed.rows == {delta: {4}}
    assert unnamed.places == {delta: {HERE}}
    assert named.rows == {anna: {1}, delta: {4}}
    assert named.conditions == unnamed.conditions
    assert unnamed.conditions == {delta: {SITE: frozenset({"2026-03", "2026-04"})}}


def test_what_others_have_said_is_not_a_partys_own_record(asked: World) -> None:
    asked.play("answer")
    delta = asked.subject(POLICE, DELTA)
    with asked.node(POLICE).opened.store.view() as connection:
        assert set(register(connection, POLICE).rows) == {delta}
        assert set(register(connection, POLICE).conditions[delta]) == {SITE}
