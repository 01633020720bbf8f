"""Result (utfall): what an outcome must be, and the sums that a report makes of outcomes.

An outcome counts once in every sum, under its owner; the parties that share it see it apart.
Stages (decided, appealed, final, paid) are never added to each other: the same money passes
several. Nor are figures of two definitions of an indicator. What two parties have both told, and
both say is one, counts once. Each figure carries the identifiers of the outcomes that it is made of.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from samverkan.domain.operation import Operation, day
from samverkan.domain.outcome import WHOLE, Recorded, Step, repeats, shares, within_claim
from samverkan.domain.pack import Indicator
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.deciding import HoursLine, RecordOutcome
from samverkan.wire.v1 import canonical

FEW = 3
"""A figure of fewer outcomes than this carries the small-numbers note: it may point at a person."""

UNKNOWN = "unknown"
"""The unit of an outcome whose indicator is in no pack any more; it is still accounted for."""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome at one stage, with the region and unit that it counts in.

    `shared` gives the thousandths of others, `unconfirmed` those of them that have not said so.
    """

    outcome: str
    operation: str
    region: str
    party: str
    shared: Mapping[str, int]
    unconfirmed: tuple[str, ...]
    measure: str | None
    indicator: str
    version: int
    unit: str
    stage: str
    amount: int
    decided: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A sum per indicator and stage, in one region or (`region` is None) in all."""

    region: str | None
    indicator: str
    version: int
    unit: str
    stage: str
    amount: int
    few: bool
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyRow:
    """What a party owns of an indicator at a stage, and apart from it what it shares in."""

    party: str
    indicator: str
    version: int
    unit: str
    stage: str
    owned: int
    owned_outcomes: tuple[str, ...]
    shared: int
    shared_outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Whole hours of a party at a level, of a kind, in the year; their cost as far as it was told.

    `untold` are the hours of which no cost was told.
    """

    party: str
    level: str
    kind: str
    hours: int
    cost: int
    untold: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """How often a party used one measure of its catalogue, nought too, and how it went."""

    party: str
    kind: str
    planned: int
    results: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """The yearly report (redovisning) as rows, each list in a fixed order."""

    year: int
    on: str
    operations: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    regions: tuple[FigureRow, ...]
    parties: tuple[PartyRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    hours: tuple[HoursRow, ...]
    measures: tuple[MeasureRow, ...]

    def canonical(self) -> bytes:
        """The one byte form of all rows (RFC 8785)."""
        return canonical(asdict(self))

    def digest(self) -> bytes:
        """SHA-256 over the canonical bytes."""
        return hashlib.sha256(self.canonical()).digest()


def check(
    operation: Operation,
    party: str,
    command: RecordOutcome,
    indicators: Mapping[str, Indicator],
    on: date,
) -> Refused | None:
    """An outcome names an indicator of that party and a stage of it, own measure, real partners."""
    indicator = indicators.get(command.indicator)
    if indicator is None or command.stage not in indicator.stages:
        return refuse(Code.NOT_IN_PACK)
    if party not in indicator.parties:
        return refuse(Code.NOT_IN_PACK)
    if operation.recorded(command.outcome) is not None:
        return refuse(Code.ALREADY_DECIDED)
    if not _dated(operation, command, on):
        return refuse(Code.FIELD_NOT_A_DATE)
    if indicator.version(date.fromisoformat(command.decided)) != command.version:
        return refuse(Code.DEFINITION_CHANGED)
    return (
        shares(command, party, operation.parties)
        or within_claim(command.amount, command.claim)
        or _own_measure(operation, party, command.measure)
    )


def _dated(operation: Operation, command: RecordOutcome, on: date) -> bool:
    """Decided on a real day, from the operation's decision until today."""
    return day(command.decided) is not None and (
        operation.since <= command.decided <= on.isoformat()
    )


def _own_measure(operation: Operation, party: str, measure: str | None) -> Refused | None:
    if measure is None:
        return None
    found = operation.measures.get(measure)
    if found is None:
        return refuse(Code.NOT_FOUND)
    return None if found.party == party else refuse(Code.NOT_THE_OWNER)


def report(
    operations: Sequence[Operation],
    *,
    year: int,
    on: str,
    indicators: Mapping[str, Indicator],
    catalogue: Mapping[str, Sequence[str]],
) -> Report:
    """The year's report. `catalogue` gives each party's kinds of measure.

    Outcomes count in the year of their decision, hours in the year of their week or month, measures
    with every operation that ran in the year.
    """
    outcomes = sorted(
        _outcomes(operations, year, indicators), key=lambda row: (row.outcome, row.decided)
    )
    running = [o for o in operations if o.since[:4] <= f"{year}" <= o.header.until[:4]]
    return Report(
        year=year,
        on=on,
        operations=tuple(sorted(operation.operation for operation in running)),
        figures=tuple(_figures(outcomes, by_region=False)),
        regions=tuple(_figures(outcomes, by_region=True)),
        parties=tuple(_parties(outcomes)),
        outcomes=tuple(outcomes),
        hours=tuple(_hours(operations, year)),
        measures=tuple(_measures(running, catalogue)),
    )


def _outcomes(
    operations: Iterable[Operation], year: int, indicators: Mapping[str, Indicator]
) -> Iterator[OutcomeRow]:
    for operation in operations:
        for recorded in operation.outcomes:
            for step in recorded.steps if repeats(recorded) is None else ():
                if step.decided[:4] == f"{year}":
                    indicator = indicators.get(recorded.outcome.indicator)
                    unit = UNKNOWN if indicator is None else indicator.unit
                    yield _row(operation, recorded, step, unit)


def _row(operation: Operation, recorded: Recorded, step: Step, unit: str) -> OutcomeRow:
    outcome = recorded.outcome
    return OutcomeRow(
        outcome=outcome.outcome,
        operation=operation.operation,
        region=operation.header.region,
        party=recorded.party,
        shared=dict(sorted(outcome.shares.items())),
        unconfirmed=tuple(recorded.unconfirmed),
        measure=outcome.measure,
        indicator=outcome.indicator,
        version=outcome.version,
        unit=unit,
        stage=step.stage,
        amount=step.amount,
        decided=step.decided,
    )


def _figures(outcomes: Iterable[OutcomeRow], *, by_region: bool) -> Iterator[FigureRow]:
    groups: dict[tuple[str, str, str, int], list[OutcomeRow]] = {}
    for row in outcomes:
        key = (row.region if by_region else "", row.indicator, row.stage, row.version)
        groups.setdefault(key, []).append(row)
    for (region, indicator, stage, version), rows in sorted(groups.items()):
        yield FigureRow(
            region=region or None,
            indicator=indicator,
            version=version,
            unit=rows[0].unit,
            stage=stage,
            amount=_sum(rows),
            few=len(rows) < FEW,
            outcomes=_ids(rows),
        )


def _parties(outcomes: Sequence[OutcomeRow]) -> Iterator[PartyRow]:
    """Own amounts whole, and apart from them the part that the own share is of others'."""
    owned: dict[_Part, list[OutcomeRow]] = {}
    shared: dict[_Part, list[OutcomeRow]] = {}
    for row in outcomes:
        of = (row.indicator, row.version, row.unit, row.stage)
        owned.setdefault((row.party, *of), []).append(row)
        for party in row.shared:
            shared.setdefault((party, *of), []).append(row)
    for key in sorted({*owned, *shared}):
        mine, others = owned.get(key, []), shared.get(key, [])
        part = sum(_part(row.amount, row.shared[key[0]]) for row in others)
        yield PartyRow(*key, _sum(mine), _ids(mine), part, _ids(others))


_Part = tuple[str, str, int, str, str]
"""Party, indicator, version, unit, stage."""


def _part(amount: int, thousandths: int) -> int:
    """A share of an amount in whole units, rounded towards nought."""
    whole = abs(amount) * thousandths // WHOLE
    return whole if amount >= 0 else -whole


def _sum(rows: Iterable[OutcomeRow]) -> int:
    return sum(row.amount for row in rows)


def _ids(rows: Iterable[OutcomeRow]) -> tuple[str, ...]:
    return tuple(row.outcome for row in rows)


def _hours(operations: Iterable[Operation], year: int) -> Iterator[HoursRow]:
    sums: dict[tuple[str, str, str], list[HoursLine]] = {}
    for operation in operations:
        for (party, period), lines in operation.counted_hours().items():
            if period[:4] == f"{year}":
                for line in lines:
                    sums.setdefault((party, line.level, line.kind), []).append(line)
    for key, found in sorted(sums.items()):
        hours = sum(line.hours for line in found)
        untold = sum(line.hours for line in found if line.cost is None)
        yield HoursRow(*key, hours, sum(line.cost or 0 for line in found), untold)


def _measures(
    operations: Sequence[Operation], catalogue: Mapping[str, Sequence[str]]
) -> Iterator[MeasureRow]:
    taking_part = {party for operation in operations for party in operation.parties}
    taken = [measure for operation in operations for measure in operation.measures.values()]
    for party in sorted(taking_part):
        for kind in sorted(catalogue.get(party, ())):
            used = [m.result for m in taken if (m.party, m.kind) == (party, kind)]
            results = Counter(result for result in used if result is not None)
            yield MeasureRow(party, kind, len(used), dict(sorted(results.items())))
