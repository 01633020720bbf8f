"""The same chain with every role in a process of its own, over HTTP on loopback.

The parent starts them, listens to how much each has done, and asks for the report when all have
been idle together; what they say to each other goes through the exchange alone.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO

from samverkan.embedded.data import Demo
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire.v1 import EXCHANGE, STEERING

_QUIET = 1.5
"""Seconds that everybody must have been idle for the chain to be at rest."""
_PATIENCE = 600.0


class ProcessFailed(SamverkanError):
    """A role's process ended before the chain did; carries its address."""


@dataclass(slots=True)
class Child:
    """One role's process: what it has said of itself."""

    address: str
    process: subprocess.Popen[str]
    moves: int = 0
    idle: bool = False
    stations: list[str] = field(default_factory=list)
    cut_at: int | None = None
    """After so many lines it is killed like in a power cut, once, and started again."""

    def listen(self, tell: Callable[[str], None]) -> None:
        """Read its lines: `idle N` after N moves, `busy`, or a station's name."""
        stream: IO[str] | None = self.process.stdout
        for number, line in enumerate(stream or (), start=1):
            if number == self.cut_at:
                self.idle = False
                self.process.kill()
                return
            word, _, rest = line.strip().partition(" ")
            if word == "idle":
                self.moves, self.idle = int(rest), True
            elif word == "busy":
                self.idle = False
            elif word not in self.stations:
                self.stations.append(word)
                tell(f"{self.address}:{word}")

    def say(self, word: str) -> None:
        """One word to the process."""
        if self.process.stdin is not None:
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()


Cuts = Mapping[str, int]
"""Whose process is killed in the middle, by address, after so many lines that it has said."""


def run_apart(
    demo: Demo, tell: Callable[[str], None], cuts: Cuts | None = None
) -> dict[str, float]:
    """Run the chain in separate processes; gives the seconds of the whole."""
    begun = time.perf_counter()
    port = free_port()
    start = partial(_start, demo.folder, port=port)
    children = [start(EXCHANGE)]
    try:
        _await_port(port)
        children += [start(name) for name in (STEERING, *demo.genesis.parties)]
        for child in children:
            child.cut_at = (cuts or {}).get(child.address)
            _hear(child, tell)
        revive = partial(_revive, start=start, tell=tell)
        _rest(children, revive)
        lead = next(child for child in children if child.address == demo.plan.lead)
        lead.idle = False
        lead.say("report")
        _rest(children, revive)
    finally:
        _stop(children)
    return {"apart": time.perf_counter() - begun}


def _hear(child: Child, tell: Callable[[str], None]) -> None:
    Thread(target=child.listen, args=(tell,), daemon=True).start()


def _revive(child: Child, *, start: Callable[[str], Child], tell: Callable[[str], None]) -> None:
    """What was killed on purpose is started again. Raises `ProcessFailed` for any other end."""
    if child.cut_at is None:
        raise ProcessFailed(child.address)
    tell(f"{child.address}:cut")
    child.cut_at = None
    child.process.wait()
    child.process = start(child.address).process
    _hear(child, tell)


def _fail(child: Child) -> None:
    """No process may end before the chain does."""
    raise ProcessFailed(child.address)


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(folder: Path, address: str, *, port: int) -> Child:
    command = [sys.executable, "-m", "samverkan", "node", address]
    process = subprocess.Popen(  # noqa: S603  our own command, on a folder of our own
        [*command, "--data", str(folder), "--port", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    return Child(address, process)


def _await_port(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ProcessFailed(EXCHANGE)


def _rest(children: list[Child], ended: Callable[[Child], None] = _fail) -> None:
    """Wait until all are idle and none has moved for a while; `ended` deals with one that ended."""
    until, since, before = time.monotonic() + _PATIENCE, time.monotonic(), [-1]
    while time.monotonic() < until:
        for child in children:
            if child.process.poll() is not None:
                ended(child)
        now = [child.moves for child in children]
        if now != before or not all(child.idle for child in children):
            since, before = time.monotonic(), now
        elif time.monotonic() - since > _QUIET:
            return
        time.sleep(0.05)
    raise ProcessFailed("all")


def _stop(children: list[Child]) -> None:
    """Those that dial first, the exchange last, so that nobody is cut off in the middle."""
    for child in reversed(children):
        child.process.terminate()
        try:
            child.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.process.kill()
