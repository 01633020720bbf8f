"""Follow-up adds up what the operations used, cost and led to; what was not used shows as unused."""

from __future__ import annotations

from tests.agency.model import DEBTS, POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, DEBTS_OFFICER = "Karin Lindqvist", "Elin Falk"


def _accounted(world: World, browse: Opening) -> Browser:
    """The police have reported hours and an outcome."""
    browser = browse(world).sign_in(OFFICER)
    path = f"/operations/{world.operation()}"
    hours = {
        "hours_week": "2026-w41",
        "hours_level": "regional",
        "hours_kind": "control",
        "hours_count": "12",
    }
    assert browser.send(f"{path}/hours", hours).status_code == 303
    page = browser.get(path).text
    effect = page.split('id="effect_indicator"', 1)[1].split('<option value="')[2].split('"')[0]
    form = {"effect_indicator": effect, "effect_amount": "7", "effect_decided": "2026-11-24"}
    assert browser.send(f"{path}/outcome", form).status_code == 303
    world.house.settle()
    return browser


def _table(page: str, name: str) -> str:
    return page.split(f'id="{name}"', 1)[1].split("</table>", 1)[0]


def test_hours_and_outcomes_of_the_year_add_up(operating: World, browse: Opening) -> None:
    page = _accounted(operating, browse).get("/follow-up").text
    assert "12,0\u00a0tim" in _table(page, "hours")
    assert "7\u00a0" in _table(page, "figures")
    assert "1 utfall registrerat" in page
    assert "Få utfall" in _table(page, "figures")


def test_a_measure_that_was_not_used_shows_as_unused(operating: World, browse: Opening) -> None:
    page = browse(operating).sign_in(OFFICER).get("/follow-up").text
    rows = _table(page, "measures").split('<tr role="row"')[2:]
    pack = operating.node(POLICE).pack
    own = [one.names["sv"] for one in pack.measures.values() if POLICE in one.parties]
    used = {name: row for name in own for row in rows if f">{name}<" in row}
    assert set(used) == set(own)
    assert {("Används inte" in row) for row in used.values()} == {True, False}


def test_another_year_has_no_outcome_of_this_one(operating: World, browse: Opening) -> None:
    browser = _accounted(operating, browse)
    this = browser.get("/follow-up?year=2026").text
    assert "Uppföljning 2026" in this
    assert browser.get("/follow-up?year=1999").text.count("Uppföljning 2026") > 0


def test_who_has_no_part_in_operations_sees_no_follow_up(operating: World, browse: Opening) -> None:
    assert browse(operating).sign_in("Peter Dahl").get("/follow-up").status_code == 404


def test_each_party_sees_the_operations_that_it_has_part_in(
    operating: World, browse: Opening
) -> None:
    page = browse(operating, DEBTS).sign_in(DEBTS_OFFICER).get("/follow-up").text
    assert f'href="/operations/{operating.operation()}"' in page
