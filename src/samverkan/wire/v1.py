"""The envelope of `wire/v1`: canonical bytes, signed by the sender, then sealed for the receiver.

Two service classes. A `post` leaves an outbox, arrives at least once, is applied once, in the
order of its sender. A `call` has a deadline, no order, and is idempotent by its id; its answer
is a `reply`. What the exchange sees is a `Frame`: who, to whom, which number, and ciphertext.

Canonical bytes are those of RFC 8785 (JCS) for the values that occur here: text, integers,
booleans, null, lists, and objects with ASCII keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from samverkan.wire.forms import (
    Blob,
    Code,
    Count,
    Digest,
    Ident,
    Instant,
    Party,
    PublicText,
    Sealed,
)

VERSION = 1
EXCHANGE = "exchange"
STEERING = "steering"
"""Addresses of the two hub roles; every other address is a party."""

ServiceClass = Literal["post", "call", "reply"]
T = TypeVar("T")


class Malformed(ValueError):
    """The bytes are not a message of this version. Says where, never the value."""


class Message(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Root of every body; unknown fields are refused, so nothing rides along unseen."""


class Head(Message, frozen=True, kw_only=True):
    """The sender's ledger head at sending: each receiver becomes its witness."""

    seq: Count
    hash: Digest


class Envelope(Message, frozen=True, kw_only=True):
    """What is signed. `seq` counts posts from `sender` to `to` from 1; it is 0 for calls."""

    v: Literal[1] = 1
    id: Ident
    cls: ServiceClass
    sender: Party
    to: Party
    kind: Code
    seq: Count
    sent_at: Instant
    deadline: Instant | None = None
    re: Ident | None = None
    keys: Count
    head: Head
    body: dict[str, Any]


class Frame(Message, frozen=True, kw_only=True):
    """What travels: routing in clear, the signed envelope sealed for `to` (JWE, compact)."""

    v: Literal[1] = 1
    id: Ident
    cls: ServiceClass
    sender: Party
    to: Party
    seq: Count
    sealed: Sealed


class Numbered(Message, frozen=True, kw_only=True):
    """A frame with its number in the receiver's mailbox."""

    no: Count
    frame: Frame


class Deposit(Message, frozen=True, kw_only=True):
    """`mail.deposit`: frames for other addresses. Repeating it changes nothing."""

    frames: list[Frame]


class Deposited(Message, frozen=True, kw_only=True):
    """Answer to `mail.deposit`: how many frames the exchange now holds for certain."""

    count: Count


class Fetch(Message, frozen=True, kw_only=True):
    """`mail.fetch`: everything after this mailbox number; numbers up to it are received."""

    after: Count
    limit: Count


class Batch(Message, frozen=True, kw_only=True):
    """Answer to `mail.fetch`."""

    frames: list[Numbered]


class Refusal(Message, frozen=True, kw_only=True):
    """Any answer no on the wire."""

    code: Code


class Key(Message, frozen=True, kw_only=True):
    """One address's public keys of one version (Ed25519 to verify, X25519 to seal)."""

    address: Party
    version: Count
    sign: Digest
    seal: Digest


class Points(Message, frozen=True, kw_only=True):
    """A batch of ristretto255 points, 32 bytes each."""

    points: Blob


def _plain(value: object) -> str:
    """Identifiers are texts of their own types; on the wire they are texts."""
    if isinstance(value, str):
        return str(value)
    raise TypeError


_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=_plain)


def canonical(value: object) -> bytes:
    """The one byte form of a message or plain value (RFC 8785 for our subset)."""
    return _ENCODER.encode(value)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The message that the bytes spell. Raises `Malformed` with the path, not the value."""
    try:
        return msgspec.json.decode(data, type=kind, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(kind.__name__) from error


def to_body(message: Message) -> dict[str, Any]:
    """A message as the plain object that an envelope carries (bytes as base64)."""
    body: dict[str, Any] = msgspec.to_builtins(message, enc_hook=_plain)
    return body


def from_body(body: dict[str, Any], kind: type[T]) -> T:
    """The message in an envelope's body. Raises `Malformed`."""
    try:
        return msgspec.convert(body, kind, strict=True)
    except msgspec.ValidationError as error:
        raise Malformed(kind.__name__) from error


def public_texts(message: Message) -> Iterator[str]:
    """Each text in a message that is meant for anybody to read, inner messages included."""
    for name, hint in _hints(type(message)).items():
        yield from _public(hint, getattr(message, name))


@lru_cache(maxsize=256)
def _hints(kind: type[Message]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _public(hint: Any, value: Any) -> Iterator[str]:
    """The public texts of one field: of a list, a mapping's values, an option, a message."""
    if isinstance(value, Message):
        yield from public_texts(value)
    elif isinstance(value, str) and hint == PublicText:
        yield value
    elif get_origin(hint) in (Union, UnionType) and value is not None:
        fitting = [part for part in get_args(hint) if part is not type(None)]
        yield from (text for part in fitting for text in _public(part, value))
    elif get_origin(hint) is Annotated and not isinstance(value, str):
        yield from _public(get_args(hint)[0], value)
    elif isinstance(value, list):
        yield from (text for item in value for text in _public(get_args(hint)[0], item))
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _public(get_args(hint)[1], item))
