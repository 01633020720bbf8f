"""One role in a process of its own: it says how it goes, hears words, and outlasts a dead exchange."""

from __future__ import annotations

import io
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from samverkan.embedded import alone
from samverkan.embedded.alone import Loop
from samverkan.infra.carrier import Unreachable
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError


class Turns:
    """Work that moves something in these turns, and ends the loop after the last."""

    def __init__(self, stop: Event, *moves: bool) -> None:
        self.stop, self.moves = stop, list(moves)

    def __call__(self) -> bool:
        moved = self.moves.pop(0)
        if not self.moves:
            self.stop.set()
        return moved


@pytest.fixture
def stop() -> Event:
    """Set when the loop is to end."""
    return Event()


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Words that whoever started the process has said to it."""

    def words(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    words("")
    return words


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("say")
def test_a_loop_tells_when_it_moves_and_once_when_it_rests(
    capsys: pytest.CaptureFixture[str], stop: Event
) -> None:
    loop = Loop([Turns(stop, True, False, False, True, True, False)])
    loop.run(stop)
    assert lines(capsys) == ["busy", "idle 1", "busy", "busy", "idle 3"]
    assert loop.moves == 3


@pytest.mark.usefixtures("say")
def test_each_piece_of_work_has_its_turn_and_counts(
    capsys: pytest.CaptureFixture[str], stop: Event
) -> None:
    loop = Loop([lambda: True, Turns(stop, True, False)])
    loop.run(stop)
    assert loop.moves == 3
    assert lines(capsys) == ["busy", "busy"]


def test_a_word_is_heard_and_its_work_done_once(
    capsys: pytest.CaptureFixture[str], stop: Event, say: Callable[[str], None]
) -> None:
    done: list[str] = []

    def report() -> bool:
        done.append("report")
        stop.set()
        return True

    say("unheard-of\nreport\n")
    Loop([lambda: False], asked={"report": report}).run(stop)
    assert done == ["report"]
    assert lines(capsys)[-1] == "busy"


def test_a_station_is_named_when_it_did_something(capsys: pytest.CaptureFixture[str]) -> None:
    assert alone._named("judge", lambda: False)() is False
    assert lines(capsys) == []
    assert alone._named("judge", lambda: True)() is True
    assert lines(capsys) == ["judge"]


def test_an_exchange_that_does_not_answer_is_tried_again() -> None:
    def unreachable() -> bool:
        raise Unreachable

    assert alone._patient(unreachable)() is False
    assert alone._patient(lambda: True)() is True


def test_any_other_failure_is_not_hidden() -> None:
    def broken() -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        alone._patient(broken)()


@pytest.fixture
def signals() -> Iterator[None]:
    """Puts back what the signals meant before."""
    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    yield
    for one, handler in kept.items():
        signal.signal(one, handler)


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_loop_between_two_turns(stop: Event, number: signal.Signals) -> None:
    alone._end_on_signal(stop)
    assert not stop.is_set()
    signal.raise_signal(number)
    assert stop.is_set()


@pytest.mark.parametrize("address", ["exchange", "steering", "fk"])
def test_a_folder_that_was_not_prepared_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(RefusedError) as caught:
        alone.alone(tmp_path, address, 1)
    assert caught.value.refused.code is Code.DATA_FOLDER
    assert list(tmp_path.iterdir()) == []
