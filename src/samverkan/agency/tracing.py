"""Searching the own ledger: by kind of act, by person, by day, by the number of a thing.

What is sought is itself recorded before anything is shown, by codes and identifiers: a ledger that
could be searched unseen would be a register of what colleagues do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from samverkan.kernel.entry import Entry

CHUNK = 2000
"""Entries read at a time while something is sought."""
FARTHEST = 100_000
"""So many entries are gone through at once; the reader may then go on from there."""


class Line(Protocol):
    """A ledger entry as it stands in the chain."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def at(self) -> str:
        """When, ISO 8601 in UTC."""

    @property
    def entry(self) -> Entry:
        """What was recorded."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; each that is empty leaves everything in.

    `kinds` are beginnings of actions. `since` counts, `until` does not; both are in UTC.
    """

    kinds: tuple[str, ...] = ()
    actor: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """By what is sought, in codes for the ledger."""
        by = {"kind": self.kinds, "person": self.actor, "number": self.about}
        named = [name for name, value in by.items() if value]
        day = ["day"] if self.since or self.until else []
        return tuple(f"by.{name}" for name in [*named, *day])

    def fits(self, line: Line) -> bool:
        """Whether this entry is one of those sought."""
        entry, at = line.entry, datetime.fromisoformat(line.at)
        return (
            (not self.kinds or entry.action.startswith(self.kinds))
            and self.actor in ("", entry.actor)
            and (not self.about or self.about in (entry.subject, *entry.codes))
            and (self.until is None or at < self.until)
            and not self.past(line)
        )

    def past(self, line: Line) -> bool:
        """Whether this entry, and so every older one, lies before the first day."""
        return self.since is not None and datetime.fromisoformat(line.at) < self.since


@dataclass(frozen=True, slots=True)
class Trace:
    """Entries that fit, newest first; `before` is where to go on, None where nothing older is left."""

    lines: Sequence[Line]
    before: int | None


def trace(
    older: Callable[[int, int | None], Sequence[Line]],
    sought: Sought,
    *,
    limit: int,
    before: int | None,
) -> Trace:
    """Go back through the ledger. `older` gives at most so many entries before a number."""
    size = CHUNK if sought.asked else limit + 1
    kept: list[Line] = []
    for _ in range(FARTHEST // CHUNK):
        chunk = older(size, before)
        for line in chunk:
            if sought.past(line):
                return Trace(kept, None)
            if sought.fits(line):
                if len(kept) == limit:
                    return Trace(kept, kept[-1].seq)
                kept.append(line)
        if len(chunk) < size:
            return Trace(kept, None)
        before = chunk[-1].seq
    return Trace(kept, before)
