"""The forms of the method library: a method, its adoption by a body, what happened there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from samverkan.agency.library import Entry
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Sheet
from samverkan.agency.web.desk import Seat
from samverkan.domain.method import LONGEST_TITLE, Adoption
from samverkan.shell import forms
from samverkan.shell.forms import Form

LONGEST = 4_000


class Told(forms.Asked):
    """The form of a method."""

    title: forms.Prose = Field(min_length=1, max_length=LONGEST_TITLE)
    problem: forms.Prose = Field(min_length=1, max_length=LONGEST)
    approach: forms.Prose = Field(min_length=1, max_length=LONGEST)
    organisation: forms.Prose = Field(min_length=1, max_length=LONGEST)
    result: forms.Prose = Field(min_length=1, max_length=LONGEST)
    agencies: Annotated[list[str], forms.Several] = Field(min_length=1)
    grade: str = Field(min_length=1)
    area: str | None = None
    body: str | None = None
    hours: Annotated[int | None, forms.Written] = Field(default=None, ge=0, le=10_000_000)
    months: Annotated[int | None, forms.Written] = Field(default=None, ge=0, le=600)


class Adopted(forms.Asked):
    """The form of an adoption."""

    body: str = Field(min_length=1)
    since: date


class Experienced(forms.Asked):
    """The form of what happened where it was taken up."""

    adoption: str = Field(min_length=1)
    on: date
    result: forms.Prose = Field(min_length=1, max_length=LONGEST)
    grade: str = Field(min_length=1)
    hours: Annotated[int | None, forms.Written] = Field(default=None, ge=0, le=10_000_000)


def writing(at: Seat, path: str, form: Form, button: str) -> Sheet:
    """The form that a method is written in. What nobody counted is left empty."""
    agencies = [(code, at.names.party(code)) for code in at.desk.pack.parties]
    return Sheet(
        path=path,
        heading=at.t("methods.new"),
        lead=at.t("methods.open_text"),
        button=button,
        form=form,
        asks=[
            Ask(name="title", words=at.t("methods.title_of"), width="wide"),
            *_areas(at),
            Ask(name="agencies", words=at.t("methods.agencies"), kind="ticks", choices=agencies),
            _optional("area", at.t("methods.area"), _municipalities(at)),
            _optional("body", at.t("methods.body"), own_bodies(at)),
            _counted("hours", at.t("methods.hours")),
            _counted("months", at.t("methods.months")),
            grading(at),
        ],
    )


def _municipalities(at: Seat) -> list[tuple[str, str]]:
    return [(code, one.name) for code, one in at.desk.pack.municipalities.items()]


def _optional(name: str, words: str, choices: list[tuple[str, str]]) -> Ask:
    return Ask(name=name, words=words, kind="select", choices=[("", ""), *choices], required=False)


def _counted(name: str, words: str) -> Ask:
    """A number that is left empty where nobody counted."""
    return Ask(name=name, words=words, kind="number", required=False, width="narrow")


def _areas(at: Seat) -> list[Ask]:
    return [
        Ask(name="problem", words=at.t("methods.problem"), kind="area"),
        Ask(name="approach", words=at.t("methods.approach"), kind="area"),
        Ask(name="organisation", words=at.t("methods.organisation"), kind="area"),
        Ask(name="result", words=at.t("methods.result"), kind="area"),
    ]


def grading(at: Seat) -> Ask:
    """The ladder of evidence, lowest first, each step with what it takes."""
    choices = [
        (code, f"{at.names.words(one.names)}: {at.names.words(one.meaning)}")
        for code, one in at.desk.pack.grades.items()
    ]
    return Ask(name="grade", words=at.t("methods.grade"), kind="radio", choices=choices)


def own_bodies(at: Seat) -> list[tuple[str, str]]:
    """The bodies of the pack in which the own party sits."""
    return [
        (code, at.names.words(one.names))
        for code, one in at.desk.pack.bodies.items()
        if at.desk.me in one.members
    ]


def adopting(at: Seat, one: Entry, today: date, form: Form) -> list[Block]:
    """The form by which a body takes the newest version up."""
    choices = own_bodies(at)
    if not choices:
        return []
    return [
        Sheet(
            path=f"/methods/{one.method}/adopt",
            heading=at.t("methods.adopt"),
            lead=at.t("methods.adopt_means"),
            button=at.t("methods.adopt_send"),
            quiet=True,
            form=blocks.with_defaults(form, {"since": [today.isoformat()]}),
            asks=[
                Ask(name="body", words=at.t("methods.body"), kind="select", choices=choices),
                Ask(name="since", words=at.t("methods.since"), kind="date", width="narrow"),
            ],
        )
    ]


def telling(
    at: Seat, method: str, adopted: Sequence[Adoption], today: date, form: Form
) -> list[Block]:
    """The form by which those who took it up tell what happened."""
    own = dict(own_bodies(at))
    choices = [
        (one.body.adoption, f"{at.names.body(one.body.body)}, {one.body.since}")
        for one in adopted
        if one.body.body in own
    ]
    if not choices:
        return []
    return [
        Sheet(
            path=f"/methods/{method}/report-back",
            heading=at.t("methods.tell"),
            lead=at.t("methods.open_text"),
            button=at.t("methods.tell_send"),
            quiet=True,
            form=blocks.with_defaults(form, {"on": [today.isoformat()]}),
            asks=[
                Ask(name="adoption", words=at.t("methods.body"), kind="select", choices=choices),
                Ask(name="on", words=at.t("methods.as_of"), kind="date", width="narrow"),
                Ask(name="result", words=at.t("methods.result"), kind="area"),
                _counted("hours", at.t("methods.hours")),
                grading(at),
            ],
        )
    ]


def as_written(one: Entry) -> Mapping[str, Sequence[str]]:
    """A version as the form shows it, to be written on."""
    values: Iterable[tuple[str, object]] = (
        ("title", one.title),
        ("problem", one.problem),
        ("approach", one.approach),
        ("organisation", one.organisation),
        ("result", one.result),
        ("grade", one.grade),
        ("area", one.area),
        ("body", one.body),
        ("hours", one.hours),
        ("months", one.months),
    )
    filled = {name: [str(value)] for name, value in values if value is not None}
    return {**filled, "agencies": list(one.agencies)}
