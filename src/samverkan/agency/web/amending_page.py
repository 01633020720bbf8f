"""The owner's acts on what it disclosed: a correction sent, an item taken back."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import amending
from samverkan.agency.ports import Work
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.agency.web.requests import show_incoming
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import DisclosureId, RequestId
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form, Several
from samverkan.shell.routes import FormData, act
from samverkan.shell.visit import AnyRequest


class Correcting(forms.Asked):
    """The form of a correction."""

    reason: str = Field(min_length=1)


class Recalling(forms.Asked):
    """The form of a recall."""

    reason: str = Field(min_length=1)
    props: Annotated[list[Prop], Several] = Field(min_length=1)


@act("/requests/{number:str}/correct")
def correct(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Send the new word on everything that reads otherwise now."""
    at = seat(request)
    permit, id_ = at.permit(Action.ANSWER), identifier(RequestId, number)
    asked = forms.read(Correcting, data)
    if isinstance(asked, Form):
        return show_incoming(at, id_, asked)
    return _sent(at, id_, at.attempt(permit, partial(_correct, at, id_, asked)), data)


@act("/requests/{number:str}/recall")
def recall(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Take fields back."""
    at = seat(request)
    permit, id_ = at.permit(Action.ANSWER), identifier(RequestId, number)
    asked = forms.read(Recalling, data)
    if isinstance(asked, Form):
        return show_incoming(at, id_, asked)
    return _sent(at, id_, at.attempt(permit, partial(_recalled, at, id_, asked)), data)


def _correct(
    at: Seat, id_: RequestId, asked: Correcting, work: Work, permit: Permit
) -> DisclosureId | Refused:
    return amending.correct(work, permit, at.desk.pack, id_, asked.reason)


def _recalled(
    at: Seat, id_: RequestId, asked: Recalling, work: Work, permit: Permit
) -> DisclosureId | Refused:
    pack, reason = at.desk.pack, asked.reason
    return amending.recall(work, permit, pack, id_, props=asked.props, reason=reason)


def _sent(at: Seat, id_: RequestId, made: DisclosureId | Refused, data: FormData) -> Response[str]:
    """Back to the request, or the form with what is wrong at the field that the refusal names."""
    if not isinstance(made, Refused):
        return pages.redirect(at.request, f"/requests/{id_}", receipt="receipt.amended")
    field = made.params.get("field")
    if field not in ("reason", "props"):
        raise RefusedError(made)
    return show_incoming(at, id_, forms.filled(data).refused(made, at=str(field)))


HANDLERS = [correct, recall]
