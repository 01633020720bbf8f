"""The forms on the page of a local body: each for those who may send it, folded until it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Sheet
from samverkan.agency.web.desk import Seat
from samverkan.domain import seating
from samverkan.domain.local import LONGEST_NAME, PARTNERS, Answer
from samverkan.domain.meeting import LONGEST_TITLE, MOST
from samverkan.domain.org import members
from samverkan.domain.policy import Action
from samverkan.shell import forms
from samverkan.shell.forms import Form

if TYPE_CHECKING:
    from samverkan.agency.web.local_body import Sent, View

_YEAR = timedelta(days=364)


class Answered(forms.Asked):
    """The own answer to the invitation."""

    answer: Answer
    reason: str | None = None


class Invited(forms.Asked):
    """One party more."""

    party: str = Field(min_length=1)


class Delegated(forms.Asked):
    """Who fills a seat, from when to when."""

    seat: seating.Seat
    user: str = Field(min_length=1)
    since: date
    until: date


class HandedOver(forms.Asked):
    """The last day of a delegation, and a note."""

    delegation: str = Field(min_length=1)
    until: date
    note: forms.Prose = Field(default="", max_length=4_000)


class Partnered(forms.Asked):
    """A partner."""

    kind: str = Field(min_length=1)
    name: forms.Prose = Field(min_length=1, max_length=LONGEST_NAME)


class Varied(forms.Asked):
    """The way of working from a day."""

    variant: str | None = None
    since: date


class Planned(forms.Asked):
    """A series of meetings."""

    weeks: Annotated[int, forms.Written] = Field(ge=1, le=52)
    weekday: Annotated[int, forms.Written] = Field(ge=1, le=5)
    since: date
    count: Annotated[int, forms.Written] = Field(ge=1, le=MOST)


class Raised(forms.Asked):
    """A question for the body, as long as a point of an agenda may be."""

    text: forms.Prose = Field(min_length=1, max_length=LONGEST_TITLE)


class Closed(forms.Asked):
    """The body's last day."""

    until: date


def all_for(at: Seat, view: View, sent: Sent) -> list[Block]:
    """The forms that this officer may send of this body, in the order of its start."""
    if view.local.until < view.today.isoformat():
        return []
    made: list[Sheet | None] = [
        _answer(at, view),
        _invite(at, view),
        _delegate(at, view),
        _hand_over(at, view),
        _partner(at, view),
        _vary(at, view),
        _plan(at, view),
        _raise(at, view),
        _close(at, view),
    ]
    return [_as_sent(one, sent) for one in made if one is not None]


def _as_sent(sheet: Sheet, sent: Sent) -> Sheet:
    if sent is None or not sheet.path.endswith(f"/{sent[0]}"):
        return sheet
    return blocks.sent(sheet, sent[1])


def _sheet(view: View, act: str, words: tuple[str, str, str], asks: Sequence[Ask]) -> Sheet:
    heading, lead, button = words
    path = f"/local/{view.local.id}/{act}"
    return Sheet(path=path, heading=heading, lead=lead, button=button, asks=asks, quiet=True)


def _answer(at: Seat, view: View) -> Sheet | None:
    if at.desk.me not in view.local.invited or at.may(Action.ANSWER_LOCAL) is None:
        return None
    choices = [
        (Answer.TAKES_PART.value, at.t("local.takes_part")),
        (Answer.FROM_AFAR.value, at.t("local.from_afar_means")),
        (Answer.DECLINES.value, at.t("local.declines")),
    ]
    words = (at.t("local.to_answer"), at.t("local.answer_means"), at.t("local.answer_send"))
    asks = [
        Ask(name="answer", words=at.t("local.answer"), kind="radio", choices=choices),
        Ask(
            name="reason",
            words=at.t("local.reason"),
            kind="select",
            choices=[("", ""), *at.names.reasons("local-decline")],
            required=False,
        ),
    ]
    return _sheet(view, "answer", words, asks)


def _leads(at: Seat, view: View) -> bool:
    return view.local.lead == at.desk.me and at.may(Action.START_LOCAL) is not None


def _invite(at: Seat, view: View) -> Sheet | None:
    pack = at.desk.pack
    joined = members(pack, on=view.today)
    left = [
        (party, at.names.party(party))
        for party, one in pack.parties.items()
        if one.agency in joined and party not in view.local.asked
    ]
    if not left or not _leads(at, view):
        return None
    words = (at.t("local.invite_more"), "", at.t("local.invite_send"))
    ask = Ask(name="party", words=at.t("local.party"), kind="select", choices=left)
    return _sheet(view, "invite", words, [ask])


def _delegate(at: Seat, view: View) -> Sheet | None:
    if at.desk.me not in view.local.takes_part or at.may(Action.ANSWER_LOCAL) is None:
        return None
    seats = [seating.Seat.MEMBER, seating.Seat.DEPUTY]
    seats += [seating.Seat.COORDINATOR] if view.local.lead == at.desk.me else []
    first = max(view.today, date.fromisoformat(view.local.start.since))
    last = min((first + _YEAR).isoformat(), view.local.until)
    words = (at.t("local.delegate"), at.t("local.delegate_means"), at.t("local.delegate_send"))
    asks = delegation_asks(at, seats)
    likely = {"seat": ["member"], "since": [first.isoformat()], "until": [last]}
    return blocks.sent(_sheet(view, "delegate", words, asks), Form(likely))


def _hand_over(at: Seat, view: View) -> Sheet | None:
    lasting = [one for one in view.own if one.until >= view.today.isoformat()]
    if not lasting or at.may(Action.ANSWER_LOCAL) is None:
        return None
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
    return _sheet(view, "hand-over", words, asks)


def _partner(at: Seat, view: View) -> Sheet | None:
    if not _leads(at, view):
        return None
    kinds = [(kind, kind_word(at, kind)) for kind in sorted(PARTNERS)]
    words = (at.t("local.partner"), at.t("local.partner_means"), at.t("local.partner_send"))
    asks = [
        Ask(name="kind", words=at.t("local.partner_kind"), kind="select", choices=kinds),
        Ask(name="name", words=at.t("local.partner_name")),
    ]
    return _sheet(view, "partner", words, asks)


def _vary(at: Seat, view: View) -> Sheet | None:
    if not _leads(at, view):
        return None
    first = max(view.today.isoformat(), view.local.start.since)
    variants = [("", at.t("local.core")), *at.names.choices(view.model.pack.variants)]
    words = (at.t("local.vary"), at.t("local.vary_means"), at.t("local.vary_send"))
    asks = [
        Ask(
            name="variant",
            words=at.t("local.variant"),
            kind="select",
            choices=variants,
            required=False,
        ),
        Ask(name="since", words=at.t("local.from"), kind="date", width="narrow"),
    ]
    return blocks.sent(_sheet(view, "vary", words, asks), Form({"since": [first]}))


def _plan(at: Seat, view: View) -> Sheet | None:
    if view.local.lead != at.desk.me or at.may(Action.LEAD_LOCAL, view.local.id) is None:
        return None
    rhythm = view.model.rhythm
    days = [(str(no), at.f.weekday(date(2026, 1, 4 + no))) for no in range(1, 6)]
    after = max([view.today.isoformat(), view.local.start.since, *view.book.days])
    since = date.fromisoformat(after) + timedelta(days=1 if view.book.days else 0)
    words = (at.t("local.plan"), at.t("local.plan_means"), at.t("local.plan_send"))
    asks = [
        Ask(name="weeks", words=at.t("local.weeks"), kind="number", width="narrow"),
        Ask(name="weekday", words=at.t("local.weekday"), kind="select", choices=days),
        Ask(name="since", words=at.t("local.from"), kind="date", width="narrow"),
        Ask(name="count", words=at.t("local.count"), kind="number", width="narrow"),
    ]
    likely = {
        "weeks": [str(rhythm.weeks)],
        "weekday": [str(rhythm.weekday)],
        "since": [since.isoformat()],
        "count": ["10"],
    }
    return blocks.sent(_sheet(view, "plan", words, asks), Form(likely))


def _raise(at: Seat, view: View) -> Sheet | None:
    if at.may(Action.WORK_LOCAL, view.local.id) is None:
        return None
    words = (at.t("local.raise"), at.t("local.open_text"), at.t("local.raise_send"))
    return _sheet(view, "question", words, [Ask(name="text", words=at.t("local.question"))])


def _close(at: Seat, view: View) -> Sheet | None:
    if not _leads(at, view):
        return None
    words = (at.t("local.close"), at.t("local.close_means"), at.t("local.close_send"))
    ask = Ask(name="until", words=at.t("local.last_day"), kind="date", width="narrow")
    return _sheet(view, "close", words, [ask])


def delegation_asks(at: Seat, seats: Sequence[seating.Seat]) -> list[Ask]:
    """Who of the own officers fills one of the seats, from when to when."""
    return [
        Ask(
            name="seat",
            words=at.t("local.seat"),
            kind="select",
            choices=[(one.value, seat_word(at, one)) for one in seats],
        ),
        Ask(
            name="user",
            words=at.t("local.who"),
            kind="select",
            choices=[(one.user, one.name) for one in at.desk.officers()],
        ),
        Ask(name="since", words=at.t("local.from"), kind="date", width="narrow"),
        Ask(name="until", words=at.t("local.to"), kind="date", width="narrow"),
    ]


def seat_word(at: Seat, one: seating.Seat) -> str:
    """What a seat is called."""
    return at.names.role(seating.ROLES[one].value)


def kind_word(at: Seat, kind: str) -> str:
    """What a kind of partner is called."""
    return {
        "municipality": at.t("local.municipality"),
        "housing-company": at.t("local.housing"),
        "county-board": at.t("local.county_board"),
        "agency": at.t("local.agency"),
    }.get(kind, at.t("local.another_kind"))
