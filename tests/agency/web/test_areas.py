"""The map of a day and its table say the same; an area's page tells its life and who answers for it."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from samverkan.agency.localities import bodies, covers
from tests.agency.localities import DAY, at_work
from tests.agency.model import DEBTS, POLICE
from tests.agency.outlines import quarter
from tests.agency.web.areas_world import define, known
from tests.agency.web.conftest import Opening
from tests.agency.web.test_pages import OFFICER, SECRETARY
from tests.agency.world import World

BODY = {"body": "rsr-bergslagen"}


def told(page: str) -> Any:
    """What the map that moves is told."""
    return json.loads(html.unescape(page.split('data-map="', 1)[1].split('"', 1)[0]))


def test_without_areas_the_country_is_shown_and_the_table_says_so(
    founded: World, browse: Opening
) -> None:
    page = browse(founded).sign_in(OFFICER).get("/areas").text
    assert page.count("data-code=") == 290
    assert "Inget område är ritat" in page


def test_every_area_of_the_map_is_a_row_of_its_table_and_a_link(
    founded: World, browse: Opening
) -> None:
    (id_,) = define(founded)
    page = browse(founded).sign_in(OFFICER).get("/areas").text
    assert f'<tr role="row" data-code="{id_}">' in page
    assert f'<path data-code="{id_}"' in page
    assert page.count(f'href="/areas/{id_}"') == 2
    assert [f["properties"]["code"] for f in told(page)["areas"]["features"]] == [id_]
    assert "Örebro" in page.split("<tbody", 1)[1]


def test_another_party_sees_the_same_area(founded: World, browse: Opening) -> None:
    (id_,) = define(founded)
    officer = next(o.name for o in founded.node(DEBTS).officers() if "officer" in str(o.mandates))
    page = browse(founded, DEBTS).sign_in(officer).get("/areas").text
    assert f'href="/areas/{id_}"' in page


def test_a_day_before_shows_what_was_there_then(founded: World, browse: Opening) -> None:
    (id_,) = define(founded)
    browser = browse(founded).sign_in(OFFICER)
    assert id_ not in browser.get("/areas?on=2025-12-31").text
    assert id_ in browser.get("/areas?on=2026-01-01").text
    assert id_ in browser.get("/areas?on=no-day").text


def test_an_areas_page_says_who_speaks_there_and_marks_what_is_not_confirmed(
    founded: World, browse: Opening
) -> None:
    (id_,) = define(founded)
    page = browse(founded).sign_in(OFFICER).get(f"/areas/{id_}").text
    voices = page.split('id="voices"', 1)[1].split('id="bodies"', 1)[0]
    row = voices.split("Kriminalvården", 1)[1].split("</tr>", 1)[0]
    assert "Region Mitt (U)" in row
    assert "Bergslagen" in row
    assert "Regionala underrättelsecentret Bergslagen" in page.split('id="bodies"', 1)[1]


def test_who_does_not_lead_a_body_has_no_form(founded: World, browse: Opening) -> None:
    (id_,) = define(founded)
    assert f"/areas/{id_}/close" not in browse(founded).sign_in(OFFICER).get(f"/areas/{id_}").text
    browser = browse(founded).sign_in(OFFICER)
    assert browser.send(f"/areas/{id_}/close", BODY | {"until": "2026-12-31"}).status_code == 404


def test_an_area_is_closed_and_says_so(founded: World, browse: Opening) -> None:
    (id_,) = define(founded)
    browser = browse(founded).sign_in(SECRETARY)
    assert f"/areas/{id_}/close" in browser.get(f"/areas/{id_}").text
    answer = browser.send(f"/areas/{id_}/close", BODY | {"until": "2026-06-30"})
    assert answer.status_code == 303
    founded.house.settle()
    page = browser.get(f"/areas/{id_}").text
    assert "Området upphörde 2026-06-30" in page
    assert f"/areas/{id_}/close" not in page


def test_a_last_day_before_the_first_is_refused_in_the_form(
    founded: World, browse: Opening
) -> None:
    (id_,) = define(founded)
    browser = browse(founded).sign_in(SECRETARY)
    answer = browser.send(f"/areas/{id_}/close", BODY | {"until": "2025-06-30"})
    assert answer.status_code == 422
    assert "area_not_that_day" in answer.text or "har redan upphört" in answer.text
    assert browser.send(f"/areas/{id_}/close", BODY | {"until": "x"}).status_code == 422


def test_parts_lead_to_the_whole_and_back(founded: World, browse: Opening) -> None:
    define(founded, quarter(15.18, name="Väster"), quarter(15.19, name="Öster"))
    ids = known(founded)
    browser = browse(founded).sign_in(SECRETARY)
    form = BODY | {"areas": ids, "name": "Båda", "source": "test", "since": "2026-03-01"}
    assert browser.send("/areas/merge", form).status_code == 303
    founded.house.settle()
    whole = known(founded)[-1]
    assert re.search("Väster, Öster", browser.get(f"/areas/{whole}").text)
    assert f'href="/areas/{whole}"' in browser.get(f"/areas/{ids[0]}").text


def test_a_local_body_in_the_area_covers_it_and_its_delegates_speak(
    founded: World, browse: Opening
) -> None:
    local = at_work(founded)
    define(founded, quarter(15.18))
    with founded.look(POLICE) as reading:
        here = bodies(reading)[local]
        places = covers(reading, founded.node(POLICE).pack, here.start.area, on=DAY)
    assert "1880" in places
    id_ = known(founded)[-1]
    page = browse(founded).sign_in(OFFICER).get(f"/areas/{id_}?on={DAY.isoformat()}").text
    voices, covering = page.split('id="voices"', 1)[1].split('id="bodies"', 1)
    assert here.start.name in covering
    row = voices.split("Kronofogdemyndigheten", 1)[1].split("</tr>", 1)[0]
    assert "Utsedd för organet på platsen" in row
    assert here.start.name in row
