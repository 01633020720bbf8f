"""A small site of two parties that shows every part of the shell. Only tests use it.

`python -m tests.shell.gallery PORT` serves it at `http://skv.localhost:PORT`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import uvicorn
from litestar import Litestar, Request, Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId, Randomness, UserId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.kernel.purpose import Clock, Stamp
from samverkan.shell import forms, pages
from samverkan.shell.frame import Frame, NavItem, Site, Viewer
from samverkan.shell.hosts import Hosts, local_authority
from samverkan.shell.links import local_path
from samverkan.shell.maps import MapView, Mark, Swatch, breaks, level
from samverkan.shell.parts import (
    Column,
    Kind,
    Link,
    Pages,
    Progress,
    Sort,
    Step,
    Table,
    Tag,
    Tone,
)
from samverkan.shell.routes import FormData, act, machine, open_act, open_page, page
from samverkan.shell.session import MemorySessions, Sessions
from samverkan.shell.texts import Language
from samverkan.shell.web import make_app

WEB = Path(__file__).parent / "gallery_web"
OFFICER = UserId("usr-" + "0" * 25 + "1")
ZONE = ZoneInfo("Europe/Stockholm")
SKV, FK = PartyId("skv"), PartyId("fk")
PARTIES = {
    SKV: {Language.SV: "Skatteverket, beskattning", Language.EN: "Tax Agency, taxation"},
    FK: {Language.SV: "Försäkringskassan", Language.EN: "Social Insurance Agency"},
}
DAY_ONE = datetime(2026, 11, 2, 9, 14, tzinfo=UTC)
AnyRequest = Request[Any, Any, Any]

TAGS = (
    Tag("gallery.open", Tone.INFO),
    Tag("gallery.answered", Tone.GOOD),
    Tag("gallery.lapsed", Tone.WARN),
)
COLUMNS = (
    Column("subject", "gallery.subject", Kind.LINK),
    Column("from", "gallery.from", sortable=True),
    Column("sent", "gallery.sent", Kind.MOMENT, sortable=True),
    Column("reply_by", "gallery.reply_by", Kind.DAY),
    Column("hours", "gallery.hours", Kind.HOURS, sortable=True),
    Column("amount", "gallery.amount", Kind.MONEY, sortable=True),
    Column("state", "gallery.state", Kind.TAG),
)


class Urgency(StrEnum):
    """How soon an answer is wanted."""

    PLAIN = "plain"
    URGENT = "urgent"


class Ask(forms.Asked):
    """The form of a new request."""

    party: str = Field(min_length=1, max_length=40)
    need: str = Field(min_length=1, max_length=200)
    basis: str = Field(min_length=1)
    urgency: Urgency
    fields: Annotated[list[str], forms.Several] = Field(min_length=1)
    reply_by: date
    hours: Annotated[Decimal | None, forms.Written] = None


def _row(number: int) -> dict[str, object]:
    sent = DAY_ONE + timedelta(hours=7 * number)
    return {
        "subject": Link(f"S {2026 - number % 2}:{100 + number}", f"/requests/{number}"),
        "from": ("Polismyndigheten", "Kronofogden", "Försäkringskassan")[number % 3],
        "sent": sent,
        "reply_by": (sent + timedelta(days=5)).date(),
        "hours": Decimal(number * 7 % 40) / 2,
        "amount": number * 48_731 if number % 4 else None,
        "state": TAGS[number % 3],
    }


ROWS = [_row(number) for number in range(1, 96)]


def _steps() -> list[Step]:
    words = ("Leverans", "Träff", "Begäran", "Utlämnande", "Ärende", "Beslut")
    states = [Progress.DONE, Progress.DONE, Progress.NOW, *[Progress.LATER] * 3]
    return [
        Step(word, state, DAY_ONE if state is not Progress.LATER else None, by="A. Ek")
        for word, state in zip(words, states, strict=True)
    ]


@page("/")
def overview(request: AnyRequest) -> Response[str]:
    facts = [("Dnr", "S 2026:104"), ("2016:774", date(2026, 11, 2)), ("kr", 1_250_000)]
    facts += [("–", ""), ("§", TAGS[0])]
    return pages.render(request, "overview.html", steps=_steps(), facts=facts, tags=TAGS)


@page("/requests")
def requests(request: AnyRequest) -> Response[str]:
    t = pages.texts_of(request)
    sort = Sort.read(request.query_params.get("received-sort"), COLUMNS, Sort("sent", True))
    at = Pages.read(request.query_params.get("received-page"), len(ROWS), 10)
    rows = sorted(ROWS, key=lambda row: str(row[sort.key] or ""), reverse=sort.descending)
    shown = rows[(at.number - 1) * 10 : at.number * 10]
    received = Table(
        id="received",
        caption=t("gallery.table"),
        columns=COLUMNS,
        rows=shown,
        empty=t("gallery.none"),
        sort=sort,
        pages=at,
    )
    dormant = Table(
        id="dormant", caption=t("gallery.silent"), columns=COLUMNS, rows=(), empty=t("gallery.none")
    )
    return pages.render(request, "requests.html", received=received, dormant=dormant)


@page("/map")
def drawn_map(request: AnyRequest) -> Response[str]:
    t = pages.texts_of(request)
    columns = (Column("area", "gallery.subject"), Column("figure", "gallery.hours"))
    counts = {"1880": 40, "1885": 12, "1814": 3}
    limits = breaks(counts.values())
    view = MapView(
        id="map",
        words=t("gallery.map"),
        marks=[Mark(code, code, str(n), level(n, limits)) for code, n in counts.items()],
        around=list(counts),
        legend=[Swatch(t("gallery.none"))],
        table="figures",
        labels={"in": t("map.zoom_in"), "out": t("map.zoom_out")},
    )
    rows = [{"code": code, "area": code, "figure": str(n)} for code, n in counts.items()]
    table = Table(
        id="figures", caption=t("gallery.map"), columns=columns, rows=rows, empty=t("gallery.none")
    )
    return pages.render(request, "map_page.html", block=view, table=table)


@page("/requests/new")
def ask(request: AnyRequest) -> Response[str]:
    return pages.render(request, "ask.html", form=forms.Form())


@act("/requests/new")
def asked(request: AnyRequest, data: FormData) -> Response[str]:
    match forms.read(Ask, data):
        case forms.Form() as form:
            return pages.render(request, "ask.html", status=422, form=form)
        case Ask():
            return pages.redirect(request, "/requests", receipt="receipt.asked")


@page("/requests/{number:int}")
def one(request: AnyRequest, number: FromPath[int]) -> Response[str]:
    if number % 2:
        return pages.refusal_page(request, refuse(Code.NO_MANDATE))
    raise RefusedError(refuse(Code.NOT_FOUND))


@page("/refused/{code:str}")
def refused(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    return pages.refusal_page(request, refuse(Code(code)))


@page("/broken")
def broken() -> Response[str]:
    raise ValueError("19121212-1212 must never be shown")


@open_page("/sign-in")
def sign_in_form(request: AnyRequest) -> Response[str]:
    after = local_path(request.query_params.get("next", "/"))
    return pages.render(request, "sign_in.html", form=forms.Form(), next=after)


@open_act("/sign-in")
def sign_in(request: AnyRequest, data: FormData) -> Response[str]:
    pages.sign_in(request, OFFICER)
    return pages.redirect(request, str(data.get("next", "/")))


@machine("/wire")
def wire(request: AnyRequest) -> Response[str]:
    return Response(str(pages.current(request).user_id))


HANDLERS = [
    overview,
    requests,
    drawn_map,
    ask,
    asked,
    one,
    refused,
    broken,
    sign_in_form,
    sign_in,
    wire,
]


def navigation(viewer: Viewer) -> list[NavItem]:
    """The gallery's three entries, two of them in a group."""
    del viewer
    return [
        NavItem("gallery.overview", "/"),
        NavItem("gallery.requests", "/requests", waiting=12, group="gallery.group"),
        NavItem("gallery.ask", "/requests/new", group="gallery.group"),
    ]


def site(party: PartyId, clock: Clock, randomness: Randomness) -> Site:
    """The site of one party, with a secret of its own."""
    frame = Frame(
        party=PARTIES[party],
        stamp=Stamp.SYNTHETIC,
        zone=ZONE,
        shared_process=True,
        navigation=navigation,
        who=lambda user: "Anna Ek" if user == OFFICER else user,
    )
    return Site(
        frame=frame,
        sessions=Sessions(MemorySessions(), clock, randomness),
        secret=hashlib.sha256(party.encode()).digest(),
        randomness=randomness,
        web=WEB,
    )


def apps(clock: Clock, randomness: Randomness) -> dict[PartyId, Litestar]:
    """Both parties' applications."""
    return {
        party: make_app("gallery", HANDLERS, site(party, clock, randomness)) for party in PARTIES
    }


def gallery(port: int, clock: Clock, randomness: Randomness) -> Hosts:
    """Both parties behind one port, each at its own origin."""
    made = apps(clock, randomness)
    return Hosts({local_authority(party, port): app for party, app in made.items()})


if __name__ == "__main__":
    PORT = int(sys.argv[1])
    application = gallery(PORT, lambda: datetime.now(UTC), os.urandom)
    uvicorn.run(application, host="127.0.0.1", port=PORT, log_level="warning")
