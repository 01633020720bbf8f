"""The thread in the browser: four people of four parties side by side, from decision to report.

Pictures go to a temporary folder; `SAMVERKAN_PICTURES=docs/img` keeps those of the documents.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from samverkan.embedded.processes import free_port
from tests.browser.thread import PARTIES, Thread
from tests.browser.walk import Tab
from tests.shell.chromium import chromium

pytestmark = pytest.mark.browser

STEPS = (
    "decide_framework", "decide_scope", "enrol", "open_case", "judge_and_ask", "answer",
    "propose", "decide", "act",
)  # fmt: skip
STARTED_WITHIN = 90.0


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The demo as a newcomer starts it, with nothing decided yet."""
    number = free_port()
    said = tmp_path / "said.txt"
    command = [sys.executable, "-m", "samverkan", "demo", "--until", "start"]
    with said.open("w") as output:
        process = subprocess.Popen(
            [*command, "--data", str(tmp_path / "data"), "--port", str(number)],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    end = time.monotonic() + STARTED_WITHIN
    while f"polisen.localhost:{number}" not in said.read_text().rsplit("steering", 1)[-1]:
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < end, said.read_text()
        time.sleep(0.2)
    yield number
    process.terminate()
    process.wait(timeout=30)


def test_four_people_of_four_parties_walk_the_chain_in_one_browser(
    port: int, tmp_path: Path
) -> None:
    pictures = Path(os.environ.get("SAMVERKAN_PICTURES", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
        context.set_default_timeout(15_000)
        thread = Thread.begun(context, port, pictures)
        for step in STEPS:
            getattr(thread, step)()
        pdf = tmp_path / "report.pdf"
        thread.report().save_as(pdf)
        assert len(PdfReader(pdf).pages) >= 1
        thread.oversee()

        sessions = [c for c in context.cookies() if c.get("name") == "__Host-session"]
        assert {c["domain"] for c in sessions} == {f"{party}.localhost" for party in PARTIES}
        assert len({c["value"] for c in sessions}) == len(PARTIES)

        outsider = Tab.opened(context, "skv-brott", port)
        outsider.sign_in("Nina Alm")
        outsider.go("/hits")
        assert outsider.page.locator("main table").count() == 0
        case = thread.case_path.split("/")[-1]
        response = outsider.page.goto(f"http://skv-brott.localhost:{port}/cases/{case}")
        assert response is not None
        assert response.status == 404
