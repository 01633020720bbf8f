"""Proposals, positions, operations and results hold codes, days and sums, and nobody's name."""

from __future__ import annotations

import pytest

from samverkan.wire import deciding
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

LINE = deciding.HoursLine(level="regional", kind="control", hours=12, cost=6_000)
HOURS = deciding.ReportHours(
    by=BY,
    operation="ope-00000000000000000000000001",
    period="2026-w48",
    lines=[LINE],
)


@pytest.mark.parametrize("message", messages(deciding))
def test_no_message_of_deciding_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message)


def test_hours_go_out_and_come_back() -> None:
    assert from_body(to_body(HOURS), deciding.ReportHours) == HOURS


@pytest.mark.parametrize(
    "changes",
    [
        {"period": "2026-48"},
        {"period": "2026-w48\n"},
        {"lines": [to_body(LINE) | {"hours": -1}]},
        {"lines": [to_body(LINE) | {"hours": 100_001}]},
        {"lines": [to_body(LINE) | {"hours": 1.5}]},
        {"lines": [to_body(LINE) | {"level": "Anna Andersson"}]},
        {"lines": [to_body(LINE) | {"cost": -1}]},
        {"note": "Anna Andersson"},
    ],
)
def test_hours_of_another_form_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(HOURS) | changes, deciding.ReportHours)


def test_a_position_has_a_code_for_its_reason_and_no_text() -> None:
    body = {"by": to_body(BY), "proposal": "pro-00000000000000000000000001", "position": "against"}
    assert from_body(body | {"reason": "lacks-capacity"}, deciding.TakePosition).reason
    with pytest.raises(Malformed):
        from_body(body | {"reason": "We know him from before"}, deciding.TakePosition)
