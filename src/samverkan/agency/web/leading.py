"""The forms of a joint header: to open one, to join, to number the own file, to move it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from pydantic import Field

from samverkan.agency import casing
from samverkan.agency.facts import CaseFacts
from samverkan.agency.following import scope_in_force
from samverkan.agency.headers import header_of
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web.blocks import Ask, Block, Sheet, with_defaults
from samverkan.agency.web.desk import Seat, found
from samverkan.agency.web.running import name_of
from samverkan.domain import case as rules
from samverkan.domain.case import NEXT, Header
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import CaseId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms
from samverkan.shell.forms import Form

Do = Callable[[Work, Permit], object]
MARKS = {
    "phase": rules.PHASE,
    "prioritise": rules.PRIORITISE,
    "pause": rules.PAUSE,
    "close": rules.CLOSE,
}


_FORMS = {
    "number": ("joint.number", "joint.number_send"),
    "phase": ("joint.phase", "joint.phase_send"),
    "prioritise": ("joint.prioritise", "joint.prioritise_send"),
    "pause": ("joint.pause", "joint.pause_send"),
    "resume": ("joint.resume", "joint.resume_send"),
    "review": ("joint.review", "joint.review_send"),
    "close": ("joint.close", "joint.close_send"),
}
"""Heading and button of each form."""
_WORDS = {
    "phase": "joint.phase_word",
    "prioritise": "joint.prioritise_word",
    "pause": "joint.pause_word",
    "close": "joint.close_word",
}


class Opening(forms.Asked):
    """The form of a new header."""

    purpose: str = Field(min_length=1)
    crime_area: str = Field(min_length=1)
    priority: str = Field(min_length=1)
    review: date
    number: str = ""


class Joining(forms.Asked):
    """The form that joins: with an own file, or none for a new one."""

    case: str = ""
    number: str = ""


class Numbering(forms.Asked):
    """The form of the own number."""

    number: str = Field(min_length=1)


class Marking(forms.Asked):
    """The form of a word."""

    code: str = Field(min_length=1)


class Reviewing(forms.Asked):
    """The form of a review: the day of the next."""

    next: date


class Resuming(forms.Asked):
    """The form without a question."""


def opening(at: Seat, reading: Reading, case: CaseFacts, form: Form) -> list[Block]:
    """On an own file that has no header: the form that opens one. None is typed a name."""
    if at.may(Action.LEAD_CASE) is None or header_of(reading, case) is not None:
        return []
    if isinstance(scope_in_force(reading, case.scope), Refused):
        return []
    pack, today = at.desk.pack, reading.now.date()
    first = today + timedelta(days=casing.FIRST_REVIEW)
    return [
        Sheet(
            path=f"/cases/{case.id}/joint",
            heading=at.t("joint.open"),
            lead=at.t("joint.open_lead"),
            button=at.t("joint.open_send"),
            kind="secondary",
            quiet=not form.errors,
            form=with_defaults(form, {"priority": ["normal"], "review": [first.isoformat()]}),
            asks=[
                _select(at, "purpose", "joint.purpose", at.names.reasons("case-purpose")),
                _select(at, "crime_area", "joint.area", at.names.choices(pack.crime_areas)),
                _select(at, "priority", "joint.priority", at.names.reasons("case-priority")),
                Ask(name="review", words=at.t("joint.review"), kind="date"),
                _number(at),
            ],
        )
    ]


def open_header(at: Seat, permit: Permit, case: CaseId, data: Mapping[str, Any]) -> CaseId | Form:
    """The header that was opened, or the form with its mistakes."""
    asked = forms.read(Opening, data)
    if isinstance(asked, Form):
        return asked
    wish = casing.Opening(**asked.model_dump())
    pack = at.desk.pack
    made = at.attempt(permit, lambda work, by: casing.open_joint(work, by, pack, case, wish))
    return _mistaken(data, made) if isinstance(made, Refused) else made


def sheets(at: Seat, reading: Reading, here: Header, sent: Mapping[str, Form]) -> list[Block]:
    """What this party may do with the header as it stands."""
    me, path = at.desk.me, f"/cases/joint/{here.id}"
    if rules.may(here, rules.JOIN, me) is None:
        return (
            [_join(at, reading, here, sent.get("join", Form()))] if _open(at, reading, here) else []
        )
    found_: list[Block] = []
    if rules.may(here, rules.NUMBER, me) is None:
        found_.append(_sheet(at, path, "number", [_number(at, required=True)], sent))
    if here.lead != me:
        return found_
    for turn, kind in MARKS.items():
        if (here.state, kind) in NEXT:
            asks = [_select(at, "code", _WORDS[turn], at.names.reasons(rules.WORDS[kind]))]
            found_.append(_sheet(at, path, turn, asks, sent))
    if (here.state, rules.RESUME) in NEXT:
        found_.append(_sheet(at, path, "resume", [], sent))
    if (here.state, rules.REVIEW) in NEXT:
        ask = Ask(name="next", words=at.t("joint.review_word"), kind="date")
        found_.append(_sheet(at, path, "review", [ask], sent))
    return found_


def _open(at: Seat, reading: Reading, here: Header) -> bool:
    """Whether this party is of the header's scope, and that is in force."""
    scope = scope_in_force(reading, here.scope)
    return not isinstance(scope, Refused) and at.desk.me in scope.draft.parties


def _join(at: Seat, reading: Reading, here: Header, form: Form) -> Sheet:
    files = [
        (str(case.id), case.title)
        for case in reading.cases.all()
        if case.scope == here.scope and header_of(reading, case) is None
    ]
    asks = [_number(at)]
    if files:
        new = [("", at.t("joint.new_file"))]
        file = _select(at, "case", "joint.own_file", [*new, *files], required=False)
        asks = [file, *asks]
    return Sheet(
        path=f"/cases/joint/{here.id}/join",
        heading=at.t("joint.join", name=name_of(at, here)),
        lead=at.t("joint.join_lead"),
        button=at.t("joint.join_send"),
        form=form,
        asks=asks,
    )


def _sheet(at: Seat, path: str, turn: str, asks: list[Ask], sent: Mapping[str, Form]) -> Sheet:
    form = sent.get(turn, Form())
    heading, button = _FORMS[turn]
    return Sheet(
        path=f"{path}/{turn}",
        heading=at.t(heading),
        button=at.t(button),
        kind="danger" if turn == "close" else "secondary",
        quiet=not form.errors,
        form=form,
        asks=asks,
    )


def _select(
    at: Seat, name: str, words: str, choices: list[tuple[str, str]], *, required: bool = True
) -> Ask:
    return Ask(name=name, words=at.t(words), kind="select", choices=choices, required=required)


def _number(at: Seat, *, required: bool = False) -> Ask:
    hint = at.t("joint.number_hint")
    return Ask(
        name="number", words=at.t("joint.number"), hint=hint, required=required, width="narrow"
    )


def turned(
    at: Seat, permit: Permit, header: CaseId, turn: str, data: Mapping[str, Any]
) -> Form | None:
    """Do what the form asks; the form with its mistakes if it could not be done.

    Raises `RefusedError` for a turn that there is none of, as for a page that is not there.
    """
    model = _MODELS.get("mark" if turn in MARKS else turn)
    asked = forms.read(found(model), data)
    if isinstance(asked, Form):
        return asked
    do = partial(_done, at, header, turn, asked)
    made = at.attempt(permit, do)
    return _mistaken(data, made) if isinstance(made, Refused) else None


_MODELS: Mapping[str, type[forms.Asked]] = {
    "join": Joining,
    "number": Numbering,
    "mark": Marking,
    "review": Reviewing,
    "resume": Resuming,
}


def _done(
    at: Seat, header: CaseId, turn: str, asked: forms.Asked, work: Work, permit: Permit
) -> object | Refused:
    pack = at.desk.pack
    match asked:
        case Joining():
            case = CaseId(asked.case) if asked.case else None
            return casing.join(work, permit, pack, header, case=case, number=asked.number)
        case Numbering():
            return casing.set_number(work, permit, header, asked.number)
        case Marking():
            kind = MARKS[turn]
            return casing.mark(work, permit, pack, header, kind=kind, code=asked.code)
        case Reviewing():
            return casing.review(work, permit, header, asked.next)
        case _:
            return casing.resume(work, permit, header)


def _mistaken(data: Mapping[str, Any], refused: Refused) -> Form:
    """The refusal at the field that it names, else at the first."""
    name = str(refused.params.get("field", next(iter(data), "number")))
    return forms.filled(data).refused(refused, at=name)
