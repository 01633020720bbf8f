"""One version of an area's picture: map, statistics, counts, operations, ratings, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response
from litestar.params import FromPath

from samverkan.agency.pictures import of_area, pictures, place_of
from samverkan.agency.web import blocks, picture_facts, tables
from samverkan.agency.web import picture_sections as sections
from samverkan.agency.web.blocks import Block, Facts, Heading, Sight, Text, Ways
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.operations import visible
from samverkan.agency.web.picture_facts import CountRow, FigureRow
from samverkan.agency.web.picture_forms import sheets
from samverkan.agency.web.pictures import clock, state
from samverkan.domain.operation import Operation
from samverkan.domain.picture import Picture
from samverkan.domain.place import Kind, Place, told_in
from samverkan.domain.policy import Action
from samverkan.kernel.ids import PictureId
from samverkan.kernel.outcome import Refused
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Link
from samverkan.shell.parts import Kind as Cell
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_VERSIONS = (
    Column("version", "pictures.version", Cell.LINK),
    Column("begun", "pictures.begun", Cell.DAY),
    Column("settled", "pictures.settled_on", Cell.DAY),
    Column("compare", "pictures.compare", Cell.LINK),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the page of a picture shows, read in one look."""

    picture: Picture
    here: Place | None
    figures: Sequence[FigureRow]
    typologies: Sequence[CountRow]
    operations: Mapping[str, Operation]
    versions: Sequence[Picture]
    sent: bool
    today: date


def look(at: Seat, number: str) -> Told:
    """Log the look, then read. Raises `RefusedError` for a picture that is not there."""
    id_ = identifier(PictureId, number)
    pack = at.desk.pack
    with at.desk.read(at.permit(Action.READ_INBOX), id_, "follow-up") as reading:
        picture = found(pictures(reading).get(id_))
        here = place_of(reading, pack, picture.area)
        areas = () if here is None else told_in(pack, here)
        return Told(
            picture,
            here,
            [] if here is None else picture_facts.figures(at, reading, here),
            picture_facts.typologies(at, reading, areas),
            {} if here is None else _touching(at, here, visible(at, reading)),
            of_area(reading, picture.area),
            bool(reading.commands.sent("picture.answer", id_)),
            reading.now.date(),
        )


def _touching(at: Seat, here: Place, known: Mapping[str, Operation]) -> dict[str, Operation]:
    """The operations that this officer may see whose region holds some of the area."""
    pack = at.desk.pack
    counties = {pack.municipalities[code].county for code in here.municipalities}
    regions = {code for code, one in pack.regions.items() if counties & set(one.counties)}
    return {id_: one for id_, one in known.items() if one.header.region in regions}


@page("/pictures/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One version."""
    return show(seat(request), number)


def show(
    at: Seat,
    number: str,
    form: Form | None = None,
    name: str = "",
    refused: Refused | None = None,
) -> Response[str]:
    """The page; `name` says which of its forms was sent, `refused` why an act was not done."""
    told = look(at, number)
    picture = told.picture
    parts: list[Block] = [
        *([] if refused is None else [blocks.refusal(at.t, refused)]),
        Facts(_head(at, told)),
        *_editions(at, picture),
        *sections.area_map(at, told.here, told.figures),
        Heading(at.t("pictures.statistics")),
        *sections.statistics(at, told.figures),
        Heading(at.t("pictures.counts")),
        Text(at.t("pictures.counts_mean", k=_k(at)), faint=True),
        sections.count_table(at, "counts", picture_facts.counts(at, picture)),
        *sections.typologies(at, told.typologies),
        *sections.operations(at, told.operations, told.today),
        Heading(at.t("pictures.questionnaire")),
        *sections.rating(at, picture),
        Heading(at.t("pictures.promises")),
        sections.promises(at, picture),
        *_versions(at, told),
        *sheets(at, picture, told.sent, {name: form} if form else {}),
    ]
    sight = Sight(
        title=at.t("pictures.of", area=name_of(at, told), version=picture.version),
        lead=at.t("pictures.lead_one"),
        above=Link(at.t("pictures.title"), "/pictures"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _editions(at: Seat, picture: Picture) -> list[Block]:
    """The papers of a settled version."""
    if picture.open:
        return []
    path = f"/pictures/{picture.id}"
    ways = [
        Link(at.t("pictures.get_internal"), f"{path}/internal.pdf"),
        Link(at.t("pictures.get_public"), f"{path}/public.pdf"),
    ]
    return [Ways(ways)]


def name_of(at: Seat, told: Told) -> str:
    """What the picture's area is called."""
    return told.picture.area if told.here is None else told.here.name(at.names.language)


def _k(at: Seat) -> int:
    return at.desk.pack.picture.k if at.desk.pack.picture else 0


def _head(at: Seat, told: Told) -> list[tuple[str, object]]:
    picture, here = told.picture, told.here
    pairs: list[tuple[str, object]] = [
        (at.t("pictures.kind"), at.t(f"pictures.kinds.{here.kind if here else 'area'}")),
        (at.t("pictures.state"), state(picture)),
        (at.t("pictures.begun"), picture.begun),
        (at.t("pictures.begun_by"), at.names.party(picture.by)),
        (
            at.t("pictures.raters"),
            at.names.parties(list(picture.answered)) or at.t("pictures.nobody"),
        ),
    ]
    if here is not None and here.kind is not Kind.MUNICIPALITY:
        places = ", ".join(at.names.place(code) for code in here.municipalities)
        pairs.insert(1, (at.t("pictures.municipalities"), places))
    if here is not None:
        pairs.insert(1, (at.t("pictures.beside"), _beside(at, here)))
    if picture.lasts is not None:
        pairs += [
            (at.t("pictures.lasts"), picture.lasts),
            (at.t("pictures.clock"), clock(at, picture, told.today)),
            (at.t("pictures.digest"), picture.digest.hex()),
        ]
    return pairs


def _beside(at: Seat, here: Place) -> str:
    """The other municipalities of the counties that it lies in."""
    pack = at.desk.pack
    counties = {pack.municipalities[code].county for code in here.municipalities}
    others = [
        one.name
        for code, one in pack.municipalities.items()
        if one.county in counties and code not in here.municipalities
    ]
    return ", ".join(others) or at.t("pictures.nobody")


def _versions(at: Seat, told: Told) -> list[Block]:
    if len(told.versions) == 1:
        return []
    rows = [
        {
            "version": Link(str(one.version), f"/pictures/{one.id}"),
            "begun": one.begun,
            "settled": one.settled or "",
            "compare": ""
            if one.id == told.picture.id
            else Link(
                at.t("pictures.compare_with", version=one.version),
                f"/pictures/compare?one={told.picture.id}&other={one.id}",
            ),
        }
        for one in told.versions
    ]
    table = tables.whole(
        "versions", at.t("pictures.versions"), _VERSIONS, rows, at.t("pictures.none")
    )
    return [Heading(at.t("pictures.versions")), table]


HANDLERS = [one]
