"""The method library: what was tried where, its versions, who took it up, what happened there."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import Response
from litestar.params import FromPath

from samverkan.agency.library import Entry, entries, library, search, versions
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, method_forms, tables
from samverkan.agency.web.blocks import (
    Ask,
    Block,
    Facts,
    Filter,
    Heading,
    Sight,
    Text,
    Ways,
)
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.domain.method import Adoption
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MethodId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_LONGEST_QUESTION = 200
_COLUMNS = (
    Column("title", "methods.title_of", Kind.LINK),
    Column("where", "methods.where"),
    Column("grade", "methods.grade"),
    Column("taken", "methods.taken", Kind.NUMBER),
)
_ADOPTED = (
    Column("body", "methods.body"),
    Column("since", "methods.since"),
    Column("version", "methods.version", Kind.NUMBER),
    Column("told", "methods.told"),
)
_VERSIONS = (
    Column("version", "methods.version", Kind.LINK),
    Column("since", "methods.written"),
    Column("grade", "methods.grade"),
)


@page("/methods")
def listed(request: AnyRequest) -> Response[str]:
    """Every method, or those that a question finds."""
    at = seat(request)
    asked = request.query_params.get("q", "")[:_LONGEST_QUESTION]
    with at.desk.read(at.permit(Action.READ_INBOX), "methods", "follow-up") as reading:
        shown = search(entries(reading, at.desk.pack, at.names.language), asked, at.desk.pack)
        taken = {one.method: len(library(reading).adopted(one.method)) for one in shown}
    rows = [
        {
            "title": Link(one.title, f"/methods/{one.method}"),
            "where": _where(at, one),
            "grade": at.names.of(at.desk.pack.grades, one.grade),
            "taken": taken[one.method],
        }
        for one in shown
    ]
    empty = at.t("methods.none_found") if asked else at.t("methods.none")
    question = Ask(name="q", words=at.t("methods.search"), kind="text", required=False)
    parts: list[Block] = [
        Filter("/methods", at.t("methods.search"), [question], Form({"q": (asked,)}), bool(asked)),
        tables.whole("methods", at.t("methods.all"), _COLUMNS, rows, empty),
    ]
    if at.may(Action.KEEP_METHODS):
        parts.append(Ways([Link(at.t("methods.new"), "/methods/new")], main=True))
    return blocks.show(
        request, Sight(title=at.t("methods.title"), lead=at.t("methods.lead"), blocks=parts)
    )


def _where(at: Seat, one: Entry) -> str:
    places = [at.names.place(one.area)] if one.area else []
    places += [at.names.body(one.body)] if one.body else []
    return ", ".join(places)


@page("/methods/{method:str}")
def shown(request: AnyRequest, method: FromPath[str]) -> Response[str]:
    """The newest version of a method, where it was taken up, and what happened there."""
    return show(seat(request), method)


@page("/methods/{method:str}/versions/{no:str}")
def older(request: AnyRequest, method: FromPath[str], no: FromPath[str]) -> Response[str]:
    """One version of it, as it was written."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_INBOX), named(at, method), "follow-up") as reading:
        known = versions(reading, at.desk.pack, at.names.language, method)
    one = next((version for version in known if str(version.version) == no), None)
    if one is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    sight = Sight(
        title=one.title,
        lead=at.t("methods.version_of", version=one.version, of=one.of),
        above=Link(known[-1].title, f"/methods/{method}"),
        blocks=_told(at, one),
    )
    return blocks.show(request, sight)


def show(
    at: Seat, method: str, sent: Form | None = None, experience: Form | None = None
) -> Response[str]:
    """The page of a method, with the forms as they were sent."""
    with at.desk.read(at.permit(Action.READ_INBOX), named(at, method), "follow-up") as reading:
        known = versions(reading, at.desk.pack, at.names.language, method)
        adopted = library(reading).adopted(method)
        today = reading.now.date()
    if not known:
        raise RefusedError(refuse(Code.NOT_FOUND))
    one = known[-1]
    parts = [*_told(at, one), *_adopted(at, adopted), *_history(at, known)]
    if at.may(Action.KEEP_METHODS):
        if one.party == at.desk.me:
            parts.append(Ways([Link(at.t("methods.revise"), f"/methods/{method}/revise")]))
        parts += method_forms.adopting(at, one, today, sent or Form())
        parts += method_forms.telling(at, method, adopted, today, experience or Form())
    sight = Sight(
        title=one.title,
        lead=at.t("methods.by", who=_who(at, one), day=one.since),
        above=Link(at.t("methods.title"), "/methods"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def named(at: Seat, method: str) -> str:
    """What an address names: a method of the pack, or an identifier. Raises `RefusedError`."""
    return method if method in at.desk.pack.methods else identifier(MethodId, method)


def _who(at: Seat, one: Entry) -> str:
    return (
        at.names.words(at.desk.pack.pack.names) if one.party is None else at.names.party(one.party)
    )


def _told(at: Seat, one: Entry) -> list[Block]:
    grade = at.desk.pack.grades.get(one.grade)
    meaning = "" if grade is None else at.names.words(grade.meaning)
    unknown = at.t("methods.unknown_value")
    facts: list[tuple[str, object]] = [
        (at.t("methods.where"), _where(at, one) or unknown),
        (at.t("methods.agencies"), at.names.parties(one.agencies) or unknown),
        (at.t("methods.hours"), unknown if one.hours is None else at.f.hours(one.hours)),
        (at.t("methods.months"), unknown if one.months is None else one.months),
        (at.t("methods.grade"), f"{at.names.of(at.desk.pack.grades, one.grade)}. {meaning}"),
        (at.t("methods.version"), at.t("methods.version_of", version=one.version, of=one.of)),
    ]
    sections = (
        (at.t("methods.problem"), one.problem),
        (at.t("methods.approach"), one.approach),
        (at.t("methods.organisation"), one.organisation),
        (at.t("methods.result"), one.result),
        (at.t("methods.unknown"), one.unknown),
        (at.t("methods.sources"), "\n".join(one.sources)),
    )
    texts = [part for heading, words in sections if words for part in _section(heading, words)]
    return [Facts(facts), *texts]


def _section(heading: str, words: str) -> list[Block]:
    return [Heading(heading), *(Text(line) for line in words.split("\n") if line.strip())]


def _adopted(at: Seat, adopted: Sequence[Adoption]) -> list[Block]:
    rows = [
        {
            "body": at.names.body(one.body.body),
            "since": one.body.since,
            "version": one.body.version,
            "told": _back(at, one),
        }
        for one in adopted
    ]
    table = tables.whole(
        "adopted", at.t("methods.adopted"), _ADOPTED, rows, at.t("methods.adopted_none")
    )
    return [table]


def _back(at: Seat, one: Adoption) -> str:
    grades = at.desk.pack.grades
    return " ".join(
        f"{told.body.on} ({at.names.of(grades, told.body.grade).lower()}): {told.body.result}"
        for told in one.told
    )


def _history(at: Seat, known: Sequence[Entry]) -> list[Block]:
    if len(known) < 2:
        return []
    rows = [
        {
            "version": Link(str(one.version), f"/methods/{one.method}/versions/{one.version}"),
            "since": one.since,
            "grade": at.names.of(at.desk.pack.grades, one.grade),
        }
        for one in reversed(known)
    ]
    return [tables.whole("versions", at.t("methods.versions"), _VERSIONS, rows, "")]


def found_entry(at: Seat, reading: Reading, method: str) -> Entry:
    """The newest version of an own method. Raises `RefusedError` (`NOT_FOUND`)."""
    known = versions(reading, at.desk.pack, at.names.language, method)
    if not known or known[-1].party != at.desk.me:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return known[-1]


HANDLERS = [listed, shown, older]
