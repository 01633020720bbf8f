"""Areas: the map of a day with its table, and one area with its versions, origin and voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import localities, outlining
from samverkan.agency.areas import areas
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import area_views, blocks, tables
from samverkan.agency.web.area_acts import Closing, acts, may_decide, permit_for
from samverkan.agency.web.blocks import Ask, Block, Facts, Filter, Notice, Sight, Text, Ways
from samverkan.agency.web.desk import Places, Seat, found, identifier, seat
from samverkan.domain.area import Area, Areas, Version
from samverkan.domain.local import Local
from samverkan.domain.policy import Action, Permit
from samverkan.domain.territory import By, Voice
from samverkan.kernel.ids import AreaId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Link, Table, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_VERSIONS = (
    Column("since", "area.since"),
    Column("until", "area.until"),
    Column("name", "area.name"),
    Column("where", "area.municipalities"),
    Column("source", "area.source"),
    Column("body", "area.decided_by"),
    Column("digest", "area.digest"),
)
_VOICES = (
    Column("agency", "area.agency"),
    Column("by", "area.speaks_by"),
    Column("body", "area.speaks_in"),
    Column("region", "area.own_region"),
)
_BODIES = (Column("body", "area.body"), Column("level", "area.level"))
_BY = {by: f"area.by.{by.value}" for by in By}


def _day(at: Seat, today: date) -> date:
    """The day that the address asks for; today if it is none."""
    try:
        return date.fromisoformat(at.request.query_params.get("on", ""))
    except ValueError:
        return today


@page("/areas")
def listed(request: AnyRequest) -> Response[str]:
    """The areas of a day, on the map and in the table."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_INBOX), "areas", "council-work") as reading:
        known, today = areas(reading), reading.now.date()
    day = _day(at, today)
    shown = area_views.standing(list(known.values()), day)
    words = at.t("area.map_words", n=len(shown), day=day.isoformat())
    parts: list[Block] = [
        _days(at, day),
        area_views.map_of(at, shown, words, "areas"),
        area_views.table_of(at, shown),
    ]
    if may_decide(at):
        ways = [Link(at.t("area.new"), "/areas/new"), Link(at.t("area.merge"), "/areas/merge")]
        parts.append(Ways(ways))
    sight = Sight(title=at.t("area.title"), lead=at.t("area.lead"), blocks=parts)
    return blocks.show(request, sight)


def _days(at: Seat, day: date) -> Filter:
    ask = Ask(name="on", words=at.t("area.on"), kind="text", required=False)
    asked = at.request.query_params.get("on")
    form = Form({"on": (day.isoformat(),)})
    return Filter("/areas", at.t("area.on_day"), [ask], form, bool(asked))


@page("/areas/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One area: where it lies, how it lay, what it came of, and who answers for it."""
    return show(seat(request), number)


def show(at: Seat, number: str, form: Form | None = None) -> Response[str]:
    """The page of an area, with the forms of those who decide over it."""
    id_ = identifier(AreaId, number)
    with at.desk.read(at.permit(Action.READ_INBOX), id_, "council-work") as reading:
        known = areas(reading)
        here, day = found(known.get(id_)), _day(at, reading.now.date())
        version = here.on(day) or here.last
        answering = _answering(at, reading, version, day)
    words = at.t("area.one_words", name=version.outline.name)
    parts: list[Block] = [
        *_ended(at, here, known),
        Facts(_facts(at, here, version, known)),
        area_views.map_of(at, [(here, version)], words, "versions"),
        _versions(at, here),
        *answering,
        *acts(at, here, form or Form()),
    ]
    sight = Sight(
        title=version.outline.name,
        lead=at.names.of(at.desk.pack.area_kinds, version.outline.kind),
        above=Link(at.t("area.title"), "/areas"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _ended(at: Seat, here: Area, known: Areas) -> list[Block]:
    if here.last.until is None:
        return []
    links = _links(here.became, known)
    said = at.t("area.ended", day=here.last.until.isoformat())
    return [Notice(Tone.WARN, said, [at.t("area.became")] if links else [], links)]


def _links(ids: Sequence[str], known: Areas) -> list[Link]:
    return [Link(known[id_].last.outline.name, f"/areas/{id_}") for id_ in ids if id_ in known]


def _facts(at: Seat, here: Area, version: Version, known: Areas) -> list[tuple[str, object]]:
    pairs: list[tuple[str, object]] = [
        (at.t("area.municipalities"), area_views.places(at, version.outline.municipalities)),
        (at.t("area.since"), version.since.isoformat()),
        (at.t("area.decided_by"), at.names.of(at.desk.pack.bodies, version.body)),
        (at.t("area.source"), version.outline.source),
    ]
    parents = [known[id_].last.outline.name for id_ in here.parents if id_ in known]
    if parents:
        pairs.append((at.t("area.came_of"), ", ".join(parents)))
    return pairs


def _versions(at: Seat, here: Area) -> Table:
    rows = [
        {
            "code": here.id,
            "since": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else "",
            "name": one.outline.name,
            "where": area_views.places(at, one.outline.municipalities),
            "source": one.outline.source,
            "body": at.names.of(at.desk.pack.bodies, one.body),
            "digest": one.outline.digest.hex()[:16],
        }
        for one in reversed(here.versions)
    ]
    return tables.whole("versions", at.t("area.versions"), _VERSIONS, rows, at.t("area.none"))


def _answering(at: Seat, reading: Reading, version: Version, day: date) -> list[Block]:
    """Who speaks for each agency there that day, in the first of its municipalities; who covers it."""
    walk, codes = at.desk.territory.crosswalk, version.outline.municipalities
    local = _local(at, reading, frozenset(codes), day)
    delegates = localities.delegates(reading, at.desk.pack, on=day)
    heard = walk.voices(codes[0], on=day, delegates=delegates)
    voices = [_voice(at, voice, {one.id: one.start.name for one in local}) for voice in heard]
    near = [{"body": one.start.name, "level": at.t("area.at.local")} for one in local]
    covering = [
        {
            "body": at.names.words(body.names),
            "level": at.t(f"area.at.{body.level.value}"),
        }
        for body in walk.bodies(codes, on=day)
    ]
    return [
        tables.whole("voices", at.t("area.voices"), _VOICES, voices, at.t("area.nobody")),
        Text(at.t("area.unsure"), faint=True),
        tables.whole(
            "bodies", at.t("area.bodies"), _BODIES, [*near, *covering], at.t("area.nobody")
        ),
    ]


def _local(at: Seat, reading: Reading, codes: frozenset[str], day: date) -> list[Local]:
    """The local bodies of that day whose area lies in any of the municipalities."""
    return [
        one
        for one in localities.bodies(reading).values()
        if one.there(day.isoformat())
        and codes & localities.covers(reading, at.desk.pack, one.start.area, on=day)
    ]


def _voice(at: Seat, voice: Voice, local: Mapping[str, str]) -> dict[str, object]:
    held, body = voice.held, voice.body or ""
    doubt = " (U)" if held is not None and held.doubts else ""
    return {
        "agency": at.names.of(at.desk.pack.agencies, voice.agency),
        "by": at.t(_BY[voice.by]),
        "body": local.get(body) or at.names.of(at.desk.pack.bodies, body),
        "region": "" if held is None else at.names.words(held.names) + doubt,
    }


@act("/areas/{number:str}/close")
def close(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Give an area its last day."""
    at = seat(request)
    id_ = identifier(AreaId, number)
    asked = forms.read(Closing, data)
    if isinstance(asked, Form):
        return show(at, number, asked)
    permit = permit_for(at, asked.body)
    done = at.attempt(permit, partial(_close, at.desk.territory, id_, asked))
    if isinstance(done, Refused):
        return show(at, number, forms.filled(data).refused(done, at="until"))
    return pages.redirect(request, f"/areas/{id_}", receipt="receipt.area_sent")


def _close(places: Places, id_: str, asked: Closing, work: Work, permit: Permit) -> bool | Refused:
    return outlining.close(work, permit, places.means, area=id_, until=asked.until) or True


HANDLERS = [listed, one, close]
