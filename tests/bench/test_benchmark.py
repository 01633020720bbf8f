"""Benchmarks are found by name, and run whole or one part at a time."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bench.benchmark import MODULES, Benchmark, Conditions, NoSuchBenchmark, find
from bench.figure import Figure

CONDITIONS = Conditions("tiny", 7)


def seed_told(conditions: Conditions) -> Iterable[Figure]:
    """A part that gives back what it was told."""
    yield Figure("seed", conditions.seed, "")


SAMPLE = Benchmark("sample", "a sample", {"one": seed_told, "two": seed_told})


def test_all_parts_run_in_order_under_the_same_conditions() -> None:
    assert [figure.value for figure in SAMPLE.measure(CONDITIONS)] == [7, 7]


def test_one_part_can_be_run_alone() -> None:
    assert len(SAMPLE.measure(CONDITIONS, "two")) == 1


def test_an_unknown_part_is_named_with_those_that_there_are() -> None:
    with pytest.raises(NoSuchBenchmark, match="one, two"):
        SAMPLE.measure(CONDITIONS, "three")


def test_an_unknown_benchmark_is_refused() -> None:
    with pytest.raises(NoSuchBenchmark, match="walls"):
        find("roofs")


@pytest.mark.parametrize("name", MODULES)
def test_each_registered_benchmark_has_parts(name: str) -> None:
    assert find(name).parts
