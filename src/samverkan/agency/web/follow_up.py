"""Follow-up: what the operations of the year have used, cost and led to, as it stands today.

The sums are those of the yearly report, over the operations that this officer has to do with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from litestar import Response

from samverkan.agency.web import blocks, filters, tables
from samverkan.agency.web.accounting import level
from samverkan.agency.web.amounts import amount
from samverkan.agency.web.blocks import Block, Facts, Heading, Sight, Text, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.operations import STATES, reader, visible
from samverkan.domain.operation import MeasureState, Operation
from samverkan.domain.result import MeasureRow, Report, report
from samverkan.shell.parts import Column, Kind, Link, Table, Tag, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_OPERATIONS = (
    Column("area", "proposal.area", Kind.LINK),
    Column("body", "proposal.body"),
    Column("state", "operation.state", Kind.TAG),
    Column("done", "follow.done"),
    Column("hours", "hours.hours", Kind.HOURS),
    Column("came", "follow.came"),
)
_FIGURES = (
    Column("indicator", "effect.indicator"),
    Column("stage", "effect.stage"),
    Column("amount", "follow.sum"),
    Column("count", "follow.count", Kind.NUMBER),
    Column("few", "follow.few", Kind.TAG),
)
_MEASURES = (
    Column("party", "position.party"),
    Column("kind", "measure.kind"),
    Column("used", "follow.used", Kind.TAG),
    Column("times", "follow.times", Kind.NUMBER),
    Column("results", "follow.results"),
)
_HOURS = (
    Column("party", "position.party"),
    Column("level", "hours.level"),
    Column("kind", "hours.kind"),
    Column("hours", "hours.hours", Kind.HOURS),
    Column("cost", "hours.cost", Kind.MONEY),
)


@page("/follow-up")
def followed(request: AnyRequest) -> Response[str]:
    """The year's operations with their measures, hours and outcomes."""
    at = seat(request)
    with at.desk.read(reader(at), "follow-up", "follow-up") as reading:
        every = list(visible(at, reading).values())
        today = reading.now.date()
    years = _years(at, every, today)
    by_body = filters.by_body(at, [one.header.body for one in every])
    kept = [one for one in every if by_body.chosen(at) in ("", one.header.body)]
    year = int(years.chosen(at) or today.year)
    rows = _report(at, kept, year, today)
    running = [one for one in kept if one.operation in rows.operations]
    body: list[Block] = [
        *filters.shown(at, [years, by_body]),
        Facts(_sums(at, running, rows, today)),
        _operations(at, running, rows, today),
        Heading(at.t("follow.came")),
        _figures(at, rows),
        *([Text(at.t("follow.few_means"), faint=True)] if any(f.few for f in rows.figures) else []),
        Heading(at.t("follow.measures")),
        _measures(at, rows),
        Heading(at.t("hours.all")),
        _hours(at, rows),
        Ways([Link(at.t("follow.to_reports"), "/reports")]),
    ]
    title = at.t("follow.title", year=year)
    return blocks.show(request, Sight(title=title, lead=at.t("follow.lead"), blocks=body))


def _years(at: Seat, every: Iterable[Operation], today: date) -> filters.Question:
    """The years in which an operation runs or ran; this one always."""
    first = min((int(one.since[:4]) for one in every), default=today.year)
    years = [str(year) for year in range(today.year, first - 1, -1)]
    return filters.Question("year", at.t("reports.year"), [(year, year) for year in years])


def _report(at: Seat, kept: Sequence[Operation], year: int, today: date) -> Report:
    pack = at.desk.pack
    catalogue: Mapping[str, Sequence[str]] = {
        party: sorted(code for code, one in pack.measures.items() if party in one.parties)
        for party in pack.parties
    }
    indicators = pack.indicators
    return report(kept, year=year, on=today.isoformat(), indicators=indicators, catalogue=catalogue)


def _sums(
    at: Seat, running: Sequence[Operation], rows: Report, today: date
) -> list[tuple[str, object]]:
    """The year in four lines."""
    taken = [m for one in running for m in one.measures.values()]
    done = sum(m.state is MeasureState.CLOSED for m in taken)
    still = sum(m.state is MeasureState.PLANNED and m.due < today.isoformat() for m in taken)
    unused = sum(row.planned == 0 for row in rows.measures)
    measures = at.t("follow.measures_sum", done=done, all=len(taken), late=still, unused=unused)
    return [
        (at.t("operation.title"), len(running)),
        (at.t("follow.measures"), measures),
        (at.t("hours.all"), at.f.hours(sum(row.hours for row in rows.hours))),
        (at.t("effect.all"), at.t("follow.outcomes_sum", n=len(rows.outcomes))),
    ]


def _operations(at: Seat, running: Sequence[Operation], rows: Report, today: date) -> Table:
    pages_ = tables.pages_of(at, "operations", len(running))
    pack = at.desk.pack
    shown = [
        {
            "area": Link(
                at.names.of(pack.crime_areas, one.header.crime_area),
                f"/operations/{one.operation}",
            ),
            "body": at.names.of(pack.bodies, one.header.body),
            "state": STATES[one.state(today)],
            "done": _done(at, one),
            "hours": one.worked(),
            "came": _came(at, one, rows),
        }
        for one in running[tables.part(pages_)]
    ]
    return Table(
        id="operations",
        caption=at.t("follow.operations"),
        columns=_OPERATIONS,
        rows=shown,
        empty=at.t("operation.none"),
        pages=pages_,
    )


def _done(at: Seat, one: Operation) -> str:
    taken = one.measures.values()
    done = sum(m.state is MeasureState.CLOSED for m in taken)
    return at.t("follow.done_of", done=done, all=len(taken))


def _came(at: Seat, one: Operation, rows: Report) -> str:
    """The year's outcomes of one operation, in words."""
    return "; ".join(
        f"{at.names.of(at.desk.pack.indicators, row.indicator)}: "
        f"{amount(at, row.indicator, row.amount)} "
        f"({at.names.of(at.desk.pack.stages, row.stage)})"
        for row in rows.outcomes
        if row.operation == one.operation
    )


def _figures(at: Seat, rows: Report) -> Table:
    shown = [
        {
            "indicator": at.names.of(at.desk.pack.indicators, row.indicator),
            "stage": at.names.of(at.desk.pack.stages, row.stage),
            "amount": amount(at, row.indicator, row.amount),
            "count": len(row.outcomes),
            "few": Tag("follow.is_few", Tone.WARN) if row.few else "",
        }
        for row in rows.figures
    ]
    return tables.whole("figures", at.t("follow.figures"), _FIGURES, shown, at.t("effect.none"))


def _measures(at: Seat, rows: Report) -> Table:
    """Each party's whole catalogue: a measure that could have been taken shows as unused."""
    own_first = sorted(rows.measures, key=lambda row: (row.party != at.desk.me, row.party))
    shown = [
        {
            "party": at.names.party(row.party),
            "kind": at.names.of(at.desk.pack.measures, row.kind),
            "used": Tag("measure.in_use", Tone.GOOD)
            if row.planned
            else Tag("measure.unused", Tone.NEUTRAL),
            "times": row.planned,
            "results": _results(at, row),
        }
        for row in own_first
    ]
    return Table(
        id="measures",
        caption=at.t("follow.measures_all"),
        columns=_MEASURES,
        rows=shown,
        empty=at.t("measure.none"),
        grouped=True,
    )


def _results(at: Seat, row: MeasureRow) -> str:
    return ", ".join(
        f"{at.names.reason('measure-result', code).lower()}: {count}"
        for code, count in row.results.items()
    )


def _hours(at: Seat, rows: Report) -> Table:
    shown = [
        {
            "party": at.names.party(row.party),
            "level": level(at, row.level),
            "kind": at.names.of(at.desk.pack.work_kinds, row.kind),
            "hours": row.hours,
            "cost": row.cost if row.untold < row.hours else "",
        }
        for row in rows.hours
    ]
    return tables.whole("hours", at.t("follow.hours"), _HOURS, shown, at.t("hours.none"))


HANDLERS = [followed]
