"""A world with one area decided, for the pages of areas."""

from __future__ import annotations

from datetime import date
from typing import Any

from samverkan.agency import areas, outlining
from samverkan.domain.policy import Action
from tests.agency.model import COUNCIL, POLICE
from tests.agency.outlines import quarter
from tests.agency.world import World


def define(world: World, *outlines: Any, since: date = date(2026, 1, 1)) -> list[str]:
    """Define them and carry the post; gives their numbers."""
    world.act(
        POLICE, Action.DECIDE_AREA, outlining.define, world.node(POLICE).territory.means,
        council=COUNCIL, outlines=outlines or (quarter(15.18),), since=since,
    )  # fmt: skip
    world.house.settle()
    return known(world)


def known(world: World) -> list[str]:
    """The numbers of all areas, oldest first."""
    with world.look(POLICE) as reading:
        return list(areas.areas(reading))
