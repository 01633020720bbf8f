"""What the parent hears from its children, when it takes them to rest, and how it ends them."""

from __future__ import annotations

import io
import subprocess
from threading import Timer
from typing import cast

import pytest

from samverkan.embedded.processes import Child, ProcessFailed, _rest, _revive, _stop


class Process:
    """A process that says these lines and lives until it is ended."""

    def __init__(self, said: str = "", *, code: int | None = None, deaf: bool = False) -> None:
        self.stdout, self.stdin = io.StringIO(said), io.StringIO()
        self.code, self.deaf = code, deaf
        self.told: list[str] = []

    def poll(self) -> int | None:
        """See `Popen`."""
        return self.code

    def terminate(self) -> None:
        """See `Popen`."""
        self.told.append("terminate")

    def kill(self) -> None:
        """See `Popen`."""
        self.told.append("kill")

    def wait(self, timeout: float = 0) -> int:
        """See `Popen`."""
        self.told.append("wait")
        if self.deaf:
            raise subprocess.TimeoutExpired("role", timeout)
        return 0


def child(address: str, process: Process) -> Child:
    return Child(address, cast("subprocess.Popen[str]", process))


def heard(said: str) -> tuple[Child, list[str]]:
    told: list[str] = []
    one = child("fk", Process(said))
    one.listen(told.append)
    return one, told


def test_a_child_that_says_idle_rests_after_so_many_moves() -> None:
    one, told = heard("busy\nidle 12\n")
    assert (one.moves, one.idle, told) == (12, True, [])


def test_a_child_that_moves_again_rests_no_more() -> None:
    one, _ = heard("idle 12\nbusy\n")
    assert (one.moves, one.idle) == (12, False)


def test_a_station_is_told_of_once_with_its_party() -> None:
    one, told = heard("ingest\nbusy\ningest\njudge\nidle 3\n")
    assert told == ["fk:ingest", "fk:judge"]
    assert one.stations == ["ingest", "judge"]


def test_a_child_that_has_said_nothing_is_not_at_rest() -> None:
    one, told = heard("")
    assert (one.moves, one.idle, told) == (0, False, [])


def test_a_word_to_a_child_is_one_line() -> None:
    process = Process()
    child("fk", process).say("report")
    assert process.stdin.getvalue() == "report\n"


def resting(address: str, moves: int) -> Child:
    one = child(address, Process())
    one.moves, one.idle = moves, True
    return one


def test_the_chain_rests_when_all_are_idle_and_not_while_one_still_works() -> None:
    done, late = resting("fk", 3), child("polisen", Process())
    late.moves = 5
    timer = Timer(0.3, setattr, (late, "idle", True))
    timer.start()
    _rest([done, late])
    timer.join()
    assert late.idle


def test_a_child_that_ended_before_the_chain_did_is_a_failure_in_its_name() -> None:
    dead = child("kfm", Process(code=1))
    with pytest.raises(ProcessFailed) as caught:
        _rest([resting("fk", 3), dead])
    assert caught.value.args == ("kfm",)


def test_a_child_is_cut_after_so_many_lines_and_once() -> None:
    process = Process("busy\nsign\nbusy\n")
    one = child("kfm", process)
    told: list[str] = []
    one.cut_at = 2
    one.listen(told.append)
    assert (process.told, told, one.idle) == (["kill"], [], False)


def test_a_child_that_was_cut_is_started_again_and_one_that_failed_is_not() -> None:
    first, second = Process(code=-9), Process("busy\nidle 4\n")
    one = child("kfm", first)
    told: list[str] = []
    one.cut_at = 2
    _revive(one, start=lambda name: child(name, second), tell=told.append)
    assert cast("Process", one.process) is second
    assert told == ["kfm:cut"]
    second.code = 1
    with pytest.raises(ProcessFailed):
        _revive(one, start=lambda name: child(name, second), tell=told.append)


def test_children_are_ended_last_come_first_and_the_exchange_last() -> None:
    order: list[str] = []

    class Noted(Process):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def terminate(self) -> None:
            order.append(self.name)

    names = ("exchange", "steering", "fk")
    _stop([child(name, Noted(name)) for name in names])
    assert order == ["fk", "steering", "exchange"]


def test_a_child_that_does_not_end_is_killed() -> None:
    deaf, ready = Process(deaf=True), Process()
    _stop([child("exchange", ready), child("fk", deaf)])
    assert deaf.told == ["terminate", "wait", "kill"]
    assert ready.told == ["terminate", "wait"]
