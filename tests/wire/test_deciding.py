"""Proposals, positions, operations and results hold codes, days and sums, and nobody's name."""

from __future__ import annotations

import pytest

from samverkan.wire import deciding
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

HOURS = deciding.ReportHours(
    by=BY, operation="ope-00000000000000000000000001", week="2026-w48", level="regional", hours=12
)


@pytest.mark.parametrize("message", messages(deciding))
def test_no_message_of_deciding_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message)


def test_hours_go_out_and_come_back() -> None:
    assert from_body(to_body(HOURS), deciding.ReportHours) == HOURS


@pytest.mark.parametrize(
    "changes",
    [
        {"week": "2026-48"},
        {"week": "2026-w48\n"},
        {"hours": -1},
        {"hours": 10_001},
        {"hours": 1.5},
        {"level": "Anna Andersson"},
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
