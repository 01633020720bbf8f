"""A case's joint header (ärende): who takes part, in what phase, reviewed when, ended how.

The header holds no person and no free text. Each party keeps its own file; the lead alone moves
the header on. A code name is drawn, never typed, and is never given twice (DESIGN section 8).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from samverkan.domain.pack import Level, Pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import Refused, SamverkanError, refuse
from samverkan.wire.casing import (
    CaseOpened,
    JoinCase,
    MarkCase,
    NumberCase,
    OpenCase,
    ResumeCase,
    ReviewCase,
)
from samverkan.wire.joining import Event
from samverkan.wire.v1 import from_body

OPENED, JOIN, NUMBER, PHASE, PRIORITISE, PAUSE, RESUME, REVIEW, CLOSE = (
    "case.opened",
    "case.join",
    "case.number",
    "case.phase",
    "case.prioritise",
    "case.pause",
    "case.resume",
    "case.review",
    "case.close",
)
KINDS = frozenset({OPENED, JOIN, NUMBER, PHASE, PRIORITISE, PAUSE, RESUME, REVIEW, CLOSE})
LED = frozenset({PHASE, PRIORITISE, PAUSE, RESUME, REVIEW, CLOSE})
"""What the lead alone does."""
WORDS: Mapping[str, str] = MappingProxyType(
    {
        PHASE: "case-phase",
        PRIORITISE: "case-priority",
        PAUSE: "case-pause",
        CLOSE: "case-outcome",
    }
)
"""Where in the pack's reasons the code of each is found."""
FIRST_PHASE = "begun"
LONGEST_REVIEW = timedelta(days=366)
"""A case without a set limit is reviewed at least yearly (BDL 2:18)."""
_WRITTEN = re.compile(r"([A-Za-z]{1,3})[ -]?(20[0-9]{2})[-/ ]([0-9]{1,6})")


class State(StrEnum):
    """Where a case stands."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


NEXT: Mapping[tuple[State | None, str], State] = MappingProxyType(
    {
        (None, OPENED): State.RUNNING,
        **{
            (state, kind): state
            for state in (State.RUNNING, State.PAUSED)
            for kind in (JOIN, NUMBER, PRIORITISE, REVIEW)
        },
        (State.RUNNING, PHASE): State.RUNNING,
        (State.RUNNING, PAUSE): State.PAUSED,
        (State.PAUSED, RESUME): State.RUNNING,
        (State.RUNNING, CLOSE): State.CLOSED,
        (State.PAUSED, CLOSE): State.CLOSED,
    }
)


class BrokenCase(SamverkanError):
    """The log holds an event that the case's own state does not allow. A fault, never a refusal."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that has happened to a header: what, by which party, when, with which word."""

    kind: str
    party: str
    at: str
    said: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A joint header as its events tell it; `turns` are all of them, oldest first."""

    id: str
    name: str
    scope: str
    purpose: str
    crime_area: str
    priority: str
    review: date
    lead: str
    opened: date
    phase: str = FIRST_PHASE
    state: State = State.RUNNING
    parties: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    outcome: str | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it is not closed: a paused case is still somebody's to review."""
        return self.state is not State.CLOSED

    def age(self, on: date) -> int:
        """Days since it was opened; a closed one has stopped ageing."""
        last = date.fromisoformat(self.turns[-1].at[:10]) if not self.running else on
        return (last - self.opened).days


def fold(events: Iterable[Event]) -> Header | None:
    """The header that the events of one case tell of; None if there are none.

    Raises `BrokenCase` for an event out of its state, `Malformed` for a body of another shape.
    """
    found: Header | None = None
    for event in events:
        if event.kind in KINDS:
            found = follow(found, event)
    return found


def follow(found: Header | None, event: Event) -> Header:
    """The header after one event more. Raises `BrokenCase`, `Malformed`."""
    state = NEXT.get((None if found is None else found.state, event.kind))
    if state is None:
        raise BrokenCase(event.kind)
    if found is None:
        return _opened(event)
    changed, said = _changed(found, event)
    turn = Turn(event.kind, event.party, event.at, said)
    return replace(changed, state=state, turns=(*found.turns, turn))


def _opened(event: Event) -> Header:
    body = from_body(event.body, CaseOpened)
    opening = body.opening
    return Header(
        id=body.case,
        name=body.name,
        scope=opening.scope,
        purpose=opening.purpose,
        crime_area=opening.crime_area,
        priority=opening.priority,
        review=date.fromisoformat(opening.review),
        lead=event.party,
        opened=datetime.fromisoformat(event.at).date(),
        parties=(event.party,),
        numbers={event.party: opening.number} if opening.number else {},
        turns=(Turn(OPENED, event.party, event.at, opening.purpose),),
    )


def _changed(found: Header, event: Event) -> tuple[Header, str | None]:
    """What an event changes, and the word that it was said with."""
    if event.kind == JOIN:
        number = from_body(event.body, JoinCase).number
        joined = replace(found, parties=(*found.parties, event.party))
        return _numbered(joined, event.party, number), number
    if event.kind == NUMBER:
        number = from_body(event.body, NumberCase).number
        return _numbered(found, event.party, number), number
    if event.kind == REVIEW:
        day = from_body(event.body, ReviewCase).next
        return replace(found, review=date.fromisoformat(day)), day
    if event.kind == RESUME:
        from_body(event.body, ResumeCase)
        return found, None
    return _marked(found, event.kind, from_body(event.body, MarkCase).code)


def _marked(found: Header, kind: str, code: str) -> tuple[Header, str | None]:
    if kind == PHASE:
        return replace(found, phase=code), code
    if kind == PRIORITISE:
        return replace(found, priority=code), code
    return (replace(found, outcome=code) if kind == CLOSE else found), code


def _numbered(found: Header, party: str, number: str | None) -> Header:
    return found if number is None else replace(found, numbers={**found.numbers, party: number})


def begin(command: OpenCase, pack: Pack, on: date) -> Refused | None:
    """What a header must be: words of the pack, and a review within a year."""
    known = (
        command.purpose in pack.reasons.get("case-purpose", {})
        and command.priority in pack.reasons.get("case-priority", {})
        and command.crime_area in pack.crime_areas
        and bool(pack.code_names)
    )
    return reviewable(command.review, on) if known else refuse(Code.NOT_IN_PACK)


def reviewable(day: str, on: date) -> Refused | None:
    """The next review is ahead, and within a year."""
    within = on < date.fromisoformat(day) <= on + LONGEST_REVIEW
    return None if within else refuse(Code.FIELD_NOT_A_DATE, field="review")


def may(found: Header, kind: str, party: str) -> Refused | None:
    """Whether the party may do this to the header as it stands."""
    if kind in LED and party != found.lead:
        return refuse(Code.NOT_THE_OWNER)
    if kind == JOIN and party in found.parties:
        return refuse(Code.ALREADY_DECIDED)
    if kind == NUMBER and party not in found.parties:
        return refuse(Code.NOT_A_PARTY)
    return None if (found.state, kind) in NEXT else refuse(Code.WRONG_STATE)


def readers(pack: Pack, region: str | None, on: date) -> frozenset[str]:
    """The parties of the bodies that lead the work there that day: the region's, or the nation's."""
    return frozenset(
        str(party)
        for body in pack.bodies.values()
        if body.since <= on
        and (body.until is None or on <= body.until)
        and (body.region == region if region else body.level is Level.NATIONAL)
        for party in body.members
    )


def draw_name(words: Collection[str], taken: Collection[str], randomness: Randomness) -> str:
    """A code name: a word at random, numbered where cases before have had it."""
    every = sorted(words)
    word = every[int.from_bytes(randomness(8), "big") % len(every)]
    before = sum(name == word or name.rpartition("-")[0] == word for name in taken)
    return word if not before else f"{word}-{before + 1}"


def spoken(pack: Pack, name: str, language: str) -> str:
    """A code name as it is said in a language; a word that the pack no longer has, as it stands."""
    word, _, number = name.rpartition("-")
    if name in pack.code_names:
        return pack.code_names[name].names[language]
    known = pack.code_names.get(word)
    return name if known is None else f"{known.names[language]} {number}"


def own_number(text: str) -> str | None:
    """A party's own number as the wire writes it, from `K 2026/123` and the like; None if it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not int(found[3]):
        return None
    return f"{found[1].lower()}-{found[2]}-{int(found[3])}"
