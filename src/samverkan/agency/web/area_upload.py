"""A file of areas: sent, shown with what was detected, and only then decided on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Literal

from litestar import Response
from litestar.datastructures import UploadFile

from samverkan.agency import outlining
from samverkan.agency.areas import areas
from samverkan.agency.outlining import Read, Wish
from samverkan.agency.ports import Work
from samverkan.agency.web import area_views, blocks
from samverkan.agency.web.area_acts import body_ask, deciding, permit_for
from samverkan.agency.web.blocks import Ask, Notice, Sheet, Sight
from samverkan.agency.web.desk import Places, Seat, seat
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone
from samverkan.shell.routes import FileData, FormData, act, page
from samverkan.shell.visit import AnyRequest
from samverkan.wire.territory import Outline
from samverkan.wire.v1 import Malformed, canonical, decode

SUFFIXES = (".zip", ".geojson", ".json")
_LARGEST = 20_000_000


class Sent(forms.Asked):
    """What is asked beside the file, and again when it is decided on. `area` is the one redrawn or split."""

    act: Literal["define", "revise", "split"] = "define"
    area: str = ""
    body: str
    kind: str
    source: str
    name: str = ""
    since: date


class Drawn(Sent):
    """The decision: what was read from the file goes with it."""

    drawn: str


@page("/areas/new")
def new(request: AnyRequest) -> Response[str]:
    """The form for a file."""
    query = request.query_params
    values = {name: (query[name],) for name in ("act", "area") if name in query}
    return _form(seat(request), Form(values or {"act": ("define",)}))


def _form(at: Seat, form: Form) -> Response[str]:
    at.first([(Action.DECIDE_AREA, body) for body in deciding(at)])
    with at.desk.read(at.permit(Action.READ_INBOX), "areas", "council-work") as reading:
        here = areas(reading).get(form.value("area"))
    kinds = at.names.choices(at.desk.pack.area_kinds)
    sheet = Sheet(
        path="/areas/preview",
        heading=at.t(f"area.act.{form.value('act') or 'define'}"),
        lead=at.t("area.file_means", grid=at.desk.pack.grid.name if at.desk.pack.grid else ""),
        button=at.t("area.read"),
        upload=True,
        form=form,
        asks=[
            Ask(name="act", words="", kind="hidden"),
            Ask(name="area", words="", kind="hidden"),
            Ask(name="file", words=at.t("area.file"), kind="file", unit=",".join(SUFFIXES)),
            body_ask(at),
            Ask(name="kind", words=at.t("area.kind"), kind="select", choices=kinds),
            Ask(name="since", words=at.t("area.since"), kind="date"),
            Ask(name="source", words=at.t("area.source"), hint=at.t("area.source_hint")),
            Ask(name="name", words=at.t("area.name"), hint=at.t("area.name_hint"), required=False),
        ],
    )
    sight = Sight(
        title=at.t("area.new") if here is None else here.last.outline.name,
        above=Link(at.t("area.title"), "/areas"),
        blocks=[sheet],
    )
    return blocks.show(at.request, sight)


@act("/areas/preview")
def preview(request: AnyRequest, data: FileData) -> Response[str]:
    """What the file holds and how it was understood; nothing is decided or kept yet."""
    at = seat(request)
    file = data.get("file")
    fields = {name: str(value) for name, value in data.items() if name != "file"}
    asked = forms.read(Sent, fields)
    form = asked if isinstance(asked, Form) else forms.filled(fields)
    if not isinstance(file, UploadFile) or not file.filename:
        form = form.refused(refuse(Code.FIELD_MISSING), at="file")
    if form.errors or isinstance(asked, Form) or not isinstance(file, UploadFile):
        return _form(at, form)
    permit_for(at, asked.body)
    content = file.file.read(_LARGEST + 1)
    wish = Wish(asked.kind, asked.source, asked.name)
    read = at.desk.territory.read({file.filename: content}, wish)
    if isinstance(read, Refused):
        return _form(at, form.refused(read, at="file"))
    return _shown(at, fields, read.outlines, Form(), read)


def _shown(
    at: Seat,
    fields: Mapping[str, str],
    drawn: tuple[Outline, ...],
    wrong: Form,
    read: Read | None = None,
) -> Response[str]:
    values = {name: (value,) for name, value in fields.items()}
    values["drawn"] = (canonical(list(drawn)).decode(),)
    form = Form(values, wrong.errors)
    names = ("act", "area", "body", "kind", "since", "source", "name", "drawn")
    sheet = Sheet(
        path="/areas",
        heading=at.t("area.decide"),
        lead=at.t("area.decide_means", n=len(drawn), day=fields.get("since", "")),
        button=at.t("area.decide_send"),
        form=form,
        asks=[Ask(name=name, words=at.t("area.in_file"), kind="hidden") for name in names],
    )
    words = at.t("area.drawn_words", n=len(drawn))
    sight = Sight(
        title=at.t("area.preview"),
        above=Link(at.t("area.title"), "/areas"),
        blocks=[
            *([] if read is None else [_detected(at, read)]),
            area_views.map_of_drawn(at, drawn, words, "drawn"),
            area_views.table_of_drawn(at, drawn),
            sheet,
        ],
    )
    return blocks.show(at.request, sight)


def _detected(at: Seat, read: Read) -> Notice:
    said = at.t("area.detected", format=at.t(f"area.format.{read.format}"), system=read.system)
    return Notice(Tone.INFO, said, [at.t(f"area.known_by.{read.by}")])


@act("/areas")
def decide(request: AnyRequest, data: FormData) -> Response[str]:
    """Decide on what was shown; it is checked anew, whoever sends it."""
    at = seat(request)
    asked = forms.read(Drawn, data)
    if isinstance(asked, Form):
        return _form(at, asked)
    try:
        drawn = tuple(decode(asked.drawn, list[Outline]))
    except Malformed:
        raise RefusedError(refuse(Code.FORM_INVALID)) from None
    permit = permit_for(at, asked.body)
    done = at.attempt(permit, partial(_decide, at.desk.territory, asked, drawn))
    if isinstance(done, Refused):
        fields = {name: str(value) for name, value in data.items()}
        return _shown(at, fields, drawn, Form().refused(done, at="drawn"))
    return pages.redirect(request, "/areas", receipt="receipt.area_sent")


def _decide(
    places: Places, asked: Drawn, drawn: tuple[Outline, ...], work: Work, permit: Permit
) -> bool | Refused:
    means, since = places.means, asked.since
    if asked.act == "split":
        return (
            outlining.split(work, permit, means, area=asked.area, into=drawn, since=since) or True
        )
    if asked.act == "revise":
        if len(drawn) != 1:
            return refuse(Code.FORM_INVALID)
        done = outlining.revise(work, permit, means, area=asked.area, outline=drawn[0], since=since)
        return done or True
    made = outlining.define(work, permit, means, outlines=drawn, since=since)
    return made if isinstance(made, Refused) else True


HANDLERS = [new, preview, decide]
