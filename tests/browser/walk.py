"""A person at one party's workspace, in a tab of a browser that holds the other parties too."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.shell.chromium import axe, breaches, listen

PATIENCE = 60.0


@dataclass
class Tab:
    """One party's tab. Who sits at it changes by signing out and in, as at a shared desk."""

    page: Page
    party: str
    port: int

    @classmethod
    def opened(cls, context: BrowserContext, party: str, port: int) -> Tab:
        """A new tab at the party's own origin."""
        page = context.new_page()
        listen(page)
        return cls(page, party, port)

    def go(self, path: str) -> None:
        """Open one of the party's pages, in front: Chromium draws a hidden tab once a second."""
        self.page.bring_to_front()
        response = self.page.goto(f"http://{self.party}.localhost:{self.port}{path}")
        assert response is not None
        assert response.ok, (self.party, path, response.status)

    def sign_in(self, name: str) -> None:
        """Sit down as this officer; whoever sat here before signs out."""
        self.page.bring_to_front()
        leave = self.page.locator("form[action='/sign-out'] button")
        if leave.count():
            leave.click()
        else:
            self.go("/sign-in")
        self.page.get_by_role("row", name=name).get_by_role("button").click()
        expect(self.page.locator("header")).to_contain_text(name)

    def fill(self, **fields: str | list[str] | bool) -> None:
        """Fill fields by name: text, a choice, or the checked ones of several."""
        folded = self.page.locator("main details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for field, value in fields.items():
            found = self.page.locator(f'main [name="{field.replace("__", ".")}"]')
            kind = found.first.evaluate("e => e.type || e.tagName.toLowerCase()")
            if kind == "checkbox":
                wanted = value if isinstance(value, list) else [str(value)]
                for box in found.all():
                    box.set_checked(box.get_attribute("value") in wanted)
            elif kind == "radio":
                self.page.locator(f'main [name="{field}"][value="{value}"]').check()
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
