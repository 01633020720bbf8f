"""Column types that refuse what a person's data would look like.

The stores of exchange and steering are built of these alone (a test walks their schema).
An `IdentColumn` holds random identifiers, a `CodeColumn` words of a pack or of our code,
`DigestColumn` bytes of one length, `SealedColumn` a compact JWE, `BodyColumn` a wire body of
a kind that the role may send.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator

from samverkan.kernel.outcome import SamverkanError

_IDENT = re.compile(r"[a-z]{3}-[0-9abcdefghjkmnpqrstvwxyz]{26}")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[:._-][a-z0-9]+)*")
_PARTY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEALED = re.compile(r"eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){4}")


_KEPT = 4096
"""Words and moments that are kept as checked and written: the same few come again and again."""


@lru_cache(_KEPT)
def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@lru_cache(_KEPT)
def _is(pattern: re.Pattern[str], word: str) -> bool:
    return pattern.fullmatch(word) is not None


class ColumnRefuses(SamverkanError, ValueError):
    """The value has a shape that this column may not hold. Names the column type only."""


class _Shaped(TypeDecorator[str]):
    impl = String
    cache_ok = True
    pattern: re.Pattern[str] = _IDENT
    longest = 64

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if len(value) > self.longest or not self.fits(value):
            raise ColumnRefuses(type(self).__name__)
        return str(value)

    def fits(self, value: str) -> bool:
        """Whether the value has the column's shape."""
        return self.pattern.fullmatch(value) is not None


class _Word(_Shaped):
    """One of few values, which come again and again."""

    cache_ok = True

    def fits(self, value: str) -> bool:
        """Whether the value has the column's shape."""
        return _is(self.pattern, value)


class IdentColumn(_Shaped):
    """A random identifier of `kernel.ids`."""

    cache_ok = True
    pattern = _IDENT


class CodeColumn(_Word):
    """A word of a pack or of our own code: lower-case, begins with a letter, no spaces."""

    cache_ok = True
    pattern = _CODE


class PartyColumn(_Word):
    """An address: a party or a hub role."""

    cache_ok = True
    pattern = _PARTY
    longest = 40


class DayColumn(_Word):
    """A date, as ISO 8601."""

    cache_ok = True
    pattern = _DAY


class SealedColumn(_Shaped):
    """Ciphertext for somebody else: JWE in compact form."""

    impl = Text
    cache_ok = True
    pattern = _SEALED
    longest = 128 * 1024 * 1024


class InstantColumn(TypeDecorator[datetime]):
    """A moment in UTC, stored as ISO 8601 text with microseconds (same order on both databases)."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise ColumnRefuses("InstantColumn")
        return _written(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return _moment(value)


_moment = lru_cache(maxsize=4_096)(datetime.fromisoformat)
"""Many rows share a moment: a delivery, a day."""


class DigestColumn(TypeDecorator[bytes]):
    """Bytes of one stated length: hashes, indexes, keys, signatures, points."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, size: int = 32) -> None:
        super().__init__()
        self.size = size

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is not None and (not isinstance(value, bytes) or len(value) != self.size):
            raise ColumnRefuses("DigestColumn")
        return value
