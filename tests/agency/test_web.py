"""The workspace as a whole: what its navigation leads to, and whose name the frame shows."""

from __future__ import annotations

import pytest

from samverkan.agency.web import handlers, navigation, site_frame
from samverkan.kernel.ids import UserId
from samverkan.shell.frame import Viewer
from samverkan.shell.texts import Language
from tests.agency.model import POLICE
from tests.agency.web.conftest import NodeDesk
from tests.agency.world import World


def _paths(world: World, name: str) -> list[str]:
    desk = NodeDesk(world.node(POLICE), demo=True)
    user = next(one.user for one in desk.node.officers() if one.name == name)
    return [item.path for item in navigation(desk)(Viewer(user, Language.SV, ""))]


@pytest.mark.parametrize(
    ("name", "there", "away"),
    [
        ("Johan Bergström", ["/", "/requests", "/disclosures"], ["/hits", "/log", "/keys"]),
        ("Annika Hedlund", ["/", "/cooperations", "/council", "/operations"], ["/hits", "/log"]),
        ("Peter Dahl", ["/", "/deliveries", "/keys", "/hours/rates"], ["/requests", "/council"]),
        ("Eva Norling", ["/reports", "/log"], ["/", "/hits", "/cases", "/council"]),
    ],
)
def test_navigation_follows_the_mandates(
    founded: World, name: str, there: list[str], away: list[str]
) -> None:
    led = _paths(founded, name)
    assert [path for path in led if path in there] == there, "in the order of the menu"
    assert not set(led) & set(away)


def test_a_stranger_is_led_nowhere(founded: World) -> None:
    desk = NodeDesk(founded.node(POLICE), demo=True)
    items = navigation(desk)
    assert items(Viewer(None, Language.SV, "")) == []
    assert items(Viewer(UserId("usr-" + "0" * 26), Language.SV, "")) == []


def test_a_lapsed_mandate_leads_nowhere(founded: World) -> None:
    founded.clock.now = founded.clock.now.replace(year=2029)
    assert _paths(founded, "Karin Lindqvist") == []


def test_the_frame_shows_the_officers_name_and_the_stamp(founded: World) -> None:
    desk = NodeDesk(founded.node(POLICE), demo=True)
    frame = site_frame(desk, shared_process=True)
    officer = desk.node.officers()[0]
    assert frame.who(officer.user) == officer.name
    assert frame.party[Language.SV] == "Polismyndigheten"
    assert frame.stamp is desk.node.stamp


def test_each_route_is_given_once() -> None:
    routes = [
        (path, method)
        for handler in handlers()
        for path in handler.paths
        for method in handler.http_methods
    ]
    assert len(routes) == len(set(routes))
