"""How an answer becomes a page."""

from __future__ import annotations

import html
import re

import pytest

from tests.shell.conftest import Browser


@pytest.mark.parametrize("path", ["/", "/requests", "/requests/new", "/nowhere", "/broken"])
def test_a_page_has_one_heading_a_title_and_a_language(skv: Browser, path: str) -> None:
    skv.sign_in()
    page = skv.client.get(path).text
    heading = re.findall(r"<h1[^>]*>([^<]+)</h1>", page)
    title = re.search(r"<title>([^<]+)</title>", page)
    assert len(heading) == 1
    assert title is not None
    assert heading[0] in title.group(1)


def test_what_a_person_wrote_is_shown_as_written_and_never_run(skv: Browser) -> None:
    skv.sign_in()
    form = {"_csrf": skv.token(), "party": "<script>alert(1)</script>"}
    page = skv.client.post("/requests/new", data=form).text
    assert "<script>alert" not in page
    assert html.escape("<script>alert(1)</script>") in page


def test_a_table_says_its_order_and_keeps_the_rest_of_the_address(skv: Browser) -> None:
    skv.sign_in()
    page = skv.client.get("/requests?received-sort=amount&x=1").text
    assert page.count("aria-sort") == 1
    assert 'href="/requests?x=1&amp;received-sort=-amount"' in page
    assert 'href="/requests?received-sort=amount&amp;x=1&amp;received-page=2"' in page


def test_a_table_without_rows_says_so(skv: Browser) -> None:
    skv.sign_in()
    assert 'class="empty"' in skv.client.get("/requests").text


def test_a_refused_page_names_its_code_and_an_absent_one_gives_no_reason(skv: Browser) -> None:
    skv.sign_in()
    assert ": wrong_state" in skv.client.get("/refused/wrong_state").text
    assert ": no_mandate" not in skv.client.get("/refused/no_mandate").text


def test_a_failed_page_asks_neither_for_the_menu_nor_for_the_name(skv: Browser) -> None:
    skv.sign_in()
    page = skv.client.get("/broken").text
    assert "<nav" not in page
    assert "Anna Ek" not in page
