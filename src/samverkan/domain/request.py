"""The life of a request (begäran): a table of transitions, and its history as events.

Silence is not an answer: a request that nobody has answered when its clock runs out lapses, is
shown as such, and cannot be answered afterwards; the asker may ask again (N3, L2).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse


class State(StrEnum):
    """Where a request stands, as both sides see it."""

    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"
    LAPSED = "lapsed"


class Step(StrEnum):
    """What may happen to a request."""

    ASK = "ask"
    ANSWER = "answer"
    RECEIVE = "receive"
    LAPSE = "lapse"


NEXT: dict[tuple[State | None, Step], State] = {
    (None, Step.ASK): State.SENT,
    (State.SENT, Step.ANSWER): State.ANSWERED,
    (State.SENT, Step.LAPSE): State.LAPSED,
    (State.ANSWERED, Step.RECEIVE): State.CLOSED,
}


def state_of(steps: Iterable[Step]) -> State | None:
    """The state that a history of steps has led to; steps that did not apply are skipped."""
    now: State | None = None
    for step in steps:
        now = NEXT.get((now, step), now)
    return now


def advance(now: State | None, step: Step) -> State | Refused:
    """The state after a step, or why it cannot be taken."""
    after = NEXT.get((now, step))
    if after is not None:
        return after
    answered = now in (State.ANSWERED, State.CLOSED)
    return refuse(Code.ALREADY_ANSWERED if answered else Code.WRONG_STATE)
