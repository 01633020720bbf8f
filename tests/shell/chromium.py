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


def breaches(page: Page) -> list[str]:
    """What the policy blocked on the document shown."""
    found: list[str] = page.evaluate("window.breaches")
    return found


def axe(page: Page) -> list[str]:
    """The faults that axe-core finds on the document shown, WCAG 2.2 AA and good practice.

    The source is evaluated by the debugger, which the page's policy does not bind.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "async () => (await axe.run()).violations.flatMap("
        "(fault) => fault.nodes.map((node) => fault.id + ' ' + node.target.join(' ')))"
    )
    return found
