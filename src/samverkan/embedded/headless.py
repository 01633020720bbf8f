"""The whole chain without a browser or a question asked, over either carrier."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from samverkan.embedded import data, processes
from samverkan.embedded.data import Demo
from samverkan.embedded.house import House, open_house
from samverkan.embedded.run import Watch, run
from samverkan.embedded.summary import summarise
from samverkan.infra.opening import Ambient


def real() -> Ambient:
    """The machine's clock and randomness."""
    return Ambient(lambda: datetime.now(UTC), os.urandom)


def headless(
    folder: Path, *, scale: str, seed: int, carrier: str, halt_after: int | None = None
) -> dict[str, Any]:
    """Prepare, run, summarise. A run that was killed before is taken up where it was."""
    ambient = real()
    with data.held(folder):
        demo = data.prepare(folder, scale=scale, seed=seed, randomness=ambient.randomness)
        if carrier == "http":
            seconds = processes.run_apart(demo, _tell)
            return _summary(demo, ambient, seconds)
        house = open_house(folder, demo.genesis, ambient)
        if halt_after is not None:
            _halt(house, halt_after)
        watch = Watch(_tell)
        run(house, demo.plan, watch)
        summary = summarise(house, demo, seconds=watch.seconds)
        house.close()
        return summary


def _summary(demo: Demo, ambient: Ambient, seconds: dict[str, float]) -> dict[str, Any]:
    house = open_house(demo.folder, demo.genesis, ambient)
    summary = summarise(house, demo, seconds=seconds)
    house.close()
    return summary


def _tell(station: str) -> None:
    sys.stderr.write(f"{station}\n")
    sys.stderr.flush()


def _halt(house: House, after: int) -> None:
    """End like a power cut right after that many commits: for the test that starts again."""
    left = [after]

    def count() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    counted: Callable[[], None] = count
    for store in house.stores().values():
        store.after_commit = counted
