"""A variant travels in pieces that anybody may read, and a stand holds no text at all."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.wire.joining import By
from samverkan.wire.v1 import Malformed, from_body, public_texts, to_body
from samverkan.wire.varying import DraftVariant, PromoteVariant, StandVariant, StepDone

BY = By(user="usr-" + "1" * 26, role="chair", policy="vary-own-body")
NUMBER, OTHER = "var-" + "1" * 26, "var-" + "2" * 26


def draft(**more: Any) -> DraftVariant:
    body: dict[str, Any] = {
        "by": BY, "variant": NUMBER, "body": "council", "code": "north", "digest": bytes(32),
        "head": '{"id":"north"}', "changes": ['{"id":"a"}', '{"id":"b"}'],
    }  # fmt: skip
    return DraftVariant(**body | more)


def test_every_piece_is_a_text_that_is_looked_through() -> None:
    assert list(public_texts(draft())) == ['{"id":"north"}', '{"id":"a"}', '{"id":"b"}']


@pytest.mark.parametrize(
    "more",
    [
        {"head": ""}, {"head": "x" * 4_001}, {"changes": ["x" * 4_001]}, {"code": "North"},
        {"digest": bytes(31)}, {"variant": "north"},
    ],
)  # fmt: skip
def test_a_piece_out_of_its_form_is_malformed(more: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(draft(**more)), DraftVariant)


def test_stands_promotions_and_steps_hold_no_text() -> None:
    bodies = (
        StandVariant(by=BY, variant=NUMBER, digest=bytes(32)),
        PromoteVariant(by=BY, variant=NUMBER, origin=OTHER, body="council"),
        StepDone(by=BY, proposal="pro-" + "1" * 26, step="look"),
    )
    for body in bodies:
        assert from_body(to_body(body), type(body)) == body
        assert list(public_texts(body)) == []
