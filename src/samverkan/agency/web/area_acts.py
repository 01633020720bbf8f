"""What those who lead a body, or prepare its work, may do with an area: close it, or draw it anew."""

from __future__ import annotations

from datetime import date
from functools import partial

from litestar import Response

from samverkan.agency import outlining
from samverkan.agency.areas import areas
from samverkan.agency.ports import Work
from samverkan.agency.web import area_views, blocks
from samverkan.agency.web.blocks import Ask, Block, Sheet, Sight, Ways
from samverkan.agency.web.desk import Places, Seat, seat
from samverkan.domain.area import Area
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest


class Closing(forms.Asked):
    """The form that gives an area its last day."""

    body: str
    until: date


class Merging(forms.Asked):
    """The form that makes one area of several."""

    body: str
    areas: list[str]
    name: str
    source: str
    since: date


def deciding(at: Seat) -> list[str]:
    """The bodies that the own party chairs and in whose matters the officer may decide over areas."""
    bodies = at.desk.pack.bodies
    return [b for b in at.bodies(Action.DECIDE_AREA) if bodies[b].chair == at.desk.me]


def may_decide(at: Seat) -> bool:
    """Whether the officer decides over areas for any body."""
    return bool(deciding(at))


def permit_for(at: Seat, body: str) -> Permit:
    """The permit for that body. Raises `RefusedError`, which shows as a page that is not there."""
    if body not in deciding(at):
        raise RefusedError(refuse(Code.NOT_FOUND))
    return at.permit(Action.DECIDE_AREA, body)


def body_ask(at: Seat) -> Ask:
    """For which body it is decided."""
    choices = [(body, at.names.of(at.desk.pack.bodies, body)) for body in deciding(at)]
    return Ask(name="body", words=at.t("area.for_body"), kind="select", choices=choices)


def acts(at: Seat, here: Area, form: Form) -> list[Block]:
    """The forms of those who decide, while the area lasts."""
    if here.last.until is not None or not may_decide(at):
        return []
    ways = [
        Link(at.t("area.revise"), f"/areas/new?act=revise&area={here.id}"),
        Link(at.t("area.split"), f"/areas/new?act=split&area={here.id}"),
    ]
    last = Sheet(
        path=f"/areas/{here.id}/close",
        heading=at.t("area.close"),
        lead=at.t("area.close_means"),
        button=at.t("area.close_send"),
        form=form,
        quiet=True,
        kind="secondary",
        asks=[body_ask(at), Ask(name="until", words=at.t("area.last_day"), kind="date")],
    )
    return [Ways(ways), last]


@page("/areas/merge")
def merging(request: AnyRequest) -> Response[str]:
    """The form that makes one area of several."""
    return _merge_form(seat(request), Form())


def _merge_form(at: Seat, form: Form) -> Response[str]:
    at.first([(Action.DECIDE_AREA, body) for body in deciding(at)])
    with at.desk.read(at.permit(Action.READ_INBOX), "areas", "council-work") as reading:
        lasting = [a for a in areas(reading).values() if a.last.until is None]
    choices = [
        (a.id, f"{a.last.outline.name} ({area_views.places(at, a.last.outline.municipalities)})")
        for a in lasting
    ]
    sheet = Sheet(
        path="/areas/merge",
        heading=at.t("area.merge"),
        lead=at.t("area.merge_means"),
        button=at.t("area.merge_send"),
        form=form,
        asks=[
            body_ask(at),
            Ask(name="areas", words=at.t("area.which"), kind="ticks", choices=choices),
            Ask(name="name", words=at.t("area.name")),
            Ask(name="source", words=at.t("area.source")),
            Ask(name="since", words=at.t("area.since"), kind="date"),
        ],
    )
    above = Link(at.t("area.title"), "/areas")
    return blocks.show(at.request, Sight(title=at.t("area.merge"), above=above, blocks=[sheet]))


@act("/areas/merge")
def merge(request: AnyRequest, data: FormData) -> Response[str]:
    """Make one area of several."""
    at = seat(request)
    asked = forms.read(Merging, {**data, "areas": _several(data.get("areas"))})
    if isinstance(asked, Form):
        return _merge_form(at, asked)
    permit = permit_for(at, asked.body)
    done = at.attempt(permit, partial(_merge, at.desk.territory, asked))
    if isinstance(done, Refused):
        return _merge_form(at, forms.filled(data).refused(done, at="areas"))
    return pages.redirect(request, "/areas", receipt="receipt.area_sent")


def _several(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [str(each) for each in listed if each]


def _merge(places: Places, asked: Merging, work: Work, permit: Permit) -> bool | Refused:
    """The outline of the whole is that of its parts together."""
    known = areas(work)
    parts = [known[id_].last.outline for id_ in asked.areas if id_ in known]
    if len(parts) < 2 or len(parts) < len(asked.areas):
        return refuse(Code.FIELD_TOO_FEW, least="2")
    whole = places.merged(parts, name=asked.name, source=asked.source)
    done = outlining.merge(
        work, permit, places.means, of=asked.areas, outline=whole, since=asked.since
    )
    return done if isinstance(done, Refused) else True


HANDLERS = [merging, merge]
