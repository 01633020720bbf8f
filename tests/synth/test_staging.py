from __future__ import annotations

from collections import Counter

import pytest

from samverkan.domain.normalise import name_core
from samverkan.synth import schemes
from samverkan.synth.draw import region_of
from samverkan.synth.schemes import Kind, Subject
from samverkan.synth.staging import POLICE, VICTIMS, Part, Stage, owner_of_address
from tests.national import forms
from tests.synth.scenes import stage

STAGE = stage()
SOME = pytest.mark.parametrize("number", [0, 1, 2])


def met(found: Stage, subject: Subject) -> dict[int, set[str]]:
    every: dict[int, set[str]] = {}
    for meets in found.side(subject).meets.values():
        for at, codes in meets.items():
            every.setdefault(at, set()).update(codes)
    return every


@SOME
def test_subjects_of_plots_meet_their_conditions_and_no_others(number: int) -> None:
    found = stage(number)
    for part in found.parts:
        every = met(found, part.plot.scheme.subject)
        for at, codes in zip(part.subjects, part.plot.met, strict=True):
            assert every[at] == set(codes)


@SOME
def test_by_chance_hardly_anybody_meets_a_scheme(number: int) -> None:
    found = stage(number)
    planted = {
        (part.plot.scheme.id, part.subjects[0])
        for part in found.parts
        if part.plot.kind is Kind.PLANTED
    }
    chance = {
        (one.id, at)
        for one in schemes.schemes()
        for at, codes in met(found, one.subject).items()
        if len(codes & set(one.conditions)) >= one.threshold
    }
    assert planted <= chance
    assert len(chance - planted) <= 1


def test_the_innocent_may_meet_several_conditions() -> None:
    counts = Counter(
        len(codes)
        for number in range(3)
        for at, codes in met(stage(number), Subject.COMPANY).items()
        if at not in stage(number).firms.plotting
    )
    assert counts[1] > counts[2] > 0


def test_conditions_lie_with_their_owners() -> None:
    for side in (STAGE.people, STAGE.firms):
        for party, meets in side.meets.items():
            assert {schemes.owner(c) for codes in meets.values() for c in codes} == {party}


def test_no_protected_person_and_no_child_meets_a_condition() -> None:
    for at in met(STAGE, Subject.PERSON):
        assert STAGE.block.persons[at].adult
        assert not STAGE.block.persons[at].protected


@SOME
def test_plots_lie_in_their_region(number: int) -> None:
    found = stage(number)
    for part in found.parts:
        for at in part.subjects:
            if part.plot.scheme.subject is Subject.PERSON:
                city = found.block.persons[at].home.city
            else:
                city = found.block.companies[at].seat.city
            assert region_of(city) == part.plot.region


def namesakes(subject: Subject) -> list[Part]:
    return [
        part
        for part in STAGE.parts
        if part.plot.kind is Kind.NAMESAKE and part.plot.scheme.subject is subject
    ]


def test_persons_who_are_namesakes_differ_in_all_but_the_name() -> None:
    assert namesakes(Subject.PERSON)
    for part in namesakes(Subject.PERSON):
        one, other = (STAGE.block.persons[at] for at in part.subjects)
        assert (one.given, one.surname) == (other.given, other.surname)
        assert one.number != other.number
        assert one.born != other.born


def test_companies_that_are_namesakes_are_told_apart_by_their_names_core() -> None:
    assert namesakes(Subject.COMPANY)
    for part in namesakes(Subject.COMPANY):
        one, other = (STAGE.block.companies[at] for at in part.subjects)
        assert one.seat.city == other.seat.city
        assert name_core(one.name, forms()) != name_core(other.name, forms())
        assert one.name.replace(" ", "s ", 1) == other.name


def test_some_planted_schemes_have_a_protected_victim_whom_the_police_know() -> None:
    victims = [at for part in STAGE.parts for at in part.victims]
    assert len(victims) == len(STAGE.victims) == VICTIMS
    for at in victims:
        assert STAGE.block.persons[at].protected
        assert at in STAGE.people.known[POLICE]
        assert at not in STAGE.people.plotting
    assert all(part.plot.kind is Kind.PLANTED for part in STAGE.parts if part.victims)


def test_only_one_party_holds_a_protected_persons_address() -> None:
    hidden = [at for at, one in enumerate(STAGE.block.persons) if one.protected]
    owners = {at: owner_of_address(STAGE, at) for at in hidden}
    assert {at for at, party in owners.items() if party == POLICE} == STAGE.victims


def test_directors_of_plotting_companies_are_known_more_often_than_others() -> None:
    directors = {
        at
        for part in STAGE.parts
        if part.plot.scheme.subject is Subject.COMPANY
        for place in part.subjects
        for at in STAGE.block.companies[place].directors
    }
    known = STAGE.people.known[POLICE] - STAGE.victims
    assert known <= directors
    assert 0.25 < len(known) / len(directors) < 0.75
