"""What a picture says, as rows for pages and papers alike: statistics, counts, ratings, promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samverkan.agency.ports import Reading
from samverkan.agency.shelf import SeriesFacts
from samverkan.agency.tallying import TYPOLOGY
from samverkan.agency.web.desk import Seat
from samverkan.domain.picture import Picture
from samverkan.domain.place import COUNTRY, Kind, Place, municipality, place
from samverkan.domain.questionnaire import Asked, asked
from samverkan.domain.statistics import Figure
from samverkan.kernel.ids import SeriesId

_STATISTICAL = {Kind.MUNICIPALITY, Kind.COUNTY}
_COUNTRY = "00"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a series in words. `own`: of the picture's own area."""

    series: SeriesFacts
    area: str
    code: str
    measure: str
    unit: str
    period: str
    shown: str
    value: Decimal | None
    own: bool


def figures(at: Seat, reading: Reading, here: Place) -> list[FigureRow]:
    """Loaded statistics of the area and those beside it: all periods of the own, the last of others."""
    pack = at.desk.pack
    own = {code_of(here.code)} if here.kind in _STATISTICAL else set(here.municipalities)
    counties = {pack.municipalities[code].county for code in here.municipalities}
    beside = {c for c, one in pack.municipalities.items() if one.county in counties}
    found: Mapping[SeriesId, list[Figure]] = reading.statistics.about(
        sorted({*own, *beside, *counties, _COUNTRY})
    )
    rows = []
    for series in reading.statistics.all():
        some = found.get(series.id, [])
        last: dict[int, str] = {}
        for one in some:
            last[one.measure] = max(one.period, last.get(one.measure, ""))
        rows += [
            _figure(at, series, one, own=one.area in own)
            for one in some
            if one.area in own or one.period == last[one.measure]
        ]
    return rows


def code_of(area: str) -> str:
    """The statistical code in an area's code."""
    return area.partition(":")[2]


def _figure(at: Seat, series: SeriesFacts, one: Figure, *, own: bool) -> FigureRow:
    measure = series.measures[one.measure]
    if one.value is not None:
        decimals = max(0, -int(one.value.as_tuple().exponent))
        shown = at.f.number(one.value, decimals)
    else:
        shown = at.t(f"pictures.mark.{one.mark.value if one.mark else 'blank'}")
    name = area_name(at, statistical(one.area))
    return FigureRow(
        series, name, one.area, measure.name, measure.unit, one.period, shown, one.value, own
    )


def statistical(code: str) -> str:
    """The area code of a code that statistics use."""
    if code == _COUNTRY:
        return COUNTRY
    return municipality(code) if len(code) == 4 else f"{Kind.COUNTY}:{code}"


def area_name(at: Seat, code: str, named: Mapping[str, Place] | None = None) -> str:
    """What an area is called; a code that the territory has no more shows itself."""
    found = place(at.desk.pack, code, named)
    return code if found is None else found.name(at.names.language)


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count in words; `value` is None where it is suppressed."""

    party: str
    category: str
    area: str
    year: str
    value: int | None


def counts(at: Seat, picture: Picture) -> list[CountRow]:
    """The counts that the parties have told, the finest areas last."""
    names = at.desk.pack.conditions
    rows = [
        CountRow(at.names.party(party), at.names.of(names, category), area, year, value)
        for (party, year, area, category), value in picture.counts.items()
    ]
    order = [COUNTRY, Kind.REGION, Kind.COUNTY, Kind.MUNICIPALITY]
    rank = {str(kind).partition(":")[0]: no for no, kind in enumerate(order)}
    rows.sort(
        key=lambda row: (row.party, row.category, rank.get(row.area.split(":")[0], 9), row.area)
    )
    return rows


def typologies(at: Seat, reading: Reading, areas: Iterable[str]) -> list[CountRow]:
    """Typologies that fired on own subjects, as this node has counted them; they never leave it."""
    year, wanted = str(reading.now.year), set(areas)
    return [
        CountRow(
            at.names.party(at.desk.me),
            at.names.of(at.desk.pack.typologies, category.removeprefix(TYPOLOGY)),
            area,
            year,
            value,
        )
        for (area, category), value in reading.statistics.tally(year).items()
        if area in wanted and category.startswith(TYPOLOGY) and value != 0
    ]


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A question with what each rater gave, in the order of `Picture.answers`."""

    theme: str
    question: str
    scores: Sequence[str]
    evidence: Sequence[str]
    mean: float | None


def ratings(at: Seat, picture: Picture) -> list[RatedRow]:
    """Every question and, once both are in, both answers."""
    return [_rated(at, picture, one) for one in asked_of(at, picture)]


def asked_of(at: Seat, picture: Picture) -> list[Asked]:
    """The questions that the version was begun with, in words."""
    known = {one.code: one for one in asked(at.desk.pack, picture.variant, picture.begun)}
    bare = (Asked(code, None, {}, (), {}, most) for code, most in picture.questions.items())
    return [known.get(one.code, one) for one in bare]


def _rated(at: Seat, picture: Picture, one: Asked) -> RatedRow:
    given = [answers.get(one.code) for _, answers in sorted(picture.answers.items())]
    scores = picture.scores(one.code)
    return RatedRow(
        theme=at.names.of(at.desk.pack.themes, one.theme) if one.theme else at.t("pictures.local"),
        question=one.names.get(at.names.language, one.code),
        scores=[score_words(at, one, None if a is None else a.score) for a in given],
        evidence=["" if a is None else a.evidence for a in given],
        mean=sum(scores) / len(scores) if scores else None,
    )


def score_words(at: Seat, one: Asked, score: int | None) -> str:
    """A score with what it means."""
    if score is None:
        return at.t("pictures.cannot_judge")
    if score < len(one.levels):
        return f"{score}: {one.levels[score].get(at.names.language, '')}"
    return str(score)
