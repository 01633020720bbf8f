"""Run the chain with scripted officers until nothing waits for anybody.

Stations are timed as they go; each prints its name once when it has first been at work, so that
whoever watches (or kills) the run knows where it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from samverkan.embedded import casework_duties, council_duties, duties, outline_duties
from samverkan.embedded.house import House
from samverkan.embedded.officers import Desk, Duty, Plan
from samverkan.embedded.waking import Bell

STATIONS: tuple[tuple[str, Duty], ...] = (
    ("ingest", duties.ingest),
    ("outline", outline_duties.draw),
    ("draft", duties.draft),
    ("accept", duties.accept),
    ("sign", duties.sign),
    ("enrol", duties.enrol),
    ("judge", duties.judge),
    ("assess", duties.assess),
    ("case", casework_duties.open_cases),
    ("request", casework_duties.ask),
    ("answer", casework_duties.answer_requests),
    ("join", casework_duties.join_cases),
    ("propose", casework_duties.propose),
    ("position", council_duties.take_positions),
    ("decide", council_duties.close_rounds),
    ("measure", council_duties.plan_measures),
    ("account", council_duties.account),
)
"""The stations in the order of the chain, and the duty of each."""

PREPARED = ("ingest", "outline", "draft", "accept", "sign", "enrol")
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

    With `stations`, only those; otherwise all of them, and at the end the report. A rest is
    believed when everybody has looked in it, not those alone whom something had woken.
    """
    places = [_place(house, plan, party) for party in plan.parties]
    wanted = [(name, duty) for name, duty in STATIONS if not stations or name in stations]
    everybody = True  # whether all looked in this round
    for _ in range(_ROUNDS):
        moved = watch.timed("post", house.settle)
        for name, duty in wanted:
            for desk, bell in places:
                moved |= watch.timed(name, partial(bell.turn, name, partial(duty, desk)))
        if moved:
            everybody = False
        elif not everybody:
            everybody = True
            for _, bell in places:
                bell.rouse()
        elif stations or not _report(house, [desk for desk, _ in places], watch):
            return


def _place(house: House, plan: Plan, party: str) -> tuple[Desk, Bell]:
    """A party's desk, and the bell that its post rings."""
    node, bell = house.nodes[party], Bell()
    node.postman.handlers = bell.hung(node.postman.handlers)
    return Desk(node, plan), bell


def _report(house: House, desks: list[Desk], watch: Watch) -> bool:
    frozen = False
    for desk in desks:
        frozen |= watch.timed("report", partial(council_duties.freeze, desk))
    return frozen and house.settle()
