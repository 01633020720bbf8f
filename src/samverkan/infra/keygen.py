"""Matching keys made jointly, without a dealer: nobody ever holds a whole key.

Each holder draws its own share and publishes share · B with a Schnorr proof that it knows the
share, bound to scope, epoch, key type, holder and index. Without that proof the last to speak
could cancel the others' shares (rogue key). The joint key is the sum of all shares (n of n); the
format has room for t of n. Every holder compares transcripts before the key is used.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce

from rbcl import (
    crypto_core_ristretto255_add,
    crypto_core_ristretto255_is_valid_point,
    crypto_core_ristretto255_scalar_add,
    crypto_core_ristretto255_scalar_mul,
    crypto_scalarmult_ristretto255,
    crypto_scalarmult_ristretto255_base,
)

from samverkan.infra.oprf import ORDER, POINT_BYTES, SCALAR_BYTES, to_scalar
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import SamverkanError

PROOF_BYTES = POINT_BYTES + SCALAR_BYTES
_ZERO = bytes(SCALAR_BYTES)
_IDENTITY = bytes(POINT_BYTES)


class BadContribution(SamverkanError):
    """A holder's contribution is missing, doubled, of another key, or unproven. Names the holder."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Which share of which key: what a contribution is bound to. Indexes count from 1."""

    scope: str
    epoch: int
    key_type: str
    holder: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Slot):
    """A holder's public part of one key (32 bytes) and its proof of possession (64 bytes)."""

    public: bytes
    proof: bytes


def draw_share(randomness: Randomness) -> bytes:
    """A holder's own share: a uniform scalar from 64 random bytes, never zero."""
    share = _ZERO
    while share == _ZERO:
        share = to_scalar(b"samverkan share v1" + randomness(64))
    return share


def contribute(share: bytes, slot: Slot, randomness: Randomness) -> Contribution:
    """The public part of a share, with the proof that its sender knows the share."""
    public: bytes = crypto_scalarmult_ristretto255_base(share)
    # the share goes into the nonce as well, so that a weak draw cannot repeat one
    nonce = to_scalar(b"samverkan nonce v1" + share + _canonical(slot) + randomness(64))
    commitment: bytes = crypto_scalarmult_ristretto255_base(nonce)
    challenge = _challenge(slot, public, commitment)
    response = crypto_core_ristretto255_scalar_add(
        nonce, crypto_core_ristretto255_scalar_mul(challenge, share)
    )
    return _with(slot, public, commitment + response)


def check(contribution: Contribution) -> None:
    """Verify the proof of possession: z · B = R + c · P. Raises `BadContribution`."""
    commitment, response = contribution.proof[:POINT_BYTES], contribution.proof[POINT_BYTES:]
    sound = (
        _is_point(contribution.public)
        and _is_point(commitment)
        and len(response) == SCALAR_BYTES
        and 0 < int.from_bytes(response, "little") < ORDER
    )
    if not sound or not _holds(contribution, commitment, response):
        raise BadContribution(contribution.holder)


def check_round(
    contributions: Collection[Contribution], slots: Collection[Slot]
) -> tuple[Contribution, ...]:
    """All contributions of one key, in the order of `slots`: one from each, proven, no stranger's.

    Raises `BadContribution` with the holder that failed. Two holders with one public part fail
    as well: one of them copied.
    """
    by_holder: dict[str, Contribution] = {}
    publics: set[bytes] = set()
    for contribution in contributions:
        if contribution.holder in by_holder or contribution.public in publics:
            raise BadContribution(contribution.holder)
        by_holder[contribution.holder] = contribution
        publics.add(contribution.public)
    strangers = by_holder.keys() - {slot.holder for slot in slots}
    if strangers:
        raise BadContribution(min(strangers))
    return tuple(_expected(slot, by_holder.get(slot.holder)) for slot in slots)


def transcript(contributions: Iterable[Contribution]) -> bytes:
    """32 bytes that are equal exactly where two holders saw the same contributions, in any order."""
    seen = sorted(_canonical(one) + _lp(one.public) + _lp(one.proof) for one in contributions)
    return hashlib.sha256(b"samverkan transcript v1" + b"".join(map(_lp, seen))).digest()


def joint_public(contributions: Collection[Contribution]) -> bytes:
    """The public part of the sum of all shares. Check the round first."""
    total: bytes = reduce(crypto_core_ristretto255_add, (one.public for one in contributions))
    return total


def _expected(slot: Slot, given: Contribution | None) -> Contribution:
    if given is None or _canonical(given) != _canonical(slot):
        raise BadContribution(slot.holder)
    check(given)
    return given


def _holds(contribution: Contribution, commitment: bytes, response: bytes) -> bool:
    challenge = _challenge(contribution, contribution.public, commitment)
    left = crypto_scalarmult_ristretto255_base(response)
    right = crypto_core_ristretto255_add(
        commitment, crypto_scalarmult_ristretto255(challenge, contribution.public)
    )
    return hmac.compare_digest(left, right)


def _challenge(slot: Slot, public: bytes, commitment: bytes) -> bytes:
    bound = _canonical(slot) + _lp(public) + _lp(commitment)
    return to_scalar(b"samverkan possession v1" + bound)


def _canonical(slot: Slot) -> bytes:
    texts = (slot.scope, slot.key_type, slot.holder)
    numbers = slot.epoch.to_bytes(8, "big") + slot.index.to_bytes(8, "big")
    return b"".join(_lp(text.encode()) for text in texts) + numbers


def _lp(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw


def _is_point(raw: bytes) -> bool:
    return (
        len(raw) == POINT_BYTES
        and raw != _IDENTITY
        and bool(crypto_core_ristretto255_is_valid_point(raw))
    )


def _with(slot: Slot, public: bytes, proof: bytes) -> Contribution:
    return Contribution(
        scope=slot.scope,
        epoch=slot.epoch,
        key_type=slot.key_type,
        holder=slot.holder,
        index=slot.index,
        public=public,
        proof=proof,
    )
