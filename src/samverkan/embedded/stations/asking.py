"""Stations of a case: open it, see it, ask another party, answer field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samverkan.agency import answer as answering
from samverkan.agency import asking, casework
from samverkan.agency.sql.work import SqlWork
from samverkan.domain.disclosure import Choice, Fate
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Prop
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import (
    CaseId,
    DisclosureId,
    FiringId,
    HitId,
    Id,
    MalformedId,
    RequestId,
    SubjectId,
)
from samverkan.kernel.outcome import Refused, RefusedError, refuse


def named(kind: type[Id], text: str) -> str:
    """The identifier that a user spelled. What is none is as absent: `NOT_FOUND`."""
    try:
        return kind.parse(text)
    except MalformedId as error:
        raise RefusedError(refuse(Code.NOT_FOUND)) from error


def open_case(seat: Seat, *, title: str, hit: str | None = None, firing: str | None = None) -> str:
    """Open a case about the own subject of a hit, or of a firing, in its scope; gives its id."""
    scope, subject = _of_hit(seat, hit) if hit is not None else _of_firing(seat, firing or "")
    return seat.act(
        Action.READ_CASE,
        lambda work, permit: casework.open_case(
            work, permit, scope=scope, title=title, subjects=(subject,)
        ),
    )


def _of_hit(seat: Seat, hit: str) -> tuple[str, SubjectId]:
    wanted = HitId(named(HitId, hit))
    with seat.look(Action.READ_HITS, wanted) as reading:
        found = reading.hits.get(wanted)
    if found is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return found.scope, found.subject


def _of_firing(seat: Seat, firing: str) -> tuple[str, SubjectId]:
    wanted = FiringId(named(FiringId, firing))
    with seat.look(Action.READ_HITS, wanted) as reading:
        found = reading.firings.get(wanted)
    if not found:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return found[0].scope, found[0].subject


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is held of a subject of the case: who said it, how it is protected."""

    subject: str
    prop: str
    values: tuple[str, ...]
    party: str
    restriction: str
    until: str


def show_case(seat: Seat, case: str) -> list[Line]:
    """Everything that the party holds and has received of the case's subjects; logged."""
    wanted = CaseId(named(CaseId, case))
    permit = seat.permit(Action.READ_CASE)
    with seat.node.read(permit, wanted, "own-case") as reading:
        view = agreed(casework.view(reading, permit, wanted))
    return [
        Line(
            subject=one.subject,
            prop=line.prop.value,
            values=line.values,
            party=line.party,
            restriction=line.restriction,
            until=line.expires_on.isoformat(),
        )
        for one in view.subjects
        for line in one.lines
    ]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the party behind a hit, or `of` a party in a firing: fields, need, days.

    With a `subject` of the case, one party of its scope is asked by the own subject's number.

    Without a basis, the pack's first that bears it is meant.
    """

    case: str
    hit: str | None
    props: tuple[str, ...]
    basis: str | None
    need: str
    need_text: str
    days: int
    firing: str | None = None
    of: str | None = None
    subject: str | None = None


def request(seat: Seat, wish: Wish) -> str:
    """Ask about a hit that was judged to be the same, or a firing found relevant; gives the id."""
    question = asking.Question(
        hit=None if wish.hit is None else HitId(named(HitId, wish.hit)),
        firing=None if wish.firing is None else FiringId(named(FiringId, wish.firing)),
        subject=None if wish.subject is None else SubjectId(named(SubjectId, wish.subject)),
        party=wish.of,
        case=CaseId(named(CaseId, wish.case)),
        props=tuple(map(prop, wish.props)),
        basis=wish.basis or "",
        need=wish.need,
        need_text=wish.need_text,
        days=wish.days,
    )
    pack = seat.node.pack

    def ask(work: SqlWork, permit: Permit) -> RequestId | Refused:
        basis = question.basis or _first_basis(work, pack, question)
        return asking.ask(work, permit, pack, replace(question, basis=basis))

    made = seat.act(Action.ASK, ask)
    seat.house.settle()
    return made


def _first_basis(work: SqlWork, pack: Pack, question: asking.Question) -> str:
    lead = asking.lead_of(work, question)
    if lead is None:
        return ""
    sides = (str(work.me), lead.party)
    borne = (
        code
        for code in pack.bases
        if asking.lawful(work, pack, lead.scope, code, sides, question.props) is None
    )
    return next(borne, "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that has come to the party."""

    request: str
    party: str
    props: tuple[str, ...]
    basis: str
    need: str
    answer_by: str
    state: str


def requests(seat: Seat) -> list[Asked]:
    """The requests that have come, newest first; the look is logged."""
    with seat.look(Action.ANSWER, "requests") as reading:
        return [
            Asked(
                request=one.id,
                party=one.peer,
                props=tuple(one.ask.props),
                basis=one.ask.basis,
                need=one.ask.need,
                answer_by=one.ask.answer_by,
                state=answering.standing(one, reading.now).value,
            )
            for one in reading.cases.requests()
            if not one.outgoing
        ]


def answer(
    seat: Seat, wanted: str, *, release: tuple[str, ...], withhold: Mapping[str, str]
) -> str:
    """Answer field by field; gives the disclosure's id. `withhold` is field → reason code.

    Raises `RefusedError`: `FIELD_NOT_A_CHOICE` for a field that was not asked for, or that is
    both released and withheld; `FIELD_MISSING` while a field that was asked for is undecided.
    """
    if set(release) & withhold.keys():
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="withhold"))
    choices = {prop(name): Choice(Fate.RELEASED) for name in release}
    choices |= {prop(name): Choice(Fate.WITHHELD, why) for name, why in withhold.items()}
    id_ = RequestId(named(RequestId, wanted))

    def do(work: SqlWork, permit: Permit) -> DisclosureId | Refused:
        known = work.cases.request(id_)
        if known is not None and not choices.keys() <= set(known.ask.props):
            return refuse(Code.FIELD_NOT_A_CHOICE, field="release")
        return answering.answer(work, permit, seat.node.pack, id_, choices)

    made = seat.act(Action.ANSWER, do)
    seat.house.settle()
    return made


def prop(name: str) -> Prop:
    """The property of this name. Raises `RefusedError` (`FIELD_NOT_A_CHOICE`)."""
    try:
        return Prop(name)
    except ValueError as error:
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="prop")) from error
