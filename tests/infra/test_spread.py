"""Pieces keep their order, whoever works on them, and a failure reaches who asked."""

from __future__ import annotations

import threading

import pytest

from samverkan.infra.spread import Spread, Threads, in_turn


@pytest.fixture(params=["in turn", "threads"])
def spread(request: pytest.FixtureRequest) -> Spread:
    """Both ways."""
    return in_turn if request.param == "in turn" else Threads(2)


def test_what_is_made_stands_in_the_order_of_the_pieces(spread: Spread) -> None:
    assert spread(lambda number: number * 2, range(100)) == [number * 2 for number in range(100)]
    assert spread(str, [7]) == ["7"]
    assert spread(str, ()) == []


def test_a_failure_is_raised_to_who_asked(spread: Spread) -> None:
    with pytest.raises(ZeroDivisionError):
        spread(lambda number: 1 // number, [1, 0, 1])


def test_threads_work_beside_each_other() -> None:
    both = threading.Barrier(2, timeout=20)
    assert sorted(Threads(2)(lambda _: both.wait(), [1, 2])) == [0, 1]
