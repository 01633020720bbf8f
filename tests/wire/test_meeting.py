"""Meetings carry texts for anybody to read to steering; a paper travels sealed from party to party."""

from __future__ import annotations

import pytest

from samverkan.steering.ports import BODIES
from samverkan.wire import meeting
from samverkan.wire.forms import SealedText
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import fields, messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

TO_STEERING = [one for one in messages(meeting) if one is not meeting.Paper]
MARK = meeting.MarkItem(
    by=BY,
    item="itm-00000000000000000000000001",
    local="loc-00000000000000000000000001",
    state="done",
)


@pytest.mark.parametrize("message", TO_STEERING)
def test_no_message_of_meetings_to_steering_has_a_field_of_any_form(
    message: type[Message],
) -> None:
    check_impersonal(message)


def test_the_paper_that_may_name_a_person_is_none_that_steering_takes() -> None:
    assert SealedText in set(fields(meeting.Paper))
    assert meeting.Paper not in set(BODIES.values())


@pytest.mark.parametrize("changes", [{"state": "Done it"}, {"item": "x"}, {"note": "x"}])
def test_a_mark_of_another_form_is_refused(changes: dict[str, object]) -> None:
    assert from_body(to_body(MARK), meeting.MarkItem) == MARK
    with pytest.raises(Malformed):
        from_body(to_body(MARK) | changes, meeting.MarkItem)
