"""The whole chain without a browser or a question asked, over either carrier."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from samverkan.embedded import data, processes
from samverkan.embedded.data import Demo, Setting
from samverkan.embedded.house import open_house
from samverkan.embedded.run import Watch, run
from samverkan.embedded.summary import summarise
from samverkan.infra.opening import Ambient
from samverkan.infra.spread import Threads


def real() -> Ambient:
    """The machine's clock and randomness, and a thread for each of its cores."""
    return Ambient(lambda: datetime.now(UTC), os.urandom, Threads(os.cpu_count() or 1))


def headless(
    folder: Path,
    setting: Setting,
    *,
    carrier: str,
    halt_after: int | None = None,
    cuts: processes.Cuts | None = None,
) -> dict[str, Any]:
    """Prepare, run, summarise. A run that was killed before is taken up where it was.

    For trials: the process ends like in a power cut after so many commits (`halt_after`); over
    HTTP, the processes of `cuts` do after so many lines, and are started again.
    """
    ambient = real()
    with data.held(folder):
        demo = data.prepare(
            folder, setting, today=ambient.clock().date(), randomness=ambient.randomness
        )
        if carrier == "http":
            seconds = processes.run_apart(demo, _tell, cuts)
            return _summary(demo, ambient, seconds)
        house = open_house(folder, demo.genesis, ambient)
        commits = Commits(halt_after)
        for store in house.stores().values():
            store.after_commit = commits.count
        watch = Watch(_tell)
        run(house, demo.plan, watch)
        _tell(f"commits {commits.done}")
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


@dataclass(slots=True)
class Commits:
    """Counts commits; after `halt` of them the process ends like in a power cut."""

    halt: int | None
    done: int = 0

    def count(self) -> None:
        """One more."""
        self.done += 1
        if self.done == self.halt:
            os.kill(os.getpid(), signal.SIGKILL)
