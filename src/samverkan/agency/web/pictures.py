"""Situation pictures: every area's newest version with its clock, and the form for a new one."""

from __future__ import annotations

from datetime import date

from litestar import Response
from pydantic import Field

from samverkan.agency import picturing
from samverkan.agency.areas import areas
from samverkan.agency.pictures import pictures
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Sheet, Sight, Text, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.picture_facts import area_name
from samverkan.domain.picture import RATERS, Picture, newest
from samverkan.domain.place import Kind, Place, county, municipality, named
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import PictureId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Link, Tag, Tone
from samverkan.shell.parts import Kind as Cell
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_COLUMNS = (
    Column("area", "pictures.area", Cell.LINK),
    Column("version", "pictures.version", Cell.NUMBER),
    Column("state", "pictures.state", Cell.TAG),
    Column("raters", "pictures.raters"),
    Column("lasts", "pictures.lasts", Cell.DAY),
    Column("clock", "pictures.clock", Cell.TAG),
)


class Beginning(forms.Asked):
    """The form for a new version."""

    area: str = Field(max_length=64)
    variant: str | None = None


@page("/pictures")
def listed(request: AnyRequest) -> Response[str]:
    """The newest version of every area that has one."""
    return _show(seat(request), Form())


def _show(at: Seat, form: Form) -> Response[str]:
    with at.desk.read(at.permit(Action.READ_INBOX), "pictures", "follow-up") as reading:
        known = pictures(reading)
        today = reading.now.date()
        places = named(areas(reading), today)
    rows = [
        {
            "area": Link(area_name(at, one.area, places), f"/pictures/{one.id}"),
            "version": one.version,
            "state": state(one),
            "raters": at.t("pictures.raters_of", n=len(one.answered), all=RATERS),
            "lasts": one.lasts or "",
            "clock": clock(at, one, today),
        }
        for one in newest(known.values()).values()
    ]
    rows.sort(key=lambda row: str(row["area"]))
    ways = [Link(at.t("pictures.statistics"), "/pictures/statistics")]
    if len(known) > 1:
        ways.append(Link(at.t("pictures.compare"), "/pictures/compare"))
    parts: list[Block] = [
        tables.whole("pictures", at.t("pictures.all"), _COLUMNS, rows, at.t("pictures.none")),
        Text(at.t("pictures.clock_means"), faint=True),
        Ways(ways),
    ]
    if at.may(Action.DRAW_PICTURE):
        parts.append(_beginning(at, places, form))
    sight = Sight(title=at.t("pictures.title"), lead=at.t("pictures.lead"), blocks=parts)
    return blocks.show(at.request, sight)


def state(one: Picture) -> Tag:
    """Where a version stands."""
    if one.published is not None:
        return Tag("pictures.published", Tone.GOOD)
    if not one.open:
        return Tag("pictures.settled", Tone.GOOD)
    return Tag("pictures.rated" if one.rated else "pictures.drawn", Tone.INFO)


def clock(at: Seat, one: Picture, today: date) -> Tag | str:
    """How long a settled version still lasts; an open one has no clock yet."""
    if one.lasts is None:
        return ""
    days, guard = (one.lasts - today).days, at.desk.pack.picture
    if days < 0:
        return Tag("pictures.overdue", Tone.BAD)
    soon = guard is not None and days <= guard.remind
    return Tag("pictures.days", Tone.WARN if soon else Tone.NEUTRAL, days)


def _beginning(at: Seat, places: dict[str, Place], form: Form) -> Sheet:
    pack, language = at.desk.pack, at.names.language
    choices = [(code, one.name(language)) for code, one in places.items()]
    choices += [(municipality(code), one.name) for code, one in pack.municipalities.items()]
    choices += [(county(code), at.names.words(one.names)) for code, one in pack.counties.items()]
    choices += [
        (f"{Kind.REGION}:{code}", at.names.words(one.names)) for code, one in pack.regions.items()
    ]
    ways = [("", at.t("pictures.common_way"))]
    ways += [(code, at.names.words(one.names)) for code, one in pack.variants.items()]
    return Sheet(
        path="/pictures",
        heading=at.t("pictures.begin"),
        lead=at.t("pictures.begin_means"),
        button=at.t("pictures.begin_send"),
        form=form,
        asks=[
            Ask(name="area", words=at.t("pictures.area"), kind="select", choices=choices),
            Ask(
                name="variant",
                words=at.t("pictures.way"),
                kind="select",
                choices=ways,
                required=False,
                hint=at.t("pictures.way_means"),
            ),
        ],
    )


@act("/pictures")
def begin(request: AnyRequest, data: FormData) -> Response[str]:
    """Begin the next version of an area's picture."""
    at = seat(request)
    permit = at.permit(Action.DRAW_PICTURE)
    read = forms.read(Beginning, data)
    if isinstance(read, Form):
        return _show(at, read)

    def do(work: Work, permit: Permit) -> PictureId | Refused:
        return picturing.begin(work, permit, at.desk.pack, read.area, read.variant)

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        return _show(at, forms.filled(data).refused(done, at=done.params.get("field", "area")))
    return pages.redirect(request, "/pictures", receipt="receipt.picture_begun")


HANDLERS = [listed, begin]
