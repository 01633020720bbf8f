from __future__ import annotations

from collections import Counter
from random import Random

from samverkan.synth.people import draw_world

WORLD = draw_world(Random(3), 3000)


def test_a_world_has_its_persons_and_a_company_for_every_fifteen() -> None:
    assert (len(WORLD.persons), len(WORLD.companies)) == (3000, 200)


def test_everybody_is_somebody_else() -> None:
    assert len({person.number for person in WORLD.persons}) == 3000
    assert len({company.number for company in WORLD.companies}) == 200
    persons = {person.entity for person in WORLD.persons}
    assert len(persons | {company.entity for company in WORLD.companies}) == 3200


def test_a_few_in_a_thousand_are_protected() -> None:
    assert 5 <= sum(person.protected for person in WORLD.persons) <= 30


def test_people_share_homes_and_surnames() -> None:
    homes = Counter(person.home for person in WORLD.persons)
    assert 1200 < len(homes) < 2200
    commonest = Counter(person.surname for person in WORLD.persons).most_common(1)[0][1]
    assert commonest > 30


def test_directors_are_persons_of_the_world() -> None:
    assert all(0 <= at < 3000 for company in WORLD.companies for at in company.directors)
    assert all(company.directors for company in WORLD.companies)


def test_one_seed_is_one_world() -> None:
    assert draw_world(Random(3), 100) == draw_world(Random(3), 100)
    assert draw_world(Random(3), 100) != draw_world(Random(4), 100)
