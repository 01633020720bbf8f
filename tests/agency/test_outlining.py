"""An officer who leads a body decides over areas; every party's map follows, or nothing changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import areas, outlining
from samverkan.agency.proof import WrongPermit
from samverkan.domain.area import Area
from samverkan.domain.policy import Action
from samverkan.embedded.officers import Idle
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.model import COUNCIL, DEBTS, PARTIES, POLICE
from tests.agency.outlines import quarter
from tests.agency.world import World

SINCE = date(2026, 1, 1)


def act(world: World, do: Any, **named: Any) -> Any:
    means = world.node(POLICE).territory.means
    return world.act(POLICE, Action.DECIDE_AREA, do, means, council=COUNCIL, **named)


def define(world: World, *outlines: Any, **named: Any) -> Any:
    drawn = outlines or (quarter(15.18),)
    return act(world, outlining.define, outlines=drawn, **({"since": SINCE} | named))


def known(world: World, party: str = POLICE) -> list[Area]:
    with world.look(party) as reading:
        return list(areas.areas(reading).values())


def code(answer: Any) -> Code | None:
    return answer.code if isinstance(answer, Refused) else None


def test_every_party_has_the_area_when_the_post_has_been(founded: World) -> None:
    define(founded)
    assert known(founded) == []
    founded.house.settle()
    for party in PARTIES:
        (one,) = known(founded, party)
        assert one.last.outline.name == "Norr"
        assert one.last.outline.municipalities == ["1880"]


def test_deciding_over_areas_needs_its_own_permit_for_that_body(founded: World) -> None:
    with pytest.raises(WrongPermit):
        founded.act(
            POLICE,
            Action.ASK,
            outlining.define,
            founded.node(POLICE).territory.means,
            outlines=[quarter(15.18)],
            since=SINCE,
        )
    with pytest.raises(Idle):
        founded.permit(POLICE, Action.DECIDE_AREA, "no-such-body")
    with pytest.raises(Idle):  # it has a seat in the body, and neither leads nor prepares it
        founded.permit(DEBTS, Action.DECIDE_AREA, COUNCIL)


def test_an_overlap_is_refused_here_with_both_names(founded: World) -> None:
    define(founded)
    founded.house.settle()
    answer = define(founded, quarter(15.185, name="Söder"))
    assert answer == Refused(Code.AREA_OVERLAPS, {"name": "Söder", "other": "Norr"})


def test_a_text_that_points_somebody_out_is_refused_here(founded: World) -> None:
    before = founded.outbox(POLICE)
    assert code(define(founded, quarter(15.18, name="ring 070-174 06 35"))) is Code.TEXT_IDENTIFIES
    assert founded.outbox(POLICE) == before


def test_an_area_is_redrawn_split_merged_and_closed(founded: World) -> None:
    define(founded)
    founded.house.settle()
    whole = known(founded)[0].id
    act(
        founded,
        outlining.revise,
        area=whole,
        outline=quarter(15.18, size=0.02),
        since=date(2026, 2, 1),
    )
    founded.house.settle()
    two = [quarter(15.18, name="V"), quarter(15.19, name="Ö")]
    act(founded, outlining.split, area=whole, into=two, since=date(2026, 3, 1))
    founded.house.settle()
    parts = list(known(founded)[0].became)
    both = founded.node(POLICE).territory.merged(two, name="Båda", source="ritat för test")
    merged = act(founded, outlining.merge, of=parts, outline=both, since=date(2026, 4, 1))
    founded.house.settle()
    act(founded, outlining.close, area=merged, until=date(2026, 12, 31))
    founded.house.settle()
    found = {one.id: one for one in known(founded, DEBTS)}
    assert [version.since.month for version in found[whole].versions] == [1, 2]
    assert found[merged].parents == tuple(parts)
    assert found[merged].last.until == date(2026, 12, 31)
    with founded.look(POLICE) as reading:
        assert [one.id for one in areas.standing(reading)] == [merged]


@pytest.mark.parametrize(
    ("do", "named"),
    [
        (outlining.split, {"area": "are-" + "1" * 26, "into": [quarter(15.18)], "since": SINCE}),
        (outlining.merge, {"of": ["are-" + "1" * 26], "outline": quarter(15.18), "since": SINCE}),
    ],
    ids=["split", "merge"],
)
def test_one_is_not_several(founded: World, do: Any, named: dict[str, Any]) -> None:
    assert code(act(founded, do, **named)) is Code.FIELD_TOO_FEW


def test_an_act_over_areas_is_logged_with_its_body(founded: World) -> None:
    define(founded)
    assert founded.entries(POLICE)[-1] == "area.define"
