"""One byte form for each message, which never changes; and nothing unknown rides along."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from samverkan.kernel.ids import MessageId, PartyId
from samverkan.wire import v1

SAFE = 2**53 - 1
keys = st.text(st.characters(max_codepoint=127), max_size=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-SAFE, SAFE)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert v1.canonical(value) == rfc8785.dumps(value)


@given(st.dictionaries(keys, texts, max_size=6))
def test_the_order_in_which_fields_were_set_does_not_show(fields: dict[str, str]) -> None:
    assert v1.canonical(dict(reversed(fields.items()))) == v1.canonical(fields)


def test_identifiers_of_a_type_are_texts_on_the_wire() -> None:
    one = MessageId("msg-00000000000000000000000001")
    assert v1.canonical({"id": one, "to": PartyId("fk")}) == v1.canonical(
        {"id": str(one), "to": "fk"}
    )


def test_what_is_no_text_has_no_byte_form() -> None:
    with pytest.raises(TypeError):
        v1.canonical(object())


ENVELOPE = v1.Envelope(
    id="msg-00000000000000000000000001",
    cls="post",
    sender="polisen",
    to="fk",
    kind="request.ask",
    seq=7,
    sent_at="2026-11-24T12:00:00.000000Z",
    keys=1,
    head=v1.Head(seq=3, hash=bytes(range(32))),
    body={"b": 1, "a": "å/\u2028"},
)
ENVELOPE_BYTES = (
    '{"body":{"a":"å/\u2028","b":1},"cls":"post","deadline":null,'
    '"head":{"hash":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","seq":3},'
    '"id":"msg-00000000000000000000000001","keys":1,"kind":"request.ask","re":null,'
    '"sender":"polisen","sent_at":"2026-11-24T12:00:00.000000Z","seq":7,"to":"fk","v":1}'
).encode()
FRAME = v1.Frame(
    id="msg-00000000000000000000000001",
    cls="call",
    sender="polisen",
    to="exchange",
    seq=0,
    sealed="eyJh.b.c.d.e",
)
FRAME_BYTES = (
    b'{"cls":"call","id":"msg-00000000000000000000000001","sealed":"eyJh.b.c.d.e",'
    b'"sender":"polisen","seq":0,"to":"exchange","v":1}'
)


@pytest.mark.parametrize(
    ("message", "data"),
    [(ENVELOPE, ENVELOPE_BYTES), (FRAME, FRAME_BYTES)],
    ids=["envelope", "frame"],
)
def test_the_bytes_of_version_1_never_change(message: v1.Message, data: bytes) -> None:
    """Golden: a change of these bytes is a new version of the wire, not an edit."""
    assert v1.canonical(message) == data
    assert v1.decode(data, type(message)) == message


def altered(data: bytes, **changes: object) -> bytes:
    """The object with other fields."""
    return json.dumps(json.loads(data) | changes).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"v": 2},
        {"v": "1"},
        {"cls": "letter"},
        {"id": "req-1"},
        {"sender": "Polisen"},
        {"sender": "polisen\n"},
        {"to": "a" * 41},
        {"seq": -1},
        {"seq": "7"},
        {"seq": 2**53},
        {"seq": 1.0},
        {"sealed": "Anna Andersson"},
        {"sealed": "eyJh.b.c.d"},
        {"sealed": "eyJh.b.c.d.e\n"},
        {"sealed": "eyJh.Å.c.d.e"},
    ],
)
def test_a_frame_of_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(v1.Malformed):
        v1.decode(altered(FRAME_BYTES, **changes), v1.Frame)


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"v": 2},
        {"kind": "Request.ask"},
        {"sent_at": "2026-11-24 12:00:00Z"},
        {"sent_at": "2026-11-24T24:00:00Z"},
        {"sent_at": "2026-11-31T12:00:00Z"},
        {"deadline": "2026-11-24T12:00:00"},
        {"re": ""},
        {"head": {"seq": 1, "hash": "AA=="}},
        {"head": {"seq": 1, "hash": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "x": 1}},
        {"body": []},
    ],
)
def test_an_envelope_of_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(v1.Malformed):
        v1.decode(altered(ENVELOPE_BYTES, **changes), v1.Envelope)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", FRAME_BYTES[:-1]])
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(v1.Malformed):
        v1.decode(data, v1.Frame)


def test_the_refusal_names_the_type_and_never_the_value() -> None:
    with pytest.raises(v1.Malformed) as refused:
        v1.decode(altered(FRAME_BYTES, sender="Anna Andersson"), v1.Frame)
    assert str(refused.value) == "Frame"
    with pytest.raises(v1.Malformed) as refused:
        v1.from_body({"frames": "Anna Andersson"}, v1.Deposit)
    assert str(refused.value) == "Deposit"


def test_a_body_goes_out_and_comes_back() -> None:
    body = v1.to_body(v1.Batch(frames=[v1.Numbered(no=1, frame=FRAME)]))
    assert json.loads(json.dumps(body)) == body
    assert v1.from_body(body, v1.Batch).frames[0].frame == FRAME


@pytest.mark.parametrize("body", [{"code": "x", "extra": 1}, {}, {"code": 7}, {"code": "A B"}])
def test_a_body_of_another_form_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(v1.Malformed):
        v1.from_body(body, v1.Refusal)


def test_messages_do_not_change() -> None:
    with pytest.raises(AttributeError):
        FRAME.seq = 9  # type: ignore[misc]
    assert msgspec.structs.replace(FRAME, seq=9).seq == 9
