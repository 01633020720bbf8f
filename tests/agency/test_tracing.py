"""Searching the ledger: what fits, newest first, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from samverkan.agency.tracing import CHUNK, FARTHEST, Line, Sought, trace
from samverkan.kernel.entry import Entry

START = datetime(2026, 11, 1, tzinfo=UTC)
ANNA, EVA, CASE = "usr-" + "1" * 26, "usr-" + "2" * 26, "cas-" + "3" * 26


@dataclass(frozen=True)
class Kept:
    """An entry an hour after the one before it."""

    seq: int
    entry: Entry

    @property
    def at(self) -> str:
        """See `Line`."""
        return (START + timedelta(hours=self.seq)).isoformat()


class Ledger:
    """A ledger that counts what was read of it."""

    def __init__(self, *entries: Entry) -> None:
        self.lines = [Kept(seq, entry) for seq, entry in enumerate(entries, 1)]
        self.read = 0

    def older(self, limit: int, before: int | None) -> Sequence[Line]:
        """The newest before a number."""
        found = [line for line in self.lines if before is None or line.seq < before]
        taken = found[::-1][:limit]
        self.read += len(taken)
        return taken


LOOK = Entry("read.read_case", ANNA, CASE)
SIGNED = Entry("rule.signed", EVA, "rul-" + "4" * 26)
TOLD = Entry("disclosure.made", EVA, "dis-" + "5" * 26, codes=(CASE,))
LEDGER = (LOOK, SIGNED, TOLD, LOOK)


def _seqs(sought: Sought, *, limit: int = 50, before: int | None = None) -> list[int]:
    found = trace(Ledger(*LEDGER).older, sought, limit=limit, before=before)
    return [line.seq for line in found.lines]


@pytest.mark.parametrize(
    ("sought", "seqs"),
    [
        (Sought(), [4, 3, 2, 1]),
        (Sought(kinds=("read.", "rule.")), [4, 2, 1]),
        (Sought(actor=EVA), [3, 2]),
        (Sought(about=CASE), [4, 3, 1]),
        (Sought(since=START + timedelta(hours=3)), [4, 3]),
        (Sought(until=START + timedelta(hours=3)), [2, 1]),
        (Sought(kinds=("read.",), about=CASE, until=START + timedelta(hours=4)), [1]),
    ],
    ids=["all", "kind", "person", "number", "since", "until", "together"],
)
def test_what_is_sought_is_found_newest_first(sought: Sought, seqs: list[int]) -> None:
    assert _seqs(sought) == seqs


def test_a_page_says_where_the_next_begins_and_the_last_that_none_does() -> None:
    ledger = Ledger(*LEDGER)
    first = trace(ledger.older, Sought(about=CASE), limit=2, before=None)
    assert ([line.seq for line in first.lines], first.before) == ([4, 3], 3)
    last = trace(ledger.older, Sought(about=CASE), limit=2, before=first.before)
    assert ([line.seq for line in last.lines], last.before) == ([1], None)
    whole = trace(ledger.older, Sought(), limit=4, before=None)
    assert whole.before is None


def test_nothing_older_than_the_first_day_is_read() -> None:
    ledger = Ledger(*[LOOK] * (CHUNK + 10))
    since = START + timedelta(hours=CHUNK + 8)
    found = trace(ledger.older, Sought(since=since), limit=50, before=None)
    assert len(found.lines) == 3
    assert ledger.read == CHUNK


def test_a_search_ends_in_time_and_says_where_to_go_on() -> None:
    ledger = Ledger(TOLD, *[LOOK] * FARTHEST)
    found = trace(ledger.older, Sought(actor=EVA), limit=50, before=None)
    assert (list(found.lines), found.before) == ([], 2)
    rest = trace(ledger.older, Sought(actor=EVA), limit=50, before=found.before)
    assert [line.seq for line in rest.lines] == [1]


def test_by_what_is_sought_is_told_in_codes_without_values() -> None:
    sought = Sought(kinds=("read.",), actor=ANNA, about=CASE, since=START)
    assert sought.asked == ("by.kind", "by.person", "by.number", "by.day")
    assert Sought().asked == ()
