"""The directory of public keys: pinned at the start, changed only with the old key's consent.

A change is signed by the address's old key and countersigned by `t` other parties, each of which
has checked the new key with the owner by another way. The exchange only carries changes: a key
that it puts in place of another lacks these signatures, so that nobody ever seals to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

Verify = Callable[[bytes, bytes, bytes], bool]
"""(public signing key, message, signature) → whether it is valid."""


@dataclass(frozen=True, slots=True)
class KeyCard:
    """One address's public keys of one version: Ed25519 to verify, X25519 to seal."""

    address: str
    version: int
    sign: bytes
    seal: bytes

    def digest(self, before: bytes) -> bytes:
        """The card's place in its address's chain of cards (SHA-256)."""
        return hashlib.sha256(change_bytes(self, before)).digest()


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A new card, with the old key's signature and those of other parties, by address."""

    card: KeyCard
    old: bytes
    countersigned: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A card in force and its digest."""

    card: KeyCard
    digest: bytes


def change_bytes(card: KeyCard, before: bytes) -> bytes:
    """What all signatures of a change cover: the card and the digest of the card before it."""
    name = card.address.encode()
    return b"".join(
        [
            b"samverkan/key-change/1\x00",
            len(name).to_bytes(2, "big"),
            name,
            card.version.to_bytes(4, "big"),
            card.sign,
            card.seal,
            before,
        ]
    )


def pin(card: KeyCard) -> Pinned:
    """A first card, trusted because people compared fingerprints when the party joined."""
    return Pinned(card, card.digest(bytes(32)))


def fingerprint(pinned: Pinned) -> str:
    """What two people read to each other: eight groups of four hexadecimal digits."""
    text = pinned.digest.hex()[:32]
    return " ".join(text[i : i + 4] for i in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class Directory:
    """The cards in force, by address, and how many countersignatures a change needs."""

    pinned: Mapping[str, Pinned]
    quorum: int

    def card(self, address: str) -> KeyCard | None:
        """The keys in force of an address."""
        found = self.pinned.get(address)
        return None if found is None else found.card

    def change(
        self, change: KeyChange, *, verify: Verify, parties: Iterable[str]
    ) -> Pinned | Refused:
        """The new pin, or why the change is refused. Hub roles do not countersign."""
        now = self.pinned.get(change.card.address)
        if now is None or change.card.version != now.card.version + 1:
            return refuse(Code.KEY_CHANGE_REFUSED)
        message = change_bytes(change.card, now.digest)
        if not verify(now.card.sign, message, change.old):
            return refuse(Code.KEY_CHANGE_REFUSED)
        able = set(parties) - {change.card.address}
        valid = sum(
            verify(self.pinned[address].card.sign, message, signature)
            for address, signature in change.countersigned.items()
            if address in able and address in self.pinned
        )
        if valid < self.quorum:
            return refuse(Code.KEY_CHANGE_REFUSED)
        return Pinned(change.card, change.card.digest(now.digest))


COUNTERSIGNERS = 2
"""How many other parties must vouch for a change of keys."""
