"""What one role is told when it starts. Frozen; a role refuses another role's secrets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samverkan.kernel.outcome import SamverkanError
from samverkan.kernel.purpose import Stamp

ROLES = ("agency", "exchange", "steering")


class ForeignSecret(SamverkanError):
    """A key folder belongs to another role or another address than the one that starts."""


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """Role, address, where its store and keys are, and what kind of data it may hold.

    `database` is a PostgreSQL address; without it the store is a SQLCipher file in `folder`.
    """

    role: str
    name: str
    folder: Path
    stamp: Stamp
    pack: str
    database: str | None = None

    @property
    def store_path(self) -> Path:
        """The embedded store's file."""
        return self.folder / "store.db"

    @property
    def key_path(self) -> Path:
        """The private keys: readable by the owner alone, in production on another volume."""
        return self.folder / "keys.json"
