"""Operating: measures, hours and outcomes in an operation, each by the party that answers for it.

All of an operation stands in the chain of the proposal that opened it, so that what was decided
and what came of it read as one history.
"""

from __future__ import annotations

from samverkan.domain import operation as rules
from samverkan.domain import result
from samverkan.domain.hours import Bounds
from samverkan.domain.operation import Operation
from samverkan.domain.pack import Level
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact
from samverkan.wire.deciding import CloseMeasure, PlanMeasure, RecordOutcome, ReportHours
from samverkan.wire.v1 import Message

LEVELS = frozenset(level.value for level in Level)


def plan(hearing: Hearing, command: PlanMeasure) -> Answer:
    """The sending party takes a measure of its own catalogue."""
    operation = _operation(hearing, command.operation, rules.PLAN)
    if isinstance(operation, Refused):
        return operation
    if hearing.record.under(command.measure) is not None:
        return refuse(Code.ALREADY_DECIDED)
    refused = rules.plan(operation, command, hearing.catalogue(hearing.party))
    return refused or [_fact(operation, rules.PLAN, command.measure, command)]


def finish(hearing: Hearing, command: CloseMeasure) -> Answer:
    """How a measure went, from the party that took it."""
    operation = _operation(hearing, command.measure, rules.FINISH)
    if isinstance(operation, Refused):
        return operation
    results = hearing.pack.reasons.get("measure-result", {})
    refused = rules.finish(operation, hearing.party, command, results)
    return refused or [_fact(operation, rules.FINISH, command.measure, command)]


def hours(hearing: Hearing, command: ReportHours) -> Answer:
    """Sums of the sending party in a week or month; a later report of it counts instead."""
    operation = _operation(hearing, command.operation, rules.HOURS)
    if isinstance(operation, Refused):
        return operation
    within = Bounds(hearing.on, hearing.frozen(), LEVELS, hearing.pack.work_kinds)
    refused = rules.report_hours(command, within)
    return refused or [_fact(operation, rules.HOURS, command.operation, command)]


def record(hearing: Hearing, command: RecordOutcome) -> Answer:
    """An outcome, under its owner, with those that share in it."""
    operation = _operation(hearing, command.operation, rules.RECORD)
    if isinstance(operation, Refused):
        return operation
    if hearing.record.under(command.outcome) is not None:
        return refuse(Code.ALREADY_DECIDED)
    refused = result.check(operation, hearing.party, command, hearing.pack.indicators, hearing.on)
    return refused or [_fact(operation, rules.RECORD, command.outcome, command)]


def _operation(hearing: Hearing, named: str, kind: str) -> Operation | Refused:
    """The operation that the identifier stands in, if the sender may do this there today."""
    chain = hearing.record.under(named)
    operation = None if chain is None else hearing.operation(chain)
    if operation is None or named not in {operation.operation, *operation.measures}:
        return refuse(Code.NOT_FOUND)
    return rules.may(operation, hearing.party, kind, hearing.on) or operation


def _fact(operation: Operation, kind: str, subject: str, command: Message) -> Fact:
    return Fact(kind, subject, operation.header.proposal, command, operation.parties)
