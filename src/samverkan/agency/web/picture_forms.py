"""What officers do with a picture: count, rate, promise, follow up, settle, publish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from samverkan.agency.web.blocks import Ask, Block, Notice, Sheet, Ways
from samverkan.agency.web.desk import Seat
from samverkan.domain.picture import RATERS, RESULTS, Picture
from samverkan.domain.policy import Action
from samverkan.shell import forms
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone


class Promised(forms.Asked):
    """The form of a promise."""

    text: forms.Prose = Field(min_length=1, max_length=1_000)
    due: date


class Followed(forms.Asked):
    """The form of what became of one."""

    promise: str = Field(max_length=40)
    result: str = Field(max_length=64)


def sheets(at: Seat, picture: Picture, sent: bool, form: Mapping[str, Form]) -> list[Block]:  # noqa: FBT001
    """The forms that this officer may send now; `sent` says that the own answers are on their way."""
    path = f"/pictures/{picture.id}"
    parts: list[Block] = []
    if at.may(Action.DRAW_PICTURE):
        if picture.open:
            parts += _drawing(at, picture, sent, form)
        parts += _following(at, picture, form.get("follow", Form()))
    if at.may(Action.SETTLE_PICTURE):
        if picture.open and picture.rated:
            parts.append(_plain(at, f"{path}/settle", "settle", form.get("settle", Form())))
        if picture.settled is not None and picture.published is None:
            parts.append(_plain(at, f"{path}/publish", "publish", form.get("publish", Form())))
    return parts


def _drawing(at: Seat, picture: Picture, sent: bool, form: Mapping[str, Form]) -> list[Block]:  # noqa: FBT001
    path = f"/pictures/{picture.id}"
    parts: list[Block] = []
    if len(picture.answered) < RATERS and at.desk.me not in picture.answered:
        if sent:
            parts.append(Notice(Tone.INFO, at.t("pictures.answers_sent")))
        else:
            parts.append(Ways([Link(at.t("pictures.answer"), f"{path}/answer")], main=True))
    parts.append(_plain(at, f"{path}/count", "count", form.get("count", Form())))
    parts.append(
        Sheet(
            path=f"{path}/promise",
            heading=at.t("pictures.give_promise"),
            lead=at.t("pictures.promise_means"),
            button=at.t("pictures.promise_send"),
            quiet=True,
            form=form.get("promise", Form()),
            asks=[
                Ask(name="text", words=at.t("pictures.promise"), kind="area"),
                Ask(name="due", words=at.t("pictures.promise_due"), kind="date", width="narrow"),
            ],
        )
    )
    return parts


def _following(at: Seat, picture: Picture, form: Form) -> list[Block]:
    own = [(p.id, p.text) for p in picture.promises if p.party == at.desk.me and not p.result]
    if not own:
        return []
    asks = [
        Ask(name="promise", words=at.t("pictures.promise"), kind="select", choices=own),
        Ask(
            name="result",
            words=at.t("pictures.promise_result"),
            kind="select",
            choices=at.names.reasons(RESULTS),
        ),
    ]
    return [
        Sheet(
            path=f"/pictures/{picture.id}/follow",
            heading=at.t("pictures.follow"),
            button=at.t("pictures.follow_send"),
            quiet=True,
            form=form,
            asks=asks,
        )
    ]


def _plain(at: Seat, path: str, name: str, form: Form) -> Sheet:
    """A form that is one button with what it means."""
    return Sheet(
        path=path,
        heading=at.t(f"pictures.{name}"),
        lead=at.t(f"pictures.{name}_means"),
        button=at.t(f"pictures.{name}_send"),
        form=form,
    )
