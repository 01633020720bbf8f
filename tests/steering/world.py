"""A small model of an invented country, commands about it, and a record in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from samverkan.domain.pack import (
    AreaKind,
    Basis,
    Body,
    BodyKind,
    Criterion,
    Direction,
    Ground,
    Head,
    Indicator,
    KeyType,
    Kind,
    Level,
    Matter,
    Measure,
    Named,
    Obligation,
    Pack,
    Party,
    Purpose,
    Regime,
    Region,
    SizeClass,
    Standing,
    Unit,
)
from samverkan.infra.envelope import instant
from samverkan.kernel.ids import (
    CaseId,
    CooperationId,
    Id,
    MeasureId,
    OutcomeId,
    PartyId,
    ProposalId,
    ReportId,
)
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from samverkan.steering import deciding, joining
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact
from samverkan.wire import deciding as d
from samverkan.wire.casing import MarkCase, OpenCase
from samverkan.wire.joining import Accept, By, Draft, Event
from samverkan.wire.v1 import to_body
from tests.instruments import FixedClock, seeded
from tests.national import national

START = date(2020, 1, 1)
POLICE, BENEFITS, TAX, DEBTS, WORK = (
    PartyId(name) for name in ("police", "benefits", "tax", "debts", "work")
)
FOUR = (POLICE, BENEFITS, TAX, DEBTS)
USER = "usr-" + "1" * 26


def words(text: str) -> dict[str, str]:
    return {"sv": f"{text} på svenska", "en": text}


def named(*codes: str) -> dict[str, Named]:
    return {code: Named(words(code)) for code in codes}


def _party(id_: PartyId) -> Party:
    both = (Direction.DISCLOSE, Direction.RECEIVE)
    standing = Standing("exchange", "1:1", "2", both, START)
    return Party(id_, str(id_), words(id_), Regime.LAW_ENFORCEMENT, (standing,))


def _body(id_: str, level: Level, members: Sequence[PartyId], quorum: int) -> Body:
    return Body(
        id_,
        words(id_),
        BodyKind.COUNCIL,
        level,
        tuple(members),
        POLICE,
        (Matter.OPERATION,),
        words("decides operations"),
        START,
        quorum,
        region="north" if level is Level.REGIONAL else None,
    )


def _basis() -> Basis:
    w = words("basis")
    return Basis("exchange", "1:1", "2", w, Obligation.MUST, True, True, "balance", w, w, w, START)


def _measures() -> dict[str, Measure]:
    owners = {
        "recover": (BENEFITS,),
        "stop-payment": (BENEFITS,),
        "audit": (TAX,),
        "distrain": (DEBTS,),
        "raid": (POLICE,),
    }
    return {id_: Measure(id_, words(id_), who, "act", ()) for id_, who in owners.items()}


def _indicators() -> dict[str, Indicator]:
    w = words
    return {
        "recovery": Indicator(
            "recovery", w("recovery"), w("d"), "kr", ("decided", "paid"), (BENEFITS, DEBTS)
        ),
        "raids": Indicator("raids", w("raids"), w("d"), "number", ("done",), FOUR),
    }


def _reasons() -> dict[str, dict[str, Named]]:
    return {
        "dissent": named("no-resources"),
        "measure-result": named("done", "not-possible"),
        "case-purpose": named("map-network"),
        "case-phase": named("begun", "analysis"),
        "case-priority": named("high", "normal"),
        "case-pause": named("no-resources"),
        "case-outcome": named("handed-over"),
    }


def small_pack() -> Pack:
    """Five parties, a council of four with a quorum of three, two indicators."""
    sections: dict[str, Any] = {f.name: {} for f in fields(Pack)}
    everyone = (*FOUR, WORK)
    sections |= {
        "pack": Head(
            "xx", 1, Stamp.SYNTHETIC, ("sv", "en"), words("xx"), "UTC", "SEK", date(2026, 1, 1)
        ),
        "parties": {id_: _party(id_) for id_ in everyone},
        "regions": {"north": Region("north", words("north"), "police", (), START)},
        "bodies": {
            "council": _body("council", Level.REGIONAL, FOUR, 3),
            "national": _body("national", Level.NATIONAL, everyone, 3),
        },
        "bases": {"exchange": _basis()},
        "purposes": {
            "crime": Purpose("crime", words("crime"), Regime.LAW_ENFORCEMENT, "exchange", ("what",))
        },
        "grounds": {"serious": Ground(words("serious"), "what")},
        "key_types": {"P1": KeyType("P1", Kind.PERSON, words("p1"), ("idNumber",), 1.0)},
        "size_classes": {"small": SizeClass(words("small"), 100)},
        "crime_areas": named("welfare"),
        "targets": named("network"),
        "work_kinds": named("control", "support"),
        "criteria": {"harm": Criterion(words("harm"), words("harm?"), 1, 5)},
        "measures": _measures(),
        "units": {
            "kr": Unit(words("kr")),
            "number": Unit(words("number")),
            "kg": Unit(words("kg"), 1),
        },
        "stages": named("decided", "paid", "done"),
        "indicators": _indicators(),
        "reasons": _reasons(),
        "writing": national().writing,
        "area_kinds": {"local": AreaKind(words("local"), words("drawn by a body"))},
        "code_names": named("granite", "basalt"),
    }
    return Pack(**sections)


_numbers = seeded(11)


def new(kind: type[Id]) -> str:
    """A fresh identifier."""
    return str(kind.draw(_numbers))


def by(role: str = "officer", policy: str = "plan-own-measures") -> By:
    return By(user=USER, role=role, policy=policy)


WORKS = by("analyst", "propose-to-a-body")
SITS = by("council_member", "take-position-for-own-party")
JOINS = by("council_member", "decide-for-own-party")
CHAIRS = by("chair", "close-the-round")
ACCOUNTS = by("officer", "account-for-own-work")
COMPILES = by("secretariat", "freeze-reports")
DRAWS = by("analyst", "draw-pictures")
SETTLES = by("secretariat", "settle-pictures")
LEADS = by("officer", "lead-joint-cases")


def draft(parent: str | None = None, **changes: Any) -> Draft:
    scope: dict[str, Any] = {}
    if parent is not None:
        scope = {
            "holders": [POLICE, TAX],
            "threshold": 2,
            "key_types": ["p1"],
            "sizes": dict.fromkeys(FOUR, "small"),
        }
    common: dict[str, Any] = {
        "by": JOINS,
        "cooperation": new(CooperationId),
        "parent": parent,
        "purpose": "crime",
        "grounds": ["serious"],
        "region": "north" if parent else "national",
        "parties": list(FOUR),
        "holders": [],
        "threshold": 0,
        "operator": POLICE,
        "typologies": [],
        "key_types": [],
        "sizes": {},
        "epoch": 1,
        "since": "2026-01-01",
        "until": "2027-12-31",
    }
    return Draft(**(common | scope | changes))


def propose(scope: str, **changes: Any) -> d.Propose:
    header: dict[str, Any] = {
        "by": WORKS,
        "proposal": new(ProposalId),
        "scope": scope,
        "body": "council",
        "target": "network",
        "region": "north",
        "crime_area": "welfare",
        "criteria": {"harm": 4},
        "measures": [
            d.PlannedMeasure(party=BENEFITS, measure="recover"),
            d.PlannedMeasure(party=TAX, measure="audit"),
        ],
        "goals": [d.Goal(indicator="recovery", baseline=0, target=100)],
        "until": "2027-06-30",
    }
    return d.Propose(**(header | changes))


def position(proposal: str, said: str = "for", reason: str | None = None) -> d.TakePosition:
    return d.TakePosition(by=SITS, proposal=proposal, position=said, reason=reason)


def close(proposal: str, *present: str) -> d.CloseProposal:
    return d.CloseProposal(by=CHAIRS, proposal=proposal, present=list(present or FOUR))


def plan(operation: str, kind: str, **changes: Any) -> d.PlanMeasure:
    given: dict[str, Any] = {"measure": new(MeasureId), "due": "2027-01-31"}
    return d.PlanMeasure(by=by(), operation=operation, kind=kind, **(given | changes))


def hours(operation: str, week: str, count: int, level: str = "regional") -> d.ReportHours:
    line = d.HoursLine(level=level, kind="control", hours=count, cost=count * 500)
    return d.ReportHours(by=ACCOUNTS, operation=operation, period=week, lines=[line])


def outcome(operation: str, amount: int, **changes: Any) -> d.RecordOutcome:
    given: dict[str, Any] = {
        "outcome": new(OutcomeId),
        "measure": None,
        "indicator": "recovery",
        "stage": "decided",
        "decided": "2026-11-24",
        "shares": {},
    }
    if "shared" in changes:
        parties = changes.pop("shared")
        changes["shares"] = dict.fromkeys(parties, 1000 // (len(parties) + 1))
    return d.RecordOutcome(by=ACCOUNTS, operation=operation, amount=amount, **(given | changes))


def opening(scope: str, **changes: Any) -> OpenCase:
    header: dict[str, Any] = {
        "by": LEADS,
        "case": new(CaseId),
        "scope": scope,
        "purpose": "map-network",
        "crime_area": "welfare",
        "priority": "normal",
        "review": "2027-02-22",
        "number": "k-2026-12",
    }
    return OpenCase(**(header | changes))


def mark(case: str, code: str) -> MarkCase:
    return MarkCase(by=LEADS, case=case, code=code)


def freeze(**changes: Any) -> d.Freeze:
    given: dict[str, Any] = {"report": new(ReportId), "year": 2026, "on": "2026-11-24"}
    return d.Freeze(by=COMPILES, **(given | changes))


@dataclass
class MemoryRecord:
    """`ports.Record` over a list."""

    rows: list[tuple[str, str, Event]] = field(default_factory=list)

    def chain(self, under: str) -> list[Event]:
        return [event for _, chain, event in self.rows if chain == under]

    def under(self, subject: str) -> str | None:
        return next((chain for named, chain, _ in self.rows if named == subject), None)

    def chains(self, kind: str) -> list[str]:
        return [chain for _, chain, event in self.rows if event.kind == kind]

    def of(self, kinds: Collection[str]) -> list[Event]:
        return [event for _, _, event in self.rows if event.kind in kinds]


@dataclass
class Room:
    """Where commands are heard in a test: what is accepted goes into the record."""

    pack: Pack = field(default_factory=small_pack)
    record: MemoryRecord = field(default_factory=MemoryRecord)
    clock: FixedClock = field(default_factory=FixedClock)

    def hearing(self, party: str) -> Hearing:
        return Hearing(
            self.record, self.pack, PartyId(party), self.clock(), seeded(len(self.record.rows))
        )

    def hear(self, use_case: Any, party: str, command: Any, *more: Any) -> list[Fact]:
        """What an accepted command brings about. Fails the test if it is refused."""
        answer: Answer = use_case(self.hearing(party), command, *more)
        assert not isinstance(answer, Refused), answer
        for fact in answer:
            at = instant(self.clock())
            event = Event(party=party, at=at, kind=fact.kind, body=to_body(fact.body))
            self.record.rows.append((fact.subject, fact.under, event))
        return list(answer)

    def refused(self, use_case: Any, party: str, command: Any, *more: Any) -> str:
        """The code with which a command is refused. Fails the test if it is accepted."""
        answer: Answer = use_case(self.hearing(party), command, *more)
        assert isinstance(answer, Refused), answer
        return answer.code.value


def agreed(room: Room, command: Draft) -> str:
    """Draft a cooperation and let every party accept it; gives its identifier."""
    room.hear(joining.draft, POLICE, command)
    for party in command.parties:
        room.hear(joining.accept, party, Accept(by=JOINS, cooperation=command.cooperation))
    return command.cooperation


def scope(room: Room) -> str:
    """A scope in force below a framework in force."""
    return agreed(room, draft(agreed(room, draft())))


def operation(room: Room) -> str:
    """An operation that benefits, tax and police were for and debts against."""
    command = propose(scope(room))
    room.hear(deciding.make, POLICE, command)
    for party in (POLICE, BENEFITS, TAX):
        room.hear(deciding.take, party, position(command.proposal))
    no = position(command.proposal, "against", "no-resources")
    room.hear(deciding.take, DEBTS, no)
    facts = room.hear(deciding.close, POLICE, close(command.proposal))
    return facts[-1].subject
