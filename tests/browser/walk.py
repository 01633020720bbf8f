"""People at their parties' workspaces, side by side in one browser, by the keyboard alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.keyboard import EAR, Keyboard
from tests.shell.chromium import axe, breaches, listen, narrow

PATIENCE = 60.0
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW = ((320, 640), (390, 844))
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
        self.follow(f"main button[aria-label$='{name}']")
        expect(self.page.locator("header")).to_contain_text(name)

    def examine(self) -> None:
        """Each kind of page is sound, the first time that it is seen."""
        kind = _ID.sub("*", urlsplit(self.page.url).path)
        if kind not in self.looked:
            self.looked.add(kind)
            self.sound()
            self.keys.press("Tab")
            assert self.page.evaluate("document.activeElement.className") == "skip"
            self.keys.press("Shift+Tab")
            self.fits()

    def fill(self, **fields: str | list[str] | bool) -> None:
        """Fill fields by name: text, a choice, or the checked ones of several."""
        self.keys.unfold(self.page.locator("main details:not([open]) > summary"))
        for name, value in fields.items():
            found = self.page.locator(f'main [name="{name.replace("__", ".")}"]')
            kind = found.first.evaluate("e => e.type || e.tagName.toLowerCase()")
            if kind == "checkbox":
                wanted = value if isinstance(value, list) else [str(value)]
                for box in found.all():
                    self.keys.tick(box, wanted=box.get_attribute("value") in wanted)
            elif kind == "radio":
                self.keys.pick(self.page.locator(f'main [name="{name}"][value="{value}"]'))
            elif kind == "select-one":
                self.keys.choose(found, str(value))
            else:
                self.keys.write(found, str(value))

    def follow(self, control: str) -> None:
        """Go to the first of these links or buttons and press it; the next page is sound."""
        self.keys.follow(self.page.locator(control).first)
        self.examine()

    def send(self, action: str) -> None:
        """Send the form of this action, and see that it was taken."""
        self.follow(f'main form[action*="{action}"] button')
        faults = self.page.locator(".error-summary, [role=alert]")
        assert faults.count() == 0, faults.first.inner_text()

    def refused(self, action: str) -> None:
        """Send a form as it stands: the mistakes are announced, and lead to their fields."""
        self.keys.follow(self.page.locator(f'main form[action*="{action}"] button').first)
        summary = self.page.locator(".error-summary[role=alert]")
        expect(summary).to_be_focused()
        self.sound()
        way = summary.locator("a").first
        field = str(way.get_attribute("href"))
        self.keys.reach(way)
        self.keys.press("Enter")
        expect(self.page.locator(field)).to_be_focused()
        told = str(self.page.locator(field).get_attribute("aria-describedby"))
        assert f"{field[1:]}-error" in told.split()

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

    def fits(self) -> None:
        """The page is as sound on a telephone, and at four times its size on a desk."""
        for width, height in NARROW:
            self.page.set_viewport_size({"width": width, "height": height})
            faults = narrow(self.page)
            assert not faults, (width, self.page.url, faults)
        faults = axe(self.page, contrast=False)
        assert not faults, (self.page.url, faults)
        self.page.set_viewport_size(WIDE)

    def picture(self, folder: Path, name: str) -> None:
        """Keep a picture of what is shown."""
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    @property
    def keys(self) -> Keyboard:
        """The keyboard of this tab."""
        return Keyboard(self.page)


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
            tab.page.add_init_script(EAR)
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
        context = self.browser.new_context(viewport=WIDE, locale="sv-SE", reduced_motion="reduce")
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
