"""A fresh clone to the first page of the demonstration, all downloads included."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.benchmark import Conditions
from bench.figure import Figure, Must
from bench.machine import ROOT

_ADDRESS = re.compile(r"http://([a-z0-9.-]+\.localhost):(\d+)")
_PATIENCE_S = 600.0


class DemoNotReady(Exception):
    """The demonstration ended, or said nothing, before it served a page."""


def fresh_clone(conditions: Conditions) -> Iterable[Figure]:
    """`git clone`, `make setup`, start, first page; with empty caches of every tool."""
    with tempfile.TemporaryDirectory(prefix="samverkan-clone-") as folder:
        home, tree = Path(folder) / "home", Path(folder) / "tree"
        home.mkdir()
        start = time.perf_counter()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
        environment = _without_caches(home)
        _make_setup(tree, environment)
        ready = time.perf_counter()
        with demonstration(["make", "demo"], tree, environment) as (host, port):
            await_page(host, port)
            first_page = time.perf_counter()
    limit = Must("<=", 180)
    return [
        Figure("fresh_clone_setup_s", ready - start, "s"),
        Figure("fresh_clone_first_page_s", first_page - start, "s", limit),
    ]


def _without_caches(home: Path) -> dict[str, str]:
    caches = {
        "UV_CACHE_DIR": str(home / "uv"),
        "NPM_CONFIG_CACHE": str(home / "npm"),
        "PIP_NO_CACHE_DIR": "1",
    }
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return kept | caches


def _make_setup(tree: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["make", "setup"], cwd=tree, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise DemoNotReady(done.stderr[-2000:])


@contextmanager
def demonstration(
    command: list[str], tree: Path, environment: dict[str, str]
) -> Iterator[tuple[str, int]]:
    """Start the demo in its own process group; gives the first address that it tells."""
    process = subprocess.Popen(
        command,
        cwd=tree,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield _address(process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def _address(process: subprocess.Popen[str]) -> tuple[str, int]:
    heard = []
    assert process.stdout is not None
    for line in process.stdout:
        heard.append(line)
        if told := _ADDRESS.search(line):
            return told.group(1), int(told.group(2))
    raise DemoNotReady("".join(heard[-20:]))


def await_page(host: str, port: int) -> None:
    """Names below .localhost mean this machine; Python does not know, so the Host header says."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": f"{host}:{port}"})
            if connection.getresponse().status < 400:
                return
        except (ConnectionError, TimeoutError):
            time.sleep(0.05)
        finally:
            connection.close()
    raise DemoNotReady(host)
