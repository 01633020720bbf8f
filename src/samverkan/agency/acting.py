"""Own measures and outcomes in an operation, and the yearly report.

Each is a command to steering; what it says of persons is nothing (codes, dates, sums).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from samverkan.agency import crediting, following
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.domain.operation import Operation
from samverkan.domain.outcome import WHOLE
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MeasureId, OperationId, OutcomeId, ReportId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.deciding import (
    CloseMeasure,
    Freeze,
    PlanMeasure,
    RecordOutcome,
)


def _mine(work: Work, operation: str) -> Operation | Refused:
    found = following.operation(work, operation)
    if found is None or work.me not in found.parties:
        return refuse(Code.NOT_FOUND)
    return found


def plan(
    work: Work, permit: Permit, *, operation: str, kind: str, due: date
) -> MeasureId | Refused:
    """Take a measure of the own catalogue into the operation."""
    require(permit, Action.PLAN_MEASURE)
    found = _mine(work, operation)
    if isinstance(found, Refused):
        return found
    measure = MeasureId.draw(work.randomness)
    body = PlanMeasure(
        by=vouch(permit), measure=measure, operation=operation, kind=kind, due=due.isoformat()
    )
    work.commands.send("measure.plan", operation, body, officer=permit.user)
    work.log(Entry("measure.planned", permit.user, measure, operation, (permit.policy, kind)))
    return measure


def close(
    work: Work, permit: Permit, *, operation: str, measure: str, result: str
) -> Refused | None:
    """Say that an own measure is done, or is not."""
    require(permit, Action.PLAN_MEASURE)
    found = _mine(work, operation)
    if isinstance(found, Refused):
        return found
    planned = found.measures.get(measure)
    if planned is None or planned.party != work.me:
        return refuse(Code.NOT_FOUND)
    body = CloseMeasure(by=vouch(permit), measure=measure, result=result)
    work.commands.send("measure.close", measure, body, officer=permit.user)
    work.log(Entry("measure.closed", permit.user, measure, result, (permit.policy,)))
    return None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure brought: an indicator of the pack, at a stage, on a day.

    `shares` are those of other parties in thousandths. `number` is the decision's own, of which
    only a mark leaves.
    """

    measure: str | None
    indicator: str
    stage: str
    amount: int
    decided: date
    shares: Mapping[str, int]
    version: int = 1
    claim: int | None = None
    number: str = field(default="", repr=False)


def equal(parties: Sequence[str]) -> dict[str, int]:
    """Equal shares of others, in thousandths; what is over by rounding is the owner's."""
    return dict.fromkeys(parties, WHOLE // (len(parties) + 1))


def record(work: Work, permit: Permit, operation: str, effect: Effect) -> OutcomeId | Refused:
    """Record an outcome; those that share it see it, and it counts once."""
    require(permit, Action.RECORD_OUTCOME)
    found = _mine(work, operation)
    if isinstance(found, Refused):
        return found
    outcome = OutcomeId.draw(work.randomness)
    body = RecordOutcome(
        by=vouch(permit),
        outcome=outcome,
        operation=operation,
        measure=effect.measure,
        indicator=effect.indicator,
        stage=effect.stage,
        amount=effect.amount,
        decided=effect.decided.isoformat(),
        version=effect.version,
        claim=effect.claim,
        shares=dict(effect.shares),
        mark=crediting.marked(
            work, found, number=effect.number, amount=effect.amount, decided=effect.decided
        ),
    )
    work.commands.send("outcome.record", operation, body, officer=permit.user)
    codes = (permit.policy, effect.indicator, effect.stage)
    work.log(Entry("outcome.recorded", permit.user, outcome, operation, codes))
    return outcome


def freeze(
    work: Work,
    permit: Permit,
    *,
    year: int,
    on: date,
    kind: str = "interim",
    part: str | None = None,
) -> ReportId:
    """Ask for the yearly report as of a day (SFS 2022:1718 § 13): final, or interim.

    `part` narrows it to a region or, if it is an operation's identifier, to that operation.
    """
    require(permit, Action.FREEZE_REPORT)
    report = ReportId.draw(work.randomness)
    of_operation = part is not None and part.startswith(f"{OperationId.prefix}-")
    body = Freeze(
        by=vouch(permit),
        report=report,
        year=year,
        on=on.isoformat(),
        kind=kind,
        region=None if of_operation else part,
        operation=part if of_operation else None,
    )
    work.commands.send("report.freeze", report, body, officer=permit.user)
    work.log(Entry("report.frozen", permit.user, report, codes=(permit.policy,)))
    return report
