"""Cases: what is known of each subject, line by line with its origin, and what has come of it."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import casework
from samverkan.agency.casework import CaseView
from samverkan.agency.facts import CaseFacts
from samverkan.agency.following import cooperations
from samverkan.agency.headers import header_of
from samverkan.agency.ports import Reading
from samverkan.agency.web import (
    blocks,
    case_events,
    case_places,
    casefile,
    filters,
    leading,
    tables,
    ties,
)
from samverkan.agency.web.blocks import Block, Facts, Fold, Sight, Ways
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.running import name_of
from samverkan.agency.web.subjects import names_of
from samverkan.domain.policy import Action
from samverkan.kernel.ids import CaseId
from samverkan.shell import pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_CASES = (
    Column("title", "case.name", Kind.LINK),
    Column("scope", "case.scope"),
    Column("subjects", "case.subjects", Kind.NUMBER),
    Column("requests", "case.requests", Kind.NUMBER),
    Column("opened", "case.opened", Kind.DAY),
    Column("officer", "case.officer"),
)


@page("/cases")
def listed(request: AnyRequest) -> Response[str]:
    """Every case of this party."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_CASE), "cases", "own-case") as reading:
        every = reading.cases.all()
        by_scope = filters.by_scope(at, reading, [case.scope for case in every])
        known = [case for case in every if by_scope.chosen(at) in ("", case.scope)]
        pages_ = tables.pages_of(at, "cases", len(known))
        scopes = cooperations(reading.feed.all())
        asked = [r.case for r in reading.cases.requests() if r.outgoing]
        rows = [
            {
                "title": Link(case.title, f"/cases/{case.id}"),
                "scope": at.names.cooperation(scopes[case.scope].draft),
                "subjects": len(case.subjects),
                "requests": asked.count(case.id),
                "opened": case.at.date(),
                "officer": at.who(case.officer),
            }
            for case in known[tables.part(pages_)]
        ]
    table = Table(
        id="cases",
        caption=at.t("case.all"),
        columns=_CASES,
        rows=rows,
        empty=at.t("case.none"),
        pages=pages_,
    )
    body: list[Block] = [*filters.shown(at, [by_scope]), table]
    sight = Sight(title=at.t("case.heading"), lead=at.t("case.lead"), blocks=body)
    return blocks.show(request, sight)


@page("/cases/{case:str}")
def one(request: AnyRequest, case: FromPath[str]) -> Response[str]:
    """One case as this party may see it today."""
    return _show(seat(request), case, Form())


def _show(at: Seat, case: str, form: Form) -> Response[str]:
    permit, id_ = at.permit(Action.READ_CASE), identifier(CaseId, case)
    with at.desk.read(permit, id_, "own-case") as reading:
        view = found(casework.view(reading, permit, id_))
        names = names_of(at, reading, [one.subject for one in view.subjects])
        parts: list[Block] = [
            _facts(at, reading, view),
            *leading.opening(at, reading, view.case, form),
        ]
        if at.may(Action.PROPOSE):
            way = Link(at.t("proposal.make"), f"/cases/{id_}/propose")
            parts.append(Ways([way], main=not view.proposals))
        parts += ties.shown(at, casework.drawn(reading, view), names)
        parts += case_places.shown(at, reading, view)
        parts += [
            casefile.requests(at, reading, view),
            casefile.proposals(at, reading, view),
            Fold(at.t("case.events"), [case_events.shown(at, reading, view, names)]),
            *casefile.subjects(at, reading, view, names),
        ]
    above = Link(at.t("case.heading"), "/cases")
    return blocks.show(at.request, Sight(title=view.case.title, above=above, blocks=parts))


@act("/cases/{case:str}/joint")
def open_header(request: AnyRequest, case: FromPath[str], data: FormData) -> Response[str]:
    """Open a joint header for the file."""
    at = seat(request)
    permit, id_ = at.permit(Action.LEAD_CASE), identifier(CaseId, case)
    made = leading.open_header(at, permit, id_, data)
    if isinstance(made, Form):
        return _show(at, case, made)
    return pages.redirect(request, f"/cases/{id_}", receipt="receipt.accounted")


def _facts(at: Seat, reading: Reading, view: CaseView) -> Facts:
    scope = cooperations(reading.feed.all())[view.case.scope]
    return Facts(
        [
            (
                at.t("case.scope"),
                Link(at.names.cooperation(scope.draft), f"/cooperations/{scope.id}"),
            ),
            (at.t("case.opened"), view.case.at),
            (at.t("case.officer"), at.who(view.case.officer)),
            *_joint(at, reading, view.case),
        ]
    )


def _joint(at: Seat, reading: Reading, case: CaseFacts) -> list[tuple[str, object]]:
    """The way to the joint header, if the file has one."""
    if case.header is None:
        return []
    header = header_of(reading, case)
    if header is None:
        return [(at.t("joint.header"), at.t("joint.on_its_way"))]
    return [(at.t("joint.header"), Link(name_of(at, header), f"/cases/joint/{header.id}"))]


HANDLERS = [listed, one, open_header]
