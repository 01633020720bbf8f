"""A party's map of areas is what steering has told it, folded once."""

from __future__ import annotations

from datetime import date

from samverkan.agency import areas, outlining
from samverkan.domain.policy import Action
from tests.agency.model import COUNCIL, POLICE
from tests.agency.outlines import quarter
from tests.agency.world import World


def test_only_what_holds_on_the_day_stands(founded: World) -> None:
    means = founded.node(POLICE).territory.means
    founded.act(
        POLICE, Action.DECIDE_AREA, outlining.define, means,
        council=COUNCIL, outlines=[quarter(15.18)], since=date(2027, 1, 1),
    )  # fmt: skip
    founded.house.settle()
    with founded.look(POLICE) as reading:
        assert areas.standing(reading) == []
        assert len(areas.standing(reading, on=date(2027, 1, 1))) == 1
        assert areas.areas(reading) is areas.areas(reading)
