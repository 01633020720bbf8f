"""A header's page tells who takes part and what it came to, in both languages, and names nobody."""

from __future__ import annotations

import pytest

from samverkan.agency import casing
from samverkan.domain.policy import Action
from tests.agency.model import ANNA, DEBTS, POLICE, small_pack
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, COUNCIL = "Karin Lindqvist", "Annika Hedlund"


def test_contributions_are_counted_and_nobody_is_named(operating: World, browse: Opening) -> None:
    page = browse(operating).sign_in(COUNCIL).get(f"/cases/joint/{operating.header()}").text
    assert "Kartlägga nätverk" in page or "Map a network" in page
    for word in ("Anna", "Delta", ANNA, f'href="/cases/{operating.case()}"'):
        assert word not in page


def test_who_keeps_the_file_is_led_to_it(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    assert f"/cases/{asked.case()}" in browser.get(f"/cases/joint/{asked.header()}").text
    assert f"/cases/joint/{asked.header()}" in browser.get(f"/cases/{asked.case()}").text


@pytest.mark.parametrize(("language", "word"), [("sv", "Vilar"), ("en", "Paused")])
def test_what_has_happened_is_told_in_the_readers_words(
    language: str, word: str, asked: World, browse: Opening
) -> None:
    pause = {"kind": "case.pause", "code": "awaits-answers"}
    asked.act(POLICE, Action.LEAD_CASE, casing.mark, small_pack(), asked.header(), **pause)
    asked.house.settle()
    browser = browse(asked).sign_in(OFFICER)
    browser.send("/language", {"language": language, "back": "/"})
    page = browser.get(f"/cases/joint/{asked.header()}").text
    assert word in page
    assert small_pack().reasons["case-pause"]["awaits-answers"].names[language] in page


def test_joining_opens_an_own_file(asked: World, browse: Opening) -> None:
    browser = browse(asked, DEBTS).sign_in("Elin Falk")
    path = f"/cases/joint/{asked.header()}"
    assert f"{path}/join" in browser.get(path).text
    assert browser.send(f"{path}/join", {"number": "F 2026/3"}).status_code == 303
    asked.house.settle()
    page = browser.get(path).text
    assert "f-2026-3" in page
    assert f"{path}/join" not in page
    with asked.look(DEBTS) as reading:
        assert f"/cases/{reading.cases.all()[0].id}" in page
