"""The instruments of cryptography as use cases know them; `app` fulfils them by `infra`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from samverkan.agency.facts import Place
from samverkan.domain.directory import Pinned
from samverkan.wire.joining import Contribution


class Pins(Protocol):
    """The pinned keys of every address (`infra/addressbook`)."""

    def current(self, address: str) -> Pinned | None:
        """The keys in force of an address."""

    def valid(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether a signature is that key's."""


class KeyMaker(Protocol):
    """Makes and checks contributions to jointly made keys (`infra/keygen`)."""

    def draw(self) -> bytes:
        """A new share."""

    def contribute(self, share: bytes, place: Place) -> Contribution:
        """The public part of a share, with its proof."""

    def check(self, contribution: Contribution, place: Place) -> bool:
        """Whether the proof holds for that place."""

    def transcript(self, items: Sequence[tuple[Place, Contribution]]) -> bytes:
        """The digest of all contributions, whatever their order."""


class Oprf(Protocol):
    """The oblivious pseudorandom function (`infra/oprf`)."""

    def blind(self, values: Sequence[bytes]) -> tuple[bytes, bytes]:
        """A seed that gives the masks again, and the masked points."""

    def evaluate(self, share: bytes, factor: bytes, points: bytes) -> bytes | None:
        """A holder's part; None if a point is unusable."""

    def finish(self, values: Sequence[bytes], seed: bytes, parts: Sequence[bytes]) -> list[bytes]:
        """The tokens T, 64 bytes each. Raises `BadParts` if the parts do not fit."""
