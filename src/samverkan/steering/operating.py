"""Operating: measures, hours and outcomes in an operation, each by the party that answers for it.

All of an operation stands in the chain of the proposal that opened it, so that what was decided
and what came of it read as one history.
"""

from __future__ import annotations

from msgspec import structs

from samverkan.domain import operation as rules
from samverkan.domain import outcome, result
from samverkan.domain.hours import Bounds
from samverkan.domain.operation import Operation
from samverkan.domain.pack import Level
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MarkId, encode
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact
from samverkan.wire.crediting import AdvanceOutcome, Alike, AnswerShare, Marked, SettleAlike
from samverkan.wire.deciding import CloseMeasure, PlanMeasure, RecordOutcome, ReportHours
from samverkan.wire.v1 import Message, from_body

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
    operation = _operation(hearing, command.operation, outcome.RECORD)
    if isinstance(operation, Refused):
        return operation
    if hearing.record.under(command.outcome) is not None:
        return refuse(Code.ALREADY_DECIDED)
    refused = result.check(operation, hearing.party, command, hearing.pack.indicators, hearing.on)
    return refused or _told(hearing, operation, command)


def _told(hearing: Hearing, operation: Operation, command: RecordOutcome) -> list[Fact]:
    """The outcome without its mark to the operation; the mark to nobody; both owners are asked
    where another party's outcome has the same mark."""
    plain = structs.replace(command, mark=None)
    facts = [_fact(operation, outcome.RECORD, command.outcome, plain)]
    if command.mark is None:
        return facts
    named = mark_id(command.mark)
    marked = Marked(outcome=command.outcome, party=hearing.party, mark=command.mark)
    chain = operation.header.proposal
    facts.append(Fact(outcome.MARK, named, chain, marked, frozenset()))
    other = _of_mark(hearing, named)
    return facts if other is None else [*facts, *_alike(hearing, operation, command, other)]


def _of_mark(hearing: Hearing, named: str) -> Marked | None:
    """The first outcome of another party that has this mark, if any has."""
    chain = hearing.record.under(named)
    events = [] if chain is None else hearing.record.chain(chain)
    marks = [from_body(e.body, Marked) for e in events if e.kind == outcome.MARK]
    others = [one for one in marks if one.party != hearing.party]
    return next((one for one in others if mark_id(one.mark) == named), None)


def _alike(hearing: Hearing, here: Operation, command: RecordOutcome, other: Marked) -> list[Fact]:
    """Told under both operations, to the two parties alone."""
    chain = hearing.record.under(other.outcome)
    there = None if chain is None else hearing.operation(chain)
    if there is None:
        return []
    to = frozenset({hearing.party, other.party})
    pairs = {there.operation: there, here.operation: here}
    return [
        Fact(
            outcome.ALIKE,
            command.outcome,
            operation.header.proposal,
            Alike(
                operation=operation.operation,
                outcome=command.outcome,
                party=hearing.party,
                other=other.outcome,
                other_party=other.party,
            ),
            to,
        )
        for operation in pairs.values()
    ]


def mark_id(mark: bytes) -> MarkId:
    """A mark as an identifier, so that it can be looked up: its first 128 bits."""
    return MarkId(f"{MarkId.prefix}-{encode(mark[:16])}")


def advance(hearing: Hearing, command: AdvanceOutcome) -> Answer:
    """The owner tells that an outcome has come to a later stage."""
    operation = _operation(hearing, command.operation, outcome.ADVANCE)
    if isinstance(operation, Refused):
        return operation
    one = operation.recorded(command.outcome)
    indicator = None if one is None else hearing.pack.indicators.get(one.outcome.indicator)
    refused = outcome.advance(one, hearing.party, command, indicator, hearing.on)
    return refused or [_fact(operation, outcome.ADVANCE, command.outcome, command)]


def answer_share(hearing: Hearing, command: AnswerShare) -> Answer:
    """A party says whether it has the share that it is said to have."""
    operation = _operation(hearing, command.operation, outcome.SHARE)
    if isinstance(operation, Refused):
        return operation
    refused = outcome.answer(operation.recorded(command.outcome), hearing.party, command.answer)
    return refused or [_fact(operation, outcome.SHARE, command.outcome, command)]


def settle(hearing: Hearing, command: SettleAlike) -> Answer:
    """One of two parties says whether two outcomes are one; told under both operations."""
    operation = _operation(hearing, command.operation, outcome.SETTLE)
    if isinstance(operation, Refused):
        return operation
    one = operation.recorded(command.outcome)
    refused = outcome.settle(one, hearing.party, command)
    if refused is not None:
        return refused
    facts = [_fact(operation, outcome.SETTLE, command.outcome, command)]
    chain = hearing.record.under(command.other)
    if chain is None or chain == operation.header.proposal:
        return facts
    other = hearing.operation(chain)
    if other is not None:
        facts.append(Fact(outcome.SETTLE, command.outcome, chain, command, other.parties))
    return facts


def _operation(hearing: Hearing, named: str, kind: str) -> Operation | Refused:
    """The operation that the identifier stands in, if the sender may do this there today."""
    chain = hearing.record.under(named)
    operation = None if chain is None else hearing.operation(chain)
    if operation is None or named not in {operation.operation, *operation.measures}:
        return refuse(Code.NOT_FOUND)
    return rules.may(operation, hearing.party, kind, hearing.on) or operation


def _fact(operation: Operation, kind: str, subject: str, command: Message) -> Fact:
    return Fact(kind, subject, operation.header.proposal, command, operation.parties)
