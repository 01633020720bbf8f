"""Ending a cooperation, or declining one: what goes with it is said first, and confirmed."""

from __future__ import annotations

from functools import partial
from typing import Literal

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import joining
from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Facts, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest


class Confirmed(forms.Asked):
    """The form: a tick that says that what is lost has been read."""

    understood: Literal["yes"]


@page("/cooperations/{cooperation:str}/end")
def form(request: AnyRequest, cooperation: FromPath[str]) -> Response[str]:
    """What ends, for whom, and what is destroyed."""
    return _show(seat(request), cooperation, Form())


def _show(at: Seat, cooperation: str, sent: Form) -> Response[str]:
    permit, id_ = at.permit(Action.DECIDE_COOPERATION), identifier(CooperationId, cooperation)
    with at.desk.read(permit, id_, "own-case") as reading:
        known = cooperations(reading.feed.all())
        here = found(known.get(id_))
        refused = _refused(at, reading, here)
        below = [one for one in known.values() if one.draft.parent == id_ and not one.ended]
    if refused is not None:
        raise RefusedError(refused)
    began = here.in_force
    body: list[Block] = [
        Notice(Tone.BAD, at.t("end.gone"), _gone(at, here)),
        Facts(_affected(at, here, below)),
        Sheet(
            path=f"/cooperations/{id_}/end",
            heading=at.t("end.confirm"),
            button=at.t("end.send") if began else at.t("end.decline_send"),
            kind="danger",
            form=sent,
            asks=[
                Ask(
                    name="understood",
                    words=at.t("end.understood"),
                    kind="ticks",
                    choices=[("yes", at.t("end.yes"))],
                )
            ],
        ),
    ]
    sight = Sight(
        title=at.t("end.title") if began else at.t("end.decline"),
        lead=at.names.cooperation(here.draft),
        above=Link(at.names.cooperation(here.draft), f"/cooperations/{id_}"),
        blocks=body,
    )
    return blocks.show(at.request, sight)


def _refused(at: Seat, reading: Reading, here: Cooperation) -> Refused | None:
    """Why there is nothing to end here."""
    if at.desk.me not in here.draft.parties:
        return refuse(Code.NOT_FOUND)
    if here.ended:
        return refuse(Code.COOPERATION_ENDED)
    if reading.commands.sent("cooperation.end", here.id):
        return refuse(Code.ALREADY_DECIDED)
    return None


def _gone(at: Seat, here: Cooperation) -> list[str]:
    """What cannot be had back."""
    if not here.in_force:
        return [at.t("end.declined_means")]
    return [at.t("end.for_all"), at.t("end.keys"), at.t("end.kept")]


def _affected(at: Seat, here: Cooperation, below: list[Cooperation]) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (at.t("cooperation.parties"), at.names.parties(here.draft.parties)),
        (at.t("cooperation.span"), f"{here.draft.since} – {here.draft.until}"),
    ]
    if below:
        names = "; ".join(at.names.cooperation(one.draft) for one in below)
        facts.append((at.t("end.below"), names))
    return facts


@act("/cooperations/{cooperation:str}/end")
def end(request: AnyRequest, cooperation: FromPath[str], data: FormData) -> Response[str]:
    """End it for everybody."""
    at = seat(request)
    permit, id_ = at.permit(Action.DECIDE_COOPERATION), identifier(CooperationId, cooperation)
    asked = forms.read(Confirmed, data)
    if isinstance(asked, Form):
        return _show(at, cooperation, asked)
    done = at.attempt(permit, partial(_end, id_))
    if isinstance(done, Refused):
        raise RefusedError(done)
    return pages.redirect(request, f"/cooperations/{id_}", receipt="receipt.cooperation_ended")


def _end(cooperation: str, work: Work, permit: Permit) -> bool | Refused:
    return joining.end(work, permit, cooperation) or True


HANDLERS = [form, end]
