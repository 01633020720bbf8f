"""A data folder of the demo: its world, its keys, its lock.

Made step by step and each step whole, so that a start that was killed is taken up again; a
folder of another scale, seed or choice of regions is refused rather than mixed.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import msgspec

from samverkan.domain import pack as model
from samverkan.domain.pack import Pack
from samverkan.embedded import genesis
from samverkan.embedded.genesis import Genesis
from samverkan.embedded.house import read_pack
from samverkan.embedded.intent import Part, intend, nodes
from samverkan.embedded.officers import Plan
from samverkan.infra import keystore
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.synth import SCALES, Told, World, generate

PACK = "se"


class _About(msgspec.Struct, forbid_unknown_fields=True):
    scale: str
    seed: int
    regions: list[str] = []
    typologies: list[str] = []
    on: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a folder holds: a scale, a seed, and which part of the pack's plan is followed.

    The world lives on the day `on`; without one, on the last day of the quarter before the folder
    is made, so that what holds in it is never too old to count.
    """

    scale: str
    seed: int
    part: Part = field(default_factory=Part)
    on: date | None = None


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


def last_quarter(today: date) -> date:
    """The last day of the last whole quarter before that day."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)


def prepare(folder: Path, setting: Setting, *, today: date, randomness: Randomness) -> Demo:
    """Make the folder's world and keys, or find them there. Raises `RefusedError`."""
    if setting.scale not in SCALES:
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="scale"))
    if not setting.part.fits(_plan(_pack())):
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="regions"))
    folder.mkdir(parents=True, exist_ok=True)
    about = folder / "demo.json"
    part = setting.part
    known = msgspec.json.decode(about.read_bytes(), type=_About) if about.exists() else None
    before = known.on if known is not None else last_quarter(today).isoformat()
    on = before if setting.on is None else setting.on.isoformat()
    wanted = _About(setting.scale, setting.seed, list(part.regions), list(part.typologies), on)
    if known is not None:
        if known != wanted:
            raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    elif any(one.name != "lock" for one in folder.iterdir()):
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    keystore.replace_file(about, msgspec.json.encode(wanted))
    if not (folder / "synthetic" / "truth" / "truth.jsonl").exists():
        world = World(setting.scale, setting.seed, date.fromisoformat(on))
        generate(folder / "synthetic", world)
    return find(folder, randomness)


def _pack() -> Pack:
    return read_pack(PACK, Stamp.SYNTHETIC)


def _plan(pack: Pack) -> model.Plan:
    if pack.plan is None:
        raise RefusedError(refuse(Code.NOT_IN_PACK))
    return pack.plan


def synthesise(folder: Path, told: Told, setting: Setting, *, today: date) -> dict[str, int]:
    """Write a world and nothing else; gives rows by party. Raises `RefusedError`."""
    if setting.scale not in SCALES:
        raise RefusedError(refuse(Code.FIELD_NOT_A_CHOICE, field="scale"))
    on = setting.on or last_quarter(today)
    return generate(folder, World(setting.scale, setting.seed, on), told).rows


def find(folder: Path, randomness: Randomness) -> Demo:
    """A folder that was prepared; keys that are missing are made. Raises `RefusedError`."""
    about = folder / "demo.json"
    if not about.exists():
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    known = msgspec.json.decode(about.read_bytes(), type=_About)
    pack, part = _pack(), Part(tuple(known.regions), tuple(known.typologies))
    begun = genesis.read(folder)
    if isinstance(begun, Refused):
        begun = genesis.begin(
            folder,
            parties=nodes(pack, _plan(pack), part),
            pack=PACK,
            stamp=Stamp.SYNTHETIC,
            randomness=randomness,
        )
    deliveries = folder / "synthetic" / "deliveries"
    plan = intend(pack, _plan(pack), deliveries, part)
    return Demo(folder, begun, SCALES[known.scale], plan)


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
