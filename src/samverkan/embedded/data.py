"""A data folder of the demo: its world, its keys, its lock.

Made step by step and each step whole, so that a start that was killed is taken up again; a
folder of another scale or seed is refused rather than mixed.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from samverkan.embedded import genesis
from samverkan.embedded.genesis import Genesis
from samverkan.embedded.officers import Plan
from samverkan.infra import keystore
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.synth import SCALES, generate

PACK = "se"
PARTIES = ("polisen", "fk", "skv-beskattning", "kfm", "skv-brott")
"""Who has a node in the demo. The last takes no part in the cooperation, and learns nothing."""
COOPERATING = PARTIES[:4]


class _About(msgspec.Struct, forbid_unknown_fields=True):
    scale: str
    seed: int


@dataclass(frozen=True, slots=True)
class Demo:
    """A prepared data folder."""

    folder: Path
    genesis: Genesis
    persons: int
    plan: Plan

    @property
    def truth(self) -> Path:
        """What is really so; read by the evaluation alone, after the last station."""
        return self.folder / "synthetic" / "truth" / "truth.jsonl"


def prepare(folder: Path, *, scale: str, seed: int, randomness: Randomness) -> Demo:
    """Make the folder's world and keys, or find them there. Raises `RefusedError`."""
    if scale not in SCALES:
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="scale"))
    folder.mkdir(parents=True, exist_ok=True)
    about = folder / "demo.json"
    if about.exists():
        known = msgspec.json.decode(about.read_bytes(), type=_About)
        if (known.scale, known.seed) != (scale, seed):
            raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    elif any(one.name != "lock" for one in folder.iterdir()):
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    keystore.replace_file(about, msgspec.json.encode(_About(scale, seed)))
    if not (folder / "synthetic" / "truth" / "truth.jsonl").exists():
        generate(folder / "synthetic", scale, seed)
    return find(folder, randomness)


def synthesise(folder: Path, *, scale: str, seed: int) -> dict[str, int]:
    """Write a world and nothing else; gives rows by party. Raises `RefusedError`."""
    if scale not in SCALES:
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="scale"))
    return generate(folder, scale, seed).rows


def find(folder: Path, randomness: Randomness) -> Demo:
    """A folder that was prepared; keys that are missing are made. Raises `RefusedError`."""
    about = folder / "demo.json"
    if not about.exists():
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    known = msgspec.json.decode(about.read_bytes(), type=_About)
    begun = genesis.read(folder)
    if isinstance(begun, Refused):
        begun = genesis.begin(
            folder, parties=PARTIES, pack=PACK, stamp=Stamp.SYNTHETIC, randomness=randomness
        )
    return Demo(folder, begun, SCALES[known.scale], plan_of(folder))


def plan_of(folder: Path) -> Plan:
    """The demo's cooperation: four parties, one region, two typologies."""
    return Plan(
        parties=COOPERATING,
        lead=PARTIES[0],
        region="bergslagen",
        body="rsr-bergslagen",
        purpose="serious-organised-crime",
        grounds=("serious", "organised"),
        typologies=("paper-assistance", "unfair-labour"),
        basis="sfs-2016-774",
        size="s",
        deliveries=folder / "synthetic" / "deliveries",
    )


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder: one process at a time carries its post. Raises `RefusedError` if held."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RefusedError(refuse(Code.STORE_LOCKED)) from error
        yield
