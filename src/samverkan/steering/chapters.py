"""Chapters of a report beside its figures: definitions, quality, the auditors' questions, years past.

Each is made of the same operations as the figures, and says what it leaves out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from samverkan.domain.operation import Operation
from samverkan.domain.outcome import Recorded, repeats
from samverkan.domain.pack import Pack
from samverkan.domain.result import Report
from samverkan.steering.ports import Cell, Section, Words
from samverkan.steering.printing import Names, columns, section


def definitions(rows: Report, names: Names, t: Words) -> Section:
    """What every indicator of the report counts, by the number of its definition."""
    heads = columns(
        t, ("indicator", "short"), ("version", "number"), ("unit", "short"), ("definition", "text")
    )
    used = sorted({(row.indicator, row.version, row.unit) for row in rows.figures})
    cells = [
        (
            names.of(names.pack.indicators, indicator),
            version,
            names.of(names.pack.units, unit),
            names.defined(indicator, version),
        )
        for indicator, version, unit in used
    ]
    return section(t, "definitions", heads, cells, t("report.definitions.note"))


def quality(operations: Sequence[Operation], rows: Report, names: Names, t: Words) -> Section:
    """How sure the figures are: each possible source of error, counted."""
    recorded = [one for operation in operations for one in operation.outcomes]
    hours = sum(row.hours for row in rows.hours)
    cells: list[tuple[Cell, ...]] = [
        (t(f"report.quality.{name}"), count)
        for name, count in (
            ("unconfirmed", sum(bool(one.unconfirmed) for one in recorded)),
            ("asked", sum(_asked(one) for one in recorded)),
            ("repeats", sum(repeats(one) is not None for one in recorded)),
            ("late", _late(operations)),
            ("negative", sum(one.outcome.amount < 0 for one in recorded)),
            ("no_claim", sum(one.outcome.claim is None for one in recorded)),
            ("hours", hours),
            ("months", _in_months(operations, rows.year)),
            ("untold", sum(row.untold for row in rows.hours)),
        )
    ]
    heads = columns(t, ("source", "text"), ("count", "number"))
    return section(t, "quality", heads, cells, t("report.quality.note"), t("report.quality.more"))


def _asked(one: Recorded) -> bool:
    """Whether two outcomes may be one and not both owners have spoken."""
    spoken = Counter(other for other, _ in one.verdicts)
    return any(spoken[other] < 2 for other in one.alike)


def _late(operations: Sequence[Operation]) -> int:
    """Outcomes decided after the last day of their operation."""
    return sum(
        step.decided > operation.header.until
        for operation in operations
        for one in operation.outcomes
        for step in one.steps
    )


def _in_months(operations: Sequence[Operation], year: int) -> int:
    """Hours of the year that are told by month, since few persons stand behind them."""
    return sum(
        line.hours
        for operation in operations
        for (_, period), lines in operation.counted_hours().items()
        for line in lines
        if period.startswith(f"{year}-m")
    )


def audit(operations: Sequence[Operation], rows: Report, names: Names, t: Words) -> Section:
    """What the national audit office asked in 2019: time and cost by agency and level."""
    sums: dict[tuple[str, str], list[int]] = {}
    for row in rows.hours:
        found = sums.setdefault((row.party, row.level), [0, 0, 0])
        for place, part in enumerate((row.hours, row.cost, row.untold)):
            found[place] += part
    running = {o.operation: o for o in operations if o.operation in set(rows.operations)}
    parties = sorted({party for one in running.values() for party in one.parties})
    silent = [party for party in parties if not any(key[0] == party for key in sums)]
    cells: list[tuple[Cell, ...]] = [
        (names.party(party), t(f"report.level.{level}"), *found)
        for (party, level), found in sorted(sums.items())
    ]
    cells += [(names.party(party), t("report.audit.none"), 0, 0, 0) for party in silent]
    heads = columns(t, ("party", "text"), ("level", "short"), ("hours", "number"))
    heads += columns(t, ("cost", "number"), ("untold", "number"))
    notes = (t("report.audit.note"), t("report.audit.steering", n=len(running)))
    return section(t, "audit", heads, cells, *notes)


def goals(operations: Sequence[Operation], rows: Report, names: Names, t: Words) -> Section:
    """Goals against what has come: for each goal its baseline, target and the sum decided so far."""
    heads = columns(t, ("operation", "id"), ("indicator", "text"), ("unit", "short"))
    heads += columns(t, ("baseline", "number"), ("target", "number"), ("reached", "number"))
    cells: list[tuple[Cell, ...]] = []
    for operation in operations:
        for goal in operation.header.goals if operation.operation in set(rows.operations) else ():
            known = names.pack.indicators.get(goal.indicator)
            unit = "" if known is None else known.unit
            reached = sum(
                one.outcome.amount
                for one in operation.outcomes
                if one.outcome.indicator == goal.indicator and repeats(one) is None
            )
            numbers = [names.amount(part, unit) for part in (goal.baseline, goal.target, reached)]
            label = (names.of(names.pack.indicators, goal.indicator), names.unit(unit))
            cells.append((operation.operation, *label, *numbers))
    return section(t, "goals", heads, cells, t("report.goals.note"))


def published(pack: Pack, names: Names, t: Words) -> Section:
    """What has been published of past years, with its source; no figure of the system's own."""
    heads = columns(t, ("year", "number"), ("area", "short"), ("says", "text"))
    heads += columns(t, ("indicator", "short"), ("sum", "number"), ("unit", "short"))
    heads += columns(t, ("origin", "short"))
    cells = [
        (
            str(one.year),
            t("report.published.whole") if one.area is None else one.area[names.language],
            one.says[names.language],
            names.of(pack.indicators, one.indicator) if one.indicator else "",
            one.amount,
            names.unit(one.unit),
            one.source,
        )
        for one in sorted(pack.published.values(), key=lambda each: each.year)
    ]
    notes = (t("report.published.note"), t("report.published.series"))
    return section(t, "published", heads, cells, *notes)
