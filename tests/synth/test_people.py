from __future__ import annotations

from collections import Counter
from random import Random

from samverkan.synth import draw
from samverkan.synth.people import Block, draw_companies, draw_persons
from tests.synth.scenes import block, extent, world

BLOCK = block(3, 3000)


def test_a_block_has_its_persons_and_a_company_for_every_fifteen() -> None:
    assert (len(BLOCK.persons), len(BLOCK.companies)) == (3000, 200)


def test_everybody_is_somebody_else_in_other_blocks_too() -> None:
    other = draw_persons(Random(3), world(), extent(1))
    everyone = [*BLOCK.persons, *other.persons]
    assert len({person.number for person in everyone}) == 6000
    assert len({person.entity for person in everyone}) == 6000
    assert len({person.account for person in everyone}) == 6000
    assert len({company.number for company in BLOCK.companies}) == 200


def test_about_a_fifth_are_children_and_none_of_them_a_director() -> None:
    minors = [person for person in BLOCK.persons if not person.adult]
    assert 0.15 < len(minors) / 3000 < 0.24
    for company in BLOCK.companies:
        assert company.directors
        assert all(BLOCK.persons[at].adult for at in company.directors)


def test_a_few_in_a_thousand_are_protected_and_live_apart() -> None:
    hidden = [person for person in BLOCK.persons if person.protected]
    assert 5 <= len(hidden) <= 30
    assert {person.home for person in hidden}.isdisjoint(
        person.home for person in BLOCK.persons if not person.protected
    )
    assert all(person.earlier_home == person.home for person in hidden)


def test_no_protected_person_is_among_those_who_may_plot() -> None:
    grown = {at for places in BLOCK.grown.values() for at in places}
    assert all(BLOCK.persons[at].adult and not BLOCK.persons[at].protected for at in grown)


def test_people_share_homes_and_surnames() -> None:
    homes = Counter(person.home for person in BLOCK.persons)
    assert 1200 < len(homes) < 2200
    commonest = Counter(person.surname for person in BLOCK.persons).most_common(1)[0][1]
    assert commonest > 30


def test_earlier_homes_and_directors_are_mostly_in_the_same_region() -> None:
    def region(at: int) -> str:
        return draw.region_of(BLOCK.persons[at].home.city)

    moved = [draw.region_of(person.earlier_home.city) for person in BLOCK.persons]
    near = sum(region(at) == moved[at] for at in range(3000)) / 3000
    assert 0.8 < near < 0.95
    pairs = [
        (draw.region_of(c.seat.city), region(at)) for c in BLOCK.companies for at in c.directors
    ]
    assert 0.75 < sum(a == b for a, b in pairs) / len(pairs) < 0.98


def test_a_company_lies_where_it_must() -> None:
    drawn = Block(extent(persons=600), BLOCK.persons[:600], grown=BLOCK.grown)
    drawn.grown = {region: [4, 5] for region in draw.REGIONS}
    draw_companies(Random(1), world(), drawn, {7: "nord", 8: "vast"})
    regions = [draw.region_of(drawn.companies[at].seat.city) for at in (7, 8)]
    assert regions == ["nord", "vast"]


def test_one_seed_is_one_block() -> None:
    assert block(3) == block(3)
    assert block(3) != block(4)
