"""The library's pages: read by all, written in by those who work; every version stays readable."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.agency.library import library
from tests.agency.model import ANNA, DEBTS, POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, KEEPER = "Karin Lindqvist", "Peter Dahl"
TEXTS = {name: f"Om {name}." for name in ("problem", "approach", "organisation", "result")}
FORM: dict[str, Any] = {
    **TEXTS,
    "title": "Gemensamma tillsynsbesök",
    "agencies": ["polisen", "kfm"],
    "grade": "followed-up",
    "area": "1880",
    "body": "rsr-bergslagen",
    "hours": "1 200",
    "months": "",
}


@pytest.fixture
def browser(founded: World, browse: Opening) -> Browser:
    return browse(founded).sign_in(OFFICER)


def _published(world: World, browser: Browser) -> str:
    assert browser.send("/methods/new", FORM).status_code == 303
    world.house.settle()
    with world.look(POLICE) as reading:
        return next(iter(library(reading).methods))


def test_what_is_unknown_of_a_method_is_said_to_be_unknown(browser: Browser) -> None:
    page = browser.get("/methods/vivalla").text
    assert page.count("Inte känt") == 2
    assert "Siffror, bemanning och enskilda steg har inte hittats." in page
    assert "tryggaorebro.se" in page


def test_a_search_shows_what_it_finds_and_says_when_it_finds_nothing(browser: Browser) -> None:
    assert "/methods/vivalla" in browser.get("/methods?q=medborgarlöften").text
    nothing = browser.get("/methods?q=tullklarering").text
    assert "/methods/vivalla" not in nothing
    assert "Ingen metod stämmer" in nothing
    assert 'value="tullklarering"' in nothing


def test_a_method_is_published_revised_taken_up_and_told_of(
    founded: World, browser: Browser, browse: Opening
) -> None:
    method = _published(founded, browser)
    page = f"/methods/{method}"
    form = {**FORM, "result": "Mindre än väntat."}
    assert browser.send(f"{page}/revise", form).status_code == 303
    founded.house.settle()
    taken = {"body": "rsr-bergslagen", "since": "2026-11-01"}
    assert browser.send(f"{page}/adopt", taken).status_code == 303
    founded.house.settle()
    with founded.look(POLICE) as reading:
        adoption = next(iter(library(reading).adoptions))
    told = {"adoption": adoption, "on": "2026-11-20", "result": "Bra.", "grade": "described"}
    assert browser.send(f"{page}/report-back", told).status_code == 303
    founded.house.settle()
    other = browse(founded, DEBTS).sign_in("Ingela Sjö").get(page).text
    for words in ("Mindre än väntat.", "1 200", "Örebro", "2026-11-20", "Bra.", "Version 2 av 2"):
        assert words.replace(" ", "\u00a0") in other or words in other, words
    assert "Om result." in browser.get(f"{page}/versions/1").text


def test_a_mistake_is_said_at_its_field_and_nothing_is_sent(
    founded: World, browser: Browser
) -> None:
    for changes in ({"title": ""}, {"hours": "många"}, {"problem": f"Se {ANNA}"}):
        answer = browser.send("/methods/new", {**FORM, **changes})
        assert answer.status_code == 422, changes
    assert (("steering", "method.publish")) not in founded.outbox(POLICE)


def test_another_partys_method_is_not_revised_here(
    founded: World, browser: Browser, browse: Opening
) -> None:
    method = _published(founded, browser)
    other = browse(founded, DEBTS).sign_in("Ingela Sjö")
    assert other.get(f"/methods/{method}/revise").status_code == 404
    assert f"/methods/{method}/revise" not in other.get(f"/methods/{method}").text


def test_who_may_not_write_sees_no_form(founded: World, browse: Opening) -> None:
    page = browse(founded).sign_in(KEEPER).get("/methods/vivalla")
    assert page.status_code == 200
    assert "/methods/vivalla/adopt" not in page.text
