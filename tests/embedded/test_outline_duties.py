"""The demo's areas are drawn once, by whoever leads the body, and say that they are no boundary."""

from __future__ import annotations

from dataclasses import replace

from samverkan.agency import areas
from samverkan.embedded import outline_duties
from samverkan.embedded.officers import Desk, Sector
from tests.agency.model import DEBTS, POLICE, SCOPE
from tests.agency.world import World


def names(world: World, party: str) -> list[str]:
    with world.look(party) as reading:
        return [one.last.outline.name for one in areas.areas(reading).values()]


def test_the_areas_of_the_plan_are_drawn_once_and_told_to_all(founded: World) -> None:
    desk = Desk(founded.node(POLICE), founded.plan)
    before = names(founded, POLICE)
    outline_duties.draw(desk)
    founded.house.settle()
    assert not outline_duties.draw(desk)
    assert sorted(names(founded, POLICE)) == ["Oxhagen", "Varberga", "Vivalla"]
    assert names(founded, DEBTS) == names(founded, POLICE)
    assert len(before) in (0, 3)


def test_each_says_that_it_is_drawn_for_the_demo(founded: World) -> None:
    outline_duties.draw(Desk(founded.node(POLICE), founded.plan))
    founded.house.settle()
    with founded.look(POLICE) as reading:
        sources = {one.last.outline.source for one in areas.areas(reading).values()}
    assert len(sources) == 1
    assert "inte den officiella" in sources.pop()


def test_who_leads_no_body_of_the_plan_draws_nothing(founded: World) -> None:
    assert not outline_duties.draw(Desk(founded.node(DEBTS), founded.plan))
    elsewhere = replace(founded.plan, sectors=(Sector("syd", "rsr-syd", SCOPE, ()),))
    assert not outline_duties.draw(Desk(founded.node(POLICE), elsewhere))
