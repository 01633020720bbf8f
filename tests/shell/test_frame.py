"""What the frame shows of party, reader and navigation."""

from __future__ import annotations

from samverkan.kernel.ids import UserId
from samverkan.shell.frame import NavItem, Viewer, grouped, no_navigation, unnamed
from samverkan.shell.texts import Language
from tests.shell.conftest import Browser


def test_a_party_without_menu_or_names_shows_neither() -> None:
    officer = UserId("usr-" + "0" * 26)
    assert no_navigation(Viewer(officer, Language.SV, "")) == ()
    assert unnamed(officer) == officer


def test_the_frame_names_party_and_reader(skv: Browser, fk: Browser) -> None:
    skv.sign_in()
    page = skv.client.get("/").text
    assert "Skatteverket, beskattning" in page
    assert "Anna Ek" in page
    assert "Skatteverket" not in fk.client.get("/sign-in").text


def test_a_reader_not_signed_in_sees_no_menu(skv: Browser) -> None:
    page = skv.client.get("/sign-in").text
    assert "<nav" not in page
    assert "/sign-out" not in page


def test_the_menu_marks_where_the_reader_is(skv: Browser) -> None:
    skv.sign_in()
    assert 'href="/" aria-current="page"' in skv.client.get("/").text
    assert 'href="/requests" aria-current="page"' in skv.client.get("/requests").text
    below = skv.client.get("/requests/8").text
    assert 'href="/requests" aria-current="true"' in below
    assert 'href="/" aria-current' not in below


def test_the_menu_says_in_words_how_much_waits(skv: Browser) -> None:
    skv.sign_in()
    assert "12 v\u00e4ntar" in skv.client.get("/").text


def test_entries_stand_under_the_heading_of_their_group_in_the_order_given() -> None:
    one, two, three = (
        NavItem("a", "/a"),
        NavItem("b", "/b", group="g"),
        NavItem("c", "/c", group="g"),
    )
    assert grouped([one, two, three]) == [("", [one]), ("g", [two, three])]


def test_the_heading_of_a_group_names_its_list(skv: Browser) -> None:
    skv.sign_in()
    page = skv.client.get("/requests").text
    heading = page.split('class="menu__heading" id="', 1)[1].split('"', 1)[0]
    assert f'<ul aria-labelledby="{heading}">' in page


def test_the_closed_menu_says_where_the_reader_is(skv: Browser) -> None:
    skv.sign_in()
    page = skv.client.get("/requests/8").text
    opener = page.split("<summary", 1)[1].split("</summary>", 1)[0]
    assert "Beg\u00e4randen" in opener
