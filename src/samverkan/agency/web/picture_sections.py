"""The sections of a picture's page: map, charts, tables. A table stands behind each drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from samverkan.agency.web import blocks, picture_facts, tables
from samverkan.agency.web.blocks import Block, Facts, Heading, Text
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.operations import STATES
from samverkan.agency.web.picture_facts import CountRow, FigureRow, RatedRow, area_name
from samverkan.domain.operation import Operation
from samverkan.domain.picture import Agreement, Picture
from samverkan.domain.place import Place
from samverkan.shell.charts import Bar, BarChart
from samverkan.shell.maps import COLOURS, MapView, Mark, Swatch, breaks, level
from samverkan.shell.parts import Column, Link
from samverkan.shell.parts import Kind as Cell

_FIGURES = (
    Column("area", "pictures.area"),
    Column("measure", "pictures.measure"),
    Column("period", "pictures.period"),
    Column("value", "pictures.value"),
    Column("unit", "pictures.unit"),
)
_COUNTS = (
    Column("party", "pictures.party"),
    Column("category", "pictures.category"),
    Column("area", "pictures.area"),
    Column("year", "pictures.period"),
    Column("value", "pictures.count_of"),
)
_RATED = (
    Column("theme", "pictures.theme"),
    Column("question", "pictures.question"),
    Column("one", "pictures.rater_one"),
    Column("one_why", "pictures.evidence_one"),
    Column("other", "pictures.rater_other"),
    Column("other_why", "pictures.evidence_other"),
)
_PROMISES = (
    Column("text", "pictures.promise"),
    Column("party", "pictures.party"),
    Column("due", "pictures.promise_due", Cell.DAY),
    Column("result", "pictures.promise_result"),
)
_OPERATIONS = (
    Column("area", "pictures.operation", Cell.LINK),
    Column("region", "pictures.region"),
    Column("state", "pictures.state", Cell.TAG),
    Column("outcomes", "pictures.outcomes", Cell.NUMBER),
)


def area_map(at: Seat, here: Place | None, figures: Sequence[FigureRow]) -> list[Block]:
    """Municipalities around, in classes of the first measure that is loaded."""
    if here is None:
        return []
    pack = at.desk.pack
    counties = {pack.municipalities[code].county for code in here.municipalities}
    around = [c for c, one in pack.municipalities.items() if one.county in counties]
    shown = _first(figures)
    values = {row.code: float(row.value) for row in shown if row.value is not None}
    limits = breaks(values.values())
    words = {row.code: row.shown for row in shown}
    marks = [
        Mark(
            code,
            at.names.place(code),
            words.get(code, ""),
            level(values[code], limits) if code in values else None,
        )
        for code in around
    ]
    named = shown[0].measure if shown else ""
    view = MapView(
        id="picture-map",
        words=at.t("pictures.map_words", area=here.name(at.names.language), measure=named),
        marks=marks,
        around=around,
        legend=_legend(at, sorted(values.values()), limits),
        table="figures",
        source=shown[0].series.origin.source if shown else "",
    )
    return [view]


def _first(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """The municipalities' figures of the first rate that is loaded, else of the first measure."""
    if not rows:
        return []
    measures = list(dict.fromkeys((row.series.id, row.measure) for row in rows))
    chosen = (
        measures[-1] if len(measures) > 1 and measures[0][0] == measures[-1][0] else measures[0]
    )
    some = [row for row in rows if (row.series.id, row.measure) == chosen and len(row.code) == 4]
    last = max((row.period for row in some), default="")
    return [row for row in some if row.period == last]


def _legend(at: Seat, values: Sequence[float], limits: Sequence[float]) -> list[Swatch]:
    if not values:
        return [Swatch(at.t("pictures.no_figure"))]
    ends = [values[0], *limits, values[-1]]
    spans = [
        Swatch(
            at.t("pictures.span", least=at.f.number(ends[no]), most=at.f.number(ends[no + 1])), no
        )
        for no in range(min(len(limits) + 1, len(COLOURS)))
    ]
    return [*spans, Swatch(at.t("pictures.no_figure"))]


def statistics(at: Seat, rows: Sequence[FigureRow]) -> list[Block]:
    """A chart of each measure's last period, and one table behind them all."""
    shown = [
        {"area": r.area, "measure": r.measure, "period": r.period, "value": r.shown, "unit": r.unit}
        | {"code": r.code}
        for r in rows
    ]
    empty = at.t("pictures.no_statistics")
    table = tables.whole("figures", at.t("pictures.figures"), _FIGURES, shown, empty)
    return [*charts(at, rows), table, *_sources(at, rows)]


def charts(at: Seat, rows: Iterable[FigureRow]) -> list[BarChart]:
    """Municipalities beside each other, by measure; the own one stands out."""
    by_measure: dict[tuple[str, str, str], list[FigureRow]] = {}
    for row in rows:
        if len(row.code) == 4:
            by_measure.setdefault((row.series.id, row.measure, row.unit), []).append(row)
    found_ = []
    for (_, measure, unit), some in by_measure.items():
        last = max(row.period for row in some)
        kept = sorted((r for r in some if r.period == last), key=lambda r: -(r.value or 0))
        bars = [
            Bar(r.area, r.shown, None if r.value is None else float(r.value), r.own) for r in kept
        ]
        words = at.t("pictures.chart_words", measure=measure, unit=unit, period=last)
        found_.append(BarChart(words=words, bars=bars, source=kept[0].series.origin.source))
    return found_


def _sources(at: Seat, rows: Iterable[FigureRow]) -> list[Block]:
    known = dict.fromkeys(row.series.origin for row in rows)
    return [
        Text(
            at.t(
                "pictures.source_of",
                title=o.title,
                source=o.source,
                dated=o.dated,
                licence=o.licence,
            ),
            faint=True,
        )
        for o in known
    ]


def count_table(at: Seat, name: str, rows: Sequence[CountRow]) -> blocks.Block:
    """Counts by party, condition and area."""
    shown = [
        {
            "party": row.party,
            "category": row.category,
            "area": area_name(at, row.area),
            "year": row.year,
            "value": count_words(at, row.value),
        }
        for row in rows
    ]
    return tables.whole(name, at.t("pictures.counts"), _COUNTS, shown, at.t("pictures.no_counts"))


def count_words(at: Seat, value: int | None) -> str:
    """A count, or that it is suppressed."""
    return at.t("pictures.hidden") if value is None else at.f.number(value)


def typologies(at: Seat, rows: Sequence[CountRow]) -> list[Block]:
    """Own firings, if this node has any to show."""
    if not rows:
        return []
    return [
        Heading(at.t("pictures.typologies")),
        Text(at.t("pictures.typologies_mean"), faint=True),
        count_table(at, "typologies", rows),
    ]


def operations(at: Seat, known: Mapping[str, Operation], today: date) -> list[Block]:
    """Operations in the region, with how many outcomes each has."""
    pack = at.desk.pack
    rows = [
        {
            "area": Link(
                at.names.of(pack.crime_areas, one.header.crime_area), f"/operations/{id_}"
            ),
            "region": at.names.region(one.header.region),
            "state": STATES[one.state(today)],
            "outcomes": len(one.outcomes),
        }
        for id_, one in known.items()
    ]
    table = tables.whole(
        "operations", at.t("pictures.operations"), _OPERATIONS, rows, at.t("pictures.no_operations")
    )
    return [Heading(at.t("pictures.operations")), table]


def rating(at: Seat, picture: Picture) -> list[Block]:
    """Both raters' answers with how far they agree; before, only who has answered."""
    if not picture.rated:
        waits = at.t("pictures.unrated", n=len(picture.answered))
        return [Text(waits)]
    rows = picture_facts.ratings(at, picture)
    shown = [_rated_row(row) for row in rows]
    names = [at.names.party(party) for party in sorted(picture.answers)]
    agreement = picture.agreement()
    return [
        Facts(
            [
                (at.t("pictures.rater_one"), names[0]),
                (at.t("pictures.rater_other"), names[1]),
                *([] if agreement is None else agreed(at, agreement)),
            ]
        ),
        means(at, picture),
        tables.whole("ratings", at.t("pictures.answers"), _RATED, shown, at.t("pictures.nobody")),
    ]


def means(at: Seat, picture: Picture) -> BarChart:
    """The raters' mean for each question."""
    bars = [
        Bar(row.question, "–" if row.mean is None else at.f.number(row.mean, 1), row.mean, own=True)
        for row in picture_facts.ratings(at, picture)
    ]
    return BarChart(words=at.t("pictures.scores_words"), bars=bars)


def agreed(at: Seat, agreement: Agreement) -> list[tuple[str, object]]:
    """Agreement in figures and in words."""
    alike = at.t("pictures.alike_of", alike=agreement.alike, both=agreement.both)
    if agreement.kappa is None or agreement.strength is None:
        return [
            (at.t("pictures.alike"), alike),
            (at.t("pictures.kappa"), at.t("pictures.no_kappa")),
        ]
    strong = at.t(f"pictures.strength.{agreement.strength.replace('-', '_')}")
    words = at.t("pictures.kappa_is", kappa=at.f.number(agreement.kappa, 2), strength=strong)
    return [(at.t("pictures.alike"), alike), (at.t("pictures.kappa"), words)]


def _rated_row(row: RatedRow) -> dict[str, object]:
    return {
        "theme": row.theme,
        "question": row.question,
        "one": row.scores[0],
        "one_why": row.evidence[0],
        "other": row.scores[1],
        "other_why": row.evidence[1],
    }


def promises(at: Seat, picture: Picture) -> blocks.Block:
    """Citizen promises, and what became of each."""
    rows = [
        {
            "text": one.text,
            "party": at.names.party(one.party),
            "due": one.due,
            "result": at.names.reason("promise-result", one.result) if one.result else "",
        }
        for one in picture.promises
    ]
    return tables.whole(
        "promises", at.t("pictures.promises"), _PROMISES, rows, at.t("pictures.no_promises")
    )
