"""Local bodies carry codes, days and names of bodies, and nobody's own name."""

from __future__ import annotations

import pytest

from samverkan.wire import local
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

INVITE = local.InviteParty(by=BY, local="loc-00000000000000000000000001", party="kfm")


@pytest.mark.parametrize("message", messages(local))
def test_no_message_of_local_bodies_has_a_field_of_any_form(message: type[Message]) -> None:
    check_impersonal(message)


@pytest.mark.parametrize("changes", [{"party": "Anna A"}, {"local": "1880"}, {"note": "x"}])
def test_an_invitation_of_another_form_is_refused(changes: dict[str, object]) -> None:
    assert from_body(to_body(INVITE), local.InviteParty) == INVITE
    with pytest.raises(Malformed):
        from_body(to_body(INVITE) | changes, local.InviteParty)
