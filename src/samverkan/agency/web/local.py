"""Local bodies: the list, and the first step of starting one: the area, who speaks there, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

from litestar import Response
from pydantic import Field

from samverkan.agency import gathering, localities, ways
from samverkan.agency.areas import standing
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Filter, Notice, Sheet, Sight, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.local import LONGEST_NAME, Local
from samverkan.domain.org import members
from samverkan.domain.pack import Body, BodyKind, Level, Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.territory import Crosswalk, Voice
from samverkan.kernel.ids import LocalId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_COLUMNS = (
    Column("name", "local.name", Kind.LINK),
    Column("area", "local.area"),
    Column("since", "local.since"),
    Column("lead", "local.lead"),
    Column("parties", "local.parties_count", Kind.NUMBER),
    Column("own", "local.own", Kind.TAG),
)
_VOICES = (
    Column("agency", "local.agency"),
    Column("division", "local.division"),
    Column("speaks", "local.speaks"),
)


class Begun(forms.Asked):
    """The form that begins a body."""

    name: forms.Prose = Field(min_length=1, max_length=LONGEST_NAME)
    area: str = Field(min_length=1)
    under: str = Field(min_length=1)
    since: date
    until: date | None = None
    variant: str | None = None
    invite: Annotated[list[str], forms.Several] = Field(default=[])


@page("/local")
def listed(request: AnyRequest) -> Response[str]:
    """Every local body: the own ones first."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_INBOX), "local", "council-work") as reading:
        found = sorted(
            localities.bodies(reading).values(), key=lambda one: at.desk.me not in one.asked
        )
        today = reading.now.date()
        rows = [_row(at, reading, one, today) for one in found]
    parts: list[Block] = [
        tables.whole("local", at.t("local.all"), _COLUMNS, rows, at.t("local.none"))
    ]
    if at.may(Action.START_LOCAL):
        parts.append(Ways([Link(at.t("local.start"), "/local/new")], main=True))
    sight = Sight(title=at.t("local.title"), lead=at.t("local.lead_text"), blocks=parts)
    return blocks.show(request, sight)


def _row(at: Seat, reading: Reading, one: Local, today: date) -> dict[str, object]:
    return {
        "name": Link(one.start.name, f"/local/{one.id}"),
        "area": area_name(at, reading, one.start.area),
        "since": span(one),
        "lead": at.names.brief(one.lead),
        "parties": len(one.takes_part),
        "own": own_tag(at, one, today),
    }


def span(one: Local) -> str:
    """Its days; an open end is left open."""
    until = "" if one.until.startswith("9999") else one.until
    return f"{one.start.since} – {until}".strip()


def own_tag(at: Seat, one: Local, today: date) -> Tag:
    """Where the own party stands in it."""
    if one.until < today.isoformat():
        return Tag("local.closed")
    if at.desk.me in one.takes_part:
        return Tag("local.takes_part", Tone.GOOD)
    if at.desk.me in one.answers:
        return Tag("local.declined")
    return Tag("local.asked", Tone.WARN) if at.desk.me in one.invited else Tag("local.not_asked")


def area_name(at: Seat, reading: Reading, area: str) -> str:
    """A municipality, or a named area with the municipalities it lies in."""
    known = next((one for one in standing(reading) if one.id == area), None)
    if known is None:
        return at.names.place(area)
    places = ", ".join(at.names.place(code) for code in known.last.outline.municipalities)
    return f"{known.last.outline.name} ({places})"


@page("/local/new")
def new(request: AnyRequest) -> Response[str]:
    """Choose an area and a day; see who speaks there; ask them. Left half-way, nothing is begun."""
    return _show(seat(request), Form())


@act("/local/new")
def begin(request: AnyRequest, data: FormData) -> Response[str]:
    """Begin it: each agency that was asked has it in its inbox."""
    at = seat(request)
    permit, asked = at.permit(Action.START_LOCAL), forms.read(Begun, data)
    if isinstance(asked, Form):
        return _show(at, asked)
    done = at.attempt(permit, partial(_begin, at, asked))
    if isinstance(done, Refused):
        return _show(at, forms.filled(data).refused(done, at="name"))
    return pages.redirect(request, "/local", receipt="receipt.local_begun")


def _begin(at: Seat, asked: Begun, work: Work, permit: Permit) -> LocalId | Refused:
    begun = gathering.Beginning(
        name=asked.name,
        area=asked.area,
        under=asked.under,
        since=asked.since,
        until=asked.until,
        variant=asked.variant,
        invite=tuple(asked.invite),
    )
    return gathering.start(work, permit, at.desk.pack, begun)


def _show(at: Seat, form: Form) -> Response[str]:
    asked = at.request.query_params
    area = form.value("area") or asked.get("area", "")
    with at.desk.read(at.permit(Action.START_LOCAL), "local", "council-work") as reading:
        on = _day(form.value("since") or asked.get("since", ""), reading.now.date())
        areas = _areas(at, reading, on)
        known = any(area == code for code, _ in areas)
        covered = localities.covers(reading, at.desk.pack, area, on=on) if known else frozenset()
        voices = heard(at, reading, covered, on)
        varied = ways.varied(reading, at.desk.pack)
    choose = Filter(
        "/local/new",
        at.t("local.choose"),
        [Ask(name="area", words=at.t("local.area"), kind="select", choices=areas, required=False)],
        Form({"area": (area,)}),
    )
    parts: list[Block] = [choose]
    if known:
        parts += [
            voices_table(at, voices),
            _sheet(at, form, (area, on), varied),
        ]
    elif area:
        parts.append(Notice(Tone.WARN, at.t("local.no_area")))
    sight = Sight(
        title=at.t("local.start"),
        lead=at.t("local.start_lead"),
        above=Link(at.t("local.title"), "/local"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _areas(at: Seat, reading: Reading, on: date) -> list[tuple[str, str]]:
    named = [(one.id, one.last.outline.name) for one in standing(reading, on=on)]
    return named + [(code, one.name) for code, one in at.desk.pack.municipalities.items()]


def heard(at: Seat, reading: Reading, covered: frozenset[str], on: date) -> list[Voice]:
    """Who speaks for each agency in the first of the municipalities, on that day."""
    if not covered:
        return []
    delegates = localities.delegates(reading, at.desk.pack, on=on)
    place = min(covered)
    return list(Crosswalk(at.desk.pack).voices(place, on=on, delegates=delegates))


def voices_table(at: Seat, voices: Sequence[Voice]) -> Block:
    """The crosswalk as a table."""
    rows = [
        {
            "agency": at.names.of(at.desk.pack.agencies, one.agency),
            "division": "" if one.held is None else at.names.words(one.held.names),
            "speaks": _speaks(at, one),
        }
        for one in voices
    ]
    return tables.whole("voices", at.t("local.voices"), _VOICES, rows, at.t("local.voices_none"))


def _speaks(at: Seat, one: Voice) -> str:
    words = {
        "delegate": at.t("local.by_delegate"),
        "seat": at.t("local.by_seat"),
        "contact": at.t("local.by_contact"),
        "agency": at.t("local.by_agency"),
    }[one.by.value]
    known = at.desk.pack.bodies.get(one.body or "")
    return words if known is None else f"{words}: {at.names.words(known.names)}"


def _sheet(at: Seat, form: Form, where: tuple[str, date], varied: Pack) -> Sheet:
    pack, (area, on) = at.desk.pack, where
    joined = members(pack, on=on)
    seated = {party for one in _regional(at) for party in one.members}
    parties = [
        (party, at.names.party(party))
        for party, one in pack.parties.items()
        if one.agency in joined and party in seated
    ]
    defaults: dict[str, list[str]] = {
        "area": [area],
        "since": [on.isoformat()],
        "invite": [str(party) for party, _ in parties],
    }
    return Sheet(
        path="/local/new",
        heading=at.t("local.begin"),
        lead=at.t("local.begin_means"),
        button=at.t("local.begin_send"),
        form=blocks.with_defaults(form, defaults),
        asks=[
            Ask(name="area", words=at.t("local.area"), kind="hidden"),
            Ask(name="name", words=at.t("local.name"), hint=at.t("local.name_hint")),
            Ask(name="under", words=at.t("local.under"), kind="select", choices=_councils(at)),
            *_span(at),
            _variant(at, varied),
            Ask(
                name="invite",
                words=at.t("local.invite"),
                kind="ticks",
                choices=[pair for pair in parties if pair[0] != at.desk.me],
                required=False,
            ),
        ],
    )


def _span(at: Seat) -> list[Ask]:
    since, until = at.t("local.since"), at.t("local.until")
    return [
        Ask(name="since", words=since, kind="date", width="narrow"),
        Ask(name="until", words=until, kind="date", width="narrow", required=False),
    ]


def _variant(at: Seat, varied: Pack) -> Ask:
    choices = [("", at.t("local.core")), *at.names.choices(varied.variants)]
    return Ask(
        name="variant",
        words=at.t("local.variant"),
        kind="select",
        choices=choices,
        required=False,
    )


def _councils(at: Seat) -> list[tuple[str, str]]:
    """The regional councils in which the own party sits."""
    return [
        (one.id, at.names.words(one.names)) for one in _regional(at) if at.desk.me in one.members
    ]


def _regional(at: Seat) -> list[Body]:
    bodies = at.desk.pack.bodies.values()
    return [b for b in bodies if b.kind is BodyKind.COUNCIL and b.level is Level.REGIONAL]


HANDLERS = [listed, new, begin]
