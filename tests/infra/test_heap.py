"""The heap is put aside during a bulk, and taken back however it ends."""

from __future__ import annotations

import gc

import pytest

from samverkan.infra.heap import heap_aside


def fail_inside(seen: list[int]) -> None:
    with heap_aside():
        seen.append(gc.get_freeze_count())
        raise KeyError


def test_the_heap_is_taken_back_after_a_failure_too() -> None:
    before, seen = gc.get_freeze_count(), list[int]()
    with pytest.raises(KeyError):
        fail_inside(seen)
    assert seen[0] > before >= gc.get_freeze_count()
