"""The life of a request: once answered or lapsed, it is not answered again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.request import NEXT, State, Step, advance, state_of
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

WHOLE = [Step.ASK, Step.ANSWER, Step.RECEIVE]


def test_a_request_is_sent_answered_and_received() -> None:
    states = [state_of(WHOLE[:count]) for count in range(4)]
    assert states == [None, State.SENT, State.ANSWERED, State.CLOSED]


@pytest.mark.parametrize(
    ("now", "step", "code"),
    [
        (None, Step.ANSWER, Code.WRONG_STATE),
        (State.SENT, Step.ASK, Code.WRONG_STATE),
        (State.SENT, Step.RECEIVE, Code.WRONG_STATE),
        (State.LAPSED, Step.ANSWER, Code.WRONG_STATE),
        (State.LAPSED, Step.ASK, Code.WRONG_STATE),
        (State.ANSWERED, Step.ANSWER, Code.ALREADY_ANSWERED),
        (State.ANSWERED, Step.LAPSE, Code.ALREADY_ANSWERED),
        (State.CLOSED, Step.ANSWER, Code.ALREADY_ANSWERED),
        (State.CLOSED, Step.RECEIVE, Code.ALREADY_ANSWERED),
    ],
)
def test_a_step_out_of_turn_is_refused_with_why(now: State | None, step: Step, code: Code) -> None:
    assert advance(now, step) == refuse(code)


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_the_history_gives_the_state_that_the_taken_steps_led_to(steps: list[Step]) -> None:
    now: State | None = None
    for step in steps:
        after = advance(now, step)
        assert isinstance(after, Refused) is ((now, step) not in NEXT)
        now = now if isinstance(after, Refused) else after
    assert state_of(steps) is now


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_a_lapsed_request_stays_lapsed_and_an_answer_stands(steps: list[Step]) -> None:
    lapsed = [Step.ASK, Step.LAPSE]
    answered = [Step.ASK, Step.ANSWER]
    assert state_of([*lapsed, *steps]) is State.LAPSED
    assert state_of([*answered, *steps]) in (State.ANSWERED, State.CLOSED)
