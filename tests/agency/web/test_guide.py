"""The demo leads a newcomer on, and tells nobody more than the own mandate shows."""

from __future__ import annotations

from tests.agency.model import DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, COUNCIL, AUDITOR = "Karin Lindqvist", "Annika Hedlund", "Eva Norling"
DEBTS_RELEASER = "Robert Lund"


def _inbox(world: World, browse: Opening, name: str, party: str = POLICE) -> str:
    return browse(world, party).sign_in(name).get("/").text


def test_the_first_step_is_the_analysts(enrolled: World, browse: Opening) -> None:
    page = _inbox(enrolled, browse, OFFICER)
    assert "Prova kedjan: steg 1 av 9" in page
    assert "Det steget är ditt" in page
    assert f"Logga in som {OFFICER}" in _inbox(enrolled, browse, COUNCIL)


def test_who_asked_is_led_to_the_one_who_answers_at_that_partys_own_origin(
    asked: World, browse: Opening
) -> None:
    page = _inbox(asked, browse, OFFICER)
    assert "steg 3 av 9" in page
    assert f"Logga in som {DEBTS_RELEASER}" in page
    assert 'href="https://kfm.localhost/sign-in?next=/requests"' in page
    assert "Det steget är ditt" in _inbox(asked, browse, DEBTS_RELEASER, DEBTS)


def test_whose_answer_is_awaited_is_not_told_to_who_may_not_see_requests(
    asked: World, browse: Opening
) -> None:
    page = _inbox(asked, browse, COUNCIL)
    assert "steg 3 av 9" in page
    assert DEBTS_RELEASER not in page
    assert "Kronofogden" not in page


def test_a_step_that_was_passed_is_done_also_where_it_was_not_seen(
    operating: World, browse: Opening
) -> None:
    page = _inbox(operating, browse, COUNCIL)
    number = int(page.split("Prova kedjan: steg ", 1)[1].split(" ", 1)[0])
    assert number >= 6
    path = page.split('class="timeline"', 1)[1].split("</ol>", 1)[0]
    assert path.count("timeline__step is-done") == number - 1


def test_outside_a_demo_there_is_no_guide(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    desk = browser.client.app.state["desk"]
    desk.demo = False
    assert "Prova kedjan" not in browser.get("/").text
