"""Rates are the agency's own: dated, set by its keeper, and told only if it says so."""

from __future__ import annotations

from tests.agency.model import POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

KEEPER = "Peter Dahl"


def test_a_rate_is_set_from_a_day_on(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(KEEPER)
    sent = browser.send("/hours/rates", {"since": "2026-01-01", "amount": "612"})
    assert sent.status_code == 303
    assert "612" in browser.get("/hours/rates").text
    wrong = browser.send("/hours/rates", {"since": "2026-01-01", "amount": "-1"})
    assert wrong.status_code == 422


def test_the_cost_leaves_by_the_keepers_word(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(KEEPER)
    assert browser.send("/hours/cost", {"told": "perhaps"}).status_code == 422
    assert browser.send("/hours/cost", {"told": "yes"}).status_code == 303
    with operating.look(POLICE) as reading:
        assert reading.accounts.tells_cost() is True
