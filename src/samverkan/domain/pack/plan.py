"""What the demo sets out to do: who has a node, which scopes, and whose records are open to whom.

Written without a look at the truth of any world: lists of the pack's codes, each with its lawful
reason. A party decides for itself all the same; this is what its scripted officers intend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated

from samverkan.domain.pack.agencies import BodyRef, Direction, PartyRef, RegionRef
from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.shapes import Id, Path, Ref, Within

if TYPE_CHECKING:
    from samverkan.domain.pack.model import Pack


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """A scope below the framework: its region, the body that decides there, what is looked for."""

    region: RegionRef
    body: BodyRef
    typologies: tuple[Annotated[str, Ref("typologies")], ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """To whom a query's records are open, or for which reason (of `silence`) they are silent."""

    open_to: tuple[PartyRef, ...] = ()
    silent: Id | None = None


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """A named area that the demo draws: a rectangle in degrees (`box`: west, south, east, north).

    It stands for no real boundary; `source` says so to whoever reads it.
    """

    name: str
    kind: Annotated[str, Ref("area_kinds")]
    body: BodyRef
    box: tuple[Annotated[float, Within(-180, 180)], ...]
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A framework of `parties` under one basis, and the scopes below it.

    `parties` have a node each; who takes part in a scope follows from its typologies and from
    `queries`. `holders` make and hold the keys of every scope. A party that `sizes` does not
    name has the class `size`, or the least above it that holds `share` of its register: the
    part that lies in the largest region.
    """

    parties: tuple[PartyRef, ...]
    lead: PartyRef
    purpose: Annotated[str, Ref("purposes")]
    grounds: tuple[Annotated[str, Ref("grounds")], ...]
    basis: Annotated[str, Ref("bases")]
    holders: tuple[PartyRef, ...]
    size: Annotated[str, Ref("size_classes")]
    scopes: Mapping[Id, ScopePlan]
    queries: Mapping[Annotated[str, Ref("queries")], Opening]
    sizes: Mapping[PartyRef, Annotated[str, Ref("size_classes")]]
    share: Annotated[float, Within(0.0, 1.0)] = 1.0
    areas: Mapping[Id, AreaPlan] = field(default_factory=dict)


def findings(pack: Pack) -> Iterator[tuple[Path, Fault, str]]:
    """Every breach in the plan. A part that could not be read is passed over."""
    plan = pack.plan
    if plan is None:
        return
    for place, named in (("lead", (plan.lead,)), ("holders", plan.holders)):
        for party in (party for party in named if party not in plan.parties):
            yield ("plan", place), Fault.OUTSIDE, party
    if len({pack.parties[p].agency for p in plan.holders if p in pack.parties}) < 2:
        yield ("plan", "holders"), Fault.HOLDERS, str(len(plan.holders))
    yield from _scopes(pack, plan)
    for id_, area in plan.areas.items():
        west, south, east, north = (*area.box, 0, 0, 0, 0)[:4]
        if len(area.box) != 4 or not (west < east and south < north):
            yield ("plan", "areas", id_, "box"), Fault.OUT_OF_RANGE, str(area.box)
    for name, opening in plan.queries.items():
        yield from _opening(pack, plan, name, opening)


def _scopes(pack: Pack, plan: Plan) -> Iterator[tuple[Path, Fault, str]]:
    """The body that decides in a scope is one of its region."""
    for name, scope in plan.scopes.items():
        body = pack.bodies.get(scope.body)
        if body is not None and body.region != scope.region:
            yield ("plan", "scopes", name, "body"), Fault.REGION, scope.body


def _opening(
    pack: Pack, plan: Plan, name: str, opening: Opening
) -> Iterator[tuple[Path, Fault, str]]:
    """Open to others that may receive what the owner may disclose; or silent for a known reason."""
    at = ("plan", "queries", name)
    query = pack.queries.get(name)
    if bool(opening.open_to) is (opening.silent is not None):
        yield at, Fault.OPEN_OR_SILENT, name
    if opening.silent is not None and opening.silent not in pack.reasons.get("silence", {}):
        yield (*at, "silent"), Fault.UNKNOWN_REFERENCE, f"silence: {opening.silent}"
    if query is None:
        return
    ways = [(query.party, Direction.DISCLOSE)] if opening.open_to else []
    ways += [(party, Direction.RECEIVE) for party in opening.open_to]
    for party, direction in ways:
        if not pack.standing(party, plan.basis, direction, on=pack.pack.law_as_of):
            yield at, Fault.NO_STANDING, party
    outside = {query.party, *opening.open_to} - set(plan.parties)
    for party in sorted(outside):
        yield at, Fault.OUTSIDE, party
    if query.party in opening.open_to:
        yield (*at, "open_to"), Fault.OUTSIDE, query.party
