"""The benchmark's country adds up, and its figures tell of a method that leaks."""

from __future__ import annotations

from bench.benchmark import Conditions, find
from bench.suppression import attack, country, protection
from samverkan.domain.suppression import Rule, primary_only


def test_the_figures_of_the_smallest_country_are_what_they_must_be() -> None:
    figures = {figure.name: figure for figure in protection(Conditions("tiny", 7))}
    assert [name for name, figure in figures.items() if not figure.ok] == []
    assert figures["recovered"].value == 0
    assert figures["suppressed_primary"].value > 0


def test_hiding_small_numbers_alone_is_found_out() -> None:
    tables = country(14, 3)
    assert any(one.recovered for one in attack(tables, primary_only(tables, Rule()), Rule()))


def test_the_same_seed_gives_the_same_country() -> None:
    assert country(14, 3) == country(14, 3)
    assert country(14, 3) != country(14, 4)


def test_it_is_found_by_its_name() -> None:
    assert find("suppression").scale == "small"
