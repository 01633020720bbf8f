"""A cooperation is ended by who decides for a party, after reading what is lost; nothing else does."""

from __future__ import annotations

from samverkan.agency.following import cooperations
from tests.agency.model import DEBTS, POLICE, TAX
from tests.agency.web.conftest import Opening
from tests.agency.world import World

COUNCIL, OFFICER, DEBTS_COUNCIL = "Annika Hedlund", "Karin Lindqvist", "Ingela Sjö"


def _ended(world: World, id_: str) -> bool:
    with world.look(DEBTS) as reading:
        return cooperations(reading.feed.all())[id_].ended


def test_the_end_says_what_is_lost_and_asks_for_a_tick(founded: World, browse: Opening) -> None:
    path = f"/cooperations/{founded.scope.id}/end"
    browser = browse(founded).sign_in(COUNCIL)
    page = browser.get(path).text
    assert "Matchningsnycklarna förstörs" in page
    answer = browser.send(path, {})
    assert answer.status_code == 422
    assert 'id="understood-error"' in answer.text
    founded.house.settle()
    assert not _ended(founded, founded.scope.id)


def test_a_confirmed_end_ends_it_for_everybody_and_destroys_the_keys(
    founded: World, browse: Opening
) -> None:
    scope = founded.scope
    browser = browse(founded).sign_in(COUNCIL)
    page = f"/cooperations/{scope.id}"
    assert f'href="{page}/end"' in browser.get(page).text
    assert browser.send(f"{page}/end", {"understood": "yes"}).status_code == 303
    assert "Beslutet att avsluta är skickat" in browser.get(page).text
    founded.house.settle()
    assert _ended(founded, scope.id)
    with founded.look(POLICE) as reading:
        shares = [reading.keys.share(scope.id, 1, key) for key in scope.draft.key_types]
    assert shares == [None] * len(scope.draft.key_types)
    again = browser.send(f"{page}/end", {"understood": "yes"})
    assert again.status_code == 409
    assert "cooperation_ended" in again.text


def test_the_end_of_a_framework_names_the_scopes_that_end_with_it(
    founded: World, browse: Opening
) -> None:
    page = browse(founded).sign_in(COUNCIL).get(f"/cooperations/{founded.framework.id}/end").text
    below = page.split("Avgränsningar som avslutas samtidigt", 1)[1].split("</dl>", 1)[0]
    assert "Bergslagen" in below


def test_who_does_not_decide_for_the_party_ends_nothing(founded: World, browse: Opening) -> None:
    path = f"/cooperations/{founded.scope.id}/end"
    browser = browse(founded).sign_in(OFFICER)
    assert browser.get(path).status_code == 404
    assert browser.send(path, {"understood": "yes"}).status_code == 404
    founded.house.settle()
    assert not _ended(founded, founded.scope.id)


def test_a_party_outside_neither_sees_nor_ends_it(founded: World, browse: Opening) -> None:
    outsider = browse(founded, TAX).sign_in("Marie Öberg")
    assert outsider.get(f"/cooperations/{founded.scope.id}/end").status_code == 404
