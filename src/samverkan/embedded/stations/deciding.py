"""Stations of decision and account: propose, take positions, close, operate, outcomes, report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from samverkan.agency import acting, proposing, timekeeping
from samverkan.agency.following import Cooperation, operations, proposals, scope_in_force
from samverkan.agency.proof import vouch
from samverkan.agency.sql.work import SqlWork
from samverkan.agency.timekeeping import Row
from samverkan.domain import council
from samverkan.domain.council import Proposal
from samverkan.domain.hours import minutes
from samverkan.domain.org import day_of
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.reports import newest_report
from samverkan.embedded.stations.asking import named
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId, ProposalId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.wire.deciding import Goal, PlannedMeasure, Propose


def propose(seat: Seat, sketch: proposing.Sketch) -> str:
    """Propose an operation out of a case; the persons go sealed to the scope's parties alone.

    What steering would refuse is refused before the sealed part is sent to anybody.
    """
    named(CaseId, sketch.case)

    def do(work: SqlWork, permit: Permit) -> ProposalId | Refused:
        case = work.cases.get(sketch.case)
        if case is None:
            return refuse(Code.NOT_FOUND)
        scope = agreed(scope_in_force(work, case.scope))
        header = _header(permit, sketch, scope)
        refused = council.make(header, seat.node.pack, scope.draft.parties, work.now.date())
        return refused or proposing.propose(work, permit, sketch)

    return seat.tell(Action.PROPOSE, do)


def _header(permit: Permit, sketch: proposing.Sketch, scope: Cooperation) -> Propose:
    """What the whole body would read of the sketch."""
    return Propose(
        by=vouch(permit),
        proposal=sketch.case,
        scope=scope.id,
        body=sketch.body,
        target=sketch.target,
        region=scope.draft.region,
        crime_area=sketch.crime_area,
        criteria=dict(sketch.criteria),
        measures=[PlannedMeasure(party=party, measure=code) for party, code in sketch.measures],
        goals=[Goal(indicator=i, baseline=b, target=t) for i, b, t in sketch.goals],
        until=sketch.until.isoformat(),
    )


@dataclass(frozen=True, slots=True)
class Round:
    """A proposal as the party knows it: where it stands, who has said what, what it opened."""

    proposal: str
    body: str
    state: str
    positions: dict[str, str]
    outcome: str | None
    operation: str | None


def _round(found: Proposal) -> Round:
    decided = found.decided
    return Round(
        proposal=found.header.proposal,
        body=found.header.body,
        state=found.state.value,
        positions={party: said.position.value for party, said in found.latest().items()},
        outcome=None if decided is None else decided.outcome,
        operation=None if decided is None else decided.operation,
    )


def rounds(seat: Seat, body: str) -> list[Round]:
    """The proposals before a body, oldest first; the look is logged."""
    with seat.look(Action.READ_COUNCIL, "council", body=body) as reading:
        found = proposals(reading).values()
        return [_round(one) for one in found if one.header.body == body]


def take_position(
    seat: Seat, proposal: str, *, body: str, position: str, reason: str | None
) -> Round:
    """Decide for the own party where it stands on a proposal before the body."""
    named(ProposalId, proposal)
    seat.tell(
        Action.TAKE_POSITION,
        lambda work, permit: proposing.take_position(
            work, permit, proposal=proposal, position=position, reason=reason
        ),
        body,
    )
    return _one(seat, proposal, body)


def close(seat: Seat, proposal: str, *, body: str, present: tuple[str, ...]) -> Round:
    """Close the round as the chair's party; an approved proposal opens its operation."""
    named(ProposalId, proposal)
    seat.tell(
        Action.CLOSE_DECISION,
        lambda work, permit: proposing.close(
            work, permit, proposal=proposal, present=list(present)
        ),
        body,
    )
    return _one(seat, proposal, body)


def _one(seat: Seat, proposal: str, body: str) -> Round:
    return next(one for one in rounds(seat, body) if one.proposal == proposal)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of an operation: whose, of which kind, where it stands."""

    measure: str
    party: str
    kind: str
    state: str
    result: str | None


def measures(seat: Seat, operation: str) -> list[Measure]:
    """The measures of an operation of the own party. Raises `RefusedError` (`NOT_FOUND`)."""
    with seat.look(Action.PLAN_MEASURE, "operations") as reading:
        found = operations(reading).get(operation)
        if found is None or reading.me not in found.parties:
            raise RefusedError(refuse(Code.NOT_FOUND))
        return [
            Measure(one.measure, one.party, one.kind, one.state.value, one.result)
            for one in found.measures.values()
        ]


def plan(seat: Seat, operation: str, *, kind: str, due: date) -> str:
    """Take a measure of the own catalogue into the operation; gives its id."""
    return seat.tell(
        Action.PLAN_MEASURE,
        lambda work, permit: acting.plan(work, permit, operation=operation, kind=kind, due=due),
    )


def version(seat: Seat, indicator: str, on: date) -> int:
    """Which definition of an indicator was in force that day; the first of an unknown one."""
    known = seat.node.pack.indicators.get(indicator)
    return 1 if known is None else known.version(on)


def row(operation: str, level: str, kind: str, written: str) -> Row:
    """A line of hours as it is written. Raises `RefusedError`."""
    try:
        counted = minutes(Decimal(written.replace(",", ".")))
    except InvalidOperation:
        raise RefusedError(refuse(Code.FIELD_NOT_A_NUMBER, field="hours")) from None
    return Row(operation, level, kind, agreed(counted))


def report_hours(seat: Seat, week: str, row: Row) -> None:
    """Put in the own hours of a week; what is said of it later counts instead."""
    pack = seat.node.pack
    seat.tell(
        Action.REPORT_HOURS,
        lambda work, permit: timekeeping.put_in(work, permit, pack, week=week, rows=[row]),
    )


def finish(seat: Seat, operation: str, measure: str, result: str) -> None:
    """Say how an own measure went."""
    seat.tell(
        Action.PLAN_MEASURE,
        lambda work, permit: acting.close(
            work, permit, operation=operation, measure=measure, result=result
        ),
    )


def today(seat: Seat) -> date:
    """The party's day, by its store's clock."""
    return day_of(seat.node.opened.store.clock())


def record(seat: Seat, operation: str, effect: acting.Effect) -> str:
    """Record what a measure brought; gives the outcome's id."""
    return seat.tell(
        Action.RECORD_OUTCOME,
        lambda work, permit: acting.record(work, permit, operation, effect),
    )


def report(seat: Seat, year: int | None, folder: Path, *, kind: str = "interim") -> str:
    """Freeze the yearly report as of today and write its files; gives the PDF's path."""
    on = today(seat)
    seat.tell(
        Action.FREEZE_REPORT,
        lambda work, permit: acting.freeze(work, permit, year=year or on.year, on=on, kind=kind),
    )
    path = newest_report(seat.house, seat.node.me, folder)
    if path is None:
        raise RefusedError(refuse(Code.NOT_YET))
    return path
