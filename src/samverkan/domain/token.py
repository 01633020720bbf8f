"""What becomes of a match key: the bytes that are evaluated, and what is derived from the token T.

    T     = OPRF under the key of (scope, key type), of lp(scope) lp(key type) lp(version) lp(value)
    index = HMAC(T, "index"), 8 bytes, goes to the exchange
    lock  = HMAC(T, "lock"), 32 bytes, never leaves the party

Scope, key type and normaliser version stand inside the input, each with its length, so that no
two fields can run together and nodes of different versions never match by accident.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Self

TOKEN_BYTES = 64
INDEX_BYTES = 8
LOCK_BYTES = 32
NUMBER_BYTES = 16
HANDLE_BYTES = 16

_KEY_TYPE = re.compile(r"[a-z][a-z0-9]*(?:[:._-][a-z0-9]+)*")
_LONGEST_KEY_TYPE = 64
_LONGEST = 2**16 - 1


class MalformedKeyType(ValueError):
    """The text names no key type. Says so, never the text."""


class TooLong(ValueError):
    """A part longer than 65,535 bytes, or an input longer than the function takes (RFC 9497)."""


class KeyType(str):
    """A kind of match key (`p1` … `c6`), or of typology tag; each has its own matching key.

    One spelling, in small letters, since it goes into every token: `P1` and `p1` must not
    silently fail to meet.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key type that an outside text names. Raises `MalformedKeyType`."""
        small = text.lower()
        if len(small) > _LONGEST_KEY_TYPE or not _KEY_TYPE.fullmatch(small):
            raise MalformedKeyType
        return cls(small)

    @classmethod
    def of_typology(cls, typology: str, epoch: int) -> Self:
        """`typology:<id>:<epoch>`: tags of two typologies, or two epochs, cannot be joined."""
        return cls.parse(f"typology:{typology}:{epoch}")


def lp(part: str | bytes) -> bytes:
    """The part with its length in two bytes before it. Raises `TooLong`."""
    raw = part.encode() if isinstance(part, str) else part
    if len(raw) > _LONGEST:
        raise TooLong
    return len(raw).to_bytes(2, "big") + raw


def oprf_input(scope: str, key_type: str, version: str, value: str) -> bytes:
    """The bytes that the holders evaluate blindly. `version` is the normaliser's."""
    joined = lp(scope) + lp(KeyType.parse(key_type)) + lp(version) + lp(value)
    if len(joined) > _LONGEST:
        raise TooLong
    return joined


def index_of(token: bytes) -> bytes:
    """What the exchange joins on, 8 bytes: equal for equal values, otherwise random."""
    return hmac.digest(token, b"index", hashlib.sha256)[:INDEX_BYTES]


def lock_of(token: bytes) -> bytes:
    """What keys the bundle, 32 bytes: whoever cannot compute T reads nothing in it."""
    return hmac.digest(token, b"lock", hashlib.sha256)


def entry_number(
    secret: bytes, scope: str, epoch: int, subject: str, key_type: str, position: int
) -> bytes:
    """The number of one entry, 16 bytes, a PRF under the party's own secret.

    Numbers of one subject's entries are unrelated to anybody else, within and between scopes
    and epochs. `position` counts the subject's values of this key type from 0.
    """
    named = lp("entry") + lp(scope) + lp(subject) + lp(KeyType.parse(key_type))
    return _prf(secret, named + _numbers(epoch, position))[:NUMBER_BYTES]


def record_handle(secret: bytes, scope: str, epoch: int, subject: str) -> bytes:
    """What a hit's receiver calls the other's record, 16 bytes; other scopes have other handles."""
    named = lp("record") + lp(scope) + lp(subject)
    return _prf(secret, named + _numbers(epoch))[:HANDLE_BYTES]


def tag_handle(secret: bytes, scope: str, typology: str, epoch: int, subject: str) -> bytes:
    """What ties one subject's tags together inside a typology, 8 bytes; elsewhere it has others."""
    named = lp("tag") + lp(scope) + lp(typology) + lp(subject)
    return _prf(secret, named + _numbers(epoch))[:INDEX_BYTES]


def _prf(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, hashlib.sha256)


def _numbers(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(8, "big") for number in numbers)
