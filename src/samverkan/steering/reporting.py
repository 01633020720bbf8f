"""Reporting: the yearly report, frozen as of a day, each figure explained down to its outcomes.

It is made of the events that the log held when it was frozen, up to its day. So the same log
gives the same rows, and the same rows give the same files, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from samverkan.domain.operation import Operation, day
from samverkan.domain.pack import Level, Pack
from samverkan.domain.result import FEW, FigureRow, Report, report
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MalformedId, PartyId, ReportId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import (
    Answer,
    Cell,
    Column,
    Fact,
    Paper,
    Printer,
    Section,
    Sheet,
    Words,
    audience,
)
from samverkan.wire.deciding import Freeze, Frozen


@dataclass(frozen=True, slots=True)
class Press:
    """What it takes to print: a printer, and words in the language of the pack's authorities."""

    printer: Printer
    words: Words
    language: str


def freeze(hearing: Hearing, command: Freeze, press: Press) -> Answer:
    """The chair's party of a national body freezes the report; everyone in it receives it."""
    refused = _allowed(hearing, command)
    if refused is not None:
        return refused
    operations = list(_operations(hearing, command.on))
    rows = report(
        operations,
        year=command.year,
        on=command.on,
        indicators=hearing.pack.indicators,
        catalogue={party: sorted(hearing.catalogue(party)) for party in hearing.pack.parties},
    )
    made = datetime.combine(date.fromisoformat(command.on), time(), UTC)
    sheet = paper(rows, hearing.pack, hearing.party, press)
    frozen = Frozen(
        report=command.report,
        year=command.year,
        on=command.on,
        rows=rows.digest(),
        pdf=press.printer.pdf(sheet, made),
        xlsx=press.printer.xlsx(sheet, made),
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
        "pdf": hashlib.sha256(frozen.pdf).hexdigest(),
        "xlsx": hashlib.sha256(frozen.xlsx).hexdigest(),
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
    return refuse(Code.NOT_YET) if command.on > hearing.on.isoformat() else None


def _operations(hearing: Hearing, on: str) -> Iterator[Operation]:
    for chain in hearing.record.chains("proposal.make"):
        operation = hearing.operation(chain, until=on)
        if operation is not None:
            yield operation


def paper(rows: Report, pack: Pack, publisher: str, press: Press) -> Paper:
    """The report as a paper: figures, regions, parties, hours, measures, outcomes by number."""
    t = press.words
    names = Names(pack, press.language)
    return Paper(
        language=press.language,
        publisher=names.party(publisher),
        title=t("report.title", year=rows.year),
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
            _outcomes(rows, names, t),
        ],
        shortened=t("report.shortened", shown="{shown}", all="{all}"),
        footer=t("report.digest"),
        digest=rows.digest().hex(),
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called in one language. A code that a later pack has dropped shows itself."""

    pack: Pack
    language: str

    def party(self, party: str) -> str:
        """A party's name."""
        found = self.pack.parties.get(PartyId(party))
        return party if found is None else found.names[self.language]

    def of(self, section: Mapping[str, object], code: str) -> str:
        """The name of a code in a section of the pack whose entries are named."""
        names: Mapping[str, str] = getattr(section.get(code), "names", {})
        return names.get(self.language, code)

    def amount(self, amount: int, unit: str) -> int | Decimal:
        """An amount as it is read: a unit of one decimal is counted in tenths, and so on."""
        found = self.pack.units.get(unit)
        decimals = 0 if found is None else found.decimals
        return Decimal(amount).scaleb(-decimals) if decimals else amount

    def share(self, thousandths: int) -> str:
        """Thousandths in per cent."""
        whole, tenth = divmod(thousandths, 10)
        comma = "." if self.language == "en" else ","
        return f"{whole}{comma}{tenth} %" if tenth else f"{whole} %"

    def figure(
        self, indicator: str, version: int, stage: str, unit: str
    ) -> tuple[str, int, str, str]:
        """Indicator, version of its definition, stage and unit."""
        return (
            self.of(self.pack.indicators, indicator),
            version,
            self.of(self.pack.stages, stage),
            self.of(self.pack.units, unit),
        )


def _columns(t: Words, *named: tuple[str, str]) -> list[Column]:
    return [Column(t(f"report.column.{name}"), kind) for name, kind in named]


def _section(
    t: Words, name: str, columns: list[Column], rows: Sequence[Sequence[Cell]], *notes: str
) -> Section:
    sheet = Sheet(t(f"report.{name}.sheet"), columns, rows)
    return Section(t(f"report.{name}.heading"), notes, sheet, t("report.empty"))


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
    columns = _columns(t, *FIGURE, ("count", "number"), ("few", "short"), ("made_of", "ids"))
    cells = [(*_figure(row, names, t), " ".join(row.outcomes)) for row in rows.figures]
    notes = (t("report.figures.note"), t("report.few_note", few=FEW))
    return _section(t, "figures", columns, cells, *notes)


def _regions(rows: Report, names: Names, t: Words) -> Section:
    columns = _columns(t, ("region", "short"), *FIGURE, ("count", "number"), ("few", "short"))
    cells = [
        (names.of(names.pack.regions, row.region or ""), *_figure(row, names, t))
        for row in rows.regions
    ]
    return _section(t, "regions", columns, cells)


def _parties(rows: Report, names: Names, t: Words) -> Section:
    columns = _columns(
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
    return _section(t, "parties", columns, cells, t("report.parties.note"))


def _hours(rows: Report, names: Names, t: Words) -> Section:
    columns = _columns(t, ("party", "text"), ("level", "short"), ("kind", "short"))
    columns += _columns(t, ("hours", "number"), ("cost", "number"), ("untold", "number"))
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
    return _section(t, "hours", columns, cells, t("report.hours.note"))


def _measures(rows: Report, names: Names, t: Words) -> Section:
    results = names.pack.reasons.get("measure-result", {})
    columns = _columns(t, ("party", "short"), ("measure", "text"), ("planned", "number"))
    columns += [Column(names.of(results, result), "number") for result in results]
    cells: list[tuple[Cell, ...]] = [
        (
            names.party(row.party),
            names.of(names.pack.measures, row.kind),
            row.planned,
            *(row.results.get(result, 0) for result in results),
        )
        for row in rows.measures
    ]
    return _section(t, "measures", columns, cells, t("report.measures.note"))


def _share(names: Names, t: Words, party: str, part: int, *, unsure: bool) -> str:
    """A party with its share in per cent, and whether it has said so itself."""
    words = f"{names.party(party)} {names.share(part)}"
    return t("report.unconfirmed", share=words) if unsure else words


def _outcomes(rows: Report, names: Names, t: Words) -> Section:
    columns = _columns(
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
    return _section(t, "outcomes", columns, cells)
