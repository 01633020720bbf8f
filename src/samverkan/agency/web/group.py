"""The permanent group: who holds which seat, open questions, decisions, the year's plan, its memory.

Read by those who sit there, and by those who decide who sits there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import localities
from samverkan.agency.memory import Memory, remembered, search
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, group_forms, tables
from samverkan.agency.web.blocks import Ask, Block, Facts, Filter, Sight, Text
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.local_forms import seat_word
from samverkan.domain.pack import BodyKind, Level
from samverkan.domain.policy import Action, Permit
from samverkan.domain.seating import Delegation
from samverkan.domain.standing import Question, State, Work
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import QuestionId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Tag, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_LONGEST_QUESTION = 200
_SHOWN = 40
"""How many memories a search shows: the best."""
_SEATS = (
    Column("party", "group.party"),
    Column("seat", "group.seat"),
    Column("who", "group.who"),
    Column("since", "group.since"),
    Column("until", "group.until"),
    Column("note", "group.note"),
)
_QUESTIONS = (
    Column("text", "group.question", Kind.LINK),
    Column("to", "group.to"),
    Column("due", "group.due"),
    Column("state", "group.state", Kind.TAG),
)
_DECISIONS = (Column("on", "group.on"), Column("text", "group.decision"))
_PLAN = (
    Column("month", "group.month"),
    Column("title", "group.item"),
    Column("owner", "group.owner"),
)
_MEMORY = (
    Column("on", "group.on"),
    Column("kind", "group.kind"),
    Column("title", "group.what", Kind.LINK),
)
_STATES = {
    State.OPEN: Tag("group.open", Tone.WARN),
    State.ASSIGNED: Tag("group.assigned", Tone.INFO),
    State.ANSWERED: Tag("group.answered", Tone.GOOD),
    State.CLOSED: Tag("group.closed"),
}


@dataclass(frozen=True, slots=True)
class View:
    """The group as this party knows it today."""

    body: str
    seats: list[Delegation]
    holders: dict[str, str]
    work: Work
    members: frozenset[str]
    memories: list[Memory]
    today: date

    @property
    def questions(self) -> list[Question]:
        """Those of this group, the open ones first."""
        mine = [one for one in self.work.questions.values() if one.body == self.body]
        return sorted(mine, key=lambda one: one.state is State.CLOSED)


def group_of(at: Seat) -> str:
    """The national group of the pack in which the own party sits. Raises `RefusedError`."""
    bodies = at.desk.pack.bodies.values()
    groups = (b for b in bodies if b.kind is BodyKind.GROUP and b.level is Level.NATIONAL)
    mine = next((one.id for one in groups if at.desk.me in one.members), None)
    if mine is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return mine


def permit_of(at: Seat) -> Permit:
    """Who sits in the group, or decides who does, may read it. Raises `RefusedError`."""
    return at.first(((Action.READ_COUNCIL, group_of(at)), (Action.ANSWER_LOCAL, None)))


@page("/group")
def shown(request: AnyRequest) -> Response[str]:
    """The group's whole work, with a search through its memory."""
    return show(seat(request))


def show(at: Seat, sent: tuple[str, Form] | None = None) -> Response[str]:
    """The page of the group, with the form that was sent."""
    permit = permit_of(at)
    with at.desk.read(permit, group_of(at), "council-work") as reading:
        view = look(at, reading)
    asked = at.request.query_params.get("q", "")[:_LONGEST_QUESTION]
    body = at.desk.pack.bodies[view.body]
    parts: list[Block] = [
        _questions(at, view),
        _plan(at, view),
        _decisions(at, view),
        _seats(at, view),
        *_memory(at, view, asked),
        *group_forms.all_for(at, view, sent),
    ]
    title = at.names.words(body.names)
    sight = Sight(title=title, lead=at.names.words(body.mandate), blocks=parts)
    return blocks.show(at.request, sight)


def look(at: Seat, reading: Reading) -> View:
    """What the group is today."""
    body = group_of(at)
    known = [one for one in localities.seats(reading).values() if one.body == body]
    own = [one for one in known if one.party == at.desk.me]
    users = {one.id: reading.seats.named(one.id) for one in own}
    return View(
        body,
        sorted(known, key=lambda one: (one.until, one.party), reverse=True),
        {id_: at.who(user) for id_, user in users.items() if user is not None},
        localities.standing(reading),
        localities.members(reading, at.desk.pack, body),
        remembered(reading, at.desk.pack, at.names.language, body),
        reading.now.date(),
    )


def _questions(at: Seat, view: View) -> Block:
    rows = [
        {
            "text": Link(one.text, f"/group/questions/{one.id}"),
            "to": "" if one.to is None else at.names.brief(one.to),
            "due": one.due or "",
            "state": _STATES[one.state],
        }
        for one in view.questions
    ]
    empty = at.t("group.no_questions")
    return tables.whole("questions", at.t("group.questions"), _QUESTIONS, rows, empty)


def _decisions(at: Seat, view: View) -> Block:
    mine = [one.noted for one in view.work.decisions if one.noted.body == view.body]
    rows = [{"on": one.on, "text": one.text} for one in reversed(mine)]
    empty = at.t("group.no_decisions")
    return tables.whole("decisions", at.t("group.decisions"), _DECISIONS, rows, empty)


def _plan(at: Seat, view: View) -> Block:
    mine = [one.entry for one in view.work.plan if one.entry.body == view.body]
    rows = [
        {"month": one.month, "title": one.title, "owner": at.names.brief(one.owner)}
        for one in sorted(mine, key=lambda one: one.month)
    ]
    return tables.whole("plan", at.t("group.plan"), _PLAN, rows, at.t("group.no_plan"))


def _seats(at: Seat, view: View) -> Block:
    """Who held which seat when: of the own party by name, of others by role and days."""
    rows = [
        {
            "party": at.names.brief(one.party),
            "seat": seat_word(at, one.seat),
            "who": view.holders.get(one.id, ""),
            "since": one.since,
            "until": one.until,
            "note": one.note,
        }
        for one in view.seats
    ]
    return tables.whole("seats", at.t("group.seats"), _SEATS, rows, at.t("group.no_seats"))


def _memory(at: Seat, view: View, asked: str) -> list[Block]:
    kinds = {
        "question": at.t("group.question"),
        "decision": at.t("group.decision"),
        "plan": at.t("group.item"),
        "hand-over": at.t("group.note"),
        "method": at.t("group.method"),
        "agenda": at.t("group.agenda"),
        "model": at.t("group.model"),
    }
    hits = search(view.memories, asked, at.desk.pack)[:_SHOWN]
    rows = [
        {"on": one.on, "kind": kinds[one.kind], "title": Link(one.title, one.path)} for one in hits
    ]
    question = Ask(name="q", words=at.t("group.search"), kind="text", required=False)
    return [
        Filter("/group", at.t("group.search"), [question], Form({"q": (asked,)}), bool(asked)),
        tables.whole("memory", at.t("group.memory"), _MEMORY, rows, at.t("group.nothing")),
    ]


@page("/group/questions/{question:str}")
def question(request: AnyRequest, question: FromPath[str]) -> Response[str]:
    """One question with every answer."""
    return show_question(seat(request), question)


def show_question(at: Seat, named: str, sent: tuple[str, Form] | None = None) -> Response[str]:
    """The page of a question, with the form that was sent."""
    permit, id_ = permit_of(at), identifier(QuestionId, named)
    with at.desk.read(permit, id_, "council-work") as reading:
        view = look(at, reading)
    one = found(next((known for known in view.questions if known.id == id_), None))
    facts: list[tuple[str, object]] = [
        (at.t("group.raised_by"), at.names.party(one.party)),
        (at.t("group.on"), one.at[:10]),
        (at.t("group.to"), "" if one.to is None else at.names.party(one.to)),
        (at.t("group.due"), one.due or ""),
    ]
    answers: list[Block] = [
        Text(at.t("group.answer_of", party=at.names.party(party), day=when[:10], text=text))
        for party, when, text in one.answers
    ]
    sight = Sight(
        title=one.text,
        above=Link(at.names.body(view.body), "/group"),
        blocks=[Facts(facts), *answers, *group_forms.for_question(at, view, one, sent)],
    )
    return blocks.show(at.request, sight)


HANDLERS = [shown, question]
