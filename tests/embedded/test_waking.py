"""A duty looks when something has come that concerns it, and is left in peace otherwise."""

from __future__ import annotations

import pytest

from samverkan.agency.app.inbound import handlers
from samverkan.embedded.run import STATIONS
from samverkan.embedded.waking import WOKEN_BY, Bell
from tests.agency.model import DEBTS, POLICE
from tests.agency.world import World


def asleep() -> Bell:
    return Bell(set())


class Duty:
    """Counts its turns, and says whether there was anything to do."""

    def __init__(self, *found: bool) -> None:
        self.found = list(found)
        self.turns = 0

    def __call__(self) -> bool:
        """One look."""
        self.turns += 1
        return self.found.pop(0) if self.found else False


def test_every_station_has_its_reasons_to_look() -> None:
    assert list(WOKEN_BY) == [name for name, _ in STATIONS]


def test_at_the_beginning_everybody_looks_once() -> None:
    bell, duty = Bell(), Duty()
    assert [bell.turn("judge", duty) for _ in range(3)] == [False] * 3
    assert duty.turns == 1


def test_a_station_is_woken_by_what_concerns_it_alone() -> None:
    bell, duty = asleep(), Duty(True)
    bell.ring("request.ask")
    assert bell.turn("judge", duty) is False
    assert duty.turns == 0
    bell.ring("hit.told")
    assert bell.turn("judge", duty) is True


def test_what_an_own_officer_has_done_wakes_the_next() -> None:
    bell, later = asleep(), Duty(True)
    bell.ring("cooperation.in-force")
    assert bell.turn("enrol", later) is False
    assert bell.turn("sign", Duty(True)) is True
    assert bell.turn("enrol", later) is True


def test_nothing_done_wakes_nobody() -> None:
    bell = asleep()
    bell.ring("hit.told")
    bell.turn("judge", Duty(False))
    assert bell.awake == set()


def test_what_comes_while_a_station_looks_is_not_missed() -> None:
    bell = Bell({"judge"})

    def look() -> bool:
        bell.ring("hit.told")
        return False

    bell.turn("judge", look)
    assert "judge" in bell.awake


@pytest.mark.parametrize("station", list(WOKEN_BY))
def test_a_reason_is_a_message_an_event_or_a_station(station: str, founded: World) -> None:
    messages = set(handlers(founded.node(POLICE)))
    events = {
        "cooperation.draft", "cooperation.in-force", "proposal.make", "position.take",
        "proposal.decided", "measure.plan", "case.opened",
    }  # fmt: skip
    assert WOKEN_BY[station] <= messages | events | set(WOKEN_BY)


def test_the_post_rings_for_messages_and_for_the_events_in_them(fresh: World) -> None:
    bell = asleep()
    node = fresh.node(DEBTS)
    node.postman.handlers = bell.hung(node.postman.handlers)
    assert set(node.postman.handlers) == set(handlers(node))
    fresh.play("ingest", "draft")
    assert "accept" in bell.awake
    assert "judge" not in bell.awake
