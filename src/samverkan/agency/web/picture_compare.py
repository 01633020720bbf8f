"""Two pictures side by side: two versions of an area, or two areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from litestar import Response

from samverkan.agency.areas import areas
from samverkan.agency.pictures import pictures
from samverkan.agency.web import blocks, picture_facts, tables
from samverkan.agency.web.blocks import Ask, Block, Facts, Filter, Heading, Sight
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.picture_facts import area_name
from samverkan.agency.web.picture_sections import agreed, count_words
from samverkan.domain.picture import Picture
from samverkan.domain.place import Place, named
from samverkan.domain.policy import Action
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Link
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_SCORES = (
    Column("question", "pictures.question"),
    Column("one", "pictures.first"),
    Column("other", "pictures.second"),
    Column("change", "pictures.change"),
)
_COUNTS = (
    Column("category", "pictures.category"),
    Column("party", "pictures.party"),
    Column("one", "pictures.first"),
    Column("other", "pictures.second"),
)


@page("/pictures/compare")
def compared(request: AnyRequest) -> Response[str]:
    """The two that the address names, or the choice of them."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_INBOX), "pictures", "follow-up") as reading:
        known = pictures(reading)
        places = named(areas(reading), reading.now.date())
    params = request.query_params
    chosen = {name: str(params.get(name, "")) for name in ("one", "other")}
    form = Form({name: (value,) for name, value in chosen.items()})
    choices = [(id_, _title(at, one, places)) for id_, one in known.items()]
    asks = [
        Ask(name="one", words=at.t("pictures.first"), kind="select", choices=choices),
        Ask(name="other", words=at.t("pictures.second"), kind="select", choices=choices),
    ]
    parts: list[Block] = [Filter("/pictures/compare", at.t("pictures.compare"), asks, form)]
    one, other = known.get(chosen["one"]), known.get(chosen["other"])
    if one is not None and other is not None:
        parts += _beside(at, one, other, places)
    above = Link(at.t("pictures.title"), "/pictures")
    return blocks.show(request, Sight(title=at.t("pictures.compare"), above=above, blocks=parts))


def _title(at: Seat, one: Picture, places: Mapping[str, Place]) -> str:
    name = area_name(at, one.area, places)
    return at.t("pictures.of", area=name, version=one.version)


def _beside(at: Seat, one: Picture, other: Picture, places: Mapping[str, Place]) -> list[Block]:
    titles = [_title(at, each, places) for each in (one, other)]
    pairs: list[tuple[str, object]] = [
        (at.t("pictures.first"), titles[0]),
        (at.t("pictures.second"), titles[1]),
    ]
    for title, each in zip(titles, (one, other), strict=True):
        agreement = each.agreement()
        if agreement is not None:
            pairs += [(f"{title}: {words}", value) for words, value in agreed(at, agreement)]
    return [
        Facts(pairs),
        Heading(at.t("pictures.questionnaire")),
        tables.whole(
            "scores",
            at.t("pictures.scores"),
            _SCORES,
            _scores(at, one, other),
            at.t("pictures.none"),
        ),
        Heading(at.t("pictures.counts")),
        tables.whole(
            "counts",
            at.t("pictures.counts"),
            _COUNTS,
            _counts(at, one, other),
            at.t("pictures.no_counts"),
        ),
    ]


def _scores(at: Seat, one: Picture, other: Picture) -> Sequence[dict[str, object]]:
    """Mean of the raters for every question that either has; the change where both have one."""
    means = [{row.question: row.mean for row in picture_facts.ratings(at, p)} for p in (one, other)]
    rows: list[dict[str, object]] = []
    for question in dict.fromkeys([*means[0], *means[1]]):
        a, b = means[0].get(question), means[1].get(question)
        change = "" if a is None or b is None else _signed(at, b - a)
        rows.append(
            {"question": question, "one": _mean(at, a), "other": _mean(at, b), "change": change}
        )
    return rows


def _mean(at: Seat, value: float | None) -> str:
    return "–" if value is None else at.f.number(value, 1)


def _signed(at: Seat, change: float) -> str:
    return f"+{at.f.number(change, 1)}" if change > 0 else at.f.number(change, 1)


def _counts(at: Seat, one: Picture, other: Picture) -> Sequence[dict[str, object]]:
    """The counts of each picture's own area, by party and category; the latest year."""
    told = [_own(each) for each in (one, other)]
    rows: list[dict[str, object]] = []
    for party, category in sorted({*told[0], *told[1]}):
        shown = [
            count_words(at, each[party, category]) if (party, category) in each else "–"
            for each in told
        ]
        rows.append(
            {
                "category": at.names.of(at.desk.pack.conditions, category),
                "party": at.names.party(party),
                "one": shown[0],
                "other": shown[1],
            }
        )
    return rows


def _own(picture: Picture) -> dict[tuple[str, str], int | None]:
    """A later year is laid over an earlier one."""
    return {
        (party, category): value
        for (party, _, area, category), value in sorted(
            picture.counts.items(), key=lambda item: item[0][1]
        )
        if area == picture.area
    }


HANDLERS = [compared]
