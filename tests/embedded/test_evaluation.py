"""What was found, held against the truth: pooled, alone and blind are counted by the same rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samverkan.domain.pack import Pack
from samverkan.embedded.evaluation import (
    Register,
    Scheme,
    Truth,
    found_alone,
    found_pooled,
    read_truth,
    registers,
)
from tests.agency.model import ANNA, DEBTS, DELTA, POLICE, TAX, TYPOLOGY, small_pack
from tests.agency.world import World

SITE, DEBT = "polisen:staff-seen-at-site", "kfm:debt-over-100k"
PAPER = "paper-assistance"


@pytest.fixture
def pack() -> Pack:
    """The national model and a typology of two conditions."""
    return small_pack()


def register(subject: str, entity: str, *conditions: str) -> Register:
    """One subject that is this entity and meets these conditions."""
    return Register({subject: {1}}, {subject: {entity}}, {subject: set(conditions)})


def test_the_truth_is_read_as_rows_and_schemes(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    said = [
        {"entity": "c1", "records": {"kfm": [2, 5], "polisen": [1]}},
        {"scheme": TYPOLOGY, "company": "c1", "planted": True},
        {"scheme": TYPOLOGY, "company": "c2", "planted": False},
    ]
    path.write_text("".join(f"{json.dumps(one)}\n" for one in said))
    truth = read_truth(path)
    assert truth.rows == {("kfm", 2): "c1", ("kfm", 5): "c1", ("polisen", 1): "c1"}
    assert truth.schemes[1] == Scheme(TYPOLOGY, "c2", planted=False)
    assert truth.planted == {(TYPOLOGY, "c1")}, "a decoy is no scheme"


def test_conditions_of_two_parties_about_one_entity_are_found_together_only(pack: Pack) -> None:
    parties = {"polisen": register("a", "c1", SITE), "kfm": register("b", "c1", DEBT)}
    assert found_pooled(parties, pack, [TYPOLOGY]) == {(TYPOLOGY, "c1")}
    assert found_alone(parties, pack, [TYPOLOGY]) == 0
    for party, own in parties.items():
        assert found_pooled({party: own}, pack, [TYPOLOGY]) == set()


def test_conditions_about_two_entities_do_not_add_up(pack: Pack) -> None:
    parties = {"polisen": register("a", "c1", SITE), "kfm": register("b", "c2", DEBT)}
    assert found_pooled(parties, pack, [TYPOLOGY]) == set()


def test_fewer_conditions_than_the_threshold_are_not_found(pack: Pack) -> None:
    parties = {
        "fk": register("a", "c1", "fk:assistance-provider"),
        "kfm": register("b", "c1", DEBT),
    }
    assert pack.typologies[PAPER].threshold == 3
    assert found_pooled(parties, pack, [PAPER]) == set()


def test_a_condition_of_another_typology_does_not_count(pack: Pack) -> None:
    other = "fk:assistance-provider"
    parties = {"polisen": register("a", "c1", SITE), "fk": register("b", "c1", other)}
    assert found_pooled(parties, pack, [TYPOLOGY]) == set()


def test_only_the_typologies_asked_for_are_looked_for(pack: Pack) -> None:
    parties = {"polisen": register("a", "c1", SITE), "kfm": register("b", "c1", DEBT)}
    assert found_pooled(parties, pack, []) == set()
    assert found_pooled(parties, pack, [PAPER]) == set()


def test_a_subject_whose_rows_the_truth_does_not_know_counts_for_nobody(pack: Pack) -> None:
    stray = Register({"b": {1}}, {}, {"b": {DEBT}})
    parties = {"polisen": register("a", "c1", SITE), "kfm": stray}
    assert found_pooled(parties, pack, [TYPOLOGY]) == set()


def test_the_best_single_party_counts_and_nobody_finds_nothing(pack: Pack) -> None:
    both = register("a", "c1", SITE, DEBT)
    assert found_alone({"polisen": both, "kfm": register("b", "c1", DEBT)}, pack, [TYPOLOGY]) == 1
    assert found_alone({}, pack, [TYPOLOGY]) == 0


def test_each_partys_subjects_are_seen_with_rows_entities_and_conditions(founded: World) -> None:
    truth = Truth({(POLICE, 1): "anna", (POLICE, 4): "delta", (DEBTS, 1): "not this row"}, ())
    found = registers(founded.house, truth)
    anna, delta = founded.subject(POLICE, ANNA), founded.subject(POLICE, DELTA)
    assert set(found) == set(founded.house.nodes)
    assert (found[POLICE].rows[anna], found[POLICE].rows[delta]) == ({1}, {4})
    assert found[POLICE].entities == {anna: {"anna"}, delta: {"delta"}}
    assert found[POLICE].conditions == {delta: {SITE}}
    assert found[DEBTS].conditions[founded.subject(DEBTS, DELTA)] == {DEBT}
    assert found[DEBTS].entities == {}, "a header is nobody's row"
    assert found[TAX].rows == {}
