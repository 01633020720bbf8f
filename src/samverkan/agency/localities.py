"""Local bodies, their seats and meetings as this party knows them, by the rules of steering itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from samverkan.agency.areas import areas
from samverkan.agency.ports import Reading
from samverkan.domain import local as rules
from samverkan.domain import meeting, seating
from samverkan.domain import standing as standing_
from samverkan.domain.local import Local
from samverkan.domain.meeting import Book
from samverkan.domain.pack import Pack
from samverkan.domain.seating import Delegation
from samverkan.domain.standing import Question, State, Work
from samverkan.domain.territory import Delegate
from samverkan.kernel.ids import PartyId


def bodies(reading: Reading) -> Mapping[str, Local]:
    """Every local body, oldest first."""
    return reading.feed.all().derived(rules.fold)


def seats(reading: Reading) -> Mapping[str, Delegation]:
    """Every delegation to a seat, oldest first."""
    return reading.feed.all().derived(seating.fold)


def book(reading: Reading, local: str) -> Book:
    """The meetings of a local body, as far as this party was told."""
    return reading.feed.all().derived(meeting.fold).get(local, Book())


def standing(reading: Reading) -> Work:
    """Questions, decisions and plans of the bodies in which this party has a seat."""
    return reading.feed.all().derived(standing_.fold)


def open_questions(reading: Reading, body: str) -> list[Question]:
    """What is not closed of the questions of a body, oldest first."""
    known = standing(reading).questions.values()
    return [one for one in known if one.body == body and one.state is not State.CLOSED]


def members(reading: Reading, pack: Pack, body: str) -> frozenset[str]:
    """The parties with a seat in a body today; none if there is no such body."""
    on = reading.now.date()
    local = bodies(reading).get(body)
    if local is not None:
        return local.takes_part if local.there(on.isoformat()) else frozenset()
    known = pack.bodies.get(body)
    return frozenset(known.members) if known is not None and known.there(on) else frozenset()


def mine(reading: Reading) -> list[Local]:
    """The local bodies that this party leads, takes part in or was asked to."""
    return [one for one in bodies(reading).values() if reading.me in one.asked]


def covers(reading: Reading, pack: Pack, area: str, *, on: date) -> frozenset[str]:
    """The municipalities that an area lies in that day: itself, or those of a named area."""
    if area in pack.municipalities:
        return frozenset({area})
    known = areas(reading).get(area)
    there = None if known is None else known.on(on)
    return frozenset() if there is None else frozenset(there.outline.municipalities)


def delegates(reading: Reading, pack: Pack, *, on: date) -> list[Delegate]:
    """Who sits for which party in local bodies, and where: what the crosswalk asks for."""
    known, found = bodies(reading), []
    for one in seats(reading).values():
        local = known.get(one.body)
        if local is not None and one.holds(on.isoformat()):
            places = covers(reading, pack, local.start.area, on=on)
            since, until = date.fromisoformat(one.since), date.fromisoformat(one.until)
            found.append(Delegate(PartyId(one.party), local.id, places, since, until))
    return found
