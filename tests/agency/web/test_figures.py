"""A frozen report is explained down to its rows, as far as the reader may see."""

from __future__ import annotations

from datetime import date

from samverkan.agency import acting
from samverkan.domain.policy import Action
from tests.agency.model import POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, SECRETARY, KEEPER = "Karin Lindqvist", "Mattias Ek", "Peter Dahl"


def reported(world: World) -> str:
    """The path of a report with one outcome of the police."""
    effect = acting.Effect(None, "permits-revoked", "decided", 9, date(2026, 11, 24), {})
    world.act(POLICE, Action.RECORD_OUTCOME, acting.record, world.operation(), effect)
    world.house.settle()
    on = world.clock().date()
    made = world.act(POLICE, Action.FREEZE_REPORT, acting.freeze, year=2026, on=on)
    world.house.settle()
    return f"/reports/{made}"


def test_a_figure_opens_to_its_rows_and_leads_on_where_the_reader_may(
    operating: World, browse: Opening
) -> None:
    path = reported(operating)
    page = browse(operating).sign_in(OFFICER).get(path).text
    assert "Återkallade tillstånd, beslutat" in page
    assert f'href="/operations/{operating.operation()}"' in page
    outsider = browse(operating).sign_in(KEEPER).get(path).text
    assert "Återkallade tillstånd, beslutat" in outsider
    assert f'href="/operations/{operating.operation()}"' not in outsider


def test_all_files_of_a_report_are_there(operating: World, browse: Opening) -> None:
    path = reported(operating)
    browser = browse(operating).sign_in(SECRETARY)
    assert browser.get(f"{path}/pdf").content.startswith(b"%PDF")
    for kind in ("docx", "xlsx", "zip"):
        assert browser.get(f"{path}/{kind}").content.startswith(b"PK")


def test_a_final_report_of_a_running_year_is_refused_with_its_sentence(
    operating: World, browse: Opening
) -> None:
    browser = browse(operating).sign_in(SECRETARY)
    form = {"year": "2026", "on": "2026-11-24", "kind": "final"}
    browser.send("/reports/freeze", form)
    operating.house.settle()
    assert "Året är inte slut den dagen" in browser.get("/").text


def test_published_years_stand_apart_and_say_why_two_indicators_are_no_series(
    operating: World, browse: Opening
) -> None:
    page = browse(operating).sign_in(OFFICER).get("/reports/published").text
    assert "två indikatorer och därför inte en serie" in page
    pack = operating.node(POLICE).pack
    by = {(one.year, one.indicator) for one in pack.published.values()}
    assert {(2021, "assets-secured"), (2022, "distrained")} <= by
    assert (2021, "distrained") not in by
    for one in pack.published.values():
        assert one.source in page
