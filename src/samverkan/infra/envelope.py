"""Signed, then sealed: an `Envelope` becomes a `Frame` and back (JWS inside JWE, ADR 3).

The signature covers the routing as well, and the opened envelope must name the same sender,
receiver, class and number as the frame that carried it: the hub can neither redirect nor renumber.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from samverkan.infra.seal import (
    BadSignature,
    CannotOpen,
    PrivateKeys,
    PublicKeys,
    open_sealed,
    seal,
    sign,
    verify,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.wire.v1 import Envelope, Frame, Malformed, canonical, decode


def instant(at: datetime) -> str:
    """A moment as the wire writes it: UTC, microseconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """The moment that the wire wrote."""
    return datetime.fromisoformat(text)


def enclose(envelope: Envelope, *, keys: PrivateKeys, to: PublicKeys) -> Frame:
    """Sign with the sender's key, seal for the receiver."""
    signed = sign(canonical(envelope), keys)
    return Frame(
        id=envelope.id,
        cls=envelope.cls,
        sender=envelope.sender,
        to=envelope.to,
        seq=envelope.seq,
        sealed=seal(signed, to),
    )


def unfold(
    frame: Frame, *, me: str, keys: Sequence[PrivateKeys], sender: Sequence[PublicKeys]
) -> Envelope:
    """Open and check a frame. `keys` are own versions, newest first; `sender` those pinned of it.

    Raises `RefusedError` with `message_not_for_us`, `message_signature` or `message_malformed`.
    """
    if frame.to != me:
        raise RefusedError(refuse(Code.MESSAGE_NOT_FOR_US))
    signed = _open(frame.sealed, keys)
    payload = _verify(signed, sender)
    try:
        envelope = decode(payload, Envelope)
    except Malformed as error:
        raise RefusedError(refuse(Code.MESSAGE_MALFORMED)) from error
    if canonical(envelope) != payload:
        raise RefusedError(refuse(Code.MESSAGE_MALFORMED))
    inner = (envelope.id, envelope.cls, envelope.sender, envelope.to, envelope.seq)
    if inner != (frame.id, frame.cls, frame.sender, frame.to, frame.seq):
        raise RefusedError(refuse(Code.MESSAGE_SIGNATURE))
    return envelope


def _open(sealed: str, keys: Sequence[PrivateKeys]) -> str:
    for own in keys:
        try:
            return open_sealed(sealed, own)
        except CannotOpen:
            continue
    raise RefusedError(refuse(Code.MESSAGE_NOT_FOR_US))


def _verify(signed: str, sender: Sequence[PublicKeys]) -> bytes:
    for public in sender:
        try:
            return verify(signed, public)
        except BadSignature:
            continue
    raise RefusedError(refuse(Code.MESSAGE_SIGNATURE))
