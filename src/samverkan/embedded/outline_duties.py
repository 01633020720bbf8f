"""The demo's duty before the rest: the chair's party draws the areas that the plan names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from samverkan.agency import outlining
from samverkan.domain.area import DEFINE
from samverkan.domain.outline import canonical_polygons, outline
from samverkan.domain.pack import AreaPlan
from samverkan.domain.policy import Action
from samverkan.embedded.officers import Desk, using
from samverkan.wire.territory import Outline

_MICRO = 1_000_000


def draw(desk: Desk) -> bool:
    """Whoever leads a body of the plan defines its areas once: those of one body and day together."""
    planned = desk.node.pack.plan
    bodies, led = desk.plan.bodies(desk.node.me), desk.node.pack.bodies
    mine = [
        area
        for area in (planned.areas.values() if planned else ())
        if area.body in bodies and led[area.body].chair == desk.node.me
    ]
    decisions = [list(each) for _, each in groupby(sorted(mine, key=_decision), key=_decision)]
    if not decisions:
        return False
    with desk.node.read(desk.permit(Action.READ_INBOX), "areas") as reading:
        sent = len(reading.commands.sent(DEFINE))
    done = [_define(desk, planned) for planned in decisions[sent:]]
    return any(done)


def _decision(area: AreaPlan) -> tuple[str, str]:
    return area.body, area.since.isoformat()


def _define(desk: Desk, planned: list[AreaPlan]) -> bool:
    first = planned[0]
    act = using(
        outlining.define,
        desk.node.territory.means,
        outlines=list(_outlines(desk, planned)),
        since=first.since,
    )
    return desk.act(Action.DECIDE_AREA, [act], body=first.body)


def _outlines(desk: Desk, planned: Iterable[AreaPlan]) -> Iterable[Outline]:
    for area in planned:
        west, south, east, north = (round(degree * _MICRO) for degree in area.box)
        ring = [(west, south), (east, south), (east, north), (west, north)]
        yield outline(
            canonical_polygons([[ring]]),
            desk.node.territory.means.shapes,
            name=area.name,
            kind=area.kind,
            source=area.source,
        )
