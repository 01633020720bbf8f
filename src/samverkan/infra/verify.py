"""Verification of a ledger, from its rows and a public key alone.

Reads (number, body, hash) in order and recomputes the chain; then the head's signature; then
what others have witnessed. The first fault found is named with its entry number. On two cores
the rows are split into ranges, each of which starts from the stored hash before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import msgspec

from samverkan.infra.ledger import GENESIS, Head

CHUNK = 50_000


class Fault(StrEnum):
    """What is wrong with a ledger."""

    CHANGED = "changed"
    DROPPED = "dropped"
    REORDERED = "reordered"
    HEAD = "head"
    SIGNATURE = "signature"
    BEHIND_WITNESS = "behind_witness"
    FORKED = "forked"


class Row(NamedTuple):
    """One stored entry."""

    seq: int
    body: bytes
    hash: bytes


class _Place(msgspec.Struct):
    ledger: str
    seq: int


_PLACE = msgspec.json.Decoder(_Place)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one ledger: how many entries, and the first fault if any."""

    ledger: str
    entries: int
    fault: Fault | None = None
    at: int = 0

    @property
    def ok(self) -> bool:
        """No fault was found."""
        return self.fault is None

    def as_dict(self) -> dict[str, str | int | None]:
        """For JSON."""
        fault = None if self.fault is None else self.fault.value
        return {"ledger": self.ledger, "entries": self.entries, "fault": fault, "at": self.at}


def check_rows(name: str, rows: Iterable[Row], start: Head) -> tuple[Head, Fault | None, int]:
    """Walk the chain from `start`. Gives the end reached, and the first fault with its number."""
    seq, before = start.seq, start.hash
    sha256, place = hashlib.sha256, _PLACE.decode
    for row_seq, body, stored in rows:
        seq += 1
        if row_seq != seq:
            return Head(seq - 1, before), Fault.DROPPED, seq
        if sha256(before + body).digest() != stored:
            return Head(seq - 1, before), _changed_or_moved(body, seq), seq
        try:
            said = place(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Head(seq - 1, before), Fault.CHANGED, seq
        if said.seq != seq or said.ledger != name:
            return Head(seq - 1, before), Fault.REORDERED, seq
        before = stored
    return Head(seq, before), None, 0


def _changed_or_moved(body: bytes, seq: int) -> Fault:
    try:
        return Fault.CHANGED if _PLACE.decode(body).seq == seq else Fault.REORDERED
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Fault.CHANGED


def _check_chunk(job: tuple[str, list[Row], Head]) -> tuple[Head, Fault | None, int]:
    return check_rows(*job)


def check_chunks(
    name: str, rows: list[Row], pool: Executor, *, chunk: int = CHUNK
) -> tuple[Head, Fault | None, int]:
    """As `check_rows` from the beginning, the ranges shared among the pool's processes."""
    edges = [*range(0, len(rows), chunk), len(rows)]
    jobs = []
    for first, last in pairwise(edges):
        start = Head(0, GENESIS) if first == 0 else Head(rows[first - 1].seq, rows[first - 1].hash)
        jobs.append((name, rows[first:last], start))
    end: Head = Head(0, GENESIS)
    for head, fault, at in pool.map(_check_chunk, jobs):
        if fault is not None:
            return head, fault, at
        end = head
    return end, None, 0


def conclude(
    name: str, reached: Head, *, head: Head, signed: bool, witnesses: Mapping[str, Head | None]
) -> Verdict:
    """Compare the end of the chain with the signed head and with what others have seen.

    `witnesses` maps each witness to the head it saw, or to None where the entry of that number
    in our chain has another hash than the witness saw.
    """
    if reached != head:
        at = min(reached.seq, head.seq) + 1
        return Verdict(
            name, reached.seq, Fault.DROPPED if reached.seq < head.seq else Fault.HEAD, at
        )
    if not signed:
        return Verdict(name, reached.seq, Fault.SIGNATURE, head.seq)
    for seen in witnesses.values():
        if seen is None:
            return Verdict(name, reached.seq, Fault.FORKED, reached.seq)
        if seen.seq > reached.seq:
            return Verdict(name, reached.seq, Fault.BEHIND_WITNESS, reached.seq + 1)
    return Verdict(name, reached.seq)
