"""Reporting: the yearly report, frozen as of a day, each figure explained down to its outcomes.

It is made of the events that the log held when it was frozen, up to its day. So the same log
gives the same rows, and the same rows give the same files, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from samverkan.domain.operation import Operation, day
from samverkan.domain.pack import Level, Pack
from samverkan.domain.result import FEW, FigureRow, Report, report
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MalformedId, ReportId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering import chapters
from samverkan.steering.hearing import FINAL, INTERIM, Hearing
from samverkan.steering.ports import Answer, Cell, Column, Fact, Paper, Section, Words, audience
from samverkan.steering.printing import Names, Press, columns, section
from samverkan.wire.deciding import Freeze, Frozen


def freeze(hearing: Hearing, command: Freeze, press: Press) -> Answer:
    """The chair's party of a national body freezes the report; everyone in it receives it."""
    refused = _allowed(hearing, command)
    if refused is not None:
        return refused
    operations = [one for one in _operations(hearing, command.on) if _within(command, one)]
    rows = report(
        operations,
        year=command.year,
        on=command.on,
        indicators=hearing.pack.indicators,
        catalogue={party: sorted(hearing.catalogue(party)) for party in hearing.pack.parties},
    )
    made = datetime.combine(date.fromisoformat(command.on), time(), UTC)
    sheet = paper(Subject(command, rows, operations), hearing.pack, hearing.party, press)
    frozen = Frozen(
        report=command.report,
        year=command.year,
        on=command.on,
        kind=command.kind,
        region=command.region,
        operation=command.operation,
        rows=rows.digest(),
        pdf=press.printer.pdf(sheet, made),
        docx=press.printer.docx(sheet, made),
        xlsx=press.printer.xlsx(sheet, made),
        zip=press.printer.zip(sheet, rows.canonical(), made),
    )
    to = audience({hearing.party}, *(operation.parties for operation in operations))
    return [
        Fact("report.freeze", command.report, command.report, command, frozenset({hearing.party})),
        Fact("report.frozen", command.report, command.report, frozen, to),
    ]


def digests(frozen: Frozen) -> dict[str, str]:
    """SHA-256 of rows and files, as an inspector compares them."""
    return {
        "rows": frozen.rows.hex(),
        **{
            kind: hashlib.sha256(data).hexdigest()
            for kind, data in (
                ("pdf", frozen.pdf),
                ("docx", frozen.docx),
                ("xlsx", frozen.xlsx),
                ("zip", frozen.zip),
            )
        },
    }


def _allowed(hearing: Hearing, command: Freeze) -> Refused | None:
    national = [b for b in hearing.pack.bodies.values() if b.level is Level.NATIONAL]
    if hearing.party not in {body.chair for body in national}:
        return refuse(Code.NOT_FOUND)
    try:
        ReportId.parse(command.report)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    if hearing.record.under(command.report) is not None:
        return refuse(Code.ALREADY_DECIDED)
    if day(command.on) is None:
        return refuse(Code.FIELD_NOT_A_DATE)
    if command.on > hearing.on.isoformat():
        return refuse(Code.NOT_YET)
    if command.kind not in (FINAL, INTERIM):
        return refuse(Code.FIELD_NOT_A_CHOICE)
    if command.region is not None and command.region not in hearing.pack.regions:
        return refuse(Code.NOT_IN_PACK)
    over = command.on >= f"{command.year}-12-31"
    return refuse(Code.PERIOD_OPEN) if command.kind == FINAL and not over else None


def _within(command: Freeze, operation: Operation) -> bool:
    """Whether an operation belongs to the region or is the operation that the report is of."""
    if command.operation is not None and operation.operation != command.operation:
        return False
    return command.region is None or operation.header.region == command.region


def _operations(hearing: Hearing, on: str) -> Iterator[Operation]:
    for chain in hearing.record.chains("proposal.make"):
        operation = hearing.operation(chain, until=on)
        if operation is not None:
            yield operation


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is of: the order to freeze it, its rows, and the operations they come from."""

    command: Freeze
    rows: Report
    operations: Sequence[Operation]

    def title(self, names: Names, t: Words) -> str:
        """The year, whether it is whole, and the part that it is narrowed to."""
        command = self.command
        words = t(f"report.title_{command.kind}", year=self.rows.year)
        if command.operation is not None:
            return t("report.of_operation", title=words, operation=command.operation)
        if command.region is None:
            return words
        return t("report.of_region", title=words, region=names.region(command.region))


def paper(subject: Subject, pack: Pack, publisher: str, press: Press) -> Paper:
    """The report as a paper: figures and their parts, then the chapters beside them."""
    t, rows = press.words, subject.rows
    names = Names(pack, press.language)
    return Paper(
        language=press.language,
        publisher=names.party(publisher),
        title=subject.title(names, t),
        subtitle=t("report.subtitle"),
        table=t("report.table"),
        facts=[
            (t("report.year"), str(rows.year)),
            (t("report.on"), rows.on),
            (t("report.operations"), str(len(rows.operations))),
            (t("report.outcome_count"), str(len(rows.outcomes))),
        ],
        sections=[
            _figures(rows, names, t),
            _regions(rows, names, t),
            _parties(rows, names, t),
            _hours(rows, names, t),
            _measures(rows, names, t),
            chapters.audit(subject.operations, rows, names, t),
            chapters.goals(subject.operations, rows, names, t),
            chapters.quality(subject.operations, rows, names, t),
            chapters.definitions(rows, names, t),
            *([chapters.published(pack, names, t)] if pack.published else []),
            _outcomes(rows, names, t),
        ],
        shortened=t("report.shortened", shown="{shown}", all="{all}"),
        footer=t("report.digest"),
        digest=rows.digest().hex(),
    )


FIGURE = (
    ("indicator", "text"),
    ("version", "number"),
    ("stage", "short"),
    ("unit", "short"),
    ("sum", "number"),
)


def _figure(row: FigureRow, names: Names, t: Words) -> tuple[Cell, ...]:
    return (
        *names.figure(row.indicator, row.version, row.stage, row.unit),
        names.amount(row.amount, row.unit),
        len(row.outcomes),
        t("report.few_mark") if row.few else "",
    )


def _figures(rows: Report, names: Names, t: Words) -> Section:
    heads = columns(t, *FIGURE, ("count", "number"), ("few", "short"), ("made_of", "ids"))
    cells = [(*_figure(row, names, t), " ".join(row.outcomes)) for row in rows.figures]
    notes = (t("report.figures.note"), t("report.few_note", few=FEW))
    return section(t, "figures", heads, cells, *notes)


def _regions(rows: Report, names: Names, t: Words) -> Section:
    heads = columns(t, ("region", "short"), *FIGURE, ("count", "number"), ("few", "short"))
    cells = [
        (names.of(names.pack.regions, row.region or ""), *_figure(row, names, t))
        for row in rows.regions
    ]
    return section(t, "regions", heads, cells)


def _parties(rows: Report, names: Names, t: Words) -> Section:
    heads = columns(
        t,
        ("party", "short"),
        ("indicator", "text"),
        ("version", "number"),
        ("stage", "short"),
        ("unit", "short"),
        ("owned", "number"),
        ("shared", "number"),
    )
    cells = [
        (
            names.party(row.party),
            *names.figure(row.indicator, row.version, row.stage, row.unit),
            names.amount(row.owned, row.unit),
            names.amount(row.shared, row.unit),
        )
        for row in rows.parties
    ]
    return section(t, "parties", heads, cells, t("report.parties.note"))


def _hours(rows: Report, names: Names, t: Words) -> Section:
    heads = columns(t, ("party", "text"), ("level", "short"), ("kind", "short"))
    heads += columns(t, ("hours", "number"), ("cost", "number"), ("untold", "number"))
    kinds = names.pack.work_kinds
    cells = [
        (
            names.party(row.party),
            t(f"report.level.{row.level}"),
            names.of(kinds, row.kind),
            row.hours,
            row.cost,
            row.untold,
        )
        for row in rows.hours
    ]
    return section(t, "hours", heads, cells, t("report.hours.note"))


def _measures(rows: Report, names: Names, t: Words) -> Section:
    results = names.pack.reasons.get("measure-result", {})
    heads = columns(t, ("party", "short"), ("measure", "text"), ("planned", "number"))
    heads += [Column(names.of(results, result), "number") for result in results]
    cells: list[tuple[Cell, ...]] = [
        (
            names.party(row.party),
            names.of(names.pack.measures, row.kind),
            row.planned,
            *(row.results.get(result, 0) for result in results),
        )
        for row in rows.measures
    ]
    return section(t, "measures", heads, cells, t("report.measures.note"))


def _share(names: Names, t: Words, party: str, part: int, *, unsure: bool) -> str:
    """A party with its share in per cent, and whether it has said so itself."""
    words = f"{names.party(party)} {names.share(part)}"
    return t("report.unconfirmed", share=words) if unsure else words


def _outcomes(rows: Report, names: Names, t: Words) -> Section:
    heads = columns(
        t,
        ("outcome", "id"),
        ("indicator", "text"),
        ("version", "number"),
        ("stage", "short"),
        ("sum", "number"),
        ("party", "text"),
        ("sharing", "text"),
        ("decided", "short"),
    )
    cells = [
        (
            row.outcome,
            *names.figure(row.indicator, row.version, row.stage, row.unit)[:3],
            names.amount(row.amount, row.unit),
            names.party(row.party),
            ", ".join(
                _share(names, t, party, part, unsure=party in row.unconfirmed)
                for party, part in row.shared.items()
            ),
            row.decided,
        )
        for row in rows.outcomes
    ]
    return section(t, "outcomes", heads, cells)
