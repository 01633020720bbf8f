"""A settled picture as a paper (PDF): the internal edition, and the public one, which says less.

The public edition has counts, scores without raters, promises and public statistics. It has no
evidence, no rater, no typologies and nothing of cooperations or operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from litestar import Response
from litestar.params import FromPath

from samverkan.agency.web import picture_facts, picture_sections
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.names import Names
from samverkan.agency.web.picture_facts import area_name
from samverkan.agency.web.picture_page import Told, look, name_of
from samverkan.domain.paper import Cell, Chart, Column, Paper, Section, Sheet
from samverkan.domain.picture import digest
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell import texts
from samverkan.shell.charts import BarChart
from samverkan.shell.formats import Formats
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

MOST_CHARTS = 2
"""Charts of statistics in a paper; the table holds every figure."""


@page("/pictures/{number:str}/internal.pdf")
def internal(request: AnyRequest, number: FromPath[str]) -> Response[bytes]:
    """The internal edition of a settled version."""
    return _file(request, number, public=False)


@page("/pictures/{number:str}/public.pdf")
def public_edition(request: AnyRequest, number: FromPath[str]) -> Response[bytes]:
    """The public edition of a settled version."""
    return _file(request, number, public=True)


def _file(request: AnyRequest, number: str, *, public: bool) -> Response[bytes]:
    at = in_first_language(seat(request))
    told = look(at, number)
    picture = told.picture
    if picture.settled is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    made = datetime.combine(picture.settled, time(), UTC)
    data = at.desk.print_paper(paper(at, told, public=public), made)
    kind = "public" if public else "internal"
    name = f"picture-{picture.area.replace(':', '-')}-{picture.version}-{kind}.pdf"
    return Response(
        data,
        media_type="application/pdf",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def in_first_language(at: Seat) -> Seat:
    """The same seat, speaking the first language of the pack: papers are of the authorities'."""
    language = at.desk.pack.pack.languages[0]
    folder = at.request.app.state.site.web / "texts"
    t = texts.load(texts.HERE, folder)[texts.Language(language)]
    return Seat(
        at.request, at.desk, at.user, t, Formats(t, at.f.zone), Names(at.desk.pack, language)
    )


def paper(at: Seat, told: Told, *, public: bool) -> Paper:
    """The edition as a paper."""
    picture, t = told.picture, at.t
    content = picture.public_content() if public else picture.content()
    edition = t("pictures.edition_public") if public else t("pictures.edition_internal")
    facts = [
        (t("pictures.area"), name_of(at, told)),
        (t("pictures.version"), str(picture.version)),
        (t("pictures.begun"), picture.begun.isoformat()),
        (t("pictures.settled_on"), str(picture.settled or "")),
        (t("pictures.lasts"), str(picture.lasts or "")),
    ]
    sections = [_statistics(at, told), _counts(at, told)]
    if public:
        sections += [_scores(at, told), _promises(at, told)]
    else:
        facts.append((t("pictures.begun_by"), at.names.party(picture.by)))
        facts += _agreement(at, told)
        sections += [*_internal(at, told), _ratings(at, told), _promises(at, told)]
    return Paper(
        language=at.names.language,
        publisher=at.names.words(at.desk.pack.pack.names),
        title=t("pictures.of", area=name_of(at, told), version=picture.version),
        subtitle=edition,
        table=t("pictures.paper_table"),
        facts=facts,
        sections=sections,
        footer=t("pictures.paper_digest"),
        digest=digest(content).hex(),
        shortened=t("pictures.paper_shortened", shown="{shown}", all="{all}"),
    )


def _section(
    at: Seat,
    key: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Cell]],
    empty: str,
) -> Section:
    heads = [Column(at.t(f"pictures.{name}"), kind) for name, kind in columns]
    heading = at.t(f"pictures.{key}")
    return Section(heading, (), Sheet(heading, heads, rows), at.t(f"pictures.{empty}"))


def _charted(section: Section, charts: Sequence[BarChart], notes: Sequence[str] = ()) -> Section:
    drawn = [Chart(one.svg, one.words) for one in charts]
    captions = [one.words for one in charts]
    return Section(section.heading, [*notes, *captions], section.sheet, section.empty, drawn)


def _statistics(at: Seat, told: Told) -> Section:
    columns = [
        ("area", "text"),
        ("measure", "text"),
        ("period", "short"),
        ("value", "number"),
        ("unit", "short"),
    ]
    rows = [(r.area, r.measure, r.period, r.shown, r.unit) for r in told.figures]
    section = _section(at, "figures", columns, rows, "no_statistics")
    origins = dict.fromkeys(row.series.origin for row in told.figures)
    notes = [
        at.t("pictures.source_of", title=o.title, source=o.source, dated=o.dated, licence=o.licence)
        for o in origins
    ]
    return _charted(section, picture_sections.charts(at, told.figures)[:MOST_CHARTS], notes)


def _counts(at: Seat, told: Told) -> Section:
    columns = [
        ("party", "text"),
        ("category", "text"),
        ("area", "text"),
        ("period", "short"),
        ("count_of", "number"),
    ]
    rows = [
        (
            r.party,
            r.category,
            area_name(at, r.area),
            r.year,
            picture_sections.count_words(at, r.value),
        )
        for r in picture_facts.counts(at, told.picture)
    ]
    section = _section(at, "counts", columns, rows, "no_counts")
    k = at.desk.pack.picture.k if at.desk.pack.picture else 0
    return _charted(section, (), [at.t("pictures.counts_mean", k=k)])


def _internal(at: Seat, told: Told) -> list[Section]:
    """Operations that the reader may see, and typologies that the own node has counted."""
    pack = at.desk.pack
    columns = [("operation", "text"), ("region", "text"), ("outcomes", "number")]
    rows = [
        (
            at.names.of(pack.crime_areas, one.header.crime_area),
            at.names.region(one.header.region),
            len(one.outcomes),
        )
        for one in told.operations.values()
    ]
    found = [_section(at, "operations", columns, rows, "no_operations")]
    if told.typologies:
        columns = [
            ("category", "text"),
            ("area", "text"),
            ("period", "short"),
            ("count_of", "number"),
        ]
        counted = [
            (r.category, area_name(at, r.area), r.year, picture_sections.count_words(at, r.value))
            for r in told.typologies
        ]
        found.append(_section(at, "typologies", columns, counted, "no_counts"))
    return found


def _scores(at: Seat, told: Told) -> Section:
    """Means of both raters: no rater, no evidence."""
    rows = [
        (r.theme, r.question, "–" if r.mean is None else at.f.number(r.mean, 1))
        for r in picture_facts.ratings(at, told.picture)
    ]
    columns = [("theme", "short"), ("question", "text"), ("value", "number")]
    section = _section(at, "scores", columns, rows, "nobody")
    return _charted(section, [picture_sections.means(at, told.picture)])


def _ratings(at: Seat, told: Told) -> Section:
    rows = [
        (r.question, r.scores[0], r.evidence[0], r.scores[1], r.evidence[1])
        for r in picture_facts.ratings(at, told.picture)
    ]
    names = ("question", "rater_one", "evidence_one", "rater_other", "evidence_other")
    section = _section(at, "answers", [(name, "text") for name in names], rows, "nobody")
    return _charted(section, [picture_sections.means(at, told.picture)])


def _agreement(at: Seat, told: Told) -> list[tuple[str, str]]:
    picture = told.picture
    agreement = picture.agreement()
    raters = [at.names.party(party) for party in sorted(picture.answers)]
    pairs = [(at.t("pictures.rater_one"), raters[0]), (at.t("pictures.rater_other"), raters[1])]
    if agreement is not None:
        pairs += [(w, str(value)) for w, value in picture_sections.agreed(at, agreement)]
    return pairs


def _promises(at: Seat, told: Told) -> Section:
    columns = [("promise", "text"), ("promise_due", "short"), ("promise_result", "short")]
    rows = [
        (p.text, p.due.isoformat(), at.names.reason("promise-result", p.result) if p.result else "")
        for p in told.picture.promises
    ]
    return _section(at, "promises", columns, rows, "no_promises")


HANDLERS = [internal, public_edition]
