"""Debian's Chromium, headless, and the ear that hears every breach of the content policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_EAR = """
window.breaches = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.breaches.push(event.violatedDirective + " " + event.blockedURI));
"""


class ChromiumMissing(Exception):
    """There is no browser to test with."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser. Raises `ChromiumMissing` where it is not installed."""
    if not CHROMIUM.exists():
        raise ChromiumMissing(f"{CHROMIUM} is missing; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def listen(page: Page) -> None:
    """Hear the breaches of the policy on every document that this page loads."""
    page.add_init_script(_EAR)


_NARROW = """() => {
  const page = document.scrollingElement;
  const wide = page.scrollWidth > page.clientWidth ? ["the page scrolls sideways"] : [];
  const sideways = [...document.querySelectorAll("body *")].filter((one) =>
    ["auto", "scroll"].includes(getComputedStyle(one).overflowX)
    && one.scrollWidth > one.clientWidth && !one.matches("input, select, textarea"));
  const mute = sideways.filter((one) => one.tabIndex !== 0 || !one.getAttribute("aria-label"));
  return wide.concat(mute.map((one) => "scrolls without name or focus: " + one.className));
}"""


def narrow(page: Page) -> list[str]:
    """What does not fit the window as it is: the page itself, or a part that scrolls unnamed."""
    found: list[str] = page.evaluate(_NARROW)
    return found


def breaches(page: Page) -> list[str]:
    """What the policy blocked on the document shown."""
    found: list[str] = page.evaluate("window.breaches")
    return found


def axe(page: Page, *, contrast: bool = True) -> list[str]:
    """The faults that axe-core finds on the document shown, WCAG 2.2 AA and good practice.

    The size of what is pressed (24 pixels, or room around it) is asked for by name: axe-core
    leaves that rule out unless told. Contrast is the dear rule: a page whose colours were looked
    at in one width has the same in another.

    The source is evaluated by the debugger, which the page's policy does not bind.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": contrast}}
    found: list[str] = page.evaluate(
        "async (rules) => (await axe.run({ rules })).violations.flatMap("
        "(fault) => fault.nodes.map((node) => fault.id + ' ' + node.target.join(' ')))",
        rules,
    )
    return found
