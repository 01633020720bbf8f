"""A delegation names role, body and days; the person stays in the own node."""

from __future__ import annotations

import pytest

from samverkan.wire import seating
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

DELEGATE = seating.Delegate(
    by=BY,
    delegation="del-00000000000000000000000001",
    body="permanenta-gruppen",
    seat="member",
    since="2026-12-01",
    until="2027-11-30",
)


@pytest.mark.parametrize("message", messages(seating))
def test_no_message_of_seats_has_a_field_of_any_form(message: type[Message]) -> None:
    check_impersonal(message)


def test_a_delegation_has_no_field_for_whom_it_is_for() -> None:
    assert set(seating.Delegate.__struct_fields__) == {
        "by",
        "delegation",
        "body",
        "seat",
        "since",
        "until",
    }
    with pytest.raises(Malformed):
        from_body(to_body(DELEGATE) | {"user": "usr-" + "1" * 26}, seating.Delegate)
