"""A benchmark that measures nothing of this machine: too slow from seed 10 on."""

from __future__ import annotations

from collections.abc import Iterable

from bench.benchmark import Conditions, Part
from bench.figure import Figure, Must


def took(conditions: Conditions) -> Iterable[Figure]:
    """As many seconds as the seed."""
    yield Figure("took", conditions.seed, "s", Must("<", 10))


ABOUT = "a sample"
PARTS: dict[str, Part] = {"took": took}
