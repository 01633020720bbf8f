from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from samverkan.domain.pack import Kind as SubjectKind
from samverkan.synth import schemes
from samverkan.synth.draw import REGIONS
from samverkan.synth.schemes import Fault, Kind, Plot, Subject, TooSmall, plots
from tests.national import national

BLOCKS = 42


@pytest.fixture(scope="module")
def many() -> list[Plot]:
    return [plot for number in range(BLOCKS) for plot in plots(number)]


def test_what_is_planted_are_the_packs_typologies() -> None:
    planted = {
        one.id: (SubjectKind(one.subject), one.conditions, one.threshold)
        for one in schemes.schemes()
    }
    assert planted == {
        name: (one.subject, one.conditions, one.threshold)
        for name, one in national().typologies.items()
    }
    assert len(planted) >= 12


def test_the_innocent_meet_the_packs_conditions_at_a_rate_each() -> None:
    for subject in Subject:
        known = {
            code
            for code, one in national().conditions.items()
            if one.subject is SubjectKind(subject)
        }
        assert set(schemes.rates(subject)) == known


def test_a_conditions_owner_is_the_packs() -> None:
    assert {code: schemes.owner(code) for code in national().conditions} == {
        code: one.party for code, one in national().conditions.items()
    }


def test_each_block_holds_one_of_each_scheme_and_three_decoys_of_each() -> None:
    found = Counter((plot.scheme.id, plot.kind) for plot in plots(0))
    for one in schemes.schemes():
        assert found[one.id, Kind.PLANTED] == 1
        assert found[one.id, Kind.SHORT] + found[one.id, Kind.NAMESAKE] == 3


def test_a_scheme_comes_to_every_region_within_seven_blocks(many: list[Plot]) -> None:
    for one in schemes.schemes():
        regions = [p.region for p in many if p.scheme == one and p.kind is Kind.PLANTED]
        assert set(regions[:7]) == set(REGIONS)


def test_the_planted_meet_enough_and_decoys_too_little(many: list[Plot]) -> None:
    for plot in many:
        if plot.kind is Kind.PLANTED:
            assert len(set(plot.met[0])) >= plot.scheme.threshold
        else:
            assert all(0 < len(met) < plot.scheme.threshold for met in plot.met)
        assert all(set(met) <= set(plot.scheme.conditions) for met in plot.met)


def test_two_namesakes_would_make_one_scheme(many: list[Plot]) -> None:
    for plot in many:
        if plot.kind is Kind.NAMESAKE:
            first, second = map(set, plot.met)
            assert not first & second
            assert len(first | second) >= plot.scheme.threshold


def test_a_third_of_the_planted_have_a_number_wrong_or_missing(many: list[Plot]) -> None:
    planted = [plot for plot in many if plot.kind is Kind.PLANTED]
    faults = Counter(plot.slip.fault for plot in planted if plot.slip is not None)
    assert faults[Fault.WRONG] / len(planted) == pytest.approx(1 / 6, abs=0.02)
    assert faults[Fault.MISSING] / len(planted) == pytest.approx(1 / 6, abs=0.02)
    assert all(plot.slip is None for plot in many if plot.kind is not Kind.PLANTED)


def test_a_slip_is_at_a_party_with_a_condition_where_something_else_tells_who_it_is(
    many: list[Plot],
) -> None:
    for plot in many:
        if plot.slip is not None:
            assert plot.slip.party in {schemes.owner(code) for code in plot.met[0]}
            lost = plot.slip.fault is Fault.MISSING and plot.scheme.subject is Subject.PERSON
            assert not (lost and plot.slip.party == "kfm")


def test_chance_follows_its_rate_for_each_condition_apart() -> None:
    found = schemes.by_chance(Random(1), {"a:x": 0.5, "b:y": 0.1}, list(range(4000)))
    counts = Counter(code for met in found.values() for code in met)
    both = sum(met == {"a:x", "b:y"} for met in found.values())
    assert counts["a:x"] == pytest.approx(2000, rel=0.1)
    assert counts["b:y"] == pytest.approx(400, rel=0.2)
    assert both == pytest.approx(200, rel=0.3)


def test_places_are_distinct_and_in_their_regions() -> None:
    among = {region: list(range(n * 100, n * 100 + 60)) for n, region in enumerate(REGIONS)}
    wanted = list(plots(3))
    found = schemes.places(Random(1), wanted, among)
    flat = [at for places in found for at in places]
    assert len(set(flat)) == len(flat)
    for plot, places in zip(wanted, found, strict=True):
        assert all(at in among[plot.region] for at in places)
        assert len(places) == len(plot.met)


def test_a_block_too_small_is_no_stage() -> None:
    with pytest.raises(TooSmall):
        schemes.places(Random(1), list(plots(0)), {region: [1] for region in REGIONS})
    with pytest.raises(TooSmall):
        schemes.spread(Random(1), list(plots(0)), 10)
