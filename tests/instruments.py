"""What tests inject instead of the world: a clock that stands still and seeded randomness."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from samverkan.kernel.ids import Randomness

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FixedClock:
    """A `Clock` that stands still until it is advanced."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Move the hands forward; returns the new time."""
        self.now += by
        return self.now


def seeded(seed: int = 7) -> Randomness:
    """Randomness that is the same in every run. For tests alone: it can be guessed."""
    return random.Random(seed).randbytes
