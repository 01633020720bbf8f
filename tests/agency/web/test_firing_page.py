"""A firing is shown with its doubts, assessed by a person, and asked about at each other owner."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from samverkan.agency import firings
from samverkan.agency.facts import FiringFacts
from samverkan.domain.graph import Relevance
from samverkan.domain.policy import Action
from samverkan.wire.v1 import EXCHANGE
from tests.agency.model import DEBTS, DELTA, POLICE, TYPOLOGY
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, RELEASER = "Karin Lindqvist", "Johan Bergström"
DEBTS_RELEASER = "Robert Lund"
ABSENT = "fir-" + "0" * 26


def firing(world: World) -> FiringFacts:
    with world.look(POLICE) as reading:
        (found,) = reading.firings.all()
    return found


def assess(browser: Browser, one: FiringFacts, relevance: str, note: str = "Samma bolag.") -> Any:
    form = {"relevance": relevance, "note": note}
    return browser.send(f"/firings/{one.id}/assess", form)


def request_form(world: World) -> dict[str, Any]:
    return {
        "case": world.case(),
        "props": ["condition", "name"],
        "basis": "sfs-2016-774",
        "need": "assess-proposal",
        "need_text": "Behövs för att bedöma förslaget.",
        "days": "14",
    }


def test_a_firing_names_the_other_agencies_and_not_their_conditions(
    enrolled: World, browse: Opening
) -> None:
    page = browse(enrolled).sign_in(OFFICER).get(f"/firings/{firing(enrolled).id}").text
    assert "Kronofogdemyndigheten" in page
    assert "Personal iakttagen" in page
    assert "Skuld över" not in page
    assert "2 av 2" in page


@pytest.mark.parametrize(("by", "warned"), [("number", False), ("repair", True), ("name", True)])
def test_a_firing_that_no_number_unites_says_that_it_may_be_somebody_else(
    enrolled: World, browse: Opening, by: str, warned: bool
) -> None:
    body = msgspec.structs.replace(firing(enrolled).fired, by=by, of=3)
    enrolled.hear(POLICE, firings.fired, EXCHANGE, body)
    page = browse(enrolled).sign_in(OFFICER).get(f"/firings/{body.firing}").text
    assert ("Kan vara någon annan" in page) is warned


def test_an_assessment_without_reasons_stays_on_the_form(enrolled: World, browse: Opening) -> None:
    browser = browse(enrolled).sign_in(OFFICER)
    answer = assess(browser, firing(enrolled), "relevant", "  ")
    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text
    with enrolled.look(POLICE) as reading:
        assert reading.firings.assessed() == {}


def test_an_assessment_shows_in_the_list_and_can_be_withdrawn(
    enrolled: World, browse: Opening
) -> None:
    one, browser = firing(enrolled), browse(enrolled).sign_in(OFFICER)
    page = browser.get(f"/firings/{one.id}").text
    assert 'value="withdrawn"' not in page, "there is nothing to withdraw"
    assert assess(browser, one, "not_relevant").status_code == 303
    table = browser.get("/hits").text.split('id="firings"', 1)[1].split("</table>", 1)[0]
    assert "Inte relevant" in table
    assert 'value="withdrawn"' in browser.get(f"/firings/{one.id}").text


def test_only_a_relevant_firing_is_asked_about_and_only_its_other_owners(
    asked: World, browse: Opening
) -> None:
    one, browser = firing(asked), browse(asked).sign_in(OFFICER)
    way = f"/firings/{one.id}/ask/{DEBTS}"
    assert way not in browser.get(f"/firings/{one.id}").text
    refused = browser.send(way, request_form(asked))
    assert refused.status_code == 422, "also for who knows the address"
    assess(browser, one, "relevant")
    page = browser.get(f"/firings/{one.id}").text
    assert way in page
    assert f"/ask/{POLICE}" not in page
    for party in (POLICE, "skv-beskattning", "nobody"):
        assert browser.get(f"/firings/{one.id}/ask/{party}").status_code == 404
    assert browser.get(f"/firings/{ABSENT}/ask/{DEBTS}").status_code == 404


def test_a_request_about_a_firing_goes_to_its_owner_who_sees_typology_record_and_need(
    asked: World, browse: Opening
) -> None:
    one, browser = firing(asked), browse(asked).sign_in(OFFICER)
    assess(browser, one, "relevant")
    assert browser.get(f"/firings/{one.id}/ask/{DEBTS}").status_code == 200
    sent = browser.send(f"/firings/{one.id}/ask/{DEBTS}", request_form(asked))
    assert sent.status_code == 303
    path = sent.headers["location"]
    assert path in browser.get(f"/firings/{one.id}").text
    assert "Typologin bakom" in browser.get(path).text
    asked.house.settle()
    page = browse(asked, DEBTS).sign_in(DEBTS_RELEASER).get(path).text
    assert "Typologin bakom" in page
    assert "Skuld över 100" in page
    assert "bruksgatan" in page.lower()
    assert "Behövs för att bedöma förslaget." in page
    assert "Personal iakttagen" not in page, "the asker's own condition is not told by asking"


def test_a_request_form_with_mistakes_keeps_what_was_written(asked: World, browse: Opening) -> None:
    one, browser = firing(asked), browse(asked).sign_in(OFFICER)
    assess(browser, one, "relevant")
    form = request_form(asked) | {"need_text": ""}
    answer = browser.send(f"/firings/{one.id}/ask/{DEBTS}", form)
    assert answer.status_code == 422
    assert 'id="need_text-error"' in answer.text


def test_what_has_left_is_listed_for_the_releasing_officer(asked: World, browse: Opening) -> None:
    page = browse(asked).sign_in(RELEASER).get("/disclosures").text
    assert "Personal iakttagen" in page
    assert "Kronofogdemyndigheten" in page
    assert "Delta Bygg" in page
    request = asked.request(DEBTS, DELTA, POLICE)
    releaser = browse(asked, DEBTS).sign_in(DEBTS_RELEASER)
    form = {f"fate.{prop}": "released" for prop in request.ask.props}
    assert releaser.send(f"/requests/{request.id}/answer", form).status_code == 303
    page = releaser.get("/disclosures").text
    assert f"/requests/{request.id}" in page
    assert "Skuld över 100" in page


def test_a_firing_that_waits_shows_on_the_first_page_until_it_is_assessed(
    enrolled: World, browse: Opening
) -> None:
    one, browser = firing(enrolled), browse(enrolled).sign_in(OFFICER)
    assert "utslag i typologi" in browser.get("/").text
    made = enrolled.act(
        POLICE, Action.JUDGE_HIT, firings.assess, one.id, Relevance.UNSURE, "oklart"
    )
    assert not hasattr(made, "code")
    assert "utslag i typologi" not in browser.get("/").text
    assert one.fired.typology == TYPOLOGY
