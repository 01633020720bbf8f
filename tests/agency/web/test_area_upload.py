"""A file of areas on the page: shown with what was detected, then decided on, checked anew."""

from __future__ import annotations

import html
import re
from typing import Any

import httpx

from tests.agency.outlines import quarter
from tests.agency.web.areas_world import define, known
from tests.agency.web.conftest import Browser, Opening
from tests.agency.web.test_pages import SECRETARY
from tests.agency.world import World
from tests.infra.outlines.files import DEGREES, METRES, collection, layer, packed, wkt

ASKED = {
    "act": "define",
    "body": "rsr-bergslagen",
    "kind": "local",
    "since": "2026-02-01",
    "source": "ritat för test",
}


def upload(browser: Browser, name: str, data: bytes, **changes: str) -> httpx.Response:
    form = {"_csrf": browser.token(), **ASKED, **changes}
    return browser.client.post("/areas/preview", data=form, files={"file": (name, data)})


def decision(page: str) -> dict[str, Any]:
    """The hidden fields of the preview."""
    section = page.split('action="/areas"', 1)[1]
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', section)
    return {name: html.unescape(value) for name, value in pairs if name != "_csrf"}


def test_a_file_is_shown_before_anything_is_decided(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(SECRETARY)
    before = founded.outbox("polisen")
    answer = upload(browser, "areas.zip", packed(layer(METRES, prj=wkt(3006))))
    assert answer.status_code == 200
    assert "Shapefil i SWEREF 99 TM" in answer.text
    assert "Koordinatsystemet står i filen .prj" in answer.text
    assert "Område 1" in answer.text
    assert founded.outbox("polisen") == before
    assert known(founded) == []


def test_what_was_shown_is_decided_on(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(SECRETARY)
    shown = upload(browser, "a.geojson", collection(DEGREES)).text
    answer = browser.send("/areas", decision(shown))
    assert answer.status_code == 303
    founded.house.settle()
    assert len(known(founded)) == 1


def test_a_fault_of_the_file_stands_at_the_file_with_its_place(
    founded: World, browse: Opening
) -> None:
    a, b, c, d, _ = DEGREES
    answer = upload(browse(founded).sign_in(SECRETARY), "a.geojson", collection([a, c, b, d, a]))
    assert answer.status_code == 422
    assert "korsar sig själv" in answer.text
    assert "59.29500 15.19000" in answer.text


def test_a_missing_file_or_day_is_asked_for(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(SECRETARY)
    form = {"_csrf": browser.token(), **ASKED}
    empty = browser.client.post("/areas/preview", data=form, files={"file": ("", b"")})
    assert empty.status_code == 422
    assert upload(browser, "a.geojson", collection(DEGREES), since="x").status_code == 422


def test_an_overlap_with_what_is_there_is_refused_when_it_is_decided(
    founded: World, browse: Opening
) -> None:
    define(founded, quarter(15.18))
    browser = browse(founded).sign_in(SECRETARY)
    shown = upload(browser, "a.geojson", collection(DEGREES)).text
    answer = browser.send("/areas", decision(shown))
    assert answer.status_code == 422
    assert "överlappar" in answer.text
    founded.house.settle()
    assert len(known(founded)) == 1


def test_what_is_sent_back_is_checked_anew(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(SECRETARY)
    fields = decision(upload(browser, "a.geojson", collection(DEGREES)).text)
    forged = fields["drawn"].replace('"1880"', '"0180"')
    assert browser.send("/areas", fields | {"drawn": forged}).status_code == 422
    assert browser.send("/areas", fields | {"drawn": "[{}]"}).status_code == 422
    assert browser.send("/areas", fields | {"body": "no-such"}).status_code == 404
    founded.house.settle()
    assert known(founded) == []


def test_an_area_is_split_by_a_file_of_its_parts(founded: World, browse: Opening) -> None:
    (whole,) = define(founded, quarter(15.18, size=0.02))
    browser = browse(founded).sign_in(SECRETARY)
    assert "Dela området" in browser.get(f"/areas/new?act=split&area={whole}").text
    west = [(15.18, 59.29), (15.19, 59.29), (15.19, 59.31), (15.18, 59.31), (15.18, 59.29)]
    east = [(x + 0.01, y) for x, y in west]
    shown = upload(browser, "a.geojson", collection(west, east), act="split", area=whole).text
    assert browser.send("/areas", decision(shown)).status_code == 303
    founded.house.settle()
    assert len(known(founded)) == 3


def test_an_area_is_redrawn_by_a_file_of_one(founded: World, browse: Opening) -> None:
    (whole,) = define(founded, quarter(15.18, size=0.02))
    browser = browse(founded).sign_in(SECRETARY)
    two = upload(
        browser, "a.geojson", collection(DEGREES, [(x + 0.03, y) for x, y in DEGREES]),
        act="revise", area=whole,
    ).text  # fmt: skip
    assert browser.send("/areas", decision(two)).status_code == 422
    one = upload(browser, "a.geojson", collection(DEGREES), act="revise", area=whole).text
    assert browser.send("/areas", decision(one)).status_code == 303
    founded.house.settle()
    assert "N1" in browser.get(f"/areas/{whole}").text
