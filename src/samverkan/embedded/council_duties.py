"""The demo's duties from a proposal to a decided operation, its account and the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.agency import acting, proposing, timekeeping
from samverkan.agency.following import operations, proposals
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.council import Position, Proposal
from samverkan.domain.council import State as Round
from samverkan.domain.hours import closed, month_of, week_of
from samverkan.domain.operation import Measure, MeasureState, Operation
from samverkan.domain.policy import Action
from samverkan.embedded.casework_duties import MONEY
from samverkan.embedded.officers import Act, Desk, Sector, using

_MINUTES = 60
"""What a scripted officer has worked on an operation."""
_FULL, _LONG = 40 * 60, 400
"""Minutes of a full week, and how many weeks back an officer looks for one that is not full."""


def take_positions(desk: Desk) -> bool:
    """Whoever is to act decides for the own party; of the others, the chair's party abstains.

    A member that says nothing shows as such: its silence neither hinders nor carries anything.
    """
    taken = [_take_positions(desk, body) for body in desk.plan.bodies(desk.node.me)]
    return any(taken)


def _take_positions(desk: Desk, body: str) -> bool:
    chair = desk.node.pack.bodies[body].chair == desk.node.me
    with desk.node.read(desk.permit(Action.READ_COUNCIL, body), "council") as reading:
        waiting = [
            one
            for one in proposals(reading).values()
            if one.state is Round.OPEN
            and one.header.body == body
            and (chair or desk.node.me in one.acting())
            and not reading.commands.sent("position.take", one.header.proposal)
        ]
    return desk.act(
        Action.TAKE_POSITION, (_position(one, desk.node.me) for one in waiting), body=body
    )


def _position(proposal: Proposal, me: str) -> Act:
    acts = me in proposal.acting()
    return using(
        proposing.take_position,
        proposal=proposal.header.proposal,
        position=(Position.FOR if acts else Position.ABSTAIN).value,
        reason=None if acts else "no-surface",
    )


def close_rounds(desk: Desk) -> bool:
    """The chair closes a round when all that are to act have said where they stand."""
    bodies = desk.node.pack.bodies
    chaired = [s for s in desk.plan.sectors if bodies[s.body].chair == desk.node.me]
    closed = [_close_rounds(desk, sector) for sector in chaired]
    return any(closed)


def _close_rounds(desk: Desk, sector: Sector) -> bool:
    body, me = sector.body, desk.node.me
    with desk.node.read(desk.permit(Action.READ_COUNCIL, body), "council") as reading:
        complete = [
            one
            for one in proposals(reading).values()
            if one.state is Round.OPEN
            and one.header.body == body
            and one.acting() | {me} <= set(one.latest())
            and not reading.commands.sent("proposal.close", one.header.proposal)
        ]
    seats = desk.node.pack.bodies[body].members
    present = [party for party in sector.parties if party in seats]
    closed = (
        using(proposing.close, proposal=one.header.proposal, present=present) for one in complete
    )
    return desk.act(Action.CLOSE_DECISION, closed, body=body)


def plan_measures(desk: Desk) -> bool:
    """The officer takes the measures that the decision gives the own party."""
    with desk.node.read(desk.permit(Action.PLAN_MEASURE), "operations") as reading:
        wanted = [
            (one, planned.measure)
            for one in operations(reading).values()
            for planned in one.header.measures
            if planned.party == desk.node.me
            and not reading.commands.sent("measure.plan", one.operation)
        ]
        due = reading.now.date() + timedelta(days=30)
    planned = (
        using(acting.plan, operation=one.operation, kind=kind, due=due) for one, kind in wanted
    )
    return desk.act(Action.PLAN_MEASURE, planned)


def account(desk: Desk) -> bool:
    """Hours, the outcome, and that the measure is done; each once an operation."""
    with desk.node.read(desk.permit(Action.RECORD_OUTCOME), "operations") as reading:
        mine = [
            Account(
                one,
                measure,
                hours=not reading.commands.sent("hours.report", one.operation),
                outcome=bool(desk.node.pack.measures[measure.kind].indicators)
                and not reading.commands.sent("outcome.record", one.operation),
            )
            for one in operations(reading).values()
            for measure in one.measures.values()
            if measure.party == desk.node.me
            and measure.state is MeasureState.PLANNED
            and not reading.commands.sent("measure.close", measure.measure)
        ]
        worked = list(
            _worked(desk, reading, [due.operation.operation for due in mine if due.hours])
        )
    desk.act(Action.REPORT_HOURS, worked)
    desk.act(
        Action.RECORD_OUTCOME,
        (
            using(acting.record, due.operation.operation, _effect(desk, due.operation, due.measure))
            for due in mine
            if due.outcome
        ),
    )
    return desk.act(Action.PLAN_MEASURE, map(_closed, mine))


def _worked(desk: Desk, reading: SqlReading, operations: list[str]) -> Iterator[Act]:
    """A little of every operation, in weeks that the officer has not filled yet."""
    officer, kind = desk.permit(Action.REPORT_HOURS).user, next(iter(desk.node.pack.work_kinds))
    waiting = [timekeeping.Row(one, "regional", kind, _MINUTES) for one in operations]
    for week in _weeks_that_are_over(reading.now.date()):
        if not waiting:
            return
        room = _FULL - sum(spent.minutes for spent in reading.accounts.week(officer, week))
        most = max(0, room // _MINUTES)
        rows, waiting = waiting[:most], waiting[most:]
        if rows:
            yield using(timekeeping.put_in, desk.node.pack, week=week, rows=rows)


def _weeks_that_are_over(today: date) -> Iterator[str]:
    """Newest first. One person's hours leave with the month: weeks whose month may leave already."""
    weeks = (week_of(today - timedelta(days=7 * n)) for n in range(_LONG))
    return (week for week in weeks if closed(month_of(week), today))


@dataclass(frozen=True, slots=True)
class Account:
    """What is still to be told of an own measure."""

    operation: Operation
    measure: Measure
    hours: bool
    outcome: bool


def _closed(due: Account) -> Act:
    operation, measure = due.operation.operation, due.measure.measure
    return using(acting.close, operation=operation, measure=measure, result="done")


def _effect(desk: Desk, operation: Operation, measure: Measure) -> acting.Effect:
    pack = desk.node.pack
    indicator = pack.indicators[pack.measures[measure.kind].indicators[0]]
    others = sorted(operation.parties - {desk.node.me})
    return acting.Effect(
        measure=measure.measure,
        indicator=indicator.id,
        stage=indicator.stages[0],
        amount=MONEY if indicator.unit == "sek" else 1,
        decided=desk.node.opened.store.clock().date(),
        shares=acting.equal(others[:1]),
    )


def freeze(desk: Desk) -> bool:
    """The secretariat freezes the report when all that was decided has been accounted for."""
    if desk.node.me != desk.plan.lead:
        return False
    body = desk.plan.bodies(desk.node.me)[0]
    with desk.node.read(desk.permit(Action.READ_COUNCIL, body), "reports") as reading:
        known = [o for o in operations(reading).values() if desk.node.me in o.parties]
        undecided = [p for p in proposals(reading).values() if p.decided is None]
        if reading.commands.sent("report.freeze") or undecided or not _settled(known):
            return False
        today = reading.now.date()
    return desk.act(Action.FREEZE_REPORT, [using(acting.freeze, year=today.year, on=today)])


def _settled(known: list[Operation]) -> bool:
    return bool(known) and all(
        {m.party for m in one.measures.values()} >= {p.party for p in one.header.measures}
        and all(m.state is not MeasureState.PLANNED for m in one.measures.values())
        for one in known
    )
