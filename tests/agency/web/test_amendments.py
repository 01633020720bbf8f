"""A corrected word stands struck through with the new one beside it, in case, request and inbox."""

from __future__ import annotations

from datetime import timedelta

from samverkan.agency.amending import HEARD
from samverkan.domain.statement import Prop
from tests.agency.model import ANNA, DEBTS, DEBTS_STREET, POLICE
from tests.agency.test_amending import NEW, answered, correct, due, recall, say
from tests.agency.web.conftest import Opening
from tests.agency.world import World

__all__ = ["answered"]
OFFICER, RELEASER = "Karin Lindqvist", "Robert Lund"


def _struck(page: str) -> list[str]:
    return [part.split("</s>", 1)[0] for part in page.split("<s>")[1:]]


def test_the_case_shows_the_old_word_struck_and_the_new_one(
    answered: World, browse: Opening
) -> None:
    browser = browse(answered).sign_in(OFFICER)
    before = browser.get(f"/cases/{answered.case()}").text
    assert _struck(before) == []
    say(answered, Prop.STREET, NEW)
    correct(answered)
    answered.house.settle()
    page = browser.get(f"/cases/{answered.case()}").text
    assert [one.lower() for one in _struck(page)] == [DEBTS_STREET.lower()]
    assert NEW in page


def test_both_sides_requests_show_it_and_the_inboxes_tell(answered: World, browse: Opening) -> None:
    say(answered, Prop.STREET, NEW)
    incoming = answered.request(DEBTS, ANNA, POLICE).id
    releaser = browse(answered, DEBTS).sign_in(RELEASER)
    assert f"/requests/{incoming}" in releaser.get("/").text
    assert due(answered)
    correct(answered)
    answered.house.settle()
    assert f"/requests/{incoming}" not in releaser.get("/").text
    assert NEW in releaser.get(f"/requests/{incoming}").text
    officer = browse(answered).sign_in(OFFICER)
    outgoing = answered.request(POLICE, ANNA, DEBTS).id
    assert "har rättat eller återkallat" in officer.get("/").text
    assert NEW in officer.get(f"/requests/{outgoing}").text


def test_what_was_heard_leaves_the_inbox_after_its_time(answered: World, browse: Opening) -> None:
    recall(answered, Prop.STREET)
    answered.house.settle()
    assert "har rättat eller återkallat" in browse(answered).sign_in(OFFICER).get("/").text
    answered.clock.advance(HEARD + timedelta(minutes=1))
    assert "har rättat eller återkallat" not in browse(answered).sign_in(OFFICER).get("/").text
