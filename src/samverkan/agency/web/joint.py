"""One joint header: who takes part, what it has come to, and the forms of those who may move it."""

from __future__ import annotations

from datetime import date, datetime

from litestar import Response
from litestar.params import FromPath

from samverkan.agency.following import cooperations
from samverkan.agency.headers import Contributions, contributions, headers
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Chain, Facts, Fold, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.leading import sheets, turned
from samverkan.agency.web.running import STATES, name_of, reader
from samverkan.domain import case as rules
from samverkan.domain.case import Header, Turn
from samverkan.domain.policy import Action
from samverkan.kernel.ids import CaseId
from samverkan.shell import pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Link, Progress, Step, Table
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_PARTIES = (
    Column("party", "position.party"),
    Column("part", "joint.part"),
    Column("number", "joint.number"),
)

_TURNS = {
    rules.OPENED: "joint.turn_opened",
    rules.JOIN: "joint.turn_join",
    rules.NUMBER: "joint.turn_number",
    rules.PHASE: "joint.turn_phase",
    rules.PRIORITISE: "joint.turn_prioritise",
    rules.PAUSE: "joint.turn_pause",
    rules.RESUME: "joint.turn_resume",
    rules.REVIEW: "joint.turn_review",
    rules.CLOSE: "joint.turn_close",
}


@page("/cases/joint/{header:str}")
def one(request: AnyRequest, header: FromPath[str]) -> Response[str]:
    """One header as steering tells it."""
    return _show(seat(request), header)


def _show(at: Seat, header: str, form: Form | None = None, name: str = "") -> Response[str]:
    """The page; `name` says which of its forms was sent."""
    id_ = identifier(CaseId, header)
    with at.desk.read(reader(at), id_, "council-work") as reading:
        here = found(headers(reading).get(id_))
        sums = contributions(reading, id_)
        parts: list[Block] = [
            _facts(at, reading, here),
            _parties(at, here),
            Facts(_sums(at, sums)),
            Fold(at.t("joint.turns"), [_turns(at, here)]),
        ]
        if at.may(Action.LEAD_CASE) is not None:
            parts += sheets(at, reading, here, {name: form} if form else {})
    sight = Sight(
        title=at.t("joint.page", name=name_of(at, here)),
        lead=at.names.reason("case-purpose", here.purpose),
        above=Link(at.t("joint.title"), "/cases/running"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _facts(at: Seat, reading: Reading, here: Header) -> Facts:
    t, scope = at.t, cooperations(reading.feed.all()).get(here.scope)
    pairs: list[tuple[str, object]] = [
        (t("joint.state"), STATES[here.state]),
        (t("joint.phase"), at.names.reason("case-phase", here.phase)),
        (t("joint.priority"), at.names.reason("case-priority", here.priority)),
        (t("joint.area"), at.names.of(at.desk.pack.crime_areas, here.crime_area)),
        (t("joint.opened"), here.opened),
        (t("joint.age"), here.age(reading.now.date())),
    ]
    pairs += [(t("joint.review"), here.review)] if here.running else []
    if here.outcome is not None:
        pairs.append((t("joint.outcome"), at.names.reason("case-outcome", here.outcome)))
    if scope is not None:
        name = at.names.cooperation(scope.draft)
        pairs.append((t("case.scope"), Link(name, f"/cooperations/{scope.id}")))
    if at.may(Action.READ_CASE) is not None:
        own = [case for case in reading.cases.all() if case.header == here.id]
        pairs += [(t("joint.own_file"), Link(case.title, f"/cases/{case.id}")) for case in own]
    return Facts(pairs)


def _parties(at: Seat, here: Header) -> Table:
    rows = [
        {
            "party": at.names.party(party),
            "part": at.t("joint.leads" if party == here.lead else "joint.takes_part"),
            "number": here.numbers.get(party, ""),
        }
        for party in here.parties
    ]
    return tables.whole("parties", at.t("joint.parties"), _PARTIES, rows, "")


def _sums(at: Seat, sums: Contributions) -> list[tuple[str, object]]:
    """What contributed, in numbers alone, as far as this party knows."""
    return [
        (at.t("joint.asked"), sums.asked),
        (at.t("joint.answered"), sums.answered),
        (at.t("joint.given"), sums.given),
        (at.t("joint.proposals"), sums.proposals),
    ]


def _turns(at: Seat, here: Header) -> Chain:
    steps = [
        Step(
            at.t(_TURNS[turn.kind], said=_said(at, turn)),
            Progress.DONE,
            datetime.fromisoformat(turn.at),
            at.names.party(turn.party),
        )
        for turn in here.turns
    ]
    return Chain(at.t("joint.turns"), steps, full=True)


def _said(at: Seat, turn: Turn) -> str:
    """The word of a turn in the reader's language."""
    if turn.said is None:
        return "–"
    if turn.kind == rules.REVIEW:
        return at.f.date(date.fromisoformat(turn.said))
    groups = {**rules.WORDS, rules.OPENED: "case-purpose"}
    return at.names.reason(groups[turn.kind], turn.said) if turn.kind in groups else turn.said


@act("/cases/joint/{header:str}/{turn:str}")
def move(
    request: AnyRequest, header: FromPath[str], turn: FromPath[str], data: FormData
) -> Response[str]:
    """Join it, number the own file, or, as the lead, move it on."""
    at = seat(request)
    permit, id_ = at.permit(Action.LEAD_CASE), identifier(CaseId, header)
    sent = turned(at, permit, id_, turn, data)
    if isinstance(sent, Form):
        return _show(at, header, sent, turn)
    return pages.redirect(request, f"/cases/joint/{id_}", receipt="receipt.accounted")


HANDLERS = [one, move]
