"""`Index` and `Post` in memory, for the tests of what the exchange decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from samverkan.domain.bundle import Entry
from samverkan.exchange.ports import Placed, ScopeFacts, TagPlace
from samverkan.wire.matching import Upload
from samverkan.wire.v1 import Message


@dataclass
class MemoryIndex:
    """`Index` in memory."""

    scopes: dict[str, ScopeFacts] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    batches: list[tuple[str, Upload, tuple[Entry, ...]]] = field(default_factory=list)
    told: set[tuple[bytes, bytes]] = field(default_factory=set)
    lists: dict[tuple[TagPlace, str], set[bytes]] = field(default_factory=dict)
    fired: set[tuple[str, int, str, bytes]] = field(default_factory=set)

    def open_scope(self, facts: ScopeFacts) -> None:
        """See `Index`."""
        assert facts.scope not in self.scopes
        self.scopes[facts.scope] = facts

    def end_scope(self, scope: str) -> None:
        """See `Index`."""
        self.over.add(scope)
        self.batches = [one for one in self.batches if one[1].scope != scope]

    def scope(self, scope: str) -> ScopeFacts | None:
        """See `Index`."""
        return None if scope in self.over else self.scopes.get(scope)

    def ended(self, scope: str) -> bool:
        """See `Index`."""
        return scope in self.over

    def enrolled(self, scope: str, party: str, key_type: str) -> int:
        """See `Index`."""
        return sum(
            sent.count
            for owner, sent, _ in self.batches
            if (owner, sent.scope, sent.key_type) == (party, scope, key_type)
        )

    def add(self, party: str, upload: Upload, entries: Sequence[Entry]) -> bool:
        """See `Index`."""
        key = (upload.enrolment, upload.key_type)
        if any((sent.enrolment, sent.key_type) == key for _, sent, _ in self.batches):
            return False
        self.batches.append((party, upload, tuple(entries)))
        return True

    def blocks(self, upload: Upload, indexes: Collection[bytes]) -> list[Placed]:
        """See `Index`."""
        place = (upload.scope, upload.epoch, upload.key_type)
        return [
            Placed(party, entry, frozenset(sent.open_to), frozenset(sent.open_fields), sent.rule)
            for party, sent, entries in self.batches
            if (sent.scope, sent.epoch, sent.key_type) == place
            for entry in entries
            if entry.index in indexes
        ]

    def tell(self, hit: str, party: str, own: bytes, other: bytes) -> bool:
        """See `Index`."""
        del hit, party
        if (own, other) in self.told:
            return False
        self.told.add((own, other))
        return True

    def put_tags(self, place: TagPlace, party: str, tags: set[bytes]) -> None:
        """See `Index`."""
        self.lists[(place, party)] = set(tags)

    def tags(self, scope: str, epoch: int, typology: str) -> dict[tuple[str, str], set[bytes]]:
        """See `Index`."""
        return {
            (place.condition, party): tags
            for (place, party), tags in self.lists.items()
            if (place.scope, place.epoch, place.typology) == (scope, epoch, typology)
        }

    def fire(self, scope: str, epoch: int, typology: str, tag: bytes) -> bool:
        """See `Index`."""
        key = (scope, epoch, typology, tag)
        if key in self.fired:
            return False
        self.fired.add(key)
        return True


@dataclass
class MemoryPost:
    """`Post` in memory."""

    sent: list[tuple[str, str, Message]] = field(default_factory=list)

    def post(self, to: str, kind: str, body: Message) -> object:
        """See `Post`."""
        self.sent.append((to, kind, body))
        return None
