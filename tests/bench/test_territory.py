"""What is measured of territory is what it says: sound areas, and looks that find something."""

from __future__ import annotations

from bench import territory
from bench.benchmark import Conditions
from samverkan.infra.geometry import shape


def test_the_areas_that_are_looked_in_are_sound_and_follow_the_seed() -> None:
    one, other = territory._outlines(7), territory._outlines(8)
    assert len(one) == territory.AREAS == 5_000
    assert one == territory._outlines(7) != other
    assert all(shape(each).is_valid for each in one[:50])


def test_the_crosswalk_is_measured_by_region_and_by_voice() -> None:
    figures = {figure.name: figure for figure in territory.crosswalk(Conditions("tiny", 7))}
    assert set(figures) == {"crosswalk_region_per_s", "crosswalk_voice_per_s"}
    assert all(str(figure.must) == ">= 50000" for figure in figures.values())


def test_the_pack_is_read_and_validated_in_less_than_a_second_by_its_own_words() -> None:
    (figure,) = territory.pack_load(Conditions("tiny", 7))
    assert str(figure.must) == "< 1"
