"""Stations of a joint case: open its header, join it, list what runs, move it on, close it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.agency import casing
from samverkan.agency.headers import running
from samverkan.agency.sql.work import SqlWork
from samverkan.domain import case as rules
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.stations.asking import named
from samverkan.embedded.stations.seat import Seat
from samverkan.kernel.ids import CaseId
from samverkan.kernel.outcome import Refused


@dataclass(frozen=True, slots=True)
class Wish:
    """What a header is to say. Without a day, the first review is in the usual time."""

    purpose: str
    crime_area: str
    priority: str = "normal"
    review: date | None = None
    number: str = ""


def open_joint(seat: Seat, case: str, wish: Wish) -> str:
    """Open a joint header for an own file; gives the header's id."""
    own, pack = CaseId(named(CaseId, case)), seat.node.pack

    def opened(work: SqlWork, permit: Permit) -> CaseId | Refused:
        usual = work.now.date() + timedelta(days=casing.FIRST_REVIEW)
        opening = casing.Opening(
            purpose=wish.purpose,
            crime_area=wish.crime_area,
            priority=wish.priority,
            review=wish.review or usual,
            number=wish.number,
        )
        return casing.open_joint(work, permit, pack, own, opening)

    return seat.tell(Action.LEAD_CASE, opened)


def join(seat: Seat, header: str, *, case: str | None, number: str) -> str:
    """Take part in a joint case, with an own file or a new one; gives the file's id."""
    wanted, pack = CaseId(named(CaseId, header)), seat.node.pack
    own = None if case is None else CaseId(named(CaseId, case))
    return seat.tell(
        Action.LEAD_CASE,
        lambda work, permit: casing.join(work, permit, pack, wanted, case=own, number=number),
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A running case as its header tells it; `number` is the own one, `age` in days."""

    header: str
    name: str
    purpose: str
    crime_area: str
    lead: str
    parties: tuple[str, ...]
    priority: str
    phase: str
    state: str
    review: date
    age: int
    number: str | None


def listed(seat: Seat) -> list[Running]:
    """Every running case that the party is told of, the next review first; the look is logged."""
    with seat.look(Action.READ_CASE, "running-cases") as reading:
        today = reading.now.date()
        return [
            Running(
                header=one.id,
                name=one.name,
                purpose=one.purpose,
                crime_area=one.crime_area,
                lead=one.lead,
                parties=one.parties,
                priority=one.priority,
                phase=one.phase,
                state=one.state.value,
                review=one.review,
                age=one.age(today),
                number=one.numbers.get(reading.me),
            )
            for one in running(reading)
        ]


def phase(seat: Seat, header: str, code: str) -> None:
    """As the lead: say in which phase the work is."""
    _mark(seat, header, rules.PHASE, code)


def close(seat: Seat, header: str, code: str) -> None:
    """As the lead: close the case with its outcome."""
    _mark(seat, header, rules.CLOSE, code)


def _mark(seat: Seat, header: str, kind: str, code: str) -> None:
    wanted, pack = CaseId(named(CaseId, header)), seat.node.pack
    seat.tell(
        Action.LEAD_CASE,
        lambda work, permit: casing.mark(work, permit, pack, wanted, kind=kind, code=code),
    )
