"""The model's drawings follow from its dated data, and a list or table says what each drawing says."""

from __future__ import annotations

import re
from datetime import date

import pytest

from samverkan.agency.web import model_drawing
from tests.agency.model import small_pack
from tests.agency.web.conftest import Opening
from tests.agency.web.test_pages import OFFICER
from tests.agency.world import World

PACK = small_pack()
TODAY = date(2026, 11, 24)


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_effort_grew_from_nine_to_thirteen() -> None:
    found = model_drawing.moments(PACK, TODAY)
    assert [(one.on.year, one.count) for one in found] == [
        (2009, 9), (2010, 10), (2013, 11), (2014, 12), (2024, 13),
    ]  # fmt: skip
    assert [one.count for one in model_drawing.moments(PACK, date(2012, 1, 1))] == [9, 10]
    assert model_drawing.moments(PACK, date(2009, 6, 30)) == []


def test_the_statutes_that_came_meanwhile_are_told_by_their_day() -> None:
    told = dict(model_drawing.laws(PACK, TODAY))
    assert told[date(2016, 8, 15)] == "2016:774"
    assert model_drawing.laws(PACK, date(2016, 8, 14)) == []


@pytest.mark.parametrize(("on", "councils"), [("2026-11-24", 7), ("2010-01-01", 0)])
def test_the_chart_shows_the_bodies_of_the_day(
    on: str, councils: int, founded: World, browse: Opening
) -> None:
    page = browse(founded).sign_in(OFFICER).get(f"/model?on={on}").text
    assert len(re.findall(r"<li>Regionala samverkansrådet", page)) == councils
    assert len(re.findall(r'title--council" x="\d+" y="\d+">Regionala', page)) == councils
    assert "Operativa rådet" in page


def test_agencies_and_standing_are_those_of_the_day(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    before = text(browser.get("/model/agencies?on=2012-05-01").text)
    after = text(browser.get("/model/agencies?on=2026-11-24").text)
    assert "Utbetalningsmyndigheten" not in before
    assert "Utbetalningsmyndigheten" in after
    assert "SFS 2016:775" not in before
    assert "SFS 2016:775" in after


def test_a_day_that_is_none_is_today(founded: World, browse: Opening) -> None:
    page = browse(founded).sign_in(OFFICER).get("/model?on=perhaps")
    assert page.status_code == 200


def test_the_steps_of_the_law_are_marked_with_their_statute(
    founded: World, browse: Opening
) -> None:
    page = browse(founded).sign_in(OFFICER).get("/model/processes/disclosure").text
    legal = [step for step in PACK.processes["disclosure"].steps.values() if step.statute]
    assert page.count("diagram__box diagram__box--legal") == len(legal) + 1
    assert "SFS 2016:774, 2 §" in page
    assert "intresseavvägningen" in page


def test_what_a_typology_tells_and_whom_is_written_out(founded: World, browse: Opening) -> None:
    page = text(browse(founded).sign_in(OFFICER).get("/model/law").text)
    assert "FK: assistansanordnare; SKV (beskattning): inga anställda redovisade" in page


def test_what_the_law_fixes_says_by_which_statute(founded: World, browse: Opening) -> None:
    page = text(browse(founded).sign_in(OFFICER).get("/model/openness").text)
    assert "fastställt i lag SFS 2016:774, 2 §" in page
    assert "öppet inom gränser, 1 till 13" in page
