"""Asking by number, about whom no cooperation has told: whom to ask, the form, and what is shown."""

from __future__ import annotations

from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import revealing
from samverkan.agency.casework import CaseView
from samverkan.agency.facts import NOBODY, CaseFacts, RequestFacts
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Reading
from samverkan.agency.web import asking_page, blocks
from samverkan.agency.web.asking_page import Lead
from samverkan.agency.web.blocks import Block, Facts, Notice, Sight, Ways
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.subjects import names_of, value_words
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import CaseId, SubjectId
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest


def ways(at: Seat, reading: Reading, view: CaseView, subject: SubjectId) -> list[Block]:
    """From a subject of the case to the question, where it has an own number to ask by."""
    if at.may(Action.ASK) is None or revealing.held(reading, subject) is None:
        return []
    path = f"/cases/{view.case.id}/subjects/{subject}/ask"
    return [Ways([Link(at.t("number.ask"), path)])]


@page("/cases/{case:str}/subjects/{subject:str}/ask")
def parties(request: AnyRequest, case: FromPath[str], subject: FromPath[str]) -> Response[str]:
    """The other parties of the case's scope, of which one is asked."""
    at = seat(request)
    permit, id_ = at.permit(Action.ASK), identifier(CaseId, case)
    with at.desk.read(permit, id_, "own-case") as reading:
        own, whom = _own(reading, id_, subject)
        scope = found(scope_in_force(reading, own.scope))
        name = names_of(at, reading, [whom])[whom]
    path = f"/cases/{own.id}/subjects/{whom}/ask"
    others = [party for party in scope.draft.parties if party != at.desk.me]
    body: list[Block] = [
        Notice(Tone.WARN, at.t("number.reveals"), [at.t("number.means")]),
        Ways([Link(at.names.party(party), f"{path}/{party}") for party in others]),
    ]
    above = Link(own.title, f"/cases/{own.id}")
    sight = Sight(title=at.t("number.whom"), lead=name, above=above, blocks=body)
    return blocks.show(request, sight)


def _own(reading: Reading, case: CaseId, subject: str) -> tuple[CaseFacts, SubjectId]:
    """An own subject of an own case with an own number; anything else is not there."""
    own = found(reading.cases.get(case))
    whom = identifier(SubjectId, subject)
    kept = whom in own.subjects and revealing.held(reading, whom) is not None
    return own, found(whom if kept else None)


@page("/cases/{case:str}/subjects/{subject:str}/ask/{party:str}")
def form(
    request: AnyRequest, case: FromPath[str], subject: FromPath[str], party: FromPath[str]
) -> Response[str]:
    """The empty form."""
    at = seat(request)
    return asking_page.show(at, partial(_lead, at, (case, subject, party)), Form())


@act("/cases/{case:str}/subjects/{subject:str}/ask/{party:str}")
def send(
    request: AnyRequest,
    case: FromPath[str],
    subject: FromPath[str],
    party: FromPath[str],
    data: FormData,
) -> Response[str]:
    """Send the question."""
    at = seat(request)
    return asking_page.sent(at, partial(_lead, at, (case, subject, party)), data)


def _lead(at: Seat, named: tuple[str, str, str], reading: Reading) -> Lead:
    case, subject, party = named
    own, whom = _own(reading, identifier(CaseId, case), subject)
    scope = found(scope_in_force(reading, own.scope))
    others = [one for one in scope.draft.parties if one != at.desk.me]
    asked = found(next((one for one in others if one == party), None))
    return Lead(f"/cases/{own.id}", own.scope, whom, asked, number=True)


def asked(at: Seat, reading: Reading, request: RequestFacts) -> list[Block]:
    """Of a question by number: the number, what the question discloses, and whether it was asked before."""
    ask = request.ask
    if ask.number is None:
        return []
    number = value_words(at, Prop.ID_NUMBER, ask.number)
    basis = at.names.of(at.desk.pack.bases, ask.revealed)
    parts: list[Block] = [
        Facts([(at.t("number.number"), number), (at.t("number.revealed"), basis)])
    ]
    if request.outgoing:
        return parts
    if request.subject == NOBODY:
        words = [at.t("number.nobody_means")]
        parts.append(Notice(Tone.INFO, at.t("number.nobody"), words))
    earlier = revealing.before(reading, request)
    if earlier:
        words = [f"{at.names.party(one.peer)}, {at.f.moment(one.at)}" for one in earlier]
        parts.append(Notice(Tone.WARN, at.t("number.before", n=len(earlier)), words))
    return parts


HANDLERS = [parties, form, send]
