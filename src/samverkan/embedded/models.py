"""A national model as lines to read: who takes part, with what standing, in which bodies and places.

Each line is cells in the pack's first language. A cell that no source seen confirms ends in (U).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from samverkan.domain.org import members, tenure
from samverkan.domain.pack import Body, Doubt, Pack, Tier
from samverkan.embedded.house import read_pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.kernel.purpose import Stamp

Line = tuple[str, ...]


def model(name: str) -> Pack:
    """A model that comes with the product. Raises `RefusedError`."""
    return read_pack(name, Stamp.SYNTHETIC)


def agencies(pack: Pack, on: date, tier: Tier) -> Iterator[Line]:
    """The agencies of the tier that day; one whose membership is only guessed is none."""
    for code in members(pack, on=on, tier=tier):
        span = tenure(pack.agencies[code], on=on, tier=tier)
        yield (_name(pack, pack.agencies[code].names) + _mark(span.doubt if span else None),)


def parties(pack: Pack, on: date) -> Iterator[Line]:
    """Each party with its name and, by basis, the provision and directions of its standing that day."""
    for party in pack.parties.values():
        held = [one for one in party.standing if _in_force(one.since, one.until, on)]
        places = [
            f"{one.statute} § {one.section}: {'/'.join(one.may)}{_mark(one.doubt)}" for one in held
        ]
        yield (party.id, _name(pack, party.names), *places)


def bodies(pack: Pack, on: date) -> Iterator[Line]:
    """Each body of the day: what it is, where, how many seats and quorum, what it may decide."""
    for body in pack.bodies.values():
        if _in_force(body.since, body.until, on):
            seats = f"{len(body.members)}/{body.quorum}"
            decides = "/".join(body.decides) or "-"
            yield body.id, _name(pack, body.names), body.kind, _where(pack, body), seats, decides


def territory(pack: Pack, county: str | None, on: date) -> Iterator[Line]:
    """The counties with their regions and numbers of municipalities, or one county's municipalities.

    Raises `RefusedError` for a county that the model does not hold.
    """
    if county is None:
        yield from _counties(pack, on)
    elif county in pack.counties:
        yield from ((p.id, p.name) for p in pack.municipalities.values() if p.county == county)
    else:
        raise RefusedError(refuse(Code.NOT_IN_PACK))


def measures(pack: Pack, party: str) -> Iterator[Line]:
    """What a party can do, and by which indicators it is counted. Raises `RefusedError`."""
    if PartyId(party) not in pack.parties:
        raise RefusedError(refuse(Code.NOT_A_PARTY))
    for measure in pack.measures.values():
        if party in measure.parties:
            counted = ", ".join(_name(pack, pack.indicators[i].names) for i in measure.indicators)
            yield measure.id, _name(pack, measure.names), counted or "-"


def _in_force(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on <= until)


def _counties(pack: Pack, on: date) -> Iterator[Line]:
    for county in pack.counties.values():
        places = [p.id for p in pack.municipalities.values() if p.county == county.id]
        owners = dict.fromkeys(region.owner for region in pack.regions.values())
        found = [pack.region_of(places[0], owner, on=on) for owner in owners if places]
        named = [_name(pack, region.names) for region in found if region is not None]
        yield county.id, _name(pack, county.names), ", ".join(named) or "-", str(len(places))


def _where(pack: Pack, body: Body) -> str:
    region = _name(pack, pack.regions[body.region].names) if body.region else body.level.value
    seat = f", {pack.municipalities[body.seat].name}" if body.seat else ""
    return region + seat + _mark(body.doubt)


def _name(pack: Pack, names: Mapping[str, str]) -> str:
    return names[pack.pack.languages[0]]


def _mark(doubt: Doubt | None) -> str:
    return " (U)" if doubt is not None else ""
