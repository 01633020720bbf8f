"""What is done with a local body from its page. A refusal shows at the form that was sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from samverkan.agency import delegating, gathering, meeting, standing
from samverkan.agency.ports import Work
from samverkan.agency.web import local_body
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.agency.web.local_forms import (
    Answered,
    Closed,
    Delegated,
    HandedOver,
    Invited,
    Partnered,
    Planned,
    Raised,
    Varied,
)
from samverkan.domain.meeting import Rule
from samverkan.domain.policy import BODY_BOUND, Action, Permit
from samverkan.kernel.ids import DelegationId, LocalId, UserId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Asked, Form
from samverkan.shell.routes import FormData, act
from samverkan.shell.visit import AnyRequest

A = TypeVar("A", bound=Asked)
Do = Callable[[Seat, str, A, Work, Permit], object]


def _act(name: str, action: Action, form: type[A], do: Do[A]) -> HTTPRouteHandler:
    """The handler of one form of the page: read, do, and back; or the form with its mistake."""

    @act(f"/local/{{local:str}}/{name}")
    def handler(request: AnyRequest, local: FromPath[str], data: FormData) -> Response[str]:
        at = seat(request)
        id_ = identifier(LocalId, local)
        permit = at.permit(action, id_ if action in BODY_BOUND else None)
        asked = forms.read(form, data)
        if isinstance(asked, Form):
            return local_body.show(at, id_, (name, asked))
        done = at.attempt(permit, partial(do, at, id_, asked))
        if isinstance(done, Refused):
            first = next(iter(form.model_fields))
            return local_body.show(at, id_, (name, forms.filled(data).refused(done, at=first)))
        return pages.redirect(request, f"/local/{id_}", receipt="receipt.local_sent")

    return handler


def _answer(at: Seat, local: str, asked: Answered, work: Work, permit: Permit) -> object:
    given = (asked.answer.value, asked.reason)
    return gathering.answer(work, permit, at.desk.pack, local, given)


def _invite(at: Seat, local: str, asked: Invited, work: Work, permit: Permit) -> object:
    return gathering.invite(work, permit, at.desk.pack, local, asked.party)


def _delegate(at: Seat, local: str, asked: Delegated, work: Work, permit: Permit) -> object:
    filling = delegating.Filling(
        local, asked.seat.value, _user(asked.user), asked.since, asked.until
    )
    return delegating.delegate(work, permit, at.desk.pack, filling)


def _user(text: str) -> UserId:
    return identifier(UserId, text)


def _hand_over(at: Seat, local: str, asked: HandedOver, work: Work, permit: Permit) -> object:
    del local
    last = (asked.until, asked.note)
    named = identifier(DelegationId, asked.delegation)
    return delegating.hand_over(work, permit, at.desk.pack, named, last)


def _partner(at: Seat, local: str, asked: Partnered, work: Work, permit: Permit) -> object:
    return gathering.partner(work, permit, at.desk.pack, local, (asked.kind, asked.name))


def _vary(at: Seat, local: str, asked: Varied, work: Work, permit: Permit) -> object:
    return gathering.vary(
        work, permit, at.desk.pack, local, variant=asked.variant, since=asked.since
    )


def _plan(at: Seat, local: str, asked: Planned, work: Work, permit: Permit) -> object:
    rule = Rule(asked.weeks, asked.weekday, asked.since)
    return meeting.plan(work, permit, at.desk.pack, rule, local=local, count=asked.count)


def _question(at: Seat, local: str, asked: Raised, work: Work, permit: Permit) -> object:
    del local
    return standing.ask(work, permit, at.desk.pack, asked.text)


def _close(at: Seat, local: str, asked: Closed, work: Work, permit: Permit) -> object:
    del at
    return gathering.close(work, permit, local, until=asked.until)


HANDLERS = [
    _act("answer", Action.ANSWER_LOCAL, Answered, _answer),
    _act("invite", Action.START_LOCAL, Invited, _invite),
    _act("delegate", Action.ANSWER_LOCAL, Delegated, _delegate),
    _act("hand-over", Action.ANSWER_LOCAL, HandedOver, _hand_over),
    _act("partner", Action.START_LOCAL, Partnered, _partner),
    _act("vary", Action.START_LOCAL, Varied, _vary),
    _act("plan", Action.LEAD_LOCAL, Planned, _plan),
    _act("question", Action.WORK_LOCAL, Raised, _question),
    _act("close", Action.START_LOCAL, Closed, _close),
]
