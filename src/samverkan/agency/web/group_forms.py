"""The forms of the permanent group, each for those who may send it, folded until it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Sheet
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.local_forms import delegation_asks, seat_word
from samverkan.domain.policy import Action
from samverkan.domain.seating import Seat as Place
from samverkan.domain.standing import Question, State
from samverkan.shell import forms
from samverkan.shell.forms import Form

if TYPE_CHECKING:
    from samverkan.agency.web.group import View

_YEAR = timedelta(days=364)
LONGEST = 2_000


class Raised(forms.Asked):
    """A question."""

    text: forms.Prose = Field(min_length=1, max_length=LONGEST)


class Decided(forms.Asked):
    """A decision that has been taken."""

    text: forms.Prose = Field(min_length=1, max_length=LONGEST)
    on: date


class Planned(forms.Asked):
    """An item of the year's plan."""

    title: forms.Prose = Field(min_length=1, max_length=200)
    month: str = Field(pattern=r"^2[0-9]{3}-(0[1-9]|1[0-2])$")
    owner: str = Field(min_length=1)


class Assigned(forms.Asked):
    """Who is to answer a question."""

    to: str = Field(min_length=1)
    due: date | None = None


class Closed(forms.Asked):
    """Nothing more is to be done with a question."""


def all_for(at: Seat, view: View, sent: tuple[str, Form] | None) -> list[Block]:
    """The forms that this officer may send of the group."""
    made: list[Sheet] = []
    if at.may(Action.WORK_LOCAL, view.body) is not None:
        made += [_raise(at), _plan(at, view), _decide(at, view)]
    if at.may(Action.ANSWER_LOCAL) is not None:
        made += [_delegate(at, view), *_hand_over(at, view)]
    return [_as_sent(one, sent) for one in made]


def for_question(at: Seat, view: View, one: Question, sent: tuple[str, Form] | None) -> list[Block]:
    """The forms of one question, while it is not closed."""
    if at.may(Action.WORK_LOCAL, view.body) is None or one.state is State.CLOSED:
        return []
    path = f"questions/{one.id}"
    made: list[Sheet] = []
    if one.to in (None, at.desk.me):
        words = (at.t("group.answer"), at.t("local.open_text"), at.t("group.answer_send"))
        made.append(_sheet(f"{path}/answer", words, [_text(at.t("group.answer"))]))
    words = (at.t("group.assign"), "", at.t("group.assign_send"))
    asks = [
        Ask(name="to", words=at.t("group.to"), kind="select", choices=_members(at, view)),
        Ask(name="due", words=at.t("group.due"), kind="date", width="narrow", required=False),
    ]
    made.append(_sheet(f"{path}/assign", words, asks))
    made.append(_sheet(f"{path}/close", (at.t("group.close"), "", at.t("group.close_send")), []))
    return [_as_sent(each, sent) for each in made]


def _as_sent(sheet: Sheet, sent: tuple[str, Form] | None) -> Sheet:
    fits = sent is not None and sheet.path.endswith(f"/{sent[0]}")
    return blocks.sent(sheet, sent[1]) if sent is not None and fits else sheet


def _sheet(path: str, words: tuple[str, str, str], asks: Sequence[Ask]) -> Sheet:
    heading, lead, button = words
    return Sheet(
        path=f"/group/{path}", heading=heading, lead=lead, button=button, asks=asks, quiet=True
    )


def _text(words: str) -> Ask:
    return Ask(name="text", words=words, kind="area")


def _members(at: Seat, view: View) -> list[tuple[str, str]]:
    return [(party, at.names.party(party)) for party in sorted(view.members)]


def _raise(at: Seat) -> Sheet:
    words = (at.t("group.raise"), at.t("local.open_text"), at.t("group.raise_send"))
    return _sheet("raise", words, [_text(at.t("group.question"))])


def _decide(at: Seat, view: View) -> Sheet:
    words = (at.t("group.decide"), at.t("local.open_text"), at.t("group.decide_send"))
    asks = [
        _text(at.t("group.decision")),
        Ask(name="on", words=at.t("group.on"), kind="date", width="narrow"),
    ]
    return blocks.sent(_sheet("decide", words, asks), Form({"on": [view.today.isoformat()]}))


def _plan(at: Seat, view: View) -> Sheet:
    words = (at.t("group.plan_add"), at.t("local.open_text"), at.t("group.plan_send"))
    asks = [
        Ask(name="title", words=at.t("group.item")),
        Ask(
            name="month",
            words=at.t("group.month"),
            hint=at.t("group.month_hint"),
            width="narrow",
        ),
        Ask(name="owner", words=at.t("group.owner"), kind="select", choices=_members(at, view)),
    ]
    likely = Form({"month": [view.today.isoformat()[:7]], "owner": [str(at.desk.me)]})
    return blocks.sent(_sheet("plan", words, asks), likely)


def _delegate(at: Seat, view: View) -> Sheet:
    chairs = at.desk.pack.bodies[view.body].chair == at.desk.me
    seats = [Place.MEMBER, Place.DEPUTY, *([Place.COORDINATOR] if chairs else [])]
    words = (at.t("local.delegate"), at.t("local.delegate_means"), at.t("local.delegate_send"))
    asks = delegation_asks(at, seats)
    until = (view.today + _YEAR).isoformat()
    likely = Form({"seat": ["member"], "since": [view.today.isoformat()], "until": [until]})
    return blocks.sent(_sheet("delegate", words, asks), likely)


def _hand_over(at: Seat, view: View) -> list[Sheet]:
    today = view.today.isoformat()
    lasting = [one for one in view.seats if one.party == at.desk.me and one.until >= today]
    if not lasting:
        return []
    choices = [
        (one.id, f"{seat_word(at, one.seat)}, {view.holders.get(one.id, '')} {one.since}")
        for one in lasting
    ]
    words = (at.t("local.hand_over"), at.t("local.open_text"), at.t("local.hand_over_send"))
    asks = [
        Ask(name="delegation", words=at.t("local.seat"), kind="select", choices=choices),
        Ask(name="until", words=at.t("local.last_day"), kind="date", width="narrow"),
        Ask(name="note", words=at.t("local.note"), kind="area", required=False),
    ]
    return [_sheet("hand-over", words, asks)]
