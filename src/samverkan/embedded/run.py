"""Run the chain with scripted officers until nothing waits for anybody.

Stations are timed as they go; each prints its name once when it has first been at work, so that
whoever watches (or kills) the run knows where it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from samverkan.embedded import casework_duties, duties
from samverkan.embedded.house import House
from samverkan.embedded.officers import Desk, Duty, Plan

STATIONS: tuple[tuple[str, Duty], ...] = (
    ("ingest", duties.ingest),
    ("draft", duties.draft),
    ("accept", duties.accept),
    ("sign", duties.sign),
    ("enrol", duties.enrol),
    ("judge", duties.judge),
    ("case", casework_duties.open_cases),
    ("request", casework_duties.ask),
    ("answer", casework_duties.answer_requests),
    ("propose", casework_duties.propose),
    ("position", casework_duties.take_positions),
    ("decide", casework_duties.close_rounds),
    ("measure", casework_duties.plan_measures),
    ("account", casework_duties.account),
)
"""The stations in the order of the chain, and the duty of each."""

PREPARED = ("ingest", "draft", "accept", "sign", "enrol")
"""What a demo in the browser has done before the reader arrives: hits are there, unjudged."""

_ROUNDS = 1_000


@dataclass(slots=True)
class Watch:
    """Seconds by station, and who is told when a station begins."""

    tell: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, station: str, do: Callable[[], bool]) -> bool:
        """Do it, and count the time if it did anything."""
        begun = time.perf_counter()
        done = do()
        if done:
            if station not in self.seconds:
                self.tell(station)
            spent = time.perf_counter() - begun
            self.seconds[station] = self.seconds.get(station, 0.0) + spent
        return done


def run(house: House, plan: Plan, watch: Watch, *, stations: tuple[str, ...] = ()) -> None:
    """Let every party's officers work, and the post go between, until nothing moves.

    With `stations`, only those; otherwise all of them, and at the end the report.
    """
    desks = [Desk(house.nodes[party], plan) for party in plan.parties]
    wanted = [(name, duty) for name, duty in STATIONS if not stations or name in stations]
    for _ in range(_ROUNDS):
        moved = watch.timed("post", house.settle)
        for name, duty in wanted:
            for desk in desks:
                moved |= watch.timed(name, partial(duty, desk))
        if not moved and not (not stations and _report(house, desks, watch)):
            return


def _report(house: House, desks: list[Desk], watch: Watch) -> bool:
    frozen = False
    for desk in desks:
        frozen |= watch.timed("report", partial(casework_duties.freeze, desk))
    return frozen and house.settle()
