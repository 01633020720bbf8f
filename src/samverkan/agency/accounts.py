"""What a party keeps of its own accounts: its officers' weeks, its rates, and what has left of them.

A week is never overwritten: what an officer puts in later counts, and what stood before is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from samverkan.domain.hours import Rate, Spent
from samverkan.kernel.ids import RequestId, UserId


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a contribution, in codes of the pack."""

    code: str
    why: str | None = None


class Accounts(Protocol):
    """Worked time of persons, which never leaves; and digests of the sums that have left."""

    def put_in(self, lines: Sequence[Spent]) -> None:
        """Append lines; the latest of an officer, operation, week, level and kind counts."""

    def week(self, officer: UserId, week: str) -> list[Spent]:
        """What counts of an officer's week, nought left out."""

    def operation(self, operation: str) -> list[Spent]:
        """What counts of an operation, nought left out."""

    def since(self, week: str) -> list[str]:
        """Operations with time put in for that week or a later one, in order."""

    def left(self, operation: str) -> dict[str, bytes]:
        """Digest of the sums that have last left of an operation, by period."""

    def leave(self, operation: str, period: str, digest: bytes) -> None:
        """Remember what leaves now."""

    def rates(self) -> list[Rate]:
        """Own rates, oldest first."""

    def add_rate(self, rate: Rate, officer: UserId) -> None:
        """Append a rate; a later one of the same day counts instead."""

    def tells_cost(self) -> bool:
        """Whether the party has said that its cost leaves with the hours."""

    def tell_cost(self, officer: UserId, *, told: bool) -> None:
        """Say whether it does, from now on."""

    def mark_key(self, framework: str) -> bytes | None:
        """The key of a framework's marks, if it is here."""

    def keep_mark_key(self, framework: str, key: bytes) -> None:
        """Keep it."""

    def say(self, request: RequestId, said: Said, *, officer: UserId | None) -> None:
        """Append feedback on the answer to a request, own or heard; the latest counts."""

    def feedback(self) -> dict[RequestId, Said]:
        """What was last said, by request."""

    def last_of(self, operations: Collection[str]) -> dict[str, str]:
        """By operation, the officer who last put time in."""
