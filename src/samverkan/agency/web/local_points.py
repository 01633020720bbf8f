"""The forms of a meeting: a point, where it stands, minutes, a sealed paper; and what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import meeting
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, local_meetings
from samverkan.agency.web.blocks import Ask, Block, Sheet
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.domain.meeting import LONGEST_TITLE, ItemState
from samverkan.domain.pack import MeetingPart
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ItemId, LocalId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Asked, Form
from samverkan.shell.routes import FormData, act
from samverkan.shell.visit import AnyRequest

if TYPE_CHECKING:
    from samverkan.agency.web.local_body import Sent
    from samverkan.agency.web.local_meetings import Table


class Pointed(forms.Asked):
    """A point for the agenda."""

    title: forms.Prose = Field(min_length=1, max_length=LONGEST_TITLE)
    part: MeetingPart
    owner: str = Field(min_length=1)
    due: date | None = None
    scope: str | None = None


class First(forms.Asked):
    """The agenda to begin with: nothing is to be said of it."""


class Marked(forms.Asked):
    """Where a point stands."""

    item: str = Field(min_length=1)
    state: ItemState


class Minuted(forms.Asked):
    """What one part of the meeting came to."""

    part: MeetingPart
    present: Annotated[list[str], forms.Several] = Field(min_length=1)
    text: forms.Prose = Field(min_length=1, max_length=4_000)


class Papered(forms.Asked):
    """A sealed paper for a closed point."""

    item: str = Field(min_length=1)
    text: forms.Prose = Field(min_length=1, max_length=meeting.LONGEST_PAPER)


def all_for(at: Seat, table: Table, sent: Sent) -> list[Block]:
    """The forms that this officer may send of this meeting."""
    local = table.view.local
    if MeetingPart.CLOSED not in table.parts or local.until < table.view.today.isoformat():
        return []
    made: list[Sheet | None] = [
        _first(at, table),
        _point(at, table),
        _mark(at, table),
        _paper(at, table),
        _minutes(at, table),
    ]
    return [_as_sent(one, sent) for one in made if one is not None]


def _as_sent(sheet: Sheet, sent: Sent) -> Sheet:
    fits = sent is not None and sheet.path.endswith(f"/{sent[0]}")
    return blocks.sent(sheet, sent[1]) if sent is not None and fits else sheet


def _sheet(table: Table, act_: str, words: tuple[str, str, str], asks: Sequence[Ask]) -> Sheet:
    heading, lead, button = words
    path = f"/local/{table.view.local.id}/meetings/{table.day}/{act_}"
    return Sheet(path=path, heading=heading, lead=lead, button=button, asks=asks, quiet=True)


def _parts(at: Seat) -> Ask:
    choices = [
        (MeetingPart.OPEN.value, at.t("local.open_part")),
        (MeetingPart.CLOSED.value, at.t("local.closed_part")),
    ]
    return Ask(name="part", words=at.t("local.part"), kind="radio", choices=choices)


def _parties(at: Seat, table: Table) -> list[tuple[str, str]]:
    return [(party, at.names.party(party)) for party in sorted(table.view.local.takes_part)]


def _point(at: Seat, table: Table) -> Sheet:
    words = (at.t("local.add"), at.t("local.open_text"), at.t("local.add_send"))
    scopes = [("", ""), *table.scopes]
    asks = [
        Ask(name="title", words=at.t("local.point")),
        _parts(at),
        Ask(name="owner", words=at.t("local.owner"), kind="select", choices=_parties(at, table)),
        Ask(name="due", words=at.t("local.due"), kind="date", width="narrow", required=False),
        Ask(
            name="scope",
            words=at.t("local.scope"),
            kind="select",
            choices=scopes,
            hint=at.t("local.scope_hint"),
            required=False,
        ),
    ]
    likely = Form({"owner": [str(at.desk.me)], "part": [MeetingPart.OPEN.value]})
    return blocks.sent(_sheet(table, "item", words, asks), likely)


def _first(at: Seat, table: Table) -> Sheet | None:
    """The agenda to begin with, while the meeting has none."""
    if any(table.points(part) for part in table.parts):
        return None
    words = (at.t("local.first"), at.t("local.first_means"), at.t("local.first_send"))
    return _sheet(table, "first", words, [])


def _mark(at: Seat, table: Table) -> Sheet | None:
    mine = (at.desk.me, table.view.local.lead)
    choices = [
        (one.body.item, one.body.title)
        for part in table.parts
        for one in table.points(part)
        if at.desk.me in (one.body.owner, mine[1])
    ]
    if not choices:
        return None
    states = [
        (ItemState.OPEN.value, at.t("local.state_open")),
        (ItemState.UNDER_WAY.value, at.t("local.state_under_way")),
        (ItemState.DONE.value, at.t("local.state_done")),
        (ItemState.DROPPED.value, at.t("local.state_dropped")),
    ]
    asks = [
        Ask(name="item", words=at.t("local.point"), kind="select", choices=choices),
        Ask(name="state", words=at.t("local.state"), kind="select", choices=states),
    ]
    return _sheet(table, "mark", (at.t("local.mark"), "", at.t("local.mark_send")), asks)


def _paper(at: Seat, table: Table) -> Sheet | None:
    own = {scope for scope, _ in table.scopes}
    choices = [
        (one.body.item, one.body.title)
        for one in table.points(MeetingPart.CLOSED)
        if one.body.scope in own
    ]
    if not choices:
        return None
    words = (at.t("local.paper"), at.t("local.paper_means"), at.t("local.paper_send"))
    asks = [
        Ask(name="item", words=at.t("local.point"), kind="select", choices=choices),
        Ask(name="text", words=at.t("local.paper_text"), kind="area"),
    ]
    return _sheet(table, "paper", words, asks)


def _minutes(at: Seat, table: Table) -> Sheet | None:
    local = table.view.local
    leads = local.lead == at.desk.me and at.may(Action.LEAD_LOCAL, local.id) is not None
    if not leads or table.day > table.view.today.isoformat():
        return None
    words = (at.t("local.write"), at.t("local.open_text"), at.t("local.write_send"))
    asks = [
        _parts(at),
        Ask(
            name="present",
            words=at.t("local.present"),
            kind="ticks",
            choices=_parties(at, table),
        ),
        Ask(name="text", words=at.t("local.minutes"), kind="area"),
    ]
    return _sheet(table, "minutes", words, asks)


A = TypeVar("A", bound=Asked)
Where = tuple[str, str]
"""The body and the meeting's day."""
Do = Callable[[Seat, Where, A, Work, Permit], object]


def _act(name: str, action: Action, form: type[A], do: Do[A]) -> HTTPRouteHandler:
    """The handler of one form: read, do, and back to the meeting; or the form with its mistake."""

    @act(f"/local/{{local:str}}/meetings/{{day:str}}/{name}")
    def handler(
        request: AnyRequest, local: FromPath[str], day: FromPath[str], data: FormData
    ) -> Response[str]:
        at = seat(request)
        id_ = identifier(LocalId, local)
        permit = at.permit(action, id_)
        _is_day(day)
        asked = forms.read(form, data)
        if isinstance(asked, Form):
            return local_meetings.show(at, id_, day, (name, asked))
        done = at.attempt(permit, partial(do, at, (id_, day), asked))
        if isinstance(done, Refused):
            first = next(iter(form.model_fields), "title")
            shown = (name, forms.filled(data).refused(done, at=first))
            return local_meetings.show(at, id_, day, shown)
        path = f"/local/{id_}/meetings/{day}"
        return pages.redirect(request, path, receipt="receipt.local_sent")

    return handler


def _is_day(text: str) -> None:
    """A day that no calendar has, has no meeting. Raises `RefusedError`."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise RefusedError(refuse(Code.NOT_FOUND)) from None


def _item(at: Seat, where: Where, asked: Pointed, work: Work, permit: Permit) -> object:
    point = meeting.Point(
        meeting=date.fromisoformat(where[1]),
        part=asked.part.value,
        title=asked.title,
        owner=asked.owner,
        due=asked.due,
        scope=asked.scope,
    )
    return meeting.add(work, permit, at.desk.pack, where[0], point)


def _began(at: Seat, where: Where, asked: First, work: Work, permit: Permit) -> object:
    del asked
    day, language = date.fromisoformat(where[1]), at.names.language
    return meeting.first(work, permit, at.desk.pack, where[0], meeting.Start(day, language))


def _marked(at: Seat, where: Where, asked: Marked, work: Work, permit: Permit) -> object:
    del at
    item = identifier(ItemId, asked.item)
    return meeting.mark(work, permit, where[0], item=item, state=asked.state.value)


def _minuted(at: Seat, where: Where, asked: Minuted, work: Work, permit: Permit) -> object:
    account = meeting.Account(
        date.fromisoformat(where[1]), asked.part.value, tuple(asked.present), asked.text
    )
    return meeting.write(work, permit, at.desk.pack, where[0], account)


def _papered(at: Seat, where: Where, asked: Papered, work: Work, permit: Permit) -> object:
    del at
    item = identifier(ItemId, asked.item)
    return meeting.hand_out(work, permit, where[0], item=item, text=asked.text)


HANDLERS = [
    _act("first", Action.WORK_LOCAL, First, _began),
    _act("item", Action.WORK_LOCAL, Pointed, _item),
    _act("mark", Action.WORK_LOCAL, Marked, _marked),
    _act("minutes", Action.LEAD_LOCAL, Minuted, _minuted),
    _act("paper", Action.WORK_LOCAL, Papered, _papered),
]
