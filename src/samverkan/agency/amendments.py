"""What became of disclosures afterwards: the part of `ports` that corrections and recalls need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from samverkan.domain.disclosure import Fate
from samverkan.wire.asking import Amended, Disclosed, Item


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """A correction or recall as it travelled: out to the receiver, or in from the owner."""

    body: Amended
    outgoing: bool
    at: datetime


class Amendments(Protocol):
    """Corrections and recalls of disclosures, in the order in which they came."""

    def put(self, body: Amended, *, outgoing: bool, at: datetime) -> None:
        """Keep one as it travelled."""

    def known(self, amendment: str) -> bool:
        """Whether the number is taken."""

    def of(self, disclosure: str) -> list[AmendmentFacts]:
        """Those of one disclosure, oldest first."""

    def since(self, at: datetime, *, outgoing: bool) -> list[AmendmentFacts]:
        """Those that were kept at that moment or later."""

    def touched(self) -> list[str]:
        """Requests that we answered and about whose subject an own delivery has come since."""

    def request_of(self, disclosure: str) -> str | None:
        """The request that a disclosure answered."""


@dataclass(frozen=True, slots=True)
class Word:
    """The word that counts of one field: what the owner said last, and with which message."""

    item: Item
    source: str

    @property
    def released(self) -> bool:
        """Whether the receiver may still go by a value."""
        return self.item.outcome == Fate.RELEASED.value


def words(sent: Disclosed, later: Iterable[AmendmentFacts]) -> dict[str, Word]:
    """The last word on every field of a disclosure."""
    said = {item.prop: Word(item, sent.disclosure) for item in sent.items}
    for one in later:
        said |= {item.prop: Word(item, one.body.amendment) for item in one.body.items}
    return said


def struck(sent: Disclosed, later: Sequence[AmendmentFacts]) -> Iterator[tuple[str, str]]:
    """Which fields of which message no longer count: (message, field)."""
    last = words(sent, later)
    for source, items in (
        (sent.disclosure, sent.items),
        *((one.body.amendment, one.body.items) for one in later),
    ):
        for item in items:
            if last[item.prop].source != source:
                yield source, item.prop
