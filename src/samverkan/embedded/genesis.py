"""The beginning: each address draws its keys, and all pin each other's first cards.

In one process this stands for the ceremony at which people compare fingerprints. What is written
beside the stores (`directory.json`) is public: addresses and public keys, and which pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from samverkan.domain.directory import KeyCard, pin
from samverkan.infra import keystore
from samverkan.infra.addressbook import Pin
from samverkan.infra.seal import PublicKeys
from samverkan.infra.settings import RoleSettings
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.wire.v1 import EXCHANGE, STEERING

DIRECTORY = "directory.json"
HUB = (EXCHANGE, STEERING)


class _Card(msgspec.Struct, forbid_unknown_fields=True):
    address: str
    version: int
    sign: bytes
    seal: bytes


class _File(msgspec.Struct, forbid_unknown_fields=True):
    pack: str
    stamp: Stamp
    cards: list[_Card]


@dataclass(frozen=True, slots=True)
class Genesis:
    """What every address starts from: the pack's name, the stamp, the first pins."""

    pack: str
    stamp: Stamp
    pins: tuple[Pin, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """The addresses that are parties, in the order in which they joined."""
        return tuple(pin.address for pin in self.pins if pin.address not in HUB)


def settings(folder: Path, address: str, genesis_of: tuple[str, Stamp]) -> RoleSettings:
    """The settings of one address below a data folder."""
    pack, stamp = genesis_of
    if address in HUB:
        return RoleSettings(address, address, folder / address, stamp, pack)
    return RoleSettings("agency", address, folder / "parties" / address, stamp, pack)


def begin(
    folder: Path, *, parties: Iterable[str], pack: str, stamp: Stamp, randomness: Randomness
) -> Genesis:
    """Draw keys for the hub and these parties and write the directory; what is there stays.

    Killed half-way, it goes on where it was: keys are made once, the directory is written whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cards = []
    for address in (*HUB, *parties):
        secrets = keystore.create(settings(folder, address, (pack, stamp)), randomness)
        public = secrets.identities[-1].public
        cards.append(_Card(address, 1, public.sign, public.seal))
    data = msgspec.json.format(msgspec.json.encode(_File(pack, stamp, cards)))
    keystore.replace_file(folder / DIRECTORY, data)
    return _genesis(_File(pack, stamp, cards))


def read(folder: Path) -> Genesis | Refused:
    """The genesis of a data folder, or `DATA_FOLDER` when it is none."""
    try:
        raw = (folder / DIRECTORY).read_bytes()
        return _genesis(msgspec.json.decode(raw, type=_File))
    except (OSError, msgspec.DecodeError):
        return refuse(Code.DATA_FOLDER, folder=str(folder))


def _genesis(file: _File) -> Genesis:
    pins = []
    for card in file.cards:
        first = pin(KeyCard(card.address, card.version, card.sign, card.seal))
        keys = PublicKeys(card.sign, card.seal)
        pins.append(Pin(card.address, card.version, keys, first.digest))
    return Genesis(file.pack, file.stamp, tuple(pins))
