"""Oversight: the record is verified from its rows, and against what others have seen of it.

Nobody can rewrite the ledger alone, its operator included: every message carried its head to
somebody else, who remembers the highest one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.steering.ports import Finding, LedgerBook, Seen


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an inspector is shown: the own chain, who vouches for how much of it, whom we watch."""

    finding: Finding
    vouched: Mapping[str, int]
    watching: Mapping[str, Seen]

    @property
    def sound(self) -> bool:
        """No fault was found."""
        return self.finding.fault is None


def inspect(book: LedgerBook, seen_by: Mapping[str, Seen]) -> Inspection:
    """Verify the own ledger. `seen_by` are heads of ours that others bear witness to."""
    return Inspection(
        finding=book.verify(seen_by),
        vouched={witness: seen.seq for witness, seen in seen_by.items()},
        watching=book.witnessed(),
    )
