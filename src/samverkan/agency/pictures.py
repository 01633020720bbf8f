"""Situation pictures as steering's feed tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from samverkan.agency.areas import areas
from samverkan.agency.ports import Reading
from samverkan.domain import picture as rules
from samverkan.domain.pack import Pack
from samverkan.domain.picture import Picture, newest
from samverkan.domain.place import Place, named, place
from samverkan.wire.joining import Event


def pictures(reading: Reading) -> Mapping[str, Picture]:
    """Every picture, in the order in which they were begun."""
    return reading.feed.all().derived(_fold)


def _fold(events: Iterable[Event]) -> dict[str, Picture]:
    found: dict[str, Picture] = {}
    for event in events:
        if event.kind in rules.KINDS:
            id_ = str(event.body["picture"])
            found[id_] = rules.follow(found.get(id_), event)
    return found


def place_of(reading: Reading, pack: Pack, area: str) -> Place | None:
    """An area of the pack, or a named one that holds today."""
    return place(pack, area, named(areas(reading), reading.now.date()))


def of_area(reading: Reading, area: str) -> list[Picture]:
    """Every version of an area's picture, the newest first."""
    found = [one for one in pictures(reading).values() if one.area == area]
    return sorted(found, key=lambda one: -one.version)


def due(reading: Reading, within: int) -> list[Picture]:
    """Newest versions that are settled and last no longer than so many days from today."""
    by = reading.now.date() + timedelta(days=within)
    known = newest(pictures(reading).values()).values()
    return [one for one in known if one.lasts is not None and one.lasts <= by]


def unanswered(reading: Reading) -> list[Picture]:
    """Open pictures that one other party has rated and this one has not: it can be the second."""
    return [
        one
        for one in pictures(reading).values()
        if one.open and 0 < len(one.answered) < rules.RATERS and reading.me not in one.answered
    ]


def overdue_promises(reading: Reading, on: date) -> list[tuple[Picture, str]]:
    """Own promises whose day is past and of which nothing is said: picture and promise."""
    return [
        (one, promise.id)
        for one in pictures(reading).values()
        for promise in one.promises
        if promise.party == reading.me and promise.result is None and promise.due < on
    ]
