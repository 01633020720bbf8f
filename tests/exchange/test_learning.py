"""Weights are learned from open pairs, when enough have met, and by nothing that is silent."""

from __future__ import annotations

from functools import cache

from samverkan.domain.estimating import LEAST, States
from samverkan.domain.match import State
from samverkan.exchange import matching
from samverkan.exchange.learning import School, learn, model_of
from samverkan.infra.packs import load_pack
from samverkan.kernel.outcome import Refused
from tests.exchange.memory import MemoryLessons
from tests.exchange.net import PACK

SCOPE = "coo-1"


@cache
def school() -> School:
    pack = load_pack(PACK)
    assert not isinstance(pack, Refused)
    return matching.rules(pack).school


def pattern(**other: State) -> States:
    """A pair that agrees on all but what is said."""
    return tuple(other.get(slot, State.AGREE) for slot in school().weighings["p1"].layout.slots)


def test_before_anything_has_met_the_packs_numbers_stand() -> None:
    assert model_of(MemoryLessons(), school(), SCOPE, "p1") == school().weighings["p1"].model


def test_what_parties_say_of_chance_moves_u_and_nothing_else() -> None:
    lessons = MemoryLessons()
    lessons.tell(SCOPE, "fk", "person", {"given": 60})
    before, after = school().weighings["p1"].model, model_of(lessons, school(), SCOPE, "p1")
    changed = {name for name, slot in after.slots.items() if slot != before.slots[name]}
    assert changed == {"given"}
    assert after.slots["given"].m == before.slots["given"].m
    assert model_of(lessons, school(), SCOPE, "c1") == school().weighings["c1"].model


def test_few_pairs_teach_nothing() -> None:
    lessons = MemoryLessons()
    learn(lessons, school(), SCOPE, {"p1": [pattern(street=State.DISAGREE)] * (LEAST - 1)})
    assert model_of(lessons, school(), SCOPE, "p1") == school().weighings["p1"].model


def test_many_pairs_that_disagree_on_a_street_make_it_weigh_less() -> None:
    lessons = MemoryLessons()
    moved = [pattern(street=State.DISAGREE)] * 400 + [pattern()] * 100
    learn(lessons, school(), SCOPE, {"p1": moved})
    model = model_of(lessons, school(), SCOPE, "p1")
    before = school().weighings["p1"].model
    assert model.slots["street"].m < before.slots["street"].m / 2
    assert model.slots["id"].m == before.slots["id"].m, "the key itself decides it"


def test_an_estimate_is_made_anew_only_when_a_quarter_more_has_met() -> None:
    lessons = MemoryLessons()
    learn(lessons, school(), SCOPE, {"p1": [pattern()] * 400})
    first = lessons.learned(SCOPE, "person")
    learn(lessons, school(), SCOPE, {"p1": [pattern(street=State.DISAGREE)] * 99})
    assert lessons.learned(SCOPE, "person") is first
    learn(lessons, school(), SCOPE, {"p1": [pattern(street=State.DISAGREE)]})
    assert lessons.learned(SCOPE, "person") is not first
