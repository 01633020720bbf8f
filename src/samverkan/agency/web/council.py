"""Council: one proposal, every member's position, the end of the round."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import proposing
from samverkan.agency.following import proposals
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import amounts, annexes, blocks, own_steps, tables
from samverkan.agency.web.blocks import Ask, Block, Chain, Facts, Heading, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.domain.council import SAYABLE, Outcome, Position, Proposal, State
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ProposalId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Progress, Step, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

STATES = {
    State.OPEN: Tag("proposal.open", Tone.INFO),
    State.CLOSED: Tag("proposal.closed", Tone.NEUTRAL),
    State.DECIDED: Tag("proposal.decided", Tone.GOOD),
}
POSITIONS = {
    Position.FOR: Tag("position.for", Tone.GOOD),
    Position.AGAINST: Tag("position.against", Tone.BAD),
    Position.ABSTAIN: Tag("position.abstain", Tone.NEUTRAL),
    Position.NO_MANDATE: Tag("position.no_mandate", Tone.NEUTRAL),
    Position.NO_RECORD: Tag("position.no_record", Tone.WARN),
}
OUTCOMES = {
    Outcome.APPROVED.value: Tag("outcome.approved", Tone.GOOD),
    Outcome.DECLINED.value: Tag("outcome.declined", Tone.WARN),
}
_ROLL = (
    Column("party", "position.party"),
    Column("position", "position.position", Kind.TAG),
    Column("reason", "position.reason"),
    Column("acts", "position.acts"),
)
_GOALS = (
    Column("indicator", "proposal.indicator"),
    Column("baseline", "proposal.from"),
    Column("aim", "proposal.to"),
)


class Taken(forms.Asked):
    """The form of a position."""

    position: Position
    reason: str = ""


class Closed(forms.Asked):
    """The form that ends a round."""

    present: Annotated[list[str], forms.Several] = Field(min_length=1)


def _body_of(at: Seat, number: ProposalId) -> str:
    """In which own body's matters the proposal is; else it is not there."""
    for body in at.bodies(Action.READ_COUNCIL):
        permit = at.permit(Action.READ_COUNCIL, body)
        with at.desk.read(permit, number, "council-work") as reading:
            one = proposals(reading).get(number)
            if one is not None and one.header.body == body:
                return body
    raise RefusedError(refuse(Code.NOT_FOUND))


@page("/council/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One proposal with everything that has been said of it."""
    return _show(seat(request), number)


def _show(
    at: Seat, number: str, *, taken: Form | None = None, closed: Form | None = None
) -> Response[str]:
    id_ = identifier(ProposalId, number)
    body = _body_of(at, id_)
    permit = at.permit(Action.READ_COUNCIL, body)
    with at.desk.read(permit, id_, "council-work") as reading:
        here = proposals(reading)[id_]
        if here.state is not State.OPEN and (taken or closed):
            raise RefusedError(refuse(Code.ALREADY_DECIDED))
        parts: list[Block] = [*_decided(at, here), Facts(_header(at, here))]
        model = own_steps.model_of(at, reading, here)
        parts += [_measures(at, here), own_steps.criteria(at, model, here), _goals(at, here)]
        parts += own_steps.own(at, model, here)
        parts += annexes.held(at, reading, id_)
        parts += [_roll(at, here), *_history(at, here)]
        if here.state is State.OPEN:
            parts += _acts(at, reading, here, taken or Form(), closed or Form())
    area = at.names.of(at.desk.pack.crime_areas, here.header.crime_area)
    sight = Sight(
        title=at.t("proposal.page", area=area.lower()),
        lead=at.names.of(at.desk.pack.bodies, body),
        above=Link(at.t("council.title"), "/council"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _decided(at: Seat, here: Proposal) -> list[Block]:
    if here.decided is None:
        return []
    done = here.decided
    words = [at.t("council.present", parties=at.names.parties(done.present))]
    if done.dissent:
        words.append(at.t("council.dissent", parties=at.names.parties(done.dissent)))
    links = []
    if done.operation:
        links = [Link(at.t("council.to_operation"), f"/operations/{done.operation}")]
    tag = OUTCOMES[done.outcome]
    return [Notice(tag.tone, at.t(tag.text), words, links)]


def _header(at: Seat, here: Proposal) -> list[tuple[str, object]]:
    header, pack, names, t = here.header, at.desk.pack, at.names, at.t
    return [
        (t("proposal.state"), STATES[here.state]),
        (t("proposal.party"), names.party(here.party)),
        (t("proposal.made"), here.at[:10]),
        (t("proposal.target"), names.of(pack.targets, header.target)),
        (t("proposal.area"), names.of(pack.crime_areas, header.crime_area)),
        (t("cooperation.region"), names.of(pack.regions, header.region)),
        (t("proposal.until"), header.until),
        (t("proposal_own.model"), header.model or ""),
    ]


def _measures(at: Seat, here: Proposal) -> Table:
    columns = (Column("party", "position.party"), Column("measure", "measure.kind"))
    rows = [
        {"party": at.names.party(m.party), "measure": at.names.of(at.desk.pack.measures, m.measure)}
        for m in here.header.measures
    ]
    return tables.whole(
        "measures", at.t("proposal.measures"), columns, rows, at.t("proposal.no_measures")
    )


def _goals(at: Seat, here: Proposal) -> Table:
    rows = [
        {
            "indicator": at.names.of(at.desk.pack.indicators, goal.indicator),
            "baseline": amounts.amount(at, goal.indicator, goal.baseline),
            "aim": amounts.amount(at, goal.indicator, goal.target),
        }
        for goal in here.header.goals
    ]
    return tables.whole("goals", at.t("proposal.goals"), _GOALS, rows, at.t("proposal.no_goals"))


def _roll(at: Seat, here: Proposal) -> Table:
    members = at.desk.pack.bodies[here.header.body].members
    latest, acting = here.latest(), here.acting()
    rows = [
        {
            "party": at.names.party(party),
            "position": POSITIONS[position],
            "reason": at.names.reason("dissent", latest[party].reason if party in latest else None),
            "acts": at.t("position.has_measure") if party in acting else "",
        }
        for party, position in here.roll(members).items()
    ]
    return tables.whole("roll", at.t("position.roll"), _ROLL, rows, at.t("position.nobody"))


def _history(at: Seat, here: Proposal) -> list[Block]:
    if not here.said:
        return []
    steps = [
        Step(
            f"{at.names.party(said.party)}: {at.t(POSITIONS[said.position].text).lower()}",
            Progress.DONE,
            datetime.fromisoformat(said.at),
            remark=at.names.reason("dissent", said.reason),
        )
        for said in here.said
    ]
    return [Heading(at.t("position.history")), Chain(at.t("position.history"), steps, full=True)]


def _acts(at: Seat, reading: Reading, here: Proposal, taken: Form, closed: Form) -> list[Block]:
    """The forms that this officer's mandates give in the open round."""
    parts: list[Block] = []
    id_, body = here.header.proposal, at.desk.pack.bodies[here.header.body]
    if at.may(Action.TAKE_POSITION, body.id):
        if reading.commands.sent("position.take", id_) and at.desk.me not in here.latest():
            parts.append(Notice(Tone.INFO, at.t("position.sent"), [at.t("act.on_its_way")]))
        parts.append(_position_sheet(at, id_, taken, again=at.desk.me in here.latest()))
    if at.may(Action.CLOSE_DECISION, body.id) and body.chair == at.desk.me:
        parts.append(_closing_sheet(at, here, closed))
    return parts


def _position_sheet(at: Seat, id_: str, form: Form, *, again: bool) -> Sheet:
    said = [position for position in Position if position in SAYABLE]
    return Sheet(
        path=f"/council/{id_}/position",
        heading=at.t("position.take_again") if again else at.t("position.take"),
        lead=at.t("position.take_means"),
        button=at.t("position.send"),
        form=form,
        quiet=again,
        kind="secondary" if again else "primary",
        asks=[
            Ask(
                name="position",
                words=at.t("position.position"),
                kind="radio",
                choices=[(one.value, at.t(POSITIONS[one].text)) for one in said],
            ),
            Ask(
                name="reason",
                words=at.t("position.reason"),
                kind="select",
                choices=at.names.reasons("dissent"),
                required=False,
                hint=at.t("position.reason_hint"),
            ),
        ],
    )


def _closing_sheet(at: Seat, here: Proposal, form: Form) -> Sheet:
    body = at.desk.pack.bodies[here.header.body]
    defaults = {"present": list(here.latest())}
    return Sheet(
        path=f"/council/{here.header.proposal}/close",
        heading=at.t("council.close"),
        lead=at.t("council.close_means", quorum=body.quorum),
        button=at.t("council.close_send"),
        kind="secondary",
        form=blocks.with_defaults(form, defaults),
        asks=[
            Ask(
                name="present",
                words=at.t("council.who_sat"),
                kind="ticks",
                choices=[(str(party), at.names.party(party)) for party in body.members],
            )
        ],
    )


@act("/council/{number:str}/position")
def take(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """This party's own decision."""
    at = seat(request)
    id_ = identifier(ProposalId, number)
    body = _body_of(at, id_)
    permit = at.permit(Action.TAKE_POSITION, body)
    asked = forms.read(Taken, data)
    if isinstance(asked, Form):
        return _show(at, number, taken=asked)
    if asked.position is not Position.FOR and not asked.reason:
        form = forms.filled(data).refused(refuse(Code.REASON_MISSING), at="reason")
        return _show(at, number, taken=form)
    done = at.attempt(permit, partial(_take, id_, asked))
    if isinstance(done, Refused):
        return _show(at, number, taken=forms.filled(data).refused(done, at="position"))
    return pages.redirect(request, f"/council/{id_}", receipt="receipt.position_sent")


def _take(id_: str, asked: Taken, work: Work, permit: Permit) -> bool | Refused:
    reason = None if asked.position is Position.FOR else asked.reason
    position = asked.position.value
    done = proposing.take_position(work, permit, proposal=id_, position=position, reason=reason)
    return done or True


@act("/council/{number:str}/close")
def close(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """End the round."""
    at = seat(request)
    id_ = identifier(ProposalId, number)
    body = _body_of(at, id_)
    permit = at.permit(Action.CLOSE_DECISION, body)
    asked = forms.read(Closed, data)
    if isinstance(asked, Form):
        return _show(at, number, closed=asked)
    quorum = at.desk.pack.bodies[body].quorum
    if len(asked.present) < quorum:
        refused = refuse(Code.NO_QUORUM, present=str(len(asked.present)), quorum=str(quorum))
        return _show(at, number, closed=forms.filled(data).refused(refused, at="present"))
    done = at.attempt(permit, partial(_close, id_, asked))
    if isinstance(done, Refused):
        return _show(at, number, closed=forms.filled(data).refused(done, at="present"))
    return pages.redirect(request, f"/council/{id_}", receipt="receipt.round_closed")


def _close(id_: str, asked: Closed, work: Work, permit: Permit) -> bool | Refused:
    return proposing.close(work, permit, proposal=id_, present=list(asked.present)) or True


HANDLERS = [one, take, close]
