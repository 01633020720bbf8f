"""The oblivious pseudorandom function behind every token: RFC 9497, ristretto255-SHA512, mode 0.

A party blinds its match keys, holders of key shares evaluate what they cannot read, the party
combines the parts and unblinds: T = SHA-512 over value and k · H(value), 64 bytes, and k is a sum
of shares that nobody holds whole. Scalars and points are 32 bytes; a batch of points is one
bytes object of 32 · n. Group operations are libsodium's, in constant time (rbcl).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from rbcl import (
    crypto_core_ristretto255_add,
    crypto_core_ristretto255_from_hash,
    crypto_core_ristretto255_is_valid_point,
    crypto_core_ristretto255_scalar_invert,
    crypto_core_ristretto255_scalar_mul,
    crypto_core_ristretto255_scalar_reduce,
    crypto_scalarmult_ristretto255,
)

from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import SamverkanError

POINT_BYTES = 32
SCALAR_BYTES = 32
TOKEN_BYTES = 64
SEED_BYTES = 32
ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order of the group (RFC 9496 section 4)."""
ADDITIVE = (1).to_bytes(SCALAR_BYTES, "little")
"""The factor of every holder when all take part and their shares simply sum to the key."""

_IDENTITY = bytes(POINT_BYTES)
_ZERO = bytes(SCALAR_BYTES)
CONTEXT = b"OPRFV1-\x00-ristretto255-SHA512"
"""Mode 0 of the suite (RFC 9497 section 3.1); another mode's points share no tokens with it."""
_PADDED = hashlib.sha512(bytes(128))
_AFTER = TOKEN_BYTES.to_bytes(2, "big") + b"\x00"
_LONGEST = 2**16 - 1


class BadPoint(SamverkanError):
    """A blob that is no list of points, or one that holds the identity or no canonical point.

    `position` counts from 0; it is -1 when the blob as a whole is wrong.
    """

    def __init__(self, position: int) -> None:
        super().__init__(f"no point at {position}")
        self.position = position


class BadScalar(SamverkanError):
    """A share or factor that is not a canonical scalar between 1 and the order of the group."""


class BadHolders(SamverkanError):
    """Holder indexes that are repeated, below 1, or lack the holder asked for."""


class UnusableValue(SamverkanError):
    """A value longer than 65,535 bytes, or one that hashes to the identity (RFC 9497, 3.3.1)."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """A blinded batch. `seed` gives the masks again, for an audit by opening; both stay secret."""

    seed: bytes = field(repr=False)
    masks: tuple[bytes, ...] = field(repr=False)
    points: bytes = field(repr=False)


def hash_to_group(value: bytes, context: bytes = CONTEXT) -> bytes:
    """The point of a value: expand_message_xmd with SHA-512 (RFC 9380), then the one-way map."""
    if len(value) > _LONGEST:
        raise UnusableValue
    domain = b"HashToGroup-" + context
    domain += bytes([len(domain)])
    first = _PADDED.copy()
    first.update(value + _AFTER + domain)
    uniform = hashlib.sha512(first.digest() + b"\x01" + domain).digest()
    point: bytes = crypto_core_ristretto255_from_hash(uniform)
    if point == _IDENTITY:
        raise UnusableValue
    return point


def masks_of(seed: bytes, count: int) -> tuple[bytes, ...]:
    """The masks of a batch, from its seed: SHA-512 of seed and position, modulo the order."""
    return tuple(
        to_scalar(b"samverkan mask v1" + seed + position.to_bytes(8, "big"))
        for position in range(count)
    )


def blind(values: Sequence[bytes], randomness: Randomness) -> Blinded:
    """Mask each value with its own fresh scalar; the points say nothing of the values."""
    seed = randomness(SEED_BYTES)
    masks = masks_of(seed, len(values))
    return Blinded(seed, masks, blind_with(values, masks))


def blind_with(values: Sequence[bytes], masks: Sequence[bytes]) -> bytes:
    """The masked points of values under given masks: for vectors, and to check an opened batch."""
    return b"".join(
        crypto_scalarmult_ristretto255(mask, hash_to_group(value))
        for value, mask in zip(values, masks, strict=True)
    )


def evaluate(share: bytes, factor: bytes, points: bytes) -> bytes:
    """A holder's part: factor · share · point, for each point. Raises `BadPoint`, `BadScalar`.

    `factor` is the holder's Lagrange factor for the subset that takes part, or `ADDITIVE`.
    """
    scalar: bytes = crypto_core_ristretto255_scalar_mul(_scalar(share), _scalar(factor))
    return b"".join(_times(scalar, point, at) for at, point in enumerate(_split(points)))


def combine(parts: Sequence[bytes]) -> bytes:
    """The sum of the holders' parts, point by point. Raises `BadPoint`."""
    lists = [list(_checked(part)) for part in parts]
    if not lists or any(len(points) != len(lists[0]) for points in lists):
        raise BadPoint(-1)
    total = lists[0]
    for points in lists[1:]:
        total = [
            crypto_core_ristretto255_add(one, two) for one, two in zip(total, points, strict=True)
        ]
    return b"".join(total)


def finalize(values: Sequence[bytes], masks: Sequence[bytes], combined: bytes) -> list[bytes]:
    """Unmask and hash: one T of 64 bytes for each value. Raises `BadPoint`."""
    points = list(_split(combined))
    if not len(values) == len(masks) == len(points):
        raise BadPoint(-1)
    unmasked = (
        _times(inverse, point, at)
        for at, (inverse, point) in enumerate(zip(_inverses(masks), points, strict=True))
    )
    return [_hash(value, point) for value, point in zip(values, unmasked, strict=True)]


def lagrange(index: int, indices: Collection[int]) -> bytes:
    """The factor of holder `index` when exactly `indices` take part (Shamir, at zero)."""
    others = [other for other in indices if other != index]
    if len(set(indices)) != len(indices) or len(others) + 1 != len(indices) or min(indices) < 1:
        raise BadHolders
    above, below = 1, 1
    for other in others:
        above = above * other % ORDER
        below = below * (other - index) % ORDER
    return (above * pow(below, -1, ORDER) % ORDER).to_bytes(SCALAR_BYTES, "little")


def to_scalar(seed: bytes) -> bytes:
    """A scalar from any bytes: SHA-512, modulo the order (RFC 9496 section 4.4)."""
    scalar: bytes = crypto_core_ristretto255_scalar_reduce(hashlib.sha512(seed).digest())
    return scalar


def _scalar(raw: bytes) -> bytes:
    # rbcl checks no lengths itself: libsodium would read past the end
    if len(raw) != SCALAR_BYTES or not 0 < int.from_bytes(raw, "little") < ORDER:
        raise BadScalar
    return raw


def _split(points: bytes) -> Iterator[bytes]:
    if len(points) % POINT_BYTES:
        raise BadPoint(-1)
    for start in range(0, len(points), POINT_BYTES):
        yield points[start : start + POINT_BYTES]


def _checked(points: bytes) -> Iterator[bytes]:
    for at, point in enumerate(_split(points)):
        if point == _IDENTITY or not crypto_core_ristretto255_is_valid_point(point):
            raise BadPoint(at)
        yield point


def _times(scalar: bytes, point: bytes, at: int) -> bytes:
    """scalar · point; libsodium refuses what is no canonical point or gives the identity."""
    try:
        product: bytes = crypto_scalarmult_ristretto255(scalar, point)
    except RuntimeError as error:
        raise BadPoint(at) from error
    return product


def _inverses(masks: Sequence[bytes]) -> list[bytes]:
    """All inverses for one inversion and three products each (Montgomery's trick)."""
    running = [ADDITIVE]
    for mask in masks:
        running.append(crypto_core_ristretto255_scalar_mul(running[-1], _scalar(mask)))
    left: bytes = crypto_core_ristretto255_scalar_invert(running[-1])
    found = [_ZERO] * len(masks)
    for at in range(len(masks) - 1, -1, -1):
        found[at] = crypto_core_ristretto255_scalar_mul(left, running[at])
        left = crypto_core_ristretto255_scalar_mul(left, masks[at])
    return found


def _hash(value: bytes, point: bytes) -> bytes:
    framed = len(value).to_bytes(2, "big") + value + POINT_BYTES.to_bytes(2, "big") + point
    return hashlib.sha512(framed + b"Finalize").digest()
