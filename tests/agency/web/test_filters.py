"""A long list is narrowed by what the address asks; what it does not know shows everything."""

from __future__ import annotations

import pytest

from samverkan.agency.web.filters import Question, merged
from tests.agency.model import ANNA, CRIME, DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, COUNCIL = "Karin Lindqvist", "Annika Hedlund"


def _table(page: str, name: str) -> str:
    return page.split(f'id="{name}"', 1)[1].split("</table>", 1)[0]


def test_hits_are_narrowed_by_party_and_by_assessment(enrolled: World, browse: Opening) -> None:
    browser = browse(enrolled).sign_in(OFFICER)
    mine, other = enrolled.hit(POLICE, ANNA, DEBTS), enrolled.hit(POLICE, ANNA, CRIME)
    by_party = _table(browser.get(f"/hits?party={DEBTS}").text, "hits")
    assert f"/hits/{mine.id}" in by_party
    assert f"/hits/{other.id}" not in by_party
    browser.send(f"/hits/{mine.id}/judge", {"verdict": "unsure", "note": "Oklart."})
    unjudged = _table(browser.get("/hits?verdict=none").text, "hits")
    unsure = _table(browser.get("/hits?verdict=unsure").text, "hits")
    assert f"/hits/{mine.id}" in unsure
    assert f"/hits/{mine.id}" not in unjudged
    assert f"/hits/{other.id}" in unjudged


@pytest.mark.parametrize("asked", ["party=nobody", "verdict=%3Cb%3E", "scope=coo-1", "party="])
def test_what_cannot_be_chosen_shows_everything(
    asked: str, enrolled: World, browse: Opening
) -> None:
    browser = browse(enrolled).sign_in(OFFICER)
    assert _table(browser.get(f"/hits?{asked}").text, "hits") == _table(
        browser.get("/hits").text, "hits"
    )


def test_what_is_chosen_stays_chosen_and_can_be_cleared(enrolled: World, browse: Opening) -> None:
    page = browse(enrolled).sign_in(OFFICER).get(f"/hits?party={DEBTS}").text
    assert f'<option value="{DEBTS}" selected>' in page
    assert '<a href="/hits">' in page


def test_a_choice_without_alternatives_is_not_asked(enrolled: World, browse: Opening) -> None:
    page = browse(enrolled).sign_in(OFFICER).get("/hits").text
    assert 'name="party"' in page
    assert 'name="scope"' not in page  # there is one


def test_requests_that_wait_stand_first_and_are_narrowed_by_state(
    asked: World, browse: Opening
) -> None:
    asked.play("answer")
    asked.house.settle()
    browser = browse(asked).sign_in(OFFICER)
    assert "/requests/req-" in _table(browser.get("/requests?state=closed").text, "outgoing")
    none = browser.get("/requests?state=lapsed").text.split('id="outgoing"', 1)[1]
    assert "/requests/req-" not in none


def test_a_framework_stands_before_its_scopes(founded: World, browse: Opening) -> None:
    page = _table(browse(founded).sign_in(COUNCIL).get("/cooperations").text, "cooperations")
    assert page.index(founded.framework.id) < page.index(founded.scope.id)


def test_questions_of_one_name_become_one() -> None:
    first = Question("scope", "Samverkan", [("a", "A"), ("b", "B")])
    second = Question("scope", "Samverkan", [("b", "B"), ("c", "C")])
    empty = Question("party", "Part", [])
    assert merged([first, second, empty]) == [
        Question("scope", "Samverkan", [("a", "A"), ("b", "B"), ("c", "C")])
    ]
