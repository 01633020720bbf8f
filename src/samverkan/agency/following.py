"""What steering has told this party: its feed, and what follows from it.

Events are kept as they came and in their order; cooperations, proposals and operations are
derived from them with the very rules by which steering itself decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from samverkan.agency.facts import History
from samverkan.agency.ports import Reading, Work
from samverkan.domain import area, council, local, meeting, seating, standing
from samverkan.domain import method as methods
from samverkan.domain import operation as rules
from samverkan.domain.council import Proposal
from samverkan.domain.operation import Operation
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from samverkan.wire.joining import Accept, CommandRefused, Draft, End, Event, InForce


@dataclass(frozen=True, slots=True)
class Cooperation:
    """A framework or scope as this party knows it."""

    draft: Draft
    accepted: frozenset[str] = frozenset()
    in_force: bool = False
    ended: bool = False

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.draft.cooperation

    @property
    def is_scope(self) -> bool:
        """Whether it is a scope below a framework: keys and hits belong to scopes."""
        return self.draft.parent is not None

    def over(self, on: date) -> bool:
        """Whether it has ended, or its last day is past."""
        return self.ended or self.draft.until < on.isoformat()

    def holds(self, on: date) -> bool:
        """In force on that day: every party has accepted, and it has neither ended nor run out."""
        days = self.draft.since <= on.isoformat() <= self.draft.until
        return self.in_force and not self.ended and days


_STANDING = ("question", "decision", "entry")
"""What names a chain of a group's standing work."""
_LOCAL = ("local", "delegation")
"""What names a chain of local work: the body, or a seat's delegation."""


def chain_of(event: Event, before: Iterable[Event]) -> str | None:
    """The cooperation, proposal or report in whose history the event counts.

    What happens in an operation belongs to the proposal that opened it; `before` is the feed so
    far, in which the operation and its measures are found. None where nothing of it is known.
    """
    body = event.body
    if event.kind in area.KINDS:
        return area.REGISTER
    if event.kind == "cooperation.in-force":
        return str(body["draft"]["cooperation"])
    if event.kind == "measure.close":
        plans = (e.body for e in before if e.kind == "measure.plan")
        body = next((plan for plan in plans if plan["measure"] == body.get("measure")), {})
    if "operation" in body and event.kind not in (
        "proposal.decided",
        "report.freeze",
        "report.frozen",
    ):
        decided = (e.body for e in before if e.kind == "proposal.decided")
        body = next((one for one in decided if one["operation"] == body["operation"]), {})
        return _text(body.get("proposal"))
    names = (
        "cooperation",
        "proposal",
        "report",
        "case",
        *_LOCAL,
        "adoption",
        "method",
        "picture",
        "variant",
        *_STANDING,
        "subject",
    )
    return _text(next((body[name] for name in names if name in body), None))


def _text(named: object) -> str | None:
    return named if isinstance(named, str) else None


def follow(work: Work, sender: str, event: Event) -> Refused | None:
    """Keep an event of steering; from anybody else it is not believed.

    Raises `Malformed` for a body of another shape: kept, it would spoil every later look.
    """
    if sender != v1.STEERING:
        return refuse(Code.NOT_FOUND)
    cooperations([event])
    for fold in (methods.fold, local.fold, seating.fold, meeting.fold, standing.fold):
        fold([event])
    if event.kind in area.KINDS:
        v1.from_body(event.body, area.BODIES[event.kind])
    chain = chain_of(event, work.feed.all())
    if chain is None:
        return refuse(Code.MESSAGE_MALFORMED)
    work.feed.add(event, subject=chain)
    work.log(Entry("feed.event", v1.STEERING, chain, codes=(event.kind,)))
    return None


def cooperations(events: Iterable[Event]) -> dict[str, Cooperation]:
    """Every cooperation of the feed, in the order of their drafts."""
    return dict(events.derived(_fold)) if isinstance(events, History) else _fold(events)


def _fold(events: Iterable[Event]) -> dict[str, Cooperation]:
    found: dict[str, Cooperation] = {}
    for event in events:
        if event.kind == "cooperation.draft":
            draft = v1.from_body(event.body, Draft)
            found[draft.cooperation] = Cooperation(draft)
        elif event.kind == "cooperation.accept":
            old = found.get(v1.from_body(event.body, Accept).cooperation)
            if old is not None:
                found[old.id] = replace(old, accepted=old.accepted | {event.party})
        elif event.kind == "cooperation.in-force":
            draft = v1.from_body(event.body, InForce).draft
            found[draft.cooperation] = Cooperation(draft, frozenset(draft.parties), in_force=True)
        elif event.kind == "cooperation.end":
            old = found.get(v1.from_body(event.body, End).cooperation)
            if old is not None:
                found[old.id] = replace(old, ended=True)
    return found


def scope_in_force(reading: Reading, scope: str) -> Cooperation | Refused:
    """The scope, if it and the framework above it hold today; absent and foreign look the same."""
    known = cooperations(reading.feed.all())
    found = known.get(scope)
    if found is None or not found.is_scope:
        return refuse(Code.NO_COOPERATION)
    above = known.get(found.draft.parent or "")
    today = reading.now.date()
    if found.over(today) or (above is not None and above.over(today)):
        return refuse(Code.COOPERATION_ENDED)
    if above is None or not found.holds(today) or not above.holds(today):
        return refuse(Code.NO_COOPERATION)
    return found


def scope_of_message(reading: Reading, scope: str) -> Cooperation | Refused:
    """As `scope_in_force`, for a message: what we have not heard of yet may still be on its way."""
    found = scope_in_force(reading, scope)
    if not isinstance(found, Refused) or found.code is not Code.NO_COOPERATION:
        return found
    known = cooperations(reading.feed.all()).get(scope)
    return refuse(Code.NOT_YET) if known is None or not known.in_force else found


def refusals(reading: Reading) -> list[CommandRefused]:
    """Commands of this party that steering has refused, newest first."""
    events = reading.feed.all()
    refused = [v1.from_body(e.body, CommandRefused) for e in events if e.kind == "command.refused"]
    return refused[::-1]


def proposals(reading: Reading) -> dict[str, Proposal]:
    """Every proposal that this party knows, oldest first."""
    found = {chain: proposal(reading, chain) for chain in _chains(reading, council.MAKE)}
    return {chain: one for chain, one in found.items() if one is not None}


def proposal(reading: Reading, id_: str) -> Proposal | None:
    """One proposal, out of its own events alone."""
    return council.fold(reading.feed.about(id_))


def operations(reading: Reading) -> dict[str, Operation]:
    """Every operation that this party knows, by its identifier, oldest first."""
    found = (_operation(reading, chain) for chain in _chains(reading, council.MAKE))
    return {one.operation: one for one in found if one is not None}


def operation(reading: Reading, id_: str) -> Operation | None:
    """One operation, out of the events of its proposal alone."""
    decided = (event.body for event in reading.feed.all() if event.kind == council.DECIDED)
    chain = next((body["proposal"] for body in decided if body["operation"] == id_), None)
    return None if chain is None else _operation(reading, str(chain))


def _operation(reading: Reading, chain: str) -> Operation | None:
    events = reading.feed.about(chain)
    scope = cooperations(reading.feed.all()).get(str(events[0].body["scope"]))
    return None if scope is None else rules.fold(events, scope.draft.parties)


def _chains(reading: Reading, kind: str) -> list[str]:
    return [str(e.body["proposal"]) for e in reading.feed.all() if e.kind == kind]
