"""A sender deposits in its own name, a receiver sees its own box, and what it has is dropped."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from samverkan.exchange import routing
from samverkan.exchange.ports import Mailbox
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.wire.v1 import Deposit, Deposited, Fetch, Frame, Numbered
from tests.infra.postoffice import envelope, frame

KNOWN = {"fk", "polisen", "kfm", "exchange"}


class Boxes:
    """`Mailbox` in memory."""

    def __init__(self) -> None:
        self.kept: list[Numbered] = []

    def put(self, frames: Sequence[Frame]) -> int:
        before = len(self.kept)
        for one in frames:
            if all(known.frame.id != one.id for known in self.kept):
                self.kept.append(Numbered(no=len(self.kept) + 1, frame=one))
        return len(self.kept) - before

    def after(self, recipient: str, no: int, limit: int) -> list[Numbered]:
        mine = [one for one in self.kept if one.frame.to == recipient and one.no > no]
        return mine[:limit]

    def forget(self, recipient: str, upto: int) -> int:
        gone = [one for one in self.kept if one.frame.to == recipient and one.no <= upto]
        self.kept = [one for one in self.kept if one not in gone]
        return len(gone)


@pytest.fixture
def boxes() -> Boxes:
    """Nothing waits."""
    box: Mailbox = Boxes()
    assert isinstance(box, Boxes)
    return box


def test_frames_are_kept_and_counted(boxes: Boxes) -> None:
    sent = [frame(envelope()), frame(envelope(to="kfm"))]
    done = routing.deposit(boxes, "fk", Deposit(frames=sent), known=KNOWN)
    assert done == Deposited(count=2)
    assert [one.frame for one in boxes.kept] == sent


def test_a_repeated_deposit_is_answered_alike_and_changes_nothing(boxes: Boxes) -> None:
    body = Deposit(frames=[frame(envelope())])
    for _ in range(2):
        assert routing.deposit(boxes, "fk", body, known=KNOWN) == Deposited(count=1)
    assert len(boxes.kept) == 1


def test_a_frame_in_anothers_name_refuses_the_whole_deposit(boxes: Boxes) -> None:
    body = Deposit(frames=[frame(envelope()), frame(envelope(sender="kfm"))])
    refused = routing.deposit(boxes, "fk", body, known=KNOWN)
    assert refused == refuse(Code.MESSAGE_SIGNATURE)
    assert boxes.kept == []


def test_a_frame_to_nobody_refuses_the_whole_deposit(boxes: Boxes) -> None:
    body = Deposit(frames=[frame(envelope()), frame(envelope(to="tullverket"))])
    assert routing.deposit(boxes, "fk", body, known=KNOWN) == refuse(Code.NOT_FOUND)
    assert boxes.kept == []


def test_a_receiver_gets_what_is_next_and_what_it_has_is_dropped(boxes: Boxes) -> None:
    frames = [frame(envelope()) for _ in range(3)] + [frame(envelope(to="kfm"))]
    routing.deposit(boxes, "fk", Deposit(frames=frames), known=KNOWN)
    got = routing.fetch(boxes, "polisen", Fetch(after=0, limit=2))
    assert [one.no for one in got] == [1, 2]
    again = routing.fetch(boxes, "polisen", Fetch(after=0, limit=2))
    assert again == got, "what was not acknowledged is there still"
    assert [one.no for one in routing.fetch(boxes, "polisen", Fetch(after=2, limit=2))] == [3]
    assert [one.frame.to for one in boxes.kept] == ["polisen", "kfm"]


def test_nobody_fetches_without_bound(boxes: Boxes) -> None:
    frames = [frame(envelope()) for _ in range(3)]
    routing.deposit(boxes, "fk", Deposit(frames=frames * 100), known=KNOWN)
    boxes.kept = [Numbered(no=no, frame=frames[0]) for no in range(1, routing.MOST + 50)]
    got = routing.fetch(boxes, "polisen", Fetch(after=0, limit=10**6))
    assert len(got) == routing.MOST


def test_receivers_are_named_once_each_for_the_log() -> None:
    frames = [frame(envelope(to=to)) for to in ("polisen", "kfm", "polisen")]
    assert routing.recipients(frames) == ("kfm", "polisen")
