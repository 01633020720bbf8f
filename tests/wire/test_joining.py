"""Commands to steering, events from it, and key making could name nobody."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.wire import joining
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import fields, messages
from tests.wire.test_matching import check_impersonal

MESSAGES = messages(joining)
BY = joining.By(user="usr-00000000000000000000000001", role="lawyer", policy="draft")
DRAFT = joining.Draft(
    by=BY,
    cooperation="coo-00000000000000000000000001",
    purpose="serious-organised-crime",
    grounds=["sfs:2016:774"],
    region="syd",
    parties=["fk", "polisen"],
    holders=["fk", "polisen"],
    threshold=2,
    operator="polisen",
    typologies=[],
    key_types=["person-number"],
    sizes={"fk": "small"},
    epoch=1,
    since="2026-11-24",
    until="2027-11-24",
)


@pytest.mark.parametrize("message", MESSAGES)
def test_no_message_of_joining_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message, free=message is joining.Event)


def test_only_an_event_carries_another_message_within() -> None:
    """Its body is checked against the one type of its kind where it is stored (steering)."""
    assert [m for m in MESSAGES if Any in list(fields(m))] == [joining.Event]


def test_steering_knows_an_officer_by_number_role_and_policy_alone() -> None:
    assert set(joining.By.__struct_fields__) == {"user", "role", "policy"}


def test_a_draft_goes_out_and_comes_back() -> None:
    assert from_body(to_body(DRAFT), joining.Draft) == DRAFT
    assert from_body(to_body(joining.InForce(draft=DRAFT)), joining.InForce).draft == DRAFT


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Operation Anna"},
        {"parties": ["Polisen"]},
        {"sizes": {"Anna Andersson": "small"}},
        {"sizes": {"fk": "Anna Andersson"}},
        {"by": {"user": "anna", "role": "lawyer", "policy": "draft"}},
        {"since": "2026-11-31"},
    ],
)
def test_a_draft_of_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(DRAFT) | changes, joining.Draft)


def test_a_request_for_evaluation_names_key_type_holders_threshold_and_factors() -> None:
    """The form for t of n is there from the first day (MATCHING section 1)."""
    names = {"key_type", "holders", "threshold", "factors", "batch", "count", "total", "points"}
    assert names <= set(joining.Blinded.__struct_fields__)
