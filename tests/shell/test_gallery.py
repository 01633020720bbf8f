"""The pages in a real browser: policy, accessibility, keyboard, no script, two parties at once."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.shell.chromium import axe, breaches, chromium, listen

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PAGES = [
    "/",
    "/requests",
    "/requests/new",
    "/requests/7",
    "/refused/wrong_state",
    "/broken",
    "/map",
]
WIDE, ZOOMED, NARROW = 1280, 640, 320


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a gallery that runs in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.shell.gallery", str(number)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        _await(number)
        yield number
        process.terminate()


def _await(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the gallery did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here; each test has a context of its own."""
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A reader with an empty cookie jar, who speaks Swedish."""
    opened = browser.new_context(
        base_url=f"http://skv.localhost:{port}",
        locale="sv-SE",
        viewport={"width": WIDE, "height": 800},
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A signed-in reader's page."""
    opened = context.new_page()
    listen(opened)
    sign_in(opened, "/")
    return opened


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#user", "anna")
    page.click("main button")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", [*PAGES, "/sign-in"])
def test_no_page_breaks_the_policy_or_a_rule_of_accessibility(
    page: Page, path: str, language: str
) -> None:
    if language == "en":
        page.click(".reader button[lang=en]")
    page.goto(path)
    assert page.get_attribute("html", "lang") == language
    assert axe(page) == []
    assert breaches(page) == []


def test_a_form_with_mistakes_is_accessible_and_takes_the_focus(page: Page) -> None:
    page.goto("/requests/new")
    page.fill("#need", "x" * 201)
    page.click("main .button--primary")
    page.wait_for_function("document.activeElement.id === 'error-summary'")
    assert axe(page) == []
    page.click("#error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "party"
    assert page.get_attribute("#party", "aria-describedby") == "party-error"


@pytest.mark.parametrize("path", ["/", "/requests", "/requests/new"])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    page: Page, path: str
) -> None:
    page.goto(path)
    expected = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]),"
        " select, textarea, [tabindex=\"0\"]')].filter((e) => e.type !== 'radio' || "
        "e === document.querySelector('input[type=radio]')).length"
    )
    places: list[float] = []
    for _ in range(expected):
        page.keyboard.press("Tab")
        place, width, style = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [[...document.querySelectorAll('*')].indexOf(e),"
            " parseFloat(s.outlineWidth), s.outlineStyle]; })()"
        )
        if not places or place != places[-1]:  # the parts of a date field are one element
            places.append(place)
        assert (width >= 2, style) == (True, "solid"), place
    assert places == sorted(places)
    assert len(places) >= expected - 3


def test_the_first_stop_leads_past_the_menu(page: Page) -> None:
    page.goto("/requests")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [ZOOMED, NARROW])
@pytest.mark.parametrize("path", ["/", "/requests", "/requests/new"])
def test_a_zoomed_page_never_scrolls_sideways(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(path)
    over = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(over) == 0


def test_a_narrow_page_keeps_its_menu_closed_until_it_is_asked_for(page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 600})
    page.goto("/requests")
    way = page.locator(".rail a[href='/requests/new']")
    assert not way.is_visible()
    page.focus(".menu__open")
    page.keyboard.press("Enter")
    assert way.is_visible()
    assert axe(page) == []
    page.set_viewport_size({"width": WIDE, "height": 800})
    page.reload()
    assert way.is_visible()
    assert not page.locator(".menu__open").is_visible()


def test_a_press_on_a_heading_replaces_the_table_alone_and_keeps_the_focus(page: Page) -> None:
    page.goto("/requests")
    page.evaluate("window.stayed = true")
    page.click("#received-by-from")
    page.wait_for_selector("th[aria-sort=ascending] #received-by-from")
    assert page.evaluate("window.stayed") is True
    assert page.url.endswith("?received-sort=from")
    page.wait_for_function("document.activeElement.id === 'received-by-from'")


def test_an_enhanced_request_that_fails_shows_the_whole_refusal(page: Page) -> None:
    page.goto("/requests")
    page.evaluate(
        "document.getElementById('received-by-from').setAttribute('hx-get', '/requests/7');"
    )
    page.click("#received-by-from")
    page.wait_for_selector("main h1:has-text('Sidan finns inte')")
    assert page.locator("main").count() == 1


def test_everything_works_without_script(browser: Browser, port: int) -> None:
    with browser.new_context(
        base_url=f"http://skv.localhost:{port}", java_script_enabled=False, locale="sv-SE"
    ) as context:
        page = context.new_page()
        sign_in(page, "/requests")
        page.click("#received-by-amount")
        page.wait_for_url("**/requests?received-sort=amount")
        page.click("#received-next")
        assert page.get_attribute("#received-p2", "aria-current") == "page"
        page.goto("/requests/new")
        page.click("main .button--primary")
        page.locator("#error-summary").wait_for()
        assert page.locator("#error-summary li").count() == 6
        fill(page)
        page.wait_for_url("**/requests")
        assert page.locator(".receipt").count() == 1
        page.click("form[action='/sign-out'] button")
        page.wait_for_url("**/sign-in**")


def fill(page: Page) -> None:
    for name, words in (("party", "fk"), ("need", "Adress"), ("reply_by", "2026-12-01")):
        page.fill(f"#{name}", words)
    page.select_option("#basis", "2016:774")
    page.check("#urgency-1")
    page.check("#fields-2")
    page.click("main .button--primary")


def test_one_browser_holds_an_officer_of_each_party(page: Page, port: int) -> None:
    other = page.context.new_page()
    other.goto(f"http://fk.localhost:{port}/")
    assert other.url.endswith("/sign-in?next=/")
    sign_in(other, f"http://fk.localhost:{port}/")
    page.goto("/")
    assert page.locator("h1").inner_text() == other.locator("h1").inner_text()
    cookies = [each for each in page.context.cookies() if each["name"] == "__Host-session"]
    assert {each["domain"] for each in cookies} == {"skv.localhost", "fk.localhost"}
    assert all(each["secure"] and each["httpOnly"] for each in cookies)
    assert len({each["value"] for each in cookies}) == 2


def test_a_form_on_another_partys_page_cannot_act_here(page: Page, port: int) -> None:
    token = page.locator("input[name=_csrf] >> nth=0").input_value()
    answer = page.evaluate(
        "([address, token]) => fetch(address, {method: 'POST', mode: 'no-cors',"
        " credentials: 'include', body: new URLSearchParams({_csrf: token})})"
        ".then(() => 'sent', () => 'blocked')",
        [f"http://fk.localhost:{port}/sign-out", token],
    )
    assert answer == "blocked"


def test_a_form_on_a_strangers_page_is_refused(page: Page, port: int) -> None:
    token = page.locator("input[name=_csrf] >> nth=0").input_value()
    stranger = page.context.new_page()
    stranger.set_content(
        f"<form method=post action='http://skv.localhost:{port}/sign-out'>"
        f"<input name=_csrf value='{token}'><button>x</button></form>"
    )
    with stranger.expect_response("**/sign-out") as answer:
        stranger.click("button")
    assert answer.value.status == 403
    page.goto("/")
    assert page.locator("form[action='/sign-out']").count() == 1


def test_paper_shows_the_content_and_the_stamp_alone(page: Page) -> None:
    page.goto("/requests")
    page.emulate_media(media="print")
    for hidden in (".rail", ".reader", ".pages ul", ".skip"):
        assert not page.locator(hidden).is_visible()
    for shown in (".stamp", "h1", "table"):
        assert page.locator(shown).is_visible()


def test_a_map_moves_without_asking_anybody_else_and_shares_its_choice_with_the_table(
    page: Page, port: int
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/map")
    page.wait_for_selector(".map--moves", timeout=20_000)
    page.click("#figures tbody tr >> nth=1")
    assert page.evaluate("document.querySelector('tr.is-chosen').dataset.code") == "1885"
    assert page.evaluate("document.querySelector('path.is-chosen').dataset.code") == "1885"
    assert axe(page) == []
    assert breaches(page) == []
    home = f"http://skv.localhost:{port}/"
    assert [url for url in asked if not url.startswith((home, "blob:", "data:"))] == []
    page.emulate_media(media="print")
    assert page.is_visible(".map__drawn svg")
    assert not page.is_visible(".map__moving")


def test_without_script_the_map_is_drawn_and_its_table_says_the_same(
    browser: Browser, port: int
) -> None:
    bare = browser.new_context(
        base_url=f"http://skv.localhost:{port}", java_script_enabled=False, locale="sv-SE"
    )
    reader = bare.new_page()
    sign_in(reader, "/map")
    reader.goto("/map")
    assert reader.is_visible(".map__drawn svg")
    assert reader.locator("#figures tbody tr").count() == 3
    bare.close()
