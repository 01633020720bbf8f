"""People at their parties' workspaces, side by side in one browser, by mouse or by keyboard alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.shell.chromium import axe, breaches, listen

PATIENCE = 60.0
MOST_STEPS = 150
"""So often is the tab key pressed before what is looked for counts as out of reach."""
_FOCUSED = "selector => document.activeElement?.matches(selector) ?? false"
_SHOWS = """() => {
  const seen = getComputedStyle(document.activeElement);
  return seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) >= 2;
}"""


_ID = re.compile(r"[a-z]{3}-[0-9a-z]{26}")


@dataclass
class Tab:
    """A person's tab at the own party's origin."""

    page: Page
    party: str
    port: int
    looked: set[str] = field(default_factory=set)
    """Pages that were examined already, by their address without identifiers."""

    def go(self, path: str) -> None:
        """Open one of the party's pages, in front: Chromium draws a hidden tab once a second."""
        self.page.bring_to_front()
        response = self.page.goto(f"http://{self.party}.localhost:{self.port}{path}")
        assert response is not None
        assert response.ok, (self.party, path, response.status)
        self.examine()

    def sign_in(self, name: str) -> None:
        """Sit down as this officer."""
        self.go("/sign-in")
        self.page.get_by_role("row", name=name).get_by_role("button").click()
        expect(self.page.locator("header")).to_contain_text(name)
        self.examine()

    def examine(self) -> None:
        """Each kind of page is sound, the first time that it is seen."""
        kind = _ID.sub("*", urlsplit(self.page.url).path)
        if kind not in self.looked:
            self.looked.add(kind)
            self.sound()

    def fill(self, **fields: str | list[str] | bool) -> None:
        """Fill fields by name: text, a choice, or the checked ones of several."""
        folded = self.page.locator("main details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for name, value in fields.items():
            found = self.page.locator(f'main [name="{name.replace("__", ".")}"]')
            kind = found.first.evaluate("e => e.type || e.tagName.toLowerCase()")
            if kind == "checkbox":
                wanted = value if isinstance(value, list) else [str(value)]
                for box in found.all():
                    box.set_checked(box.get_attribute("value") in wanted)
            elif kind == "radio":
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            elif kind == "select-one":
                found.select_option(str(value))
            else:
                found.fill(str(value))

    def send(self, action: str) -> None:
        """Send the form of this action, and see that it was taken."""
        self.page.locator(
            f'main form[action*="{action}"] button[type="submit"], '
            f'main form[action*="{action}"] button:not([type])'
        ).first.click()
        self.page.wait_for_load_state()
        self.examine()
        faults = self.page.locator(".error-summary, [role=alert]")
        assert faults.count() == 0, faults.first.inner_text()

    def until(self, path: str, ready: Callable[[Page], bool]) -> None:
        """Look at a page again and again until it shows what is on its way."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.go(path)
            if ready(self.page):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(f"{self.party}{path} never showed it")

    def sound(self) -> None:
        """The page breaks no content policy and has no fault that axe finds."""
        assert breaches(self.page) == []
        assert axe(self.page) == []

    def picture(self, folder: Path, name: str) -> None:
        """Keep a picture of what is shown."""
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def keyboard(self) -> Keyboard:
        """The same tab without a mouse."""
        return Keyboard(self)


@dataclass
class Keyboard:
    """A person who uses the keyboard alone: everything is reached by the tab key, and seen there."""

    tab: Tab

    def reach(self, selector: str) -> None:
        """Go on until the focus stands on the first of these, where it must show."""
        page = self.tab.page
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            if page.evaluate(_FOCUSED, selector):
                assert page.evaluate(_SHOWS), f"the focus does not show on {selector}"
                return
        raise AssertionError(f"the keyboard never reaches {selector}")

    def press(self, *keys: str) -> None:
        """Press these keys where the focus is."""
        for key in keys:
            self.tab.page.keyboard.press(key)

    def follow(self, selector: str) -> None:
        """Reach a link or a button and press it; the next page is sound too."""
        self.reach(selector)
        with self.tab.page.expect_navigation():
            self.press("Enter")
        self.tab.examine()


@dataclass
class Company:
    """Everybody in the walk. A context of the browser holds one person of each party at most."""

    browser: Browser
    port: int
    contexts: list[BrowserContext] = field(default_factory=list)
    seated: dict[str, Tab] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)

    def person(self, party: str, name: str) -> Tab:
        """The person's tab, signed in; who came once stays signed in beside the others."""
        if name not in self.seated:
            tab = Tab(self._room(party).new_page(), party, self.port, self.looked)
            listen(tab.page)
            tab.sign_in(name)
            self.seated[name] = tab
        tab = self.seated[name]
        tab.page.bring_to_front()
        return tab

    def _room(self, party: str) -> BrowserContext:
        """The first context in which nobody of the party sits."""
        host = f"//{party}."
        for context in self.contexts:
            if not any(host in page.url for page in context.pages):
                return context
        context = self.browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="sv-SE", reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return context

    def sessions(self) -> dict[tuple[int, str], str]:
        """Every session that lives, by context and origin."""
        return {
            (place, str(cookie["domain"])): str(cookie["value"])
            for place, context in enumerate(self.contexts)
            for cookie in context.cookies()
            if cookie.get("name") == "__Host-session"
        }
