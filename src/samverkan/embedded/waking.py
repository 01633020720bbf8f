"""Which duties have a reason to look: what has come to a desk since, or what it has done itself.

A look costs a ledger entry and a reading of the store; a duty that nothing concerns is left in
peace. What an officer sees on a page is not decided here: this only says when to open it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from samverkan.infra.applying import Answer, Handler
from samverkan.infra.store import Transaction
from samverkan.wire.v1 import Envelope

WOKEN_BY: Mapping[str, frozenset[str]] = {
    "ingest": frozenset(),
    "outline": frozenset(),
    "draft": frozenset({"cooperation.draft", "cooperation.in-force"}),
    "accept": frozenset({"cooperation.draft"}),
    "sign": frozenset({"cooperation.in-force"}),
    "enrol": frozenset({"ingest", "sign", "keys.contribute", "keys.transcript"}),
    "judge": frozenset({"hit.told"}),
    "assess": frozenset({"typology.fired"}),
    "case": frozenset({"typology.fired"}),
    "request": frozenset({"case", "judge", "assess"}),
    "answer": frozenset({"request.ask"}),
    "join": frozenset({"request.ask", "case.opened"}),
    "propose": frozenset({"request", "request.answer"}),
    "position": frozenset({"proposal.make"}),
    "decide": frozenset({"proposal.make", "position.take"}),
    "measure": frozenset({"proposal.decided"}),
    "account": frozenset({"measure.plan"}),
}
"""For each station the kinds of message, the events of steering and the own stations that concern
it."""


@dataclass(slots=True)
class Bell:
    """One desk's bell: the stations that are to look. At the beginning everybody looks once."""

    awake: set[str] = field(default_factory=lambda: set(WOKEN_BY))

    def ring(self, kind: str) -> None:
        """This has come, or was done."""
        self.awake |= {name for name, kinds in WOKEN_BY.items() if kind in kinds}

    def rouse(self) -> None:
        """Let everybody look once more."""
        self.awake |= set(WOKEN_BY)

    def turn(self, station: str, duty: Callable[[], bool]) -> bool:
        """Let the station look, if it is to; True if it did anything."""
        if station not in self.awake:
            return False
        self.awake.discard(station)  # first: what its own act brings about wakes it anew
        done = duty()
        if done:
            self.ring(station)
        return done

    def hung(self, handlers: Mapping[str, Handler]) -> Mapping[str, Handler]:
        """The handlers of a postman, ringing for every message that they take."""
        return Ringing(handlers, self)


@dataclass(frozen=True, slots=True)
class Ringing(Mapping[str, Handler]):
    """Handlers by kind of message; each rings, then does what it did before."""

    handlers: Mapping[str, Handler]
    bell: Bell

    def __getitem__(self, kind: str) -> Handler:
        handler = self.handlers[kind]

        def handle(transaction: Transaction, envelope: Envelope) -> Answer:
            self.bell.ring(kind)
            if kind == "feed.event":
                self.bell.ring(str(envelope.body.get("kind")))
            return handler(transaction, envelope)

        return handle

    def __iter__(self) -> Iterator[str]:
        return iter(self.handlers)

    def __len__(self) -> int:
        return len(self.handlers)
