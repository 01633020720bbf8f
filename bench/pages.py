"""Pages that are logged before they are shown: how many a second, to signed-in readers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from bench.benchmark import Conditions
from bench.figure import Figure, Must
from bench.machine import ROOT

_READERS = 16
_SECONDS = 5.0
_FIELD = re.compile(r'name="_csrf" value="([^"]+)"')
_COOKIE = "__Host-session"


def pages(conditions: Conditions) -> Iterable[Figure]:
    """A real server on loopback; sixteen readers in another process, one page each at a time.

    The figure is that of the list of deliveries, a page with one logged look and one query. The
    start page, with ten queries, is told beside it. Nothing has been delivered: the stores are new.
    """
    with tempfile.TemporaryDirectory() as folder, _server(folder) as place:
        token = _sign_in(place)
        listed, start = _rate(place, token, "/deliveries"), _rate(place, token, "/")
    yield Figure("log_first_pages_per_s", listed, "pages/s", Must(">=", 500))
    yield Figure("log_first_start_page_per_s", start, "pages/s")


def _rate(place: Place, token: str, page: str) -> float:
    """Pages a second, when each was a page and each is in the ledger."""
    before = _head(place)
    told = _read(place, token, page)
    assert told["bad"] == 0
    assert _head(place) - before >= told["pages"], "a page was shown that is not in the ledger"
    return told["pages"] / told["seconds"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workspace is, who may sign in, and its process."""

    host: str
    port: int
    officer: str
    process: subprocess.Popen[str]

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"


@contextmanager
def _server(folder: str) -> Iterator[Place]:
    """A party's workspace in a process of its own."""
    command = [sys.executable, "-m", "bench.workspace", folder]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Place(**json.loads(process.stdout.readline()), process=process)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _head(place: Place) -> int:
    """The number of the last ledger entry, asked of the process that holds the store."""
    asked, told = place.process.stdin, place.process.stdout
    assert asked is not None
    assert told is not None
    asked.write("head\n")
    asked.flush()
    return int(told.readline())


def _sign_in(place: Place) -> str:
    """The session's token, got as a browser gets it: the form, its token, the answer's cookie."""
    base = f"http://127.0.0.1:{place.port}"
    with httpx.Client(base_url=base, headers={"Host": place.authority}, trust_env=False) as browser:
        form = browser.get("/sign-in")
        cookies = _cookies(form)
        found = _FIELD.search(form.text)
        assert found is not None
        fields = {"_csrf": found[1], "user": place.officer, "next": "/"}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        answer = browser.post("/sign-in", data=fields, headers=headers)
    assert answer.status_code in (302, 303)
    return _cookies(answer)[_COOKIE]


def _cookies(answer: httpx.Response) -> dict[str, str]:
    pairs = [line.split(";", 1)[0] for line in answer.headers.get_list("set-cookie")]
    return dict(pair.split("=", 1) for pair in pairs)


def _read(place: Place, token: str, page: str) -> dict[str, float]:
    """What the readers' process tells: pages, seconds, and answers that were no page."""
    wish = {
        "host": place.authority,
        "port": place.port,
        "cookie": f"{_COOKIE}={token}",
        "path": page,
        "readers": _READERS,
        "seconds": _SECONDS,
    }
    command = [sys.executable, "-m", "bench.readers", json.dumps(wish)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told
