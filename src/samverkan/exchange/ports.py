"""What the exchange's use cases need; `sql` fulfils it, tests fake it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from samverkan.domain.bundle import Entry as BundleEntry
from samverkan.kernel.ids import FiringId
from samverkan.wire.matching import Upload
from samverkan.wire.v1 import Frame, Message, Numbered


class Mailbox(Protocol):
    """Frames that wait for their receivers."""

    def put(self, frames: Sequence[Frame]) -> int:
        """Keep the frames of which none with that id was deposited before; gives how many."""

    def after(self, recipient: str, no: int, limit: int) -> list[Numbered]:
        """The receiver's frames after that number, in order; fewer than `limit` if they are large."""

    def forget(self, recipient: str, upto: int) -> int:
        """Drop what the receiver has received; gives how many."""


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """What the exchange knows of a scope in force. `opens`: parties that may open records in it."""

    scope: str
    epoch: int
    until: str
    sizes: Mapping[str, str]
    key_types: frozenset[str]
    typologies: frozenset[str]
    opens: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in the index, with what its batch says of it."""

    party: str
    entry: BundleEntry
    open_to: frozenset[str]
    open_fields: frozenset[str]
    rule: str | None


@dataclass(frozen=True, slots=True)
class TagPlace:
    """Which list of tags: one condition of one typology in one scope and epoch."""

    scope: str
    epoch: int
    typology: str
    condition: str


class Index(Protocol):
    """Scopes, batches, entries, and what was told of them."""

    def open_scope(self, facts: ScopeFacts) -> None:
        """A scope has come into force."""

    def end_scope(self, scope: str) -> None:
        """Drop everything of the scope: table, lists of tags, what was told."""

    def scope(self, scope: str) -> ScopeFacts | None:
        """A scope that has neither ended nor run out."""

    def ended(self, scope: str) -> bool:
        """Whether the scope was there and has ended or run out."""

    def enrolled(self, scope: str, party: str, key_type: str) -> int:
        """How many entries of that key type the party has in the scope."""

    def add(self, party: str, upload: Upload, entries: Sequence[BundleEntry]) -> bool:
        """Keep a batch; False if this enrolment and key type is there already."""

    def blocks(self, upload: Upload, indexes: Collection[bytes]) -> list[Placed]:
        """Entries of the upload's scope, epoch and key type under these indexes, whose rule lasts."""

    def tell(self, hit: str, party: str, own: bytes, other: bytes) -> bool:
        """Note that a hit is told; False if it was told before."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a scope has taught of one kind of subject: m by slot, out of how many pairs."""

    m: Mapping[str, float]
    pairs: int


class Lessons(Protocol):
    """What the open records of a scope teach of weights: rates, patterns, estimates. No entry."""

    def tell(self, scope: str, party: str, kind: str, rates: Mapping[str, int]) -> None:
        """Replace a party's rates of chance agreement, by slot, in tenths of a bit."""

    def rates(self, scope: str, kind: str) -> list[Mapping[str, int]]:
        """The rates of every party."""

    def meet(self, scope: str, key_type: str, patterns: Mapping[int, int]) -> None:
        """Add how many open pairs met under a key type with each pattern."""

    def met(self, scope: str) -> dict[str, dict[int, int]]:
        """Pairs by pattern, by key type."""

    def learn(self, scope: str, kind: str, learned: Learned) -> None:
        """Replace the estimate of a kind."""

    def learned(self, scope: str, kind: str) -> Learned | None:
        """The estimate of a kind."""


@dataclass(frozen=True, slots=True)
class Known:
    """A firing that was told: how many conditions met, in whose handles."""

    id: FiringId
    met: int
    members: frozenset[tuple[str, bytes]]


class Lists(Protocol):
    """Lists of tags, and the firings that were told of them."""

    def put(self, place: TagPlace, party: str, until: str, listed: bytes) -> None:
        """Replace the party's list for one condition of one typology; its rule lasts till `until`."""

    def all(self, scope: str, epoch: int, typology: str) -> dict[tuple[str, str], bytes]:
        """The lists of a typology whose rule lasts, by (condition, party)."""

    def told(self, scope: str, epoch: int, typology: str) -> list[Known]:
        """The firings of a typology that were told."""

    def tell(self, known: Known, scope: str, epoch: int, typology: str) -> None:
        """Note a firing that is told, or told anew since more met."""

    def assess(self, firing: str, party: str, *, assessed: bool) -> bool:
        """Note whether an owner has assessed a firing; False if it was not told of it."""

    def stale(self, before: datetime) -> list[FiringId]:
        """Firings told before that moment which no owner has assessed."""

    def erase(self, firing: FiringId) -> None:
        """Forget a firing, and what fired out of the lists."""


class Endings(Protocol):
    """What leaves the index."""

    def withdraw(self, scope: str, party: str, enrolment: str) -> dict[str, list[str]]:
        """Drop a party's enrolment; gives the hits that were told of it, by who was told."""

    def unlist(self, scope: str, party: str, typology: str, condition: str) -> None:
        """Drop a party's list of tags for one condition of one typology."""

    def close(self, scope: str, party: str, rule: str) -> dict[str, list[str]]:
        """Open nothing more under a party's rule; gives the hits told of it, by who was told."""

    def run_out(self) -> int:
        """Drop batches and tags whose last day is over; gives how many."""

    def anything(self) -> bool:
        """Whether anything has run out."""

    def overdue(self) -> list[str]:
        """Scopes whose last day is over, and that were never ended."""


class Post(Protocol):
    """Outgoing messages of this transaction."""

    def post(self, to: str, kind: str, body: Message) -> object:
        """Put a post into the outbox."""


@dataclass(frozen=True, slots=True)
class Status:
    """What anybody may know of this role: kind of data, model, and the head of its ledger."""

    stamp: str
    pack: str
    seq: int
    hash: str
