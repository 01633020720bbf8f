"""Keys are compared by people before they are vouched for; who does not administer sees none."""

from __future__ import annotations

import re

import pytest

from tests.agency.model import CRIME, DEBTS, POLICE, TAX
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

KEEPER = {POLICE: "Peter Dahl", DEBTS: "Daniel Roos", TAX: "Tomas Wik"}
_PRINT = re.compile(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}")


def _keeper(world: World, browse: Opening, party: str) -> Browser:
    return browse(world, party).sign_in(KEEPER[party])


def _pinned(browser: Browser, party: str) -> str:
    """The fingerprint that stands beside a party's name."""
    table = browser.get("/keys").text.split('id="pinned"', 1)[1]
    found = _PRINT.search(table.split(party, 1)[1])
    assert found is not None
    return found.group()


def test_every_party_shows_the_same_fingerprint(founded: World, browse: Opening) -> None:
    mine, theirs = _keeper(founded, browse, POLICE), _keeper(founded, browse, DEBTS)
    assert _pinned(mine, "Kronofogdemyndigheten") == _pinned(theirs, "Kronofogdemyndigheten")


def test_new_keys_wait_until_enough_have_compared_and_vouched(
    founded: World, browse: Opening
) -> None:
    owner = _keeper(founded, browse, POLICE)
    before = _pinned(owner, "Polismyndigheten")
    assert owner.send("/keys/change", {"ask": [DEBTS, TAX]}).status_code == 303
    founded.house.settle()
    assert "0 av minst 2" in owner.get("/keys").text
    for party in (DEBTS, TAX):
        helper = _keeper(founded, browse, party)
        path = f"/keys/vouch/{POLICE}"
        assert f'href="{path}"' in helper.get("/keys").text
        shown = _PRINT.findall(helper.get(path).text)
        assert len(shown) == 1
        assert shown[0] != before
        assert helper.send(path, {"compared": "yes"}).status_code == 303
        founded.house.settle()
    assert _pinned(owner, "Polismyndigheten") == shown[0]
    assert f"/keys/vouch/{POLICE}" not in helper.get("/keys").text


def test_nobody_vouches_without_saying_that_it_was_compared(
    founded: World, browse: Opening
) -> None:
    owner = _keeper(founded, browse, POLICE)
    owner.send("/keys/change", {"ask": [DEBTS, TAX]})
    founded.house.settle()
    helper = _keeper(founded, browse, DEBTS)
    answer = helper.send(f"/keys/vouch/{POLICE}", {})
    assert answer.status_code == 422
    assert 'id="compared-error"' in answer.text


@pytest.mark.parametrize("ask", [[], [DEBTS], [DEBTS, POLICE], [DEBTS, "exchange-of-nobody"]])
def test_too_few_to_vouch_draw_no_keys(ask: list[str], founded: World, browse: Opening) -> None:
    owner = _keeper(founded, browse, POLICE)
    answer = owner.send("/keys/change", {"ask": ask})
    assert answer.status_code == 422
    assert 'id="ask-error"' in answer.text
    with founded.look(POLICE) as reading:
        assert reading.keys.proposals() == []


def test_keys_that_nobody_proposed_are_not_there(founded: World, browse: Opening) -> None:
    keeper = _keeper(founded, browse, POLICE)
    for party in (DEBTS, POLICE, CRIME, "nobody"):
        assert keeper.get(f"/keys/vouch/{party}").status_code == 404
        sent = keeper.send(f"/keys/vouch/{party}", {"compared": "yes"})
        assert sent.status_code == 404


def test_who_does_not_administer_sees_no_keys(founded: World, browse: Opening) -> None:
    officer = browse(founded).sign_in("Karin Lindqvist")
    assert officer.get("/keys").status_code == 404
    assert officer.send("/keys/change", {"ask": [DEBTS, TAX]}).status_code == 404
