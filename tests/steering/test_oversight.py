"""An inspection is sound when nothing is wrong, and says who vouches for how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.steering.oversight import inspect
from samverkan.steering.ports import Finding, Seen


@dataclass
class Book:
    """A ledger book with a fixed finding."""

    finding: Finding

    def verify(self, seen_by: Mapping[str, Seen]) -> Finding:
        return self.finding

    def witnessed(self) -> Mapping[str, Seen]:
        return {"police": Seen(9, bytes(32))}


def test_a_whole_ledger_is_sound_and_its_witnesses_are_named() -> None:
    found = inspect(Book(Finding(12)), {"tax": Seen(11, bytes(32))})
    assert found.sound
    assert found.vouched == {"tax": 11}
    assert found.watching["police"].seq == 9


def test_a_fault_is_not_sound() -> None:
    assert not inspect(Book(Finding(3, "changed", 4)), {}).sound
