"""Named areas: outlines with versions, and how one came of another (61 areas became 65 by splitting).

A version holds from its first day to the day before the next; both days count, and what was is
never rewritten. What may be decided is in `bounding`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol

from samverkan.domain.outline import Polygons
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire.joining import Event
from samverkan.wire.territory import (
    CloseArea,
    DefineAreas,
    MergeAreas,
    NamedOutline,
    Outline,
    ReviseArea,
    SplitArea,
)
from samverkan.wire.v1 import Message, from_body

DEFINE, REVISE, SPLIT, MERGE, CLOSE = (
    "area.define",
    "area.revise",
    "area.split",
    "area.merge",
    "area.close",
)
KINDS = frozenset({DEFINE, REVISE, SPLIT, MERGE, CLOSE})
REGISTER = "are-" + "0" * 26
"""The chain of events in which every area counts: what one may be depends on the others."""
_DAY = timedelta(days=1)


class BrokenHistory(SamverkanError):
    """The log holds an event that its own state does not allow. A fault, never a refusal."""


@dataclass(frozen=True, slots=True)
class Version:
    """How an area lay for a time. `body` decided it, by the command of `party` on the day `at`."""

    outline: Outline
    polygons: Polygons
    since: date
    until: date | None
    body: str
    party: str
    at: str

    def on(self, day: date) -> bool:
        """Whether it holds that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def lasts_into(self, day: date) -> bool:
        """Whether it holds on that day or any later one."""
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Area:
    """A named area: its versions oldest first, of what it was made, and what became of it."""

    id: str
    versions: tuple[Version, ...]
    parents: tuple[str, ...] = ()
    became: tuple[str, ...] = ()

    def on(self, day: date) -> Version | None:
        """How it lies that day; None before its first day and after its last."""
        return next((one for one in self.versions if one.on(day)), None)

    @property
    def last(self) -> Version:
        """Its latest version, whether it lasts or has ended."""
        return self.versions[-1]


Areas = Mapping[str, Area]


def fold(events: Iterable[Event]) -> Areas:
    """Every area that the events tell of, in the order in which they came; other events are passed over.

    Raises `BrokenHistory` for an event out of its state, `Malformed` for a body of another shape.
    """
    found: dict[str, Area] = {}
    for event in events:
        step = _STEPS.get(event.kind)
        if step is not None:
            try:
                step(found, event)
            except KeyError:
                raise BrokenHistory(event.kind) from None
    return found


def _defined(found: dict[str, Area], event: Event) -> None:
    body = from_body(event.body, DefineAreas)
    for new in body.areas:
        _begin(found, event, body, new)


def _revised(found: dict[str, Area], event: Event) -> None:
    body = from_body(event.body, ReviseArea)
    since = date.fromisoformat(body.since)
    ended = _end(found[body.area], since - _DAY)
    version = _version(event, body, body.outline)
    found[body.area] = replace(ended, versions=(*ended.versions, version))


def _split(found: dict[str, Area], event: Event) -> None:
    body = from_body(event.body, SplitArea)
    old = _end(found[body.area], date.fromisoformat(body.since) - _DAY)
    found[old.id] = replace(old, became=tuple(new.area for new in body.into))
    for new in body.into:
        _begin(found, event, body, new, parents=(old.id,))


def _merged(found: dict[str, Area], event: Event) -> None:
    body = from_body(event.body, MergeAreas)
    for id_ in body.of:
        old = _end(found[id_], date.fromisoformat(body.since) - _DAY)
        found[id_] = replace(old, became=(body.area,))
    new = NamedOutline(area=body.area, outline=body.outline)
    _begin(found, event, body, new, parents=tuple(body.of))


def _closed(found: dict[str, Area], event: Event) -> None:
    body = from_body(event.body, CloseArea)
    found[body.area] = _end(found[body.area], date.fromisoformat(body.until))


_STEPS: Mapping[str, Callable[[dict[str, Area], Event], None]] = MappingProxyType(
    {DEFINE: _defined, REVISE: _revised, SPLIT: _split, MERGE: _merged, CLOSE: _closed}
)


class _Dated(Protocol):
    @property
    def body(self) -> str: ...
    @property
    def since(self) -> str: ...


def _begin(
    found: dict[str, Area],
    event: Event,
    body: _Dated,
    new: NamedOutline,
    parents: tuple[str, ...] = (),
) -> None:
    found[new.area] = Area(new.area, (_version(event, body, new.outline),), parents)


def _version(event: Event, body: _Dated, drawn: Outline) -> Version:
    since = date.fromisoformat(body.since)
    polygons = tuple(tuple(tuple(ring) for ring in polygon) for polygon in drawn.polygons)
    return Version(drawn, polygons, since, None, body.body, event.party, event.at)


def _end(area: Area, last: date) -> Area:
    return replace(area, versions=(*area.versions[:-1], replace(area.last, until=last)))


def touched(areas: Areas, municipalities: Collection[str], *, on: date) -> tuple[Area, ...]:
    """The areas that lie in any of the municipalities that day."""
    asked = frozenset(municipalities)
    now = ((area, area.on(on)) for area in areas.values())
    return tuple(a for a, v in now if v is not None and asked & {*v.outline.municipalities})


BODIES: Mapping[str, type[Message]] = MappingProxyType(
    {
        DEFINE: DefineAreas,
        REVISE: ReviseArea,
        SPLIT: SplitArea,
        MERGE: MergeAreas,
        CLOSE: CloseArea,
    }
)
"""The message that each event's body is."""
