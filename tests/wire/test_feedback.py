"""Feedback is a code and names nobody."""

from __future__ import annotations

import pytest

from samverkan.wire.feedback import Feedback
from samverkan.wire.v1 import Malformed, from_body, to_body
from tests.wire.test_matching import check_impersonal

USED = Feedback(request="req-00000000000000000000000001", code="used")


def test_feedback_could_hold_no_persons_data() -> None:
    check_impersonal(Feedback)


def test_feedback_goes_out_and_comes_back_and_takes_no_text() -> None:
    assert from_body(to_body(USED), Feedback) == USED
    with pytest.raises(Malformed):
        from_body(to_body(USED) | {"why": "He moved abroad"}, Feedback)
