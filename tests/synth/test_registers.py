from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from samverkan.domain.normalise import clean_person_number, person_form
from samverkan.kernel.purpose import Stamp
from samverkan.synth.people import draw_world
from samverkan.synth.registers import Register, Scene, rows
from samverkan.synth.schemes import PROVIDER, cast
from samverkan.synth.writing import REGISTERS
from tests.national import profile

WORLD = draw_world(Random(5), 3000)
SCENE = Scene(WORLD, cast(Random(5), 200, 3), date(2026, 6, 30))
PROFILE = profile(Stamp.SYNTHETIC, SCENE.on)
FK, KFM = (next(r for r in REGISTERS if r.party == name) for name in ("fk", "kfm"))


def of(register: Register, entity: str) -> list[dict[str, str]]:
    return [cells for who, cells in rows(Random(2), register, SCENE) if who == entity]


def test_a_register_lists_every_company_that_meets_its_condition() -> None:
    listed = {who for who, _ in rows(Random(2), FK, SCENE) if who.startswith("C")}
    meeting = {
        WORLD.companies[at].entity
        for at, meets in SCENE.cast.conditions.items()
        if PROVIDER in meets
    }
    assert listed == meeting


def test_directors_of_plots_are_known_to_every_party() -> None:
    plot = SCENE.cast.plots[0]
    for register in REGISTERS:
        for at in WORLD.companies[plot.company].directors:
            assert of(register, WORLD.persons[at].entity)


def test_one_party_has_a_plotting_directors_number_wrong() -> None:
    director = WORLD.persons[WORLD.companies[SCENE.cast.plots[0].company].directors[0]]
    kfm, fk = of(KFM, director.entity)[0], of(FK, director.entity)[0]
    stated = person_form(kfm["person_orgnr"], PROFILE)
    assert stated is not None
    assert stated != director.number
    assert clean_person_number(stated, PROFILE) != stated
    assert person_form(fk["Person-/orgnr"], PROFILE) == director.number


def test_coverage_and_duplicates_follow_the_registers_shares() -> None:
    whole = replace(KFM, person_share=1.0, duplicate_share=0.0, company_share=0.0)
    assert sum(who.startswith("P") for who, _ in rows(Random(2), whole, SCENE)) == 3000
    twice = replace(whole, duplicate_share=1.0)
    assert sum(who.startswith("P") for who, _ in rows(Random(2), twice, SCENE)) == 6000


def test_the_order_of_rows_tells_nothing() -> None:
    order = [who for who, _ in rows(Random(2), KFM, SCENE)]
    assert order != sorted(order)
    assert order[:50] != sorted(order[:50])
