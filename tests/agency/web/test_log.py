"""The ledger's page: filters in the address, paging that keeps them, a file; each look recorded."""

from __future__ import annotations

from samverkan.kernel.entry import Entry
from tests.agency.model import POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

AUDITOR, OFFICER = "Eva Norling", "Karin Lindqvist"
NUMBER = "19121212-1212"


def _rows(browser: Browser, path: str) -> list[str]:
    return browser.get(path).text.split('<tr role="row">')[2:]


def _last(world: World) -> Entry:
    store = world.node(POLICE).opened.store
    with store.view() as connection:
        return store.ledger.recent(connection, limit=1)[0].entry


def test_the_log_shows_less_by_kind_person_and_number(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    case = str(operating.case())
    by_kind = _rows(browser, "/log?kind=cases")
    assert by_kind
    assert all(">case." in row or ">header." in row or ">step." in row for row in by_kind)
    by_person = _rows(browser, f"/log?who={browser.officer(OFFICER)}")
    assert by_person
    assert all(OFFICER in row for row in by_person)
    by_number = _rows(browser, f"/log?about={case}")
    assert by_number
    assert all(case in row for row in by_number)


def test_a_day_is_a_day_by_the_partys_own_clocks(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    today = operating.clock().date().isoformat()
    assert _rows(browser, f"/log?since={today}&until={today}")
    assert not _rows(browser, "/log?until=2020-01-01")
    assert _rows(browser, "/log?since=yesterday"), "what is no day asks nothing"


def test_a_search_is_recorded_with_what_it_sought(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    case = str(operating.case())
    browser.get(f"/log?about={case}&kind=looks")
    found = _last(operating)
    assert (found.action, found.subject) == ("read.ledger", case)
    assert {"by.kind", "by.number"} <= set(found.codes)


def test_what_is_no_number_is_neither_sought_nor_recorded(
    operating: World, browse: Opening
) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    page = browser.get(f"/log?about={NUMBER}").text
    assert "The number is not recognised" in page
    assert "<table" not in page
    found = _last(operating)
    assert (found.action, found.subject) == ("read.ledger", POLICE)
    assert "by.number" not in found.codes


def test_the_older_page_keeps_what_was_chosen(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    for _ in range(60):
        browser.get("/reports")
    page = browser.get("/log?kind=looks").text
    older = page.split("/log?kind=looks&amp;before=", 1)[1].split('"', 1)[0]
    rows = _rows(browser, f"/log?kind=looks&before={older}")
    assert rows
    assert all(">read." in row or ">verified." in row for row in rows)


def test_the_file_holds_the_same_entries_and_its_fetching_is_recorded(
    operating: World, browse: Opening
) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    case = str(operating.case())
    shown = _rows(browser, f"/log?about={case}&kind=cases")
    answer = browser.get(f"/log/csv?about={case}&kind=cases")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.strip().splitlines()
    assert len(lines) == 1 + len(shown)
    assert all(case in line for line in lines[1:])
    assert "as.file" in _last(operating).codes


def test_who_may_not_read_the_ledger_gets_no_file(operating: World, browse: Opening) -> None:
    assert browse(operating).sign_in(OFFICER).get("/log/csv").status_code == 404
