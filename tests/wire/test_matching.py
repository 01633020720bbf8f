"""What parties and the exchange tell each other of matching could name nobody."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.wire import matching
from samverkan.wire.forms import SealedText
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import fields, messages, rule

MESSAGES = messages(matching)
UPLOAD = matching.Upload(
    scope="coo-00000000000000000000000001",
    epoch=1,
    enrolment="enr-00000000000000000000000001",
    key_type="person-number",
    open_to=["fk"],
    open_fields=["phone"],
    collisions={"given": 74},
    until="2027-11-24",
    count=0,
    root=bytes(32),
    batch=b"",
)


def check_impersonal(message: type[Message], *, free: bool = False) -> None:
    """Each leaf is a number, bytes, nothing, or a text under a pattern; none is `SealedText`."""
    for leaf in fields(message):
        assert leaf != SealedText
        if leaf in (int, bool, type(None)) or (free and leaf in (str, Any)):
            continue
        found = rule(leaf)
        assert found is not None, f"{message.__name__} has a field of any {leaf}"
        assert leaf.__origin__ is not str or found.pattern is not None


def test_the_walk_finds_the_messages() -> None:
    assert {matching.Upload, matching.HitTold, matching.Fired, matching.Tags} <= set(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES)
def test_no_message_of_matching_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message)


def test_the_walk_would_find_a_sealed_text() -> None:
    class Inner(Message, frozen=True):
        texts: dict[str, list[SealedText]]

    class Outer(Message, frozen=True):
        inner: Inner | None

    Inner.__annotations__ = {"texts": dict[str, list[SealedText]]}
    Outer.__annotations__ = {"inner": Inner | None}
    with pytest.raises(AssertionError):
        check_impersonal(Outer)


def test_an_upload_goes_out_and_comes_back() -> None:
    assert from_body(to_body(UPLOAD), matching.Upload) == UPLOAD


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "Anna"},
        {"rule": "anna"},
        {"open_to": ["Anna Andersson"]},
        {"open_fields": ["800101-1234"]},
        {"collisions": {"800101-1234": 74}},
        {"collisions": {"given": -1}},
        {"root": "AA=="},
        {"until": "2027-02-29"},
    ],
)
def test_an_upload_of_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(UPLOAD) | changes, matching.Upload)


def test_a_receipt_tells_no_more_than_how_many() -> None:
    assert set(matching.Uploaded.__struct_fields__) == {"enrolment", "counts"}
