"""An address's own keys, all versions of them."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.infra.seal import PrivateKeys


@dataclass(slots=True)
class KeyRing:
    """Own private keys, newest first; older ones still open what was sealed before a change.

    `version` is the one in force; each message is signed with the version of its writing.
    """

    keys: list[PrivateKeys]
    version: int = 1

    def of(self, version: int) -> PrivateKeys:
        """The keys of a version, counted from 1."""
        return self.keys[len(self.keys) - version]

    @property
    def current(self) -> PrivateKeys:
        """The keys in force."""
        return self.of(self.version)

    def renew(self, keys: PrivateKeys) -> None:
        """Put a next version in force."""
        self.keys.insert(0, keys)
        self.version = len(self.keys)
