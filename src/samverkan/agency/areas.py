"""The named areas that steering has told of, folded by the very rules by which it decides."""

from __future__ import annotations

from datetime import date

from samverkan.agency.ports import Reading
from samverkan.domain import area
from samverkan.domain.area import Area, Areas


def areas(reading: Reading) -> Areas:
    """Every area that was ever defined, in the order in which they came."""
    return reading.feed.all().derived(area.fold)


def standing(reading: Reading, *, on: date | None = None) -> list[Area]:
    """The areas that hold on a day; today's if none is asked for."""
    day = on or reading.now.date()
    return [one for one in areas(reading).values() if one.on(day) is not None]
