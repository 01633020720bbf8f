"""The private keys of one address: store key, signing and sealing keys, web secret.

One file, made once, mode 0600, that names its role and address; opening it as another is
refused. Replaced atomically when a key version is added, so that a crash leaves the old or the
new file, never half of one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from samverkan.infra.seal import PrivateKeys, draw_keys
from samverkan.infra.settings import ForeignSecret, RoleSettings
from samverkan.kernel.ids import Randomness


class _Pair(msgspec.Struct, forbid_unknown_fields=True):
    sign: bytes
    seal: bytes


class _File(msgspec.Struct, forbid_unknown_fields=True):
    role: str
    name: str
    store: bytes
    web: bytes
    prf: bytes
    identities: list[_Pair]
    pending: _Pair | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What an address keeps to itself. `identities` are newest first; `prf` numbers entries."""

    store: bytes
    web: bytes
    prf: bytes
    identities: tuple[PrivateKeys, ...]
    pending: PrivateKeys | None = None

    @property
    def version(self) -> int:
        """Version of the identity in force."""
        return len(self.identities)


def create(settings: RoleSettings, randomness: Randomness) -> Secrets:
    """Draw all keys of a new address and write them. An existing file is opened instead."""
    if settings.key_path.exists():
        return load(settings)
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secrets = Secrets(randomness(32), randomness(32), randomness(32), (draw_keys(randomness),))
    save(settings, secrets)
    return secrets


def load(settings: RoleSettings) -> Secrets:
    """The keys of this role and address. Raises `ForeignSecret` for any other's file."""
    raw = msgspec.json.decode(settings.key_path.read_bytes(), type=_File)
    if (raw.role, raw.name) != (settings.role, settings.name):
        raise ForeignSecret
    identities = tuple(PrivateKeys(pair.sign, pair.seal) for pair in raw.identities)
    pending = None if raw.pending is None else PrivateKeys(raw.pending.sign, raw.pending.seal)
    return Secrets(raw.store, raw.web, raw.prf, identities, pending)


def save(settings: RoleSettings, secrets: Secrets) -> None:
    """Write the file whole, then put it in the old one's place."""
    pairs = [_Pair(keys.sign, keys.seal) for keys in secrets.identities]
    waiting = secrets.pending
    pending = None if waiting is None else _Pair(waiting.sign, waiting.seal)
    raw = _File(
        settings.role, str(settings.name), secrets.store, secrets.web, secrets.prf, pairs, pending
    )
    replace_file(settings.key_path, msgspec.json.encode(raw), mode=0o600)


def replace_file(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write beside, sync, rename: the file is the old one or the new one, never half."""
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)  # a crash may have left one with other rights
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
