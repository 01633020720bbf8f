"""Stations of who is enrolled besides queries: lists, enquiries, taking back, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from samverkan.agency import enquiring, keymaking, listing, releasing, withdrawing
from samverkan.agency.facts import EnrolmentFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.sql.work import SqlWork
from samverkan.domain.enrolment import Kind
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.embedded.stations.sharing import Opening, rule_wish
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, EnrolmentId, Id, MalformedId, RuleId
from samverkan.kernel.outcome import RefusedError, refuse

I = TypeVar("I", bound=Id)  # noqa: E741 - the identifier's own kind
LARGEST = 1_000_000
"""Bytes of a list's file."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One enrolment as it stands: `state` is stands, waits or taken-back."""

    enrolment: str
    query: str
    rule: str | None
    subjects: int
    entries: int
    state: str
    stays_to: date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """What is enrolled by list: a record a line, its own necessity behind a semicolon."""

    scope: str
    lines: tuple[str, ...]
    necessity: str
    opening: Opening


@dataclass(frozen=True, slots=True)
class Wonder:
    """Whom an officer asks about, and in which case of the own agency."""

    scope: str
    record: str
    case: str
    necessity: str
    opening: Opening


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a list's file. Raises `RefusedError` when it cannot be read as one."""
    try:
        if path.stat().st_size > LARGEST:
            raise RefusedError(refuse(Code.FILE_TOO_LARGE))
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(refuse(Code.FILE_ENCODING)) from error
    except OSError as error:
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error
    return tuple(line for line in text.splitlines() if line.strip())


def enrol_list(seat: Seat, signer: Seat | None, wanted: Records) -> Selected:
    """Enrol own records by list, under a rule that is signed with it. Raises `RefusedError`."""
    parts = (line.partition(";") for line in wanted.lines)
    items = tuple(
        listing.Listed(record.strip(), own.strip() or wanted.necessity) for record, _, own in parts
    )

    def do(work: SqlWork, permit: Permit) -> EnrolmentId:
        rule = _rule(seat, signer, work, (wanted.scope, Kind.LISTED), wanted.opening)
        wish = listing.ListWish(wanted.scope, items, rule)
        return agreed(listing.enrol(work, permit, seat.node.means, wish))

    return _one(seat, seat.act(Action.ENROL, do))


def ask(seat: Seat, signer: Seat | None, wanted: Wonder) -> Selected:
    """Ask about one own record now. Raises `RefusedError`."""

    def do(work: SqlWork, permit: Permit) -> EnrolmentId:
        rule = _rule(seat, signer, work, (wanted.scope, Kind.ASKED), wanted.opening)
        wish = enquiring.AskWish(wanted.scope, wanted.record, wanted.case, wanted.necessity, rule)
        return agreed(enquiring.ask(work, permit, seat.node.means, wish))

    return _one(seat, seat.act(Action.ENROL, do))


def _rule(
    seat: Seat, signer: Seat | None, work: SqlWork, what: tuple[str, Kind], opening: Opening
) -> RuleId | None:
    """The rule of that class: one that opens to the same parties and holds, else a new one."""
    scope = _ready(work, what[0])
    if not opening.open_to:
        return None
    if signer is None:
        raise RefusedError(refuse(Code.NO_RELEASE_RULE))
    today, name = work.now.date(), what[1].value
    for rule in work.enrolments.rules(scope.id):
        same = (rule.query, rule.receivers) == (name, opening.open_to)
        if same and rule.holds(today):
            return rule.id
    wish = rule_wish(seat.node.pack, work, scope, name, opening)
    signing = signer.permit(Action.SIGN_RULE)
    return agreed(releasing.sign_rule(work, signing, seat.node.pack, wish))


def _ready(work: SqlWork, named: str) -> Cooperation:
    scope = agreed(scope_in_force(work, named))
    if not keymaking.ready(work, scope.draft):
        raise RefusedError(refuse(Code.NOT_YET))
    return scope


def known(seat: Seat, scope: str) -> list[Selected]:
    """The party's enrolments in a scope, newest first; the look is logged."""
    with seat.look(Action.ENROL, _named(CooperationId, scope)) as reading:
        return [_selected(one) for one in reading.enrolments.all(scope)]


def _one(seat: Seat, enrolment: EnrolmentId) -> Selected:
    with seat.look(Action.ENROL, enrolment) as reading:
        found = reading.enrolments.get(enrolment)
    if found is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return _selected(found)


def _selected(one: EnrolmentFacts) -> Selected:
    enquiry = one.enquiry
    waits = enquiry is not None and enquiry.waits
    state = "taken-back" if not one.stands else "waits" if waits else "stands"
    stays = None if enquiry is None else enquiry.stays_to
    return Selected(one.id, one.query, one.rule, one.subjects, one.entries, state, stays)


def second(seat: Seat, enrolment: str) -> Selected:
    """Let a colleague's enquiry above the cap go. Raises `RefusedError`."""
    named = _named(EnrolmentId, enrolment)
    means = seat.node.means
    seat.act(Action.ENROL, lambda work, permit: enquiring.decide(work, permit, means, named))
    return _one(seat, named)


def take_back(seat: Seat, enrolment: str) -> Selected:
    """Take an enrolment back. Raises `RefusedError`."""
    named = _named(EnrolmentId, enrolment)
    seat.act(Action.ENROL, lambda work, permit: withdrawing.take_back(work, permit, named))
    return _one(seat, named)


def withdraw_rule(seat: Seat, rule: str) -> None:
    """Withdraw a release rule. Raises `RefusedError`."""
    named = _named(RuleId, rule)
    seat.act(Action.SIGN_RULE, lambda work, permit: withdrawing.withdraw_rule(work, permit, named))


def _named(kind: type[I], text: str) -> I:
    try:
        return kind.parse(text)
    except MalformedId as error:
        raise RefusedError(refuse(Code.NOT_FOUND)) from error
