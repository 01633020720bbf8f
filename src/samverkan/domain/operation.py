"""Operation (insats): what an approved proposal opens: measures, hours, and who has part in it.

Its parties are those in the scope that were for the proposal: who was against, abstained or had
no mandate takes no measure. A party plans from its own catalogue, for itself alone. Hours are
whole hours per party and week or month; a later report of the period counts, both are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from samverkan.domain import outcome
from samverkan.domain.council import BrokenHistory, Outcome, Position
from samverkan.domain.hours import Bounds, bounds, frozen
from samverkan.domain.outcome import Recorded
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.crediting import AdvanceOutcome, Alike, AnswerShare, SettleAlike
from samverkan.wire.deciding import (
    CloseMeasure,
    Decided,
    HoursLine,
    PlanMeasure,
    Propose,
    RecordOutcome,
    ReportHours,
)
from samverkan.wire.joining import Event
from samverkan.wire.v1 import from_body

PLAN, FINISH, HOURS = "measure.plan", "measure.close", "hours.report"
KINDS = frozenset({PLAN, FINISH, HOURS, *outcome.KINDS})


class State(StrEnum):
    """An operation is open through its last day and closed from the day after."""

    OPEN = "open"
    CLOSED = "closed"


ALLOWED = frozenset(
    {(State.OPEN, kind) for kind in KINDS} | {(State.CLOSED, kind) for kind in KINDS - {PLAN}}
)
"""A closed operation takes no new measure; results and hours come in long after (look-back)."""


class MeasureState(StrEnum):
    """Where a measure (åtgärd) stands. How it went is a code of the pack beside it."""

    PLANNED = "planned"
    CLOSED = "closed"


NEXT: Mapping[tuple[MeasureState, str], MeasureState] = MappingProxyType(
    {(MeasureState.PLANNED, FINISH): MeasureState.CLOSED}
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One party's measure, by its kind in that party's catalogue."""

    measure: str
    party: str
    kind: str
    due: str
    at: str
    state: MeasureState = MeasureState.PLANNED
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """One report of a period's hours, as it was given."""

    party: str
    period: str
    lines: tuple[HoursLine, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation and everything reported in it, oldest first."""

    operation: str
    header: Propose
    decided: Decided
    since: str
    parties: frozenset[str]
    measures: Mapping[str, Measure]
    hours: tuple[Hours, ...] = ()
    outcomes: tuple[Recorded, ...] = ()

    def state(self, on: date) -> State:
        """Open through the last day that the proposal named."""
        return State.OPEN if on.isoformat() <= self.header.until else State.CLOSED

    def recorded(self, named: str) -> Recorded | None:
        """The outcome of that identifier."""
        return next((one for one in self.outcomes if one.id == named), None)

    def used(self, party: str) -> frozenset[str]:
        """Kinds of measure that the party has planned or taken here."""
        return frozenset(m.kind for m in self.measures.values() if m.party == party)

    def unused(self, party: str, catalogue: Collection[str]) -> frozenset[str]:
        """Kinds in the party's catalogue that it has not used here."""
        return frozenset(catalogue) - self.used(party)

    def counted_hours(self) -> dict[tuple[str, str], tuple[HoursLine, ...]]:
        """Hours by (party, period): the latest report of each counts, whole."""
        return {(h.party, h.period): h.lines for h in self.hours}

    def worked(self) -> int:
        """All hours that count."""
        return sum(line.hours for lines in self.counted_hours().values() for line in lines)


def fold(events: Iterable[Event], scope: Collection[str]) -> Operation | None:
    """The operation that a proposal's events tell of, or None before it is approved.

    `scope` are the parties of the scope that the proposal belongs to. Raises `BrokenHistory`.
    """
    header: Propose | None = None
    operation: Operation | None = None
    for event in events:
        if event.kind == "proposal.make":
            header = from_body(event.body, Propose)
        elif event.kind == "proposal.decided" and header is not None:
            operation = _opened(header, event, scope)
        elif event.kind in KINDS:
            if operation is None:
                raise BrokenHistory(event.kind)
            operation = _ADD[event.kind](operation, event)
    return operation


def _opened(header: Propose, event: Event, scope: Collection[str]) -> Operation | None:
    decided = from_body(event.body, Decided)
    if decided.operation is None or decided.outcome != Outcome.APPROVED:
        return None
    willing = {p for p, position in decided.positions.items() if position == Position.FOR}
    return Operation(
        decided.operation, header, decided, event.at[:10], frozenset(willing & set(scope)), {}
    )


def _plan(operation: Operation, event: Event) -> Operation:
    body = from_body(event.body, PlanMeasure)
    measure = Measure(body.measure, event.party, body.kind, body.due, event.at)
    return replace(operation, measures={**operation.measures, body.measure: measure})


def _finish(operation: Operation, event: Event) -> Operation:
    body = from_body(event.body, CloseMeasure)
    measure = operation.measures.get(body.measure)
    state = None if measure is None else NEXT.get((measure.state, event.kind))
    if measure is None or state is None:
        raise BrokenHistory(event.kind)
    closed = replace(measure, state=state, result=body.result)
    return replace(operation, measures={**operation.measures, body.measure: closed})


def _hours(operation: Operation, event: Event) -> Operation:
    body = from_body(event.body, ReportHours)
    report = Hours(event.party, body.period, tuple(body.lines), event.at)
    return replace(operation, hours=(*operation.hours, report))


def _outcomes(operation: Operation, event: Event) -> Operation:
    known, kind = operation.outcomes, event.kind
    told: Iterable[Recorded] = known
    if kind == outcome.RECORD:
        told = (*known, Recorded(event.party, event.at, from_body(event.body, RecordOutcome)))
    elif kind == outcome.ADVANCE:
        told = outcome.advanced(known, from_body(event.body, AdvanceOutcome), event.at)
    elif kind == outcome.SHARE:
        told = outcome.answered(known, event.party, from_body(event.body, AnswerShare))
    elif kind == outcome.ALIKE:
        told = outcome.found_alike(known, from_body(event.body, Alike))
    elif kind == outcome.SETTLE:
        told = outcome.settled(known, event.party, from_body(event.body, SettleAlike))
    return replace(operation, outcomes=tuple(told))


_ADD = {PLAN: _plan, FINISH: _finish, HOURS: _hours, **dict.fromkeys(outcome.KINDS, _outcomes)}


def may(operation: Operation, party: str, kind: str, on: date) -> Refused | None:
    """Whether this party may do this here today; to an outsider there is no such operation."""
    if party not in operation.parties:
        return refuse(Code.NOT_FOUND)
    if (operation.state(on), kind) not in ALLOWED:
        return refuse(Code.WRONG_STATE)
    return None


def plan(operation: Operation, command: PlanMeasure, catalogue: Collection[str]) -> Refused | None:
    """A measure is of the own catalogue, new, and due within the operation's time."""
    if command.kind not in catalogue:
        return refuse(Code.NOT_IN_PACK)
    if command.measure in operation.measures:
        return refuse(Code.ALREADY_DECIDED)
    due = day(command.due)
    if due is None or not operation.since <= command.due <= operation.header.until:
        return refuse(Code.FIELD_NOT_A_DATE)
    return None


def finish(
    operation: Operation, party: str, command: CloseMeasure, results: Collection[str]
) -> Refused | None:
    """Only the party that planned a measure reports how it went, once, in a word of the pack."""
    measure = operation.measures.get(command.measure)
    if measure is None:
        return refuse(Code.NOT_FOUND)
    if measure.party != party:
        return refuse(Code.NOT_THE_OWNER)
    if (measure.state, FINISH) not in NEXT:
        return refuse(Code.ALREADY_DECIDED)
    if command.result not in results:
        return refuse(Code.NOT_IN_PACK)
    return None


def report_hours(command: ReportHours, within: Bounds) -> Refused | None:
    """A real period that has begun and is in no frozen report; levels and kinds of the pack, once."""
    found = bounds(command.period)
    if found is None:
        return refuse(Code.FIELD_NOT_A_DATE)
    if found[0] > within.on:
        return refuse(Code.WEEK_TO_COME)
    if frozen(command.period, within.reports):
        return refuse(Code.WEEK_FROZEN)
    keys = [(line.level, line.kind) for line in command.lines]
    known = all(level in within.levels and kind in within.kinds for level, kind in keys)
    return None if known and len(set(keys)) == len(keys) else refuse(Code.NOT_IN_PACK)


def day(text: str) -> date | None:
    """The date that a wire value spells; None if the calendar has no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
