"""The demo's guided path: nine steps from a lead to a report, and as whom to take the next one.

It says no more than the officer who reads it may know: whose answer or position is awaited is named
to those alone whose mandates show it anyway. It stands on invented data alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samverkan.agency import answer
from samverkan.agency.following import operations, proposals
from samverkan.agency.ports import Reading
from samverkan.agency.web.blocks import Block, Chain, Fold, Notice
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.reports import frozen
from samverkan.domain.council import State as Round
from samverkan.domain.org import Role
from samverkan.domain.pack import Pack, Person
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.kernel.purpose import Stamp
from samverkan.shell.parts import Link, Progress, Step, Tone

_ANSWERED = {State.ANSWERED, State.CLOSED}


@dataclass(frozen=True, slots=True)
class Stop:
    """One step: its text key, whether it is done, who takes it, and where it begins."""

    text: str
    done: bool
    role: Role
    party: str
    path: str


def blocks(at: Seat, reading: Reading) -> list[Block]:
    """The next step with its person, and all of them to unfold; nothing where it is no demo."""
    pack = at.desk.pack
    if not (at.desk.demo and at.desk.stamp is Stamp.SYNTHETIC and pack.people):
        return []
    stops = _stops(at, reading)
    last = max((place for place, stop in enumerate(stops) if stop.done), default=-1)
    now = stops[last + 1]
    heading = at.t("guide.now", n=last + 2, all=len(stops))
    words = [at.t(now.text), _whom(at, now)]
    steps = [_step(at, stop, place - last - 1) for place, stop in enumerate(stops)]
    return [
        Notice(Tone.INFO, heading, words, _way(at, now)),
        Fold(at.t("guide.all"), [Chain(at.t("guide.all"), steps, full=True)]),
    ]


def _step(at: Seat, stop: Stop, ahead: int) -> Step:
    progress = Progress.DONE if ahead < 0 else Progress.NOW if ahead == 0 else Progress.LATER
    return Step(at.t(stop.text), progress, by=_named(at, stop))


def _stops(at: Seat, reading: Reading) -> list[Stop]:
    """In the order of the chain. A step that was passed counts as done, seen from here or not."""
    lead, me = _lead(at, reading), str(at.desk.me)
    requests = reading.cases.requests()
    told = {answer.standing(one, reading.now) for one in requests}
    rounds, acts = proposals(reading).values(), operations(reading).values()
    decided = any(one.state is not Round.OPEN for one in rounds)
    recorded = any(one.outcomes for one in acts)
    chair, secretary, auditor = (
        _first(at.desk.pack, role, me) for role in (Role.CHAIR, Role.SECRETARIAT, Role.AUDITOR)
    )
    return [
        Stop("guide.lead", bool(reading.cases.all()), Role.ANALYST, lead, "/hits"),
        Stop("guide.ask", bool(requests), Role.ANALYST, lead, "/hits"),
        Stop(
            "guide.answer",
            bool(told & _ANSWERED),
            Role.RELEASING_OFFICER,
            _asked(at, reading),
            "/requests",
        ),
        Stop("guide.propose", bool(rounds), Role.ANALYST, lead, "/cases"),
        Stop("guide.position", decided, Role.COUNCIL_MEMBER, _silent(at, reading), "/council"),
        Stop("guide.close", bool(acts), Role.CHAIR, chair, "/council"),
        Stop("guide.act", recorded, Role.OFFICER, _actor(at, reading), "/operations"),
        Stop("guide.report", bool(frozen(reading)), Role.SECRETARIAT, secretary, "/reports"),
        Stop(text="guide.audit", done=False, role=Role.AUDITOR, party=auditor, path="/log"),
    ]


def _lead(at: Seat, reading: Reading) -> str:
    """The own party where it has leads; else who leads the plan."""
    own = reading.firings.all() or reading.hits.all() or reading.cases.all()
    plan = at.desk.pack.plan
    return str(at.desk.me if own or plan is None else plan.lead)


def _asked(at: Seat, reading: Reading) -> str:
    """Whose answer is awaited, to those who ask; the own party, to those who answer; else nobody."""
    waiting = [
        one for one in reading.cases.requests() if answer.standing(one, reading.now) is State.SENT
    ]
    if at.may(Action.ANSWER) is not None and any(not one.outgoing for one in waiting):
        return str(at.desk.me)
    peers = [str(one.peer) for one in waiting if one.outgoing]
    return peers[0] if peers and at.may(Action.ASK) is not None else ""


def _silent(at: Seat, reading: Reading) -> str:
    """A party that has not taken a position yet, to those who read the body's papers."""
    bodies = set(at.bodies(Action.READ_COUNCIL))
    for one in proposals(reading).values():
        if one.state is Round.OPEN and one.header.body in bodies:
            wanted = sorted(one.acting() | {str(at.desk.me)})
            said = one.latest()
            return next((party for party in wanted if party not in said), str(at.desk.me))
    return str(at.desk.me)


def _actor(at: Seat, reading: Reading) -> str:
    """A party with a measure of the operation, to those who follow it."""
    if at.may(Action.PLAN_MEASURE) is None:
        return str(at.desk.me)
    acting = [party for one in operations(reading).values() for party in sorted(one.parties)]
    return str(at.desk.me) if not acting or at.desk.me in acting else acting[0]


def _first(pack: Pack, role: Role, me: str) -> str:
    """The own party if it has somebody in the role, else the first that has."""
    held = [str(person.party) for person in pack.people.values() if _has(person, role)]
    return me if me in held else next(iter(held), me)


def _has(person: Person, role: Role) -> bool:
    return any(one.role == role.value for one in person.mandates)


def _person(people: Iterable[Person], stop: Stop) -> Person | None:
    found = (one for one in people if one.party == stop.party and _has(one, stop.role))
    return next(found, None)


def _named(at: Seat, stop: Stop) -> str:
    """Name and party; where nobody may be named, what that person is."""
    person = _person(at.desk.pack.people.values(), stop)
    if person is None:
        return at.names.role(stop.role.value)
    return f"{person.name}, {at.names.party(stop.party)}"


def _whom(at: Seat, stop: Stop) -> str:
    person = _person(at.desk.pack.people.values(), stop)
    if person is None:
        return at.t("guide.somebody", role=at.names.role(stop.role.value))
    if person.name == at.who(at.user):
        return at.t("guide.you")
    return at.t("guide.as", name=person.name, party=at.names.party(stop.party))


def _way(at: Seat, stop: Stop) -> list[Link]:
    """To the place itself, or to the sign-in page at that person's own origin."""
    person = _person(at.desk.pack.people.values(), stop)
    if person is None:
        return []
    if person.name == at.who(at.user):
        return [Link(at.t("guide.go"), stop.path)]
    url = at.request.url
    origin = f"{url.scheme}://{stop.party}.{url.netloc.partition('.')[2]}"
    return [Link(at.t("guide.sign_in", name=person.name), f"{origin}/sign-in?next={stop.path}")]
