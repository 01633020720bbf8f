"""The thread in the browser: people of four parties side by side, from decision to report.

Pictures go to a temporary folder; `SAMVERKAN_PICTURES=docs/img` keeps those of the documents.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from samverkan.embedded.processes import free_port
from tests.browser.thread import FIVE, Thread
from tests.browser.walk import Company
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
    while not listens(number):
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < end, said.read_text()
        time.sleep(0.2)
    yield number
    process.terminate()
    process.wait(timeout=30)


def listens(port: int) -> bool:
    """Whether somebody answers at the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_five_people_and_their_colleagues_walk_the_chain_in_one_browser(
    port: int, tmp_path: Path
) -> None:
    pictures = Path(os.environ.get("SAMVERKAN_PICTURES", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        company = Company(browser, port)
        thread = Thread(company, pictures)
        for step in STEPS:
            getattr(thread, step)()
        pdf = tmp_path / "report.pdf"
        thread.report().save_as(pdf)
        assert len(PdfReader(pdf).pages) >= 1
        thread.oversee()

        parties = {party for party, _ in FIVE}
        assert len(FIVE) == 5
        assert len(parties) == 4
        for party, name in FIVE:  # all of them still sit there, side by side
            tab = company.person(party, name)
            tab.go("/reports")
            expect(tab.page.locator("header")).to_contain_text(name)
        sessions = company.sessions()
        assert len(set(sessions.values())) == len(sessions) == len(company.seated)

        outsider = company.person("skv-brott", "Nina Alm")
        outsider.go("/hits")
        assert outsider.page.locator("main table").count() == 0
        case = thread.case_path.split("/")[-1]
        response = outsider.page.goto(f"http://skv-brott.localhost:{port}/cases/{case}")
        assert response is not None
        assert response.status == 404
