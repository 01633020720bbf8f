"""Council (råd): a proposal, the parties' positions, quorum, dissent, decision.

A body's decision is the sum of the parties' own decisions; a majority binds nobody. A proposal is
approved when the body is quorate and every party that is to take a measure is itself for it. A
position is an event: a later one of the same party counts, the earlier one stays to be read.
Scores on the pack's criteria are shown and never decide (DESIGN section 8).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from samverkan.domain.pack import Body, Matter, Pack, Question
from samverkan.domain.pack.variants import Choice
from samverkan.domain.variant import EffectiveModel
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, SamverkanError, refuse
from samverkan.wire.deciding import CloseProposal, Decided, Propose, TakePosition
from samverkan.wire.joining import Event
from samverkan.wire.v1 import from_body
from samverkan.wire.varying import StepDone

MAKE, TAKE, CLOSE, DECIDED = (
    "proposal.make",
    "position.take",
    "proposal.close",
    "proposal.decided",
)
DONE = "step.done"
KINDS = frozenset({MAKE, TAKE, DONE, CLOSE, DECIDED})
FORM = "proposal"
"""The form whose extra questions a proposal answers."""
_SCALE = tuple(f"level-{n}" for n in range(5))
_YES_NO = ("yes", "no")


class State(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"


NEXT: Mapping[tuple[State | None, str], State] = MappingProxyType(
    {
        (None, MAKE): State.OPEN,
        (State.OPEN, TAKE): State.OPEN,
        (State.OPEN, DONE): State.OPEN,
        (State.OPEN, CLOSE): State.CLOSED,
        (State.CLOSED, DECIDED): State.DECIDED,
    }
)


class Position(StrEnum):
    """What a party says of a proposal. `no-record` is shown for a member that has said nothing."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    NO_MANDATE = "no-mandate"
    NO_RECORD = "no-record"


SAYABLE = frozenset(Position) - {Position.NO_RECORD}


class Outcome(StrEnum):
    """How a proposal ended. A declined one may be made again, in another form."""

    APPROVED = "approved"
    DECLINED = "declined"


class BrokenHistory(SamverkanError):
    """The log holds an event that its own state does not allow. A fault, never a refusal."""


@dataclass(frozen=True, slots=True)
class Seats:
    """A body at a date: parties with a seat, how many must sit, who may close the round."""

    members: frozenset[str]
    quorum: int
    chair: str


def seats(body: Body) -> Seats:
    """The seats of a body of the pack."""
    return Seats(frozenset(body.members), body.quorum, body.chair)


@dataclass(frozen=True, slots=True)
class Said:
    """One position as it was taken. `reason` is a code of the pack."""

    party: str
    position: Position
    reason: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Done:
    """A step of the body's own that was taken: which, by which party, when."""

    step: str
    party: str
    at: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal (förslag) and all that has been said of it, oldest first."""

    party: str
    at: str
    header: Propose
    state: State = State.OPEN
    said: tuple[Said, ...] = ()
    done: tuple[Done, ...] = ()
    decided: Decided | None = None

    def latest(self) -> dict[str, Said]:
        """The position that counts, by party: the last one taken."""
        return {said.party: said for said in self.said}

    def roll(self, members: Collection[str]) -> dict[str, Position]:
        """Every member's position; who has said nothing shows as `no-record`."""
        latest = self.latest()
        return {
            party: latest[party].position if party in latest else Position.NO_RECORD
            for party in sorted(members)
        }

    def undone(self, steps: Iterable[str]) -> list[str]:
        """Which of these steps have not been taken with it."""
        done = {one.step for one in self.done}
        return [step for step in steps if step not in done]

    def acting(self) -> frozenset[str]:
        """The parties that the proposal gives a measure."""
        return frozenset(measure.party for measure in self.header.measures)


def fold(events: Iterable[Event]) -> Proposal | None:
    """The proposal that the events tell of, those of its operation passed over; None if none.

    Raises `BrokenHistory` for an event out of its state, `Malformed` for a body of another shape.
    """
    proposal: Proposal | None = None
    for event in events:
        if event.kind in KINDS:
            proposal = _next(proposal, event)
    return proposal


def _next(proposal: Proposal | None, event: Event) -> Proposal:
    state = NEXT.get((None if proposal is None else proposal.state, event.kind))
    if state is None:
        raise BrokenHistory(event.kind)
    if proposal is None:
        return Proposal(event.party, event.at, from_body(event.body, Propose))
    if event.kind == TAKE:
        return replace(proposal, said=(*proposal.said, _said(event)))
    if event.kind == DONE:
        done = Done(from_body(event.body, StepDone).step, event.party, event.at)
        return replace(proposal, done=(*proposal.done, done))
    if event.kind == DECIDED:
        return replace(proposal, state=state, decided=from_body(event.body, Decided))
    return replace(proposal, state=state)


def _said(event: Event) -> Said:
    body = from_body(event.body, TakePosition)
    return Said(event.party, Position(body.position), body.reason, event.at)


def make(
    command: Propose,
    pack: Pack,
    scope: Collection[str],
    on: date,
    model: EffectiveModel | None = None,
) -> Refused | None:
    """What a proposal must be: codes of the pack, and measures that these parties could take.

    It goes to a body that decides operations; a centre prepares them.
    `scope` are the parties of its scope. A party that is to act has the measure in its own
    catalogue and a seat in the body, else it could not decide for itself. Under the body's own
    `model` its own criteria are known, and its own questions are answered.
    """
    body = pack.bodies.get(command.body)
    if body is None or not _known(command, pack, model):
        return refuse(Code.NOT_IN_PACK)
    if not body.may_decide(Matter.OPERATION, on=on):
        return refuse(Code.NOT_THIS_BODY)
    if model is not None and command.model not in (None, model.version):
        return refuse(Code.MODEL_CHANGED)
    asked = () if model is None else model.questions(FORM)
    if not command.measures or {one.code for one in asked} - set(command.answers):
        return refuse(Code.FIELD_MISSING)
    if not on.isoformat() <= command.until or not _is_day(command.until):
        return refuse(Code.FIELD_NOT_A_DATE)
    for planned in command.measures:
        measure = pack.measures.get(planned.measure)
        if measure is None or planned.party not in measure.parties:
            return refuse(Code.NOT_IN_PACK)
        if planned.party not in scope or planned.party not in body.members:
            return refuse(Code.NOT_A_PARTY)
    return None


def _known(command: Propose, pack: Pack, model: EffectiveModel | None) -> bool:
    """Every code is a word of the pack, and every score lies within its criterion's range."""
    return (
        command.target in pack.targets
        and command.region in pack.regions
        and command.crime_area in pack.crime_areas
        and all(goal.indicator in pack.indicators for goal in command.goals)
        and all(_scored(pack, model, *said) for said in command.criteria.items())
        and all(_answered(model, *said) for said in command.answers.items())
    )


def _scored(pack: Pack, model: EffectiveModel | None, code: str, score: int) -> bool:
    criterion = pack.criteria.get(code) if model is None else model.criteria.get(code)
    return criterion is not None and criterion.least <= score <= criterion.most


def _answered(model: EffectiveModel | None, code: str, answer: str) -> bool:
    asked = () if model is None else model.questions(FORM)
    return any(one.code == code and answer in choices(one) for one in asked)


def choices(question: Question) -> tuple[str, ...]:
    """The codes by which a question may be answered."""
    if question.answer is Choice.OPTIONS:
        return tuple(question.options or ())
    return _YES_NO if question.answer is Choice.YES_NO else _SCALE


def do(
    proposal: Proposal, model: EffectiveModel, command: StepDone, *, role: str
) -> Refused | None:
    """Whether somebody of this role may say now that the body's own step has been taken."""
    step = next((one for one in model.required(CLOSE) if one.id == command.step), None)
    if step is None:
        return refuse(Code.NOT_FOUND)
    if (proposal.state, DONE) not in NEXT:
        return refuse(Code.ALREADY_DECIDED)
    if role not in step.roles:
        return refuse(Code.NO_MANDATE)
    return None if proposal.undone([step.id]) else refuse(Code.STEP_DONE)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def take(
    proposal: Proposal, seats: Seats, party: str, command: TakePosition, reasons: Collection[str]
) -> Refused | None:
    """Whether the party may take this position now; anything but `for` states a reason."""
    if party not in seats.members:
        return refuse(Code.NOT_A_MEMBER)
    if (proposal.state, TAKE) not in NEXT:
        return refuse(Code.ALREADY_DECIDED)
    if command.position not in SAYABLE:
        return refuse(Code.FIELD_NOT_A_CHOICE)
    if command.position != Position.FOR and command.reason is None:
        return refuse(Code.REASON_MISSING)
    if command.reason is not None and command.reason not in reasons:
        return refuse(Code.NOT_IN_PACK)
    return None


def decide(
    proposal: Proposal,
    seats: Seats,
    party: str,
    command: CloseProposal,
    *,
    operation: str,
    steps: Iterable[str] = (),
) -> Decided | Refused:
    """The decision at the end of a round. The chair's party states who sat; it decides nothing.

    `operation` is the identifier that an approved proposal gives its operation; `steps` are those
    that the body has added before the close, under the model that the proposal began with.
    """
    if party != seats.chair:
        return refuse(Code.NOT_THE_OWNER)
    if (proposal.state, CLOSE) not in NEXT:
        return refuse(Code.ALREADY_DECIDED)
    if proposal.undone(steps):
        return refuse(Code.STEP_MISSING)
    present = frozenset(command.present)
    if not present <= seats.members:
        return refuse(Code.NOT_A_MEMBER)
    if len(present) < seats.quorum:
        return refuse(Code.NO_QUORUM, present=str(len(present)), quorum=str(seats.quorum))
    return _decision(proposal, seats, present, operation)


def _decision(proposal: Proposal, seats: Seats, present: frozenset[str], operation: str) -> Decided:
    roll = proposal.roll(seats.members)
    acting = proposal.acting()
    agreed = bool(acting) and all(roll.get(party) is Position.FOR for party in acting)
    return Decided(
        proposal=proposal.header.proposal,
        outcome=(Outcome.APPROVED if agreed else Outcome.DECLINED).value,
        present=sorted(present),
        positions={party: position.value for party, position in roll.items()},
        dissent=[party for party, position in roll.items() if position is Position.AGAINST],
        operation=operation if agreed else None,
        model=proposal.header.model,
    )
