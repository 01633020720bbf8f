"""A week in under a minute: one page, last week's lines, every mistake with its sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from tests.agency.model import POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER = "Karin Lindqvist"
WEEK = "2026-w46"


def form(world: World, hours: str, **changed: str) -> dict[str, Any]:
    line = {
        "operation_0": world.operation(),
        "hours_0": hours,
        "level_0": "regional",
        "kind_0": "control",
    }
    return {"week": WEEK, "lines": "1", **line, **changed}


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found.group(1)


def upload(browser: Browser, data: bytes) -> Any:
    return browser.client.post(
        "/hours/file",
        data={"_csrf": browser.token()},
        files={"file": ("tid.csv", data, "text/csv")},
        follow_redirects=False,
    )


def test_the_page_begins_with_the_week_that_was(operating: World, browse: Opening) -> None:
    page = browse(operating).sign_in(OFFICER).get("/hours").text
    assert value(page, "week") == "2026-w47"
    assert value(page, "operation_0") == operating.operation()


def test_a_week_begins_from_the_lines_of_the_one_before(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(OFFICER)
    assert browser.send("/hours", form(operating, "7,5")).status_code == 303
    page = browser.get("/hours?week=2026-w47").text
    assert value(page, "hours_0") == "7,50"
    assert "Inget är inskrivet" in page
    stands = browser.get(f"/hours?week={WEEK}").text
    assert "7,5\u00a0tim" in stands


def test_a_mistake_stands_at_its_line_and_what_was_written_stays(
    operating: World, browse: Opening
) -> None:
    browser = browse(operating).sign_in(OFFICER)
    for wrong, code in (
        ("-1", "hours_negative"),
        ("169", "hours_of_a_week"),
        ("7,1", "hours_quarters"),
        ("lots", "field_not_a_number"),
    ):
        answer = browser.send("/hours", form(operating, wrong))
        assert answer.status_code == 422, wrong
        assert f"({code})" in answer.text or code in answer.text
        assert value(answer.text, "hours_0") == wrong
    late = browser.send("/hours", form(operating, "8", week="2026-w49"))
    assert late.status_code == 422
    assert "week_to_come" in late.text
    with operating.look(POLICE) as reading:
        assert reading.accounts.since("2000-w01") == []


def test_an_operation_of_others_is_not_there(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(OFFICER)
    foreign = form(operating, "8", operation_0="ope-" + "1" * 26)
    assert browser.send("/hours", foreign).status_code == 404


def test_a_file_shows_each_row_that_is_wrong_and_keeps_nothing(
    operating: World, browse: Opening
) -> None:
    browser = browse(operating).sign_in(OFFICER)
    good = f"{operating.operation()};{WEEK};;regional;control;8"
    bad = f"{operating.operation()};{WEEK};;regional;control;-8"
    header = "operation;week;day;level;kind;hours"
    answer = upload(browser, f"{header}\n{good}\n{bad}".encode())
    assert answer.status_code == 422
    assert "Timmar kan inte vara färre än noll" in answer.text
    assert upload(browser, b"").status_code == 422
    assert upload(browser, f"{header}\n{good}".encode()).status_code == 303
    with operating.look(POLICE) as reading:
        (line,) = reading.accounts.operation(operating.operation())
    assert line.minutes == 480


def test_the_file_to_fill_in_can_be_sent_back(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(OFFICER)
    template = browser.get(f"/hours/template?week={WEEK}").content
    assert operating.operation().encode() in template
    assert upload(browser, template.replace(b";0.00", b";3.25")).status_code == 303
    with operating.look(POLICE) as reading:
        (line,) = reading.accounts.operation(operating.operation())
    assert (line.week, line.minutes) == (WEEK, 195)


def test_an_old_operation_without_hours_leaves_the_page(operating: World, browse: Opening) -> None:
    operating.clock.advance(timedelta(days=900))
    browser = browse(operating)
    answer = browser.sign_in(OFFICER).get("/hours")
    assert operating.operation() not in answer.text
