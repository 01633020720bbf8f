from __future__ import annotations

from random import Random

import pytest

from samverkan.synth.schemes import SCHEMES, TooFewCompanies, cast

CAST = cast(Random(1), 200, 3)


def test_three_of_each_kind_are_planted_and_three_decoys() -> None:
    for scheme, conditions in SCHEMES.items():
        plots = [plot for plot in CAST.plots if plot.scheme == scheme]
        assert [plot.conditions for plot in plots if plot.planted] == [conditions] * 3
        decoys = [plot.conditions for plot in plots if not plot.planted]
        assert len(decoys) == 3
        assert all(len(set(found) & set(conditions)) == 2 for found in decoys)
        assert len(set(decoys)) == 3


def test_only_the_planted_meet_all_conditions_of_a_scheme() -> None:
    planted = {plot.company for plot in CAST.plots if plot.planted}
    found = {
        company
        for company, meets in CAST.conditions.items()
        for conditions in SCHEMES.values()
        if set(conditions) <= set(meets)
    }
    assert found == planted


def test_the_innocent_meet_at_most_one_condition() -> None:
    plotting = {plot.company for plot in CAST.plots}
    rest = [meets for company, meets in CAST.conditions.items() if company not in plotting]
    assert {len(meets) for meets in rest} == {0, 1}
    assert len(CAST.conditions) == 200


def test_one_scheme_in_three_has_a_number_wrong_somewhere() -> None:
    slipped = [plot for plot in CAST.plots if plot.slipped is not None]
    assert len(slipped) == 2
    assert all(plot.planted for plot in slipped)


def test_a_world_too_small_is_no_stage() -> None:
    with pytest.raises(TooFewCompanies):
        cast(Random(1), 10, 3)
