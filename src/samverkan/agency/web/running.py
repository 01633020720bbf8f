"""Running cases as headers without persons: one list for councils and centres, to lead the work by."""

from __future__ import annotations

from datetime import date

from litestar import Response

from samverkan.agency.headers import running
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, filters, tables
from samverkan.agency.web.blocks import Block, Sight, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.filters import Question
from samverkan.domain.case import Header, State, spoken
from samverkan.domain.policy import Action, Permit
from samverkan.shell.parts import Column, Kind, Link, Table, Tag, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

STATES = {
    State.RUNNING: Tag("joint.running", Tone.GOOD),
    State.PAUSED: Tag("joint.paused", Tone.WARN),
    State.CLOSED: Tag("joint.closed", Tone.NEUTRAL),
}
_COLUMNS = (
    Column("name", "joint.name", Kind.LINK),
    Column("purpose", "joint.purpose"),
    Column("priority", "joint.priority"),
    Column("phase", "joint.phase"),
    Column("lead", "joint.lead"),
    Column("parties", "joint.parties"),
    Column("number", "joint.number"),
    Column("review", "joint.review", Kind.DAY),
    Column("age", "joint.age", Kind.NUMBER),
    Column("state", "joint.state", Kind.TAG),
)


def reader(at: Seat) -> Permit:
    """Who works on cases, or sits in a body that leads the work."""
    seats = [(Action.READ_COUNCIL, body) for body in at.desk.pack.bodies]
    return at.first([(Action.READ_CASE, None), *seats])


def name_of(at: Seat, one: Header) -> str:
    """The code name in the reader's language."""
    return spoken(at.desk.pack, one.name, at.t.language.value)


@page("/cases/running")
def listed(request: AnyRequest) -> Response[str]:
    """Every running case, the next review first; `whole` in the address shows all on one page."""
    at = seat(request)
    with at.desk.read(reader(at), "running-cases", "council-work") as reading:
        today, every = reading.now.date(), running(reading)
        asked = _questions(at, reading, every)
    scope, party, priority, state = (one.chosen(at) for one in asked)
    kept = [
        one
        for one in every
        if scope in ("", one.scope)
        and party in ("", one.lead)
        and priority in ("", one.priority)
        and state in ("", one.state.value)
    ]
    whole = request.query_params.get("whole") == "yes"
    pages_ = None if whole else tables.pages_of(at, "running", len(kept))
    table = Table(
        id="running",
        caption=at.t("joint.all", n=len(kept), day=at.f.date(today)),
        columns=_COLUMNS,
        rows=[
            _row(at, one, today) for one in (kept if pages_ is None else kept[tables.part(pages_)])
        ],
        empty=at.t("joint.none"),
        pages=pages_,
    )
    body: list[Block] = [*filters.shown(at, asked), table]
    if not whole and every:
        query = "&".join(f"{one.name}={one.chosen(at)}" for one in asked if one.chosen(at))
        path = f"/cases/running?whole=yes{'&' if query else ''}{query}"
        body.append(Ways([Link(at.t("joint.print"), path)]))
    sight = Sight(title=at.t("joint.title"), lead=at.t("joint.lead_words"), blocks=body)
    return blocks.show(request, sight)


def _questions(at: Seat, reading: Reading, every: list[Header]) -> list[Question]:
    states = [(one.value, at.t(STATES[one].text)) for one in (State.RUNNING, State.PAUSED)]
    priorities = at.names.reasons("case-priority")
    return [
        filters.by_scope(at, reading, [one.scope for one in every]),
        filters.by_party(at, [one.lead for one in every]),
        Question("priority", at.t("joint.priority"), priorities),
        Question("state", at.t("filter.state"), states),
    ]


def _row(at: Seat, one: Header, today: date) -> dict[str, object]:
    return {
        "name": Link(name_of(at, one), f"/cases/joint/{one.id}"),
        "purpose": at.names.reason("case-purpose", one.purpose),
        "priority": at.names.reason("case-priority", one.priority),
        "phase": at.names.reason("case-phase", one.phase),
        "lead": at.names.brief(one.lead),
        "parties": ", ".join(at.names.brief(party) for party in one.parties),
        "number": one.numbers.get(at.desk.me, ""),
        "review": one.review,
        "age": one.age(today),
        "state": STATES[one.state],
    }


HANDLERS = [listed]
