"""`Index` and `Post` in memory, for the tests of what the exchange decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samverkan.domain.bundle import Entry
from samverkan.domain.taglist import without
from samverkan.exchange.ports import Known, Learned, Placed, ScopeFacts, TagPlace
from samverkan.kernel.ids import FiringId
from samverkan.wire.matching import Upload
from samverkan.wire.v1 import Message
from tests.instruments import NOON


@dataclass
class MemoryIndex:
    """`Index` in memory."""

    scopes: dict[str, ScopeFacts] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    batches: list[tuple[str, Upload, tuple[Entry, ...]]] = field(default_factory=list)
    told: set[tuple[bytes, bytes]] = field(default_factory=set)

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


@dataclass
class MemoryLessons:
    """`Lessons` in memory."""

    told: dict[tuple[str, str, str], Mapping[str, int]] = field(default_factory=dict)
    pairs: dict[str, dict[str, dict[int, int]]] = field(default_factory=dict)
    known: dict[tuple[str, str], Learned] = field(default_factory=dict)

    def tell(self, scope: str, party: str, kind: str, rates: Mapping[str, int]) -> None:
        """See `Lessons`."""
        self.told[scope, party, kind] = rates

    def rates(self, scope: str, kind: str) -> list[Mapping[str, int]]:
        """See `Lessons`."""
        return [one for (s, _, k), one in self.told.items() if (s, k) == (scope, kind)]

    def meet(self, scope: str, key_type: str, patterns: Mapping[int, int]) -> None:
        """See `Lessons`."""
        met = self.pairs.setdefault(scope, {}).setdefault(key_type, {})
        for pattern, count in patterns.items():
            met[pattern] = met.get(pattern, 0) + count

    def met(self, scope: str) -> dict[str, dict[int, int]]:
        """See `Lessons`."""
        return self.pairs.get(scope, {})

    def learn(self, scope: str, kind: str, learned: Learned) -> None:
        """See `Lessons`."""
        self.known[scope, kind] = learned

    def learned(self, scope: str, kind: str) -> Learned | None:
        """See `Lessons`."""
        return self.known.get((scope, kind))


@dataclass
class MemoryLists:
    """`Lists` in memory; everything is told at noon."""

    lists: dict[tuple[TagPlace, str], bytes] = field(default_factory=dict)
    known: dict[str, tuple[Known, TagPlace]] = field(default_factory=dict)
    done: set[tuple[str, str]] = field(default_factory=set)

    def put(self, place: TagPlace, party: str, until: str, listed: bytes) -> None:
        """See `Lists`."""
        del until
        self.lists[place, party] = listed

    def all(self, scope: str, epoch: int, typology: str) -> dict[tuple[str, str], bytes]:
        """See `Lists`."""
        return {
            (place.condition, party): listed
            for (place, party), listed in self.lists.items()
            if (place.scope, place.epoch, place.typology) == (scope, epoch, typology)
        }

    def told(self, scope: str, epoch: int, typology: str) -> list[Known]:
        """See `Lists`."""
        place = TagPlace(scope, epoch, typology, "")
        return [known for known, at in self.known.values() if at == place]

    def tell(self, known: Known, scope: str, epoch: int, typology: str) -> None:
        """See `Lists`."""
        self.known[known.id] = (known, TagPlace(scope, epoch, typology, ""))

    def assess(self, firing: str, party: str, *, assessed: bool) -> bool:
        """See `Lists`."""
        known = self.known.get(firing)
        if known is None or party not in {owner for owner, _ in known[0].members}:
            return False
        (self.done.add if assessed else self.done.discard)((firing, party))
        return True

    def stale(self, before: datetime) -> list[FiringId]:
        """See `Lists`."""
        assessed = {firing for firing, _ in self.done}
        return [
            known.id
            for known, _ in self.known.values()
            if known.id not in assessed and before > NOON
        ]

    def erase(self, firing: FiringId) -> None:
        """See `Lists`."""
        known, _ = self.known.pop(firing)
        for (place, party), listed in self.lists.items():
            mine = {handle for owner, handle in known.members if owner == party}
            self.lists[place, party] = without(listed, mine)


@dataclass
class MemoryPost:
    """`Post` in memory."""

    sent: list[tuple[str, str, Message]] = field(default_factory=list)

    def post(self, to: str, kind: str, body: Message) -> object:
        """See `Post`."""
        self.sent.append((to, kind, body))
        return None
