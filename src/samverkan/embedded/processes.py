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
from collections.abc import Callable
from dataclasses import dataclass, field
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

    def listen(self, tell: Callable[[str], None]) -> None:
        """Read its lines: `idle N` after N moves, `busy`, or a station's name."""
        stream: IO[str] | None = self.process.stdout
        for line in stream or ():
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


def run_apart(demo: Demo, tell: Callable[[str], None]) -> dict[str, float]:
    """Run the chain in separate processes; gives the seconds of the whole."""
    begun = time.perf_counter()
    port = free_port()
    children = [_start(demo.folder, EXCHANGE, port)]
    try:
        _await_port(port)
        children += [_start(demo.folder, name, port) for name in (STEERING, *demo.genesis.parties)]
        for child in children:
            Thread(target=child.listen, args=(tell,), daemon=True).start()
        _rest(children)
        lead = next(child for child in children if child.address == demo.plan.lead)
        lead.idle = False
        lead.say("report")
        _rest(children)
    finally:
        _stop(children)
    return {"apart": time.perf_counter() - begun}


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(folder: Path, address: str, port: int) -> Child:
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


def _rest(children: list[Child]) -> None:
    """Wait until all are idle and none has moved for a while."""
    until, since, before = time.monotonic() + _PATIENCE, time.monotonic(), [-1]
    while time.monotonic() < until:
        for child in children:
            if child.process.poll() is not None:
                raise ProcessFailed(child.address)
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
