"""One local body: how far its start has come, who takes part, partners, way of working, meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import localities, ways
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, local_forms, tables
from samverkan.agency.web.blocks import Block, Chain, Facts, Sight, Ways
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.local import area_name, span
from samverkan.domain import seating
from samverkan.domain.local import Answer, Local
from samverkan.domain.meeting import Book
from samverkan.domain.pack import MeetingPart
from samverkan.domain.policy import Action
from samverkan.domain.seating import Delegation
from samverkan.domain.standing import Question
from samverkan.domain.variant import EffectiveModel, chosen, effective
from samverkan.kernel.ids import LocalId
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Progress, Step, Tag, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_PARTIES = (
    Column("party", "local.party"),
    Column("answer", "local.answer", Kind.TAG),
    Column("seats", "local.seats"),
)
_PARTNERS = (Column("name", "local.partner_name"), Column("kind", "local.partner_kind"))
_MEETINGS = (
    Column("day", "local.meeting", Kind.LINK),
    Column("open", "local.open_points", Kind.NUMBER),
    Column("minutes", "local.minutes", Kind.TAG),
)
_QUESTIONS = (Column("text", "local.question"), Column("by", "local.party"))
SHOWN = 12
"""How many meetings a body's page shows: the next ones."""


@dataclass(frozen=True, slots=True)
class View:
    """A local body as this party knows it, on the day of the look."""

    local: Local
    area: str
    seats: Sequence[Delegation]
    own: Sequence[Delegation]
    holders: dict[str, str]
    book: Book
    questions: Sequence[Question]
    model: EffectiveModel
    today: date


Sent = tuple[str, Form] | None
"""Which form was sent with a mistake, and the form."""


def look(at: Seat, reading: Reading, named: str) -> View:
    """The body of that identifier. Raises `RefusedError` (`NOT_FOUND`)."""
    local = found(localities.bodies(reading).get(named))
    today = reading.now.date()
    day = max(today.isoformat(), local.start.since)
    known = localities.seats(reading)
    held = seating.held(known, local.id, on=day)
    own = [one for one in known.values() if (one.body, one.party) == (local.id, at.desk.me)]
    users = {one.id: reading.seats.named(one.id) for one in own}
    varied = ways.varied(reading, at.desk.pack)
    variants = chosen(varied.variants, local.variant(day))
    return View(
        local,
        area_name(at, reading, local.start.area),
        held,
        own,
        {id_: at.who(user) for id_, user in users.items() if user is not None},
        localities.book(reading, local.id),
        localities.open_questions(reading, local.id),
        effective(varied, variants, local.id, date.fromisoformat(day)),
        today,
    )


@page("/local/{local:str}")
def shown(request: AnyRequest, local: FromPath[str]) -> Response[str]:
    """The body, and the next step of its start."""
    return show(seat(request), local)


def show(at: Seat, named: str, sent: Sent = None) -> Response[str]:
    """The page of a body, with the form that was sent."""
    id_ = identifier(LocalId, named)
    with at.desk.read(at.permit(Action.READ_INBOX), id_, "council-work") as reading:
        view = look(at, reading, id_)
    parts: list[Block] = [
        Facts(_facts(at, view)),
        Chain(at.t("local.steps"), _steps(at, view)),
        _parties(at, view),
        *_partners(at, view),
        _meetings(at, view),
        *_questions(at, view),
        Ways(_ways(at, view)),
        *local_forms.all_for(at, view, sent),
    ]
    sight = Sight(
        title=view.local.start.name,
        lead=at.t("local.of", area=view.area, body=at.names.body(view.local.start.under)),
        above=Link(at.t("local.title"), "/local"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _facts(at: Seat, view: View) -> list[tuple[str, object]]:
    variant = view.local.variant(view.today.isoformat()) or view.local.start.variant
    rhythm = view.model.rhythm
    return [
        (at.t("local.area"), view.area),
        (at.t("local.lead"), at.names.party(view.local.lead)),
        (at.t("local.days"), span(view.local)),
        (
            at.t("local.variant"),
            at.names.of(view.model.pack.variants, variant) or at.t("local.core"),
        ),
        (at.t("local.rhythm"), at.t("local.every", n=rhythm.weeks)),
    ]


def _steps(at: Seat, view: View) -> list[Step]:
    """The start: done where there is a result; the first without one is the next."""
    local = view.local
    waiting = [p for p in local.invited if p not in local.answers]
    seated = {one.party for one in view.seats if one.seat is seating.Seat.MEMBER}
    done = [
        (at.t("local.step_begun"), True),
        (at.t("local.step_answers", n=len(waiting)), not waiting),
        (
            at.t("local.step_seats", n=len(local.takes_part - seated)),
            seated >= local.takes_part,
        ),
        (at.t("local.step_partners"), bool(local.partners or view.model.partners)),
        (at.t("local.step_meetings"), bool(view.book.days)),
        (at.t("local.step_agenda"), bool(view.book.items)),
    ]
    now = next((no for no, (_, ok) in enumerate(done) if not ok), len(done))
    return [
        Step(words, Progress.DONE if ok else Progress.NOW if no == now else Progress.LATER)
        for no, (words, ok) in enumerate(done)
    ]


def _parties(at: Seat, view: View) -> Block:
    rows = [
        {
            "party": at.names.party(party),
            "answer": _answer(view.local, party),
            "seats": _seats(at, view, party),
        }
        for party in (view.local.lead, *view.local.invited)
    ]
    return tables.whole("parties", at.t("local.parties"), _PARTIES, rows, "")


def _answer(local: Local, party: str) -> Tag:
    if party == local.lead:
        return Tag("local.leads", Tone.GOOD)
    given = local.answers.get(party)
    if given is None:
        return Tag("local.awaited", Tone.WARN)
    tags = {
        Answer.TAKES_PART: Tag("local.takes_part", Tone.GOOD),
        Answer.FROM_AFAR: Tag("local.from_afar", Tone.INFO),
        Answer.DECLINES: Tag("local.declined"),
    }
    return tags[given.answer]


def _seats(at: Seat, view: View, party: str) -> str:
    """Role and days; of the own party also who: others learn no name."""
    words = []
    for one in (one for one in view.seats if one.party == party):
        who = view.holders.get(one.id)
        name = f"{who}, " if who else ""
        words.append(f"{local_forms.seat_word(at, one.seat)} ({name}{one.since} – {one.until})")
    return "; ".join(words)


def _partners(at: Seat, view: View) -> list[Block]:
    rows: list[dict[str, object]] = [
        {"name": at.names.words(one.names), "kind": local_forms.kind_word(at, one.kind.value)}
        for one in view.model.partners
        if one.part is MeetingPart.OPEN
    ]
    rows += [
        {"name": one.name, "kind": local_forms.kind_word(at, one.kind)}
        for one in view.local.partners
    ]
    empty = at.t("local.partners_none")
    return [tables.whole("partners", at.t("local.partners"), _PARTNERS, rows, empty)]


def _meetings(at: Seat, view: View) -> Block:
    days = [day for day in view.book.days if day >= view.today.isoformat()][:SHOWN]
    held = [day for day in view.book.days if day < view.today.isoformat()][-SHOWN:]
    written = {one.body.meeting for one in view.book.minutes}
    rows = [
        {
            "day": Link(_weekday(at, day), f"/local/{view.local.id}/meetings/{day}"),
            "open": len(view.book.agenda(day, ["open"])),
            "minutes": Tag("local.written", Tone.GOOD) if day in written else "",
        }
        for day in (*held, *days)
    ]
    return tables.whole("meetings", at.t("local.meetings"), _MEETINGS, rows, at.t("local.no_days"))


def _questions(at: Seat, view: View) -> list[Block]:
    """What the body has not answered yet: it goes onto the agenda that a meeting begins with."""
    if at.desk.me not in view.local.takes_part:
        return []
    rows = [{"text": one.text, "by": at.names.brief(one.party)} for one in view.questions]
    words = at.t("local.questions")
    return [tables.whole("questions", words, _QUESTIONS, rows, at.t("local.no_questions"))]


def _weekday(at: Seat, day: str) -> str:
    on = date.fromisoformat(day)
    return f"{at.f.weekday(on)} {at.f.day(on)}"


def _ways(at: Seat, view: View) -> list[Link]:
    ways = [
        Link(at.t("local.picture"), f"/pictures?area={view.local.start.area}"),
        Link(at.t("local.methods"), "/methods"),
    ]
    if view.book.days:
        ways.insert(0, Link(at.t("local.calendar"), f"/local/{view.local.id}/calendar.ics"))
    return ways


HANDLERS = [shown]
