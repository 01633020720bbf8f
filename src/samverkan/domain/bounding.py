"""What a body may decide over named areas: drawn soundly, named once, apart from their own kind.

The party that chairs a body speaks for it. What geometry says is asked of `Shapes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.domain.area import REGISTER, Areas, Version
from samverkan.domain.outline import Polygons, Shapes, digest, polygons_of
from samverkan.domain.pack import Pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import AreaId, MalformedId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.territory import (
    CloseArea,
    DefineAreas,
    MergeAreas,
    NamedOutline,
    Outline,
    ReviseArea,
    SplitArea,
)

LONGEST_NAME = 120
LEAST_SHARE = 0.5
"""So much of a part must lie in what was split, and of what was merged in the whole."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision over areas is weighed by: the model, what is there, geometry, the day."""

    pack: Pack
    areas: Areas
    shapes: Shapes
    on: date


def define(ground: Ground, party: str, command: DefineAreas) -> Refused | None:
    """New areas from a day."""
    since = date.fromisoformat(command.since)
    return (
        entitled(ground, party, command.body)
        or _numbers(ground, command.areas)
        or sound(ground, [new.outline for new in command.areas], since)
    )


def revise(ground: Ground, party: str, command: ReviseArea) -> Refused | None:
    """An area that lasts lies otherwise from a later day; its kind stays."""
    since = date.fromisoformat(command.since)
    refused = entitled(ground, party, command.body) or _lasts(ground, [command.area], since)
    if refused is not None:
        return refused
    if ground.areas[command.area].last.outline.kind != command.outline.kind:
        return refuse(Code.WRONG_STATE)
    return sound(ground, [command.outline], since, leaving=[command.area])


def split(ground: Ground, party: str, command: SplitArea) -> Refused | None:
    """An area becomes several, each of them mostly inside it."""
    since = date.fromisoformat(command.since)
    drawn = [new.outline for new in command.into]
    refused = (
        entitled(ground, party, command.body)
        or _lasts(ground, [command.area], since)
        or _numbers(ground, command.into)
        or sound(ground, drawn, since, leaving=[command.area])
    )
    if refused is not None:
        return refused
    whole = ground.areas[command.area].last
    return _inside(ground, drawn, whole.outline)


def merge(ground: Ground, party: str, command: MergeAreas) -> Refused | None:
    """Several areas become one that holds most of each."""
    since = date.fromisoformat(command.since)
    new = NamedOutline(area=command.area, outline=command.outline)
    refused = (
        entitled(ground, party, command.body)
        or _lasts(ground, command.of, since)
        or _numbers(ground, [new])
        or sound(ground, [command.outline], since, leaving=command.of)
    )
    if refused is not None:
        return refused
    return _inside(ground, [ground.areas[id_].last.outline for id_ in command.of], command.outline)


def close(ground: Ground, party: str, command: CloseArea) -> Refused | None:
    """An area that lasts gets its last day, from its first on."""
    until = date.fromisoformat(command.until)
    refused = entitled(ground, party, command.body)
    return refused or _lasts(ground, [command.area], until + _DAY)


def entitled(ground: Ground, party: str, body: str) -> Refused | None:
    """The body is there that day, and the party chairs it; otherwise it is no body of theirs."""
    known = ground.pack.bodies.get(body)
    if known is None:
        return refuse(Code.NOT_IN_PACK)
    there = known.since <= ground.on and (known.until is None or ground.on <= known.until)
    if not there:
        return refuse(Code.NOT_THIS_BODY)
    return None if known.chair == party else refuse(Code.NOT_A_MEMBER)


def sound(
    ground: Ground, drawn: Sequence[Outline], since: date, *, leaving: Collection[str] = ()
) -> Refused | None:
    """Every outline is well drawn, named once, and apart from all others of its kind from that day."""
    for one in drawn:
        refused = _worded(ground, one) or _drawn(ground, one)
        if refused is not None:
            return refused
    for kind in dict.fromkeys(one.kind for one in drawn):
        new = [one for one in drawn if one.kind == kind]
        old = [*_rivals(ground.areas, kind, since, leaving)]
        refused = _apart(ground, new, old)
        if refused is not None:
            return refused
    return None


def _worded(ground: Ground, drawn: Outline) -> Refused | None:
    if drawn.kind not in ground.pack.area_kinds:
        return refuse(Code.NOT_IN_PACK)
    if len(drawn.name) > LONGEST_NAME:
        return refuse(Code.FIELD_TOO_LONG, max=str(LONGEST_NAME))
    return None


def _drawn(ground: Ground, drawn: Outline) -> Refused | None:
    polygons = polygons_of(drawn)
    sent = tuple(tuple(tuple(map(tuple, ring)) for ring in polygon) for polygon in drawn.polygons)
    if sent != polygons or drawn.digest != digest(polygons):
        return refuse(Code.FORM_INVALID)
    refused = ground.shapes.fault(polygons, drawn.name)
    if refused is None and tuple(drawn.municipalities) != ground.shapes.municipalities(polygons):
        return refuse(Code.AREA_ELSEWHERE, name=drawn.name)
    return refused


def _rivals(areas: Areas, kind: str, since: date, leaving: Collection[str]) -> Iterator[Version]:
    """Versions of the kind that hold on that day or later, of areas that stay."""
    for area in areas.values():
        for version in area.versions:
            there = version.outline.kind == kind and version.lasts_into(since)
            if there and area.id not in leaving:
                yield version


def _apart(ground: Ground, new: Sequence[Outline], old: Sequence[Version]) -> Refused | None:
    named = [*new, *(version.outline for version in old)]
    names: set[str] = {one.name.casefold() for one in named[len(new) :]}
    for one in new:
        if one.name.casefold() in names:
            return refuse(Code.AREA_NAME_TWICE, name=one.name)
        names.add(one.name.casefold())
    drawn: list[Polygons] = [polygons_of(one) for one in new]
    met = ground.shapes.meeting(drawn, [version.polygons for version in old])
    if met is None:
        return None
    return refuse(Code.AREA_OVERLAPS, name=named[met[0]].name, other=named[met[1]].name)


def _numbers(ground: Ground, new: Sequence[NamedOutline]) -> Refused | None:
    """Each number is an area's, and new."""
    numbers = [one.area for one in new]
    try:
        for number in numbers:
            AreaId.parse(number)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    taken = len(set(numbers)) < len(numbers) or {*numbers} & {*ground.areas, REGISTER}
    return refuse(Code.ALREADY_DECIDED) if taken else None


def _lasts(ground: Ground, ids: Sequence[str], day: date) -> Refused | None:
    """Each is there once, has no last day yet, and began before that day."""
    if len(set(ids)) < len(ids):
        return refuse(Code.FORM_INVALID)
    for id_ in ids:
        area = ground.areas.get(id_)
        if area is None:
            return refuse(Code.NOT_FOUND)
        if area.last.until is not None or area.last.since >= day:
            return refuse(Code.AREA_NOT_THAT_DAY, name=area.last.outline.name)
    return None


def _inside(ground: Ground, parts: Sequence[Outline], whole: Outline) -> Refused | None:
    for part in parts:
        if ground.shapes.share(polygons_of(part), polygons_of(whole)) < LEAST_SHARE:
            return refuse(Code.AREA_NOT_A_PART, name=part.name, other=whole.name)
    return None
