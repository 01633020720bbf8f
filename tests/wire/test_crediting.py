"""What is told of outcomes along their life holds codes, days, sums and digests."""

from __future__ import annotations

import pytest

from samverkan.wire import crediting
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

OPERATION, OUTCOME = "ope-00000000000000000000000001", "out-00000000000000000000000001"


@pytest.mark.parametrize("message", messages(crediting))
def test_no_message_of_crediting_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message)


def test_an_answer_is_a_code_and_no_text() -> None:
    answer = crediting.AnswerShare(by=BY, outcome=OUTCOME, operation=OPERATION, answer="confirmed")
    assert from_body(to_body(answer), crediting.AnswerShare) == answer
    with pytest.raises(Malformed):
        from_body(to_body(answer) | {"answer": "We were there all day"}, crediting.AnswerShare)
