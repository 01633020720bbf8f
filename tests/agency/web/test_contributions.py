"""The page of contributions: what is owed is a figure and a line in the inbox until it is said."""

from __future__ import annotations

from samverkan.agency import feedback
from tests.agency.model import DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, RELEASER = "Karin Lindqvist", "Johan Bergström"


def test_feedback_is_given_once_and_leaves_the_inbox(operating: World, browse: Opening) -> None:
    with operating.look(POLICE) as reading:
        one = next(c for c in feedback.given_to_us(reading) if c.request.peer == DEBTS)
    path = f"/contributions/{one.request.id}"
    browser = browse(operating).sign_in(OFFICER)
    assert path in browser.get("/").text
    assert "Återkoppling saknas" in browser.get("/contributions").text
    assert browser.send(path, {}).status_code == 422
    wrong = browser.send(path, {"feedback_code": "not-usable"})
    assert wrong.status_code == 422
    assert "reason_missing" in wrong.text
    assert browser.send(path, {"feedback_code": "used"}).status_code == 303
    operating.house.settle()
    assert path not in browser.get("/").text
    with operating.look(DEBTS) as reading:
        said = {c.request.id: c.said for c in feedback.given_by_us(reading)}
    assert said[one.request.id] is not None


def test_who_answers_requests_sees_what_came_of_own_contributions_alone(
    operating: World, browse: Opening
) -> None:
    page = browse(operating).sign_in(RELEASER).get("/contributions").text
    assert "Vad vi har bidragit med" in page
    assert "Vad andra har bidragit med" not in page


def test_a_contribution_that_is_none_is_not_there(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(OFFICER)
    path = "/contributions/req-" + "0" * 26
    assert browser.get(path).status_code == 404
    assert browser.send(path, {"feedback_code": "used"}).status_code == 404
