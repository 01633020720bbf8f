"""Messages of pictures hold codes, days, sums and texts for all to read, and no room for a person."""

from __future__ import annotations

import pytest

from samverkan.wire import picturing
from samverkan.wire.v1 import Malformed, Message, from_body, public_texts, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

PICTURE = "pic-00000000000000000000000001"
ANSWERS = {
    "drugs": picturing.Answer(score=2, evidence="reports"),
    "trust": picturing.Answer(evidence="no"),
}
SENT = picturing.AnswerPicture(by=BY, picture=PICTURE, answers=ANSWERS)


@pytest.mark.parametrize("message", messages(picturing))
def test_no_message_of_pictures_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message)


def test_answers_go_out_and_come_back() -> None:
    assert from_body(to_body(SENT), picturing.AnswerPicture) == SENT


def test_every_evidence_is_a_text_that_is_looked_through() -> None:
    assert sorted(public_texts(SENT)) == ["no", "reports"]
    both = picturing.PictureRated(picture=PICTURE, answers={"police": ANSWERS})
    assert sorted(public_texts(both)) == ["no", "reports"]


@pytest.mark.parametrize("score", [-1, 11, 1.5, "2"])
def test_a_score_is_a_small_whole_number(score: object) -> None:
    body = to_body(SENT)
    body["answers"]["drugs"]["score"] = score
    with pytest.raises(Malformed):
        from_body(body, picturing.AnswerPicture)
