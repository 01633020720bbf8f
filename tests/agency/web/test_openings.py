"""What a scope waits for comes back every day; what the party has left out does not."""

from __future__ import annotations

import re

from samverkan.agency.selecting import queries
from samverkan.agency.web.openings import covered
from tests.agency.model import DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, RELEASER = "Karin Lindqvist", "Johan Bergström"
RULE = {"receivers": [DEBTS], "test": "Vägt.", "until": "2027-01-31", "query": "worksites"}


def _listed(world: World) -> tuple[set[str], set[str]]:
    """The own queries of the scope: listed ones, and conditions of typologies."""
    own = queries(world.node(POLICE).pack, world.scope.draft, POLICE)
    sought = {name for name, query in own.items() if query.typology is not None}
    return set(own) - sought, sought


def test_a_party_that_has_chosen_nothing_is_reminded_of_every_query(
    founded: World, browse: Opening
) -> None:
    listed, sought = _listed(founded)
    page = browse(founded).sign_in(RELEASER).get("/").text
    assert f"Skriv under {len(listed | sought)} utlämnanderegler" in page


def test_once_it_has_chosen_only_what_a_typology_looks_for_is_owed(
    founded: World, browse: Opening
) -> None:
    listed, sought = _listed(founded)
    assert len(listed) > 1
    browser = browse(founded).sign_in(RELEASER)
    sent = browser.send(f"/cooperations/{founded.scope.id}/rule", RULE)
    assert sent.status_code == 303
    assert re.search(rf"Skriv under {len(sought)} utlämnanderege", browser.get("/").text)
    officer = browse(founded).sign_in(OFFICER).get("/").text
    assert f"Gör {len(sought) + 1} urval" in officer


def test_the_page_says_why_a_query_is_left_out(founded: World, browse: Opening) -> None:
    scope, pack = founded.scope, founded.node(POLICE).pack
    listed, _ = _listed(founded)
    browser = browse(founded).sign_in(RELEASER)
    browser.send(f"/cooperations/{scope.id}/rule", RULE)
    page = browser.get(f"/cooperations/{scope.id}").text
    table = page.split('id="queries"', 1)[1].split("</table>", 1)[0]
    left = listed - {"worksites"}
    by_typology = sum(covered(pack, scope, POLICE, name) for name in left)
    assert table.count("Tas med genom typologi") == by_typology
    assert table.count("Utelämnat") >= len(left) - by_typology


def test_a_query_is_covered_where_typologies_look_for_all_of_it(founded: World) -> None:
    pack, scope = founded.node(POLICE).pack, founded.scope
    sought = {code for name in scope.draft.typologies for code in pack.typologies[name].conditions}
    for name, query in pack.queries.items():
        wanted = bool(query.conditions) and set(query.conditions) <= sought
        assert covered(pack, scope, str(query.party), name) is wanted
    assert not covered(pack, scope, POLICE, "no-such-query")
