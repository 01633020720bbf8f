"""What is done in the permanent group. A refusal shows at the form that was sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from samverkan.agency import delegating, standing
from samverkan.agency.ports import Work
from samverkan.agency.web import group
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.agency.web.group_forms import Assigned, Closed, Decided, Planned, Raised
from samverkan.agency.web.local_forms import Delegated, HandedOver
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import DelegationId, QuestionId, UserId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Asked, Form
from samverkan.shell.routes import FormData, act
from samverkan.shell.visit import AnyRequest

A = TypeVar("A", bound=Asked)
Do = Callable[[Seat, A, Work, Permit], object]
DoWith = Callable[[Seat, str, A, Work, Permit], object]


def _act(name: str, action: Action, form: type[A], do: Do[A]) -> HTTPRouteHandler:
    """The handler of a form on the group's page."""

    @act(f"/group/{name}")
    def handler(request: AnyRequest, data: FormData) -> Response[str]:
        at = seat(request)
        permit = at.permit(action, group.group_of(at) if action is Action.WORK_LOCAL else None)
        asked = forms.read(form, data)
        if isinstance(asked, Form):
            return group.show(at, (name, asked))
        done = at.attempt(permit, partial(do, at, asked))
        if isinstance(done, Refused):
            first = next(iter(form.model_fields))
            return group.show(at, (name, forms.filled(data).refused(done, at=first)))
        return pages.redirect(request, "/group", receipt="receipt.local_sent")

    return handler


def _question_act(name: str, form: type[A], do: DoWith[A]) -> HTTPRouteHandler:
    """The handler of a form on the page of a question."""

    @act(f"/group/questions/{{question:str}}/{name}")
    def handler(request: AnyRequest, question: FromPath[str], data: FormData) -> Response[str]:
        at = seat(request)
        permit = at.permit(Action.WORK_LOCAL, group.group_of(at))
        id_ = identifier(QuestionId, question)
        asked = forms.read(form, data)
        if isinstance(asked, Form):
            return group.show_question(at, id_, (name, asked))
        done = at.attempt(permit, partial(do, at, id_, asked))
        if isinstance(done, Refused):
            first = next(iter(form.model_fields), "text")
            shown = (name, forms.filled(data).refused(done, at=first))
            return group.show_question(at, id_, shown)
        return pages.redirect(request, f"/group/questions/{id_}", receipt="receipt.local_sent")

    return handler


def _raise(at: Seat, asked: Raised, work: Work, permit: Permit) -> object:
    return standing.ask(work, permit, at.desk.pack, asked.text)


def _decide(at: Seat, asked: Decided, work: Work, permit: Permit) -> object:
    return standing.decide(work, permit, at.desk.pack, asked.on, asked.text)


def _plan(at: Seat, asked: Planned, work: Work, permit: Permit) -> object:
    return standing.plan(work, permit, at.desk.pack, asked.month, (asked.owner, asked.title))


def _delegate(at: Seat, asked: Delegated, work: Work, permit: Permit) -> object:
    user = identifier(UserId, asked.user)
    filling = delegating.Filling(
        group.group_of(at), asked.seat.value, user, asked.since, asked.until
    )
    return delegating.delegate(work, permit, at.desk.pack, filling)


def _hand_over(at: Seat, asked: HandedOver, work: Work, permit: Permit) -> object:
    named = identifier(DelegationId, asked.delegation)
    return delegating.hand_over(work, permit, at.desk.pack, named, (asked.until, asked.note))


def _assign(at: Seat, question: str, asked: Assigned, work: Work, permit: Permit) -> object:
    charge = standing.Charge(question, asked.to, asked.due)
    return standing.assign(work, permit, at.desk.pack, charge)


def _answer(at: Seat, question: str, asked: Raised, work: Work, permit: Permit) -> object:
    return standing.answer(work, permit, at.desk.pack, question, asked.text)


def _close(at: Seat, question: str, asked: Closed, work: Work, permit: Permit) -> object:
    del asked
    return standing.close(work, permit, at.desk.pack, question)


HANDLERS = [
    _act("raise", Action.WORK_LOCAL, Raised, _raise),
    _act("decide", Action.WORK_LOCAL, Decided, _decide),
    _act("plan", Action.WORK_LOCAL, Planned, _plan),
    _act("delegate", Action.ANSWER_LOCAL, Delegated, _delegate),
    _act("hand-over", Action.ANSWER_LOCAL, HandedOver, _hand_over),
    _question_act("assign", Assigned, _assign),
    _question_act("answer", Raised, _answer),
    _question_act("close", Closed, _close),
]
