"""Taking an own subject into a case: a new one, or one of the same scope that is there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import Field

from samverkan.agency import casework
from samverkan.agency.facts import CaseFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web.blocks import Ask, Block, Notice, Sheet, with_defaults
from samverkan.agency.web.desk import Seat, found, identifier
from samverkan.agency.web.subjects import names_of
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId, SubjectId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone


class Opening(forms.Asked):
    """The form of a new case."""

    title: str = Field(min_length=1, max_length=casework.LONGEST_TITLE)


class Joining(forms.Asked):
    """The form that adds to a case."""

    case: str = Field(min_length=1)


def sheets(
    at: Seat, reading: Reading, scope: str, subject: SubjectId, form: Form, path: str
) -> list[Block]:
    """The forms, or the way to the cases where the subject is already."""
    if at.may(Action.READ_CASE) is None:
        return []
    cases = [case for case in reading.cases.all() if case.scope == scope]
    within = [case for case in cases if subject in case.subjects]
    if within:
        links = [Link(case.title, f"/cases/{case.id}") for case in within]
        return [Notice(Tone.INFO, at.t("case.within"), [], links)]
    title = [names_of(at, reading, [subject])[subject]]
    opening = Sheet(
        path=f"{path}/case?subject={subject}",
        heading=at.t("case.open"),
        button=at.t("case.open_send"),
        kind="secondary",
        quiet=bool(cases),
        form=with_defaults(form, {"title": title}),
        asks=[
            Ask(name="title", words=at.t("case.name"), width="wide", hint=at.t("case.name_hint"))
        ],
    )
    return [opening, *_add(at, cases, f"{path}/case?subject={subject}")]


def _add(at: Seat, cases: list[CaseFacts], path: str) -> list[Block]:
    if not cases:
        return []
    return [
        Sheet(
            path=path,
            heading=at.t("case.add"),
            button=at.t("case.add_send"),
            kind="secondary",
            quiet=True,
            asks=[
                Ask(
                    name="case",
                    words=at.t("case.title"),
                    kind="select",
                    choices=[(str(case.id), case.title) for case in cases],
                )
            ],
        )
    ]


def take_in(
    at: Seat, permit: Permit, scope: str, subject: SubjectId, data: Mapping[str, Any]
) -> CaseId | Form:
    """The case that the subject is in afterwards, or the form with its mistakes."""
    if "case" in data:
        asked = forms.read(Joining, data)
        if isinstance(asked, Form):
            return asked
        case = identifier(CaseId, asked.case)
        return found(at.attempt(permit, partial(_include, case, scope, subject)))
    opening = forms.read(Opening, data)
    if isinstance(opening, Form):
        return opening
    made = at.attempt(permit, partial(_open, opening.title, scope, subject))
    return forms.filled(data).refused(made, at="title") if isinstance(made, Refused) else made


def _open(
    title: str, scope: str, subject: SubjectId, work: Work, permit: Permit
) -> CaseId | Refused:
    return casework.open_case(work, permit, scope=scope, title=title, subjects=(subject,))


def _include(case: CaseId, scope: str, subject: SubjectId, work: Work, permit: Permit) -> CaseId:
    """A subject joins a case of its own scope; another scope's case is not there."""
    known = work.cases.get(case)
    found(known if known is not None and known.scope == scope else None)
    work.cases.include(case, subject)
    work.log(Entry("case.included", permit.user, case, scope, (permit.policy,)))
    return case
