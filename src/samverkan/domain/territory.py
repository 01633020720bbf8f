"""The crosswalk: which region of an agency holds a place, who speaks for it there, who covers it.

County and municipality are the common key; each agency's regions are dated overlays (pack). What
no source confirms comes with its doubt. A voice is a role in a body, never somebody's name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samverkan.domain.org import tenure
from samverkan.domain.pack import Body, BodyKind, Doubt, Level, Pack, Region, Tier
from samverkan.domain.pack.overlays import Overlay, Part
from samverkan.kernel.ids import PartyId


class By(StrEnum):
    """On what somebody speaks for an agency in a place, nearest first."""

    DELEGATE = "delegate"  # named for a body there, from day to day
    SEAT = "seat"  # the agency's seat in the regional council
    CONTACT = "contact"  # its representative in a national body
    AGENCY = "agency"  # the agency itself: it supports the effort and sits in no body


@dataclass(frozen=True, slots=True)
class Held:
    """Where a place lies in one division. Without `region` the agency is led as one."""

    division: str
    region: str | None
    names: Mapping[str, str]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegate:
    """A party's dated delegate to a body over some municipalities; both days count."""

    party: PartyId
    body: str
    municipalities: frozenset[str]
    since: date
    until: date

    def covers(self, municipality: str, on: date) -> bool:
        """Whether it speaks in that place that day."""
        return self.since <= on <= self.until and municipality in self.municipalities


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for an agency in a place: a role in a body. `party` is None for By.AGENCY."""

    agency: str
    by: By
    party: PartyId | None = None
    body: str | None = None
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    since: date
    until: date
    held: Held


@dataclass(slots=True)
class Crosswalk:
    """The pack's territory, indexed once: a look is a dictionary access and a few dates."""

    pack: Pack
    _spans: dict[tuple[str, str], list[_Span]] = field(init=False, default_factory=dict)
    _seats: dict[tuple[str, str], list[Body]] = field(init=False, default_factory=dict)
    _contacts: dict[str, list[Body]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for region in self.pack.regions.values():
            for place in _places(self.pack, region.counties):
                self._add(region.owner, place, _of_region(region))
        for overlay in self.pack.overlays.values():
            self._lay(overlay)
        self._sit()

    def region(self, agency: str, municipality: str, *, on: date) -> Held | None:
        """The region of that agency, or of that standard, in which the municipality lies that day."""
        for span in self._spans.get((agency, municipality), ()):
            if span.since <= on <= span.until:
                return span.held
        return None

    def voice(
        self, agency: str, municipality: str, *, on: date, delegates: Iterable[Delegate] = ()
    ) -> Voice | None:
        """Who speaks for the agency there that day. None: no such place, or no part in the effort."""
        known = self.pack.agencies.get(agency)
        if known is None or municipality not in self.pack.municipalities:
            return None
        held = self.region(agency, municipality, on=on)
        if tenure(known, on=on) is None:
            supports = tenure(known, on=on, tier=Tier.NETWORK)
            return Voice(agency, By.AGENCY, held=held) if supports else None
        for delegate in delegates:
            if self._agency(delegate.party) == agency and delegate.covers(municipality, on):
                return Voice(agency, By.DELEGATE, delegate.party, delegate.body, held)
        return self._seat(agency, municipality, on, held) or Voice(agency, By.AGENCY, held=held)

    def voices(
        self, municipality: str, *, on: date, delegates: Collection[Delegate] = ()
    ) -> tuple[Voice, ...]:
        """Who speaks there for each agency that takes part that day, in the pack's order."""
        asked = (
            self.voice(a, municipality, on=on, delegates=delegates) for a in self.pack.agencies
        )
        return tuple(voice for voice in asked if voice is not None)

    def bodies(self, municipalities: Collection[str], *, on: date) -> tuple[Body, ...]:
        """The bodies whose region meets the places that day, national ones last.

        One whose region no source tells (the eighth centre) covers nothing that could be named.
        """
        met = {
            region.id
            for region in self.pack.regions.values()
            if _holds(region.since, region.until, on)
            and any(self._county(place) in region.counties for place in municipalities)
        }
        there = [b for b in self.pack.bodies.values() if _holds(b.since, b.until, on)]
        near = [body for body in there if body.region in met]
        return (*near, *(body for body in there if body.level is Level.NATIONAL))

    def _county(self, municipality: str) -> str | None:
        place = self.pack.municipalities.get(municipality)
        return None if place is None else place.county

    def _agency(self, party: PartyId) -> str | None:
        known = self.pack.parties.get(party)
        return None if known is None else known.agency

    def _add(self, agency: str, place: str, span: _Span) -> None:
        self._spans.setdefault((agency, place), []).append(span)

    def _lay(self, overlay: Overlay) -> None:
        owner = overlay.agency or overlay.id
        if not overlay.parts:
            for place in self.pack.municipalities:
                self._add(owner, place, _of_part(overlay, None))
        named = {m for part in overlay.parts.values() for m in part.municipalities}
        for part in overlay.parts.values():
            span = _of_part(overlay, part)
            inside = [p for p in _places(self.pack, part.counties) if p not in named]
            for place in (*part.municipalities, *inside):
                self._add(owner, place, span)

    def _sit(self) -> None:
        """Where each agency has a seat: by region in councils, for the country in any body."""
        for body in self.pack.bodies.values():
            for agency in dict.fromkeys(self._agency(party) for party in body.members):
                if agency is None:
                    continue
                if body.region and body.kind is BodyKind.COUNCIL:
                    self._seats.setdefault((agency, body.region), []).append(body)
                elif body.level is Level.NATIONAL:
                    self._contacts.setdefault(agency, []).append(body)
        for bodies in self._contacts.values():
            bodies.sort(key=lambda body: _NEAREST.index(body.kind))

    def _seat(self, agency: str, municipality: str, on: date, held: Held | None) -> Voice | None:
        county = self._county(municipality)
        near = (
            (By.SEAT, body)
            for region in self.pack.regions.values()
            if county in region.counties and _holds(region.since, region.until, on)
            for body in self._seats.get((agency, region.id), ())
        )
        far = ((By.CONTACT, body) for body in self._contacts.get(agency, ()))
        for by, body in (*near, *far):
            if _holds(body.since, body.until, on):
                sits = (p for p in body.members if self._agency(p) == agency)
                return Voice(agency, by, next(sits), body.id, held)
        return None


_NEAREST = (
    BodyKind.GROUP,
    BodyKind.COUNCIL,
    BodyKind.STEERING_GROUP,
    BodyKind.CENTRE,
    BodyKind.SECRETARIAT,
)
"""Which national body to turn to first: those who keep contact between meetings."""


def _holds(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on <= until)


def _places(pack: Pack, counties: Collection[str]) -> list[str]:
    return [place.id for place in pack.municipalities.values() if place.county in counties]


def _of_region(region: Region) -> _Span:
    held = Held(region.owner, region.id, region.names)
    return _Span(region.since, region.until or date.max, held)


def _of_part(overlay: Overlay, part: Part | None) -> _Span:
    doubts = (overlay.doubt, None if part is None else part.doubt)
    known = tuple(doubt for doubt in doubts if doubt is not None)
    if part is None:
        held = Held(overlay.id, None, overlay.names, known)
    else:
        held = Held(overlay.id, part.id, part.names, known)
    return _Span(overlay.since, overlay.until or date.max, held)


__all__ = ["By", "Crosswalk", "Delegate", "Held", "Voice"]
