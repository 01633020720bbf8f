"""Stations before the cooperation: a data folder with its parties, and deliveries taken in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from samverkan.agency.app.manifest import Manifest, read_manifest
from samverkan.agency.facts import DeliveryFacts, RejectFacts
from samverkan.agency.web.rejects import rejects_file
from samverkan.domain.pack import Pack, Plain
from samverkan.domain.policy import Action
from samverkan.embedded import genesis
from samverkan.embedded.data import PACK, held
from samverkan.embedded.headless import real
from samverkan.embedded.house import open_house, pack_folder, read_pack
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.infra.keystore import replace_file
from samverkan.infra.opening import Ambient
from samverkan.infra.packs import load_pack
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.shell.texts import HERE, Language, load

_KIND = re.compile(r"[a-z][a-z0-9]{0,15}(?:[._-][a-z0-9]{1,15}){0,2}")
"""What a mapping may be called: its id goes into the ledger with each delivery."""


Told = Callable[[int, int], None]
"""Hears how far it is, and of how much."""


def nobody(done: int, of: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the house who can act: for which party, in which roles."""

    party: str
    name: str
    roles: tuple[str, ...]


def found(folder: Path, parties: tuple[str, ...], ambient: Ambient | None = None) -> list[Person]:
    """Make keys and stores of the hub and these parties, and appoint the pack's people.

    Several parties in one process take synthetic data alone, so that is the folder's stamp.
    Refuses before it writes: `NOT_A_PARTY` for a party that the pack does not know or that is
    named twice, `DATA_FOLDER` for a folder that holds something else or other parties.
    """
    around = ambient or real()
    known = read_pack(PACK, Stamp.SYNTHETIC).parties
    if not set(parties) <= known.keys() or len(set(parties)) != len(parties):
        raise RefusedError(refuse(Code.NOT_A_PARTY))
    begun = genesis.read(folder)
    if isinstance(begun, Refused):
        _expect_empty(folder, parties)
    elif begun.parties != parties:
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder))) from error
    with held(folder):
        if isinstance(begun, Refused):
            begun = genesis.begin(
                folder,
                parties=parties,
                pack=PACK,
                stamp=Stamp.SYNTHETIC,
                randomness=around.randomness,
            )
        house = open_house(folder, begun, around)
        now = around.clock()
        people = [
            Person(party, one.name, tuple(sorted(role.value for role in one.roles(now))))
            for party, node in house.nodes.items()
            for one in node.officers()
        ]
        house.close()
    return people


def _expect_empty(folder: Path, parties: tuple[str, ...]) -> None:
    """Nothing is there but what a start that was killed has made: it is taken up again."""
    made = {"lock", "parties", *genesis.HUB}
    there = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    nodes = folder / "parties"
    others = {one.name for one in nodes.iterdir()} if nodes.is_dir() else set()
    if folder.is_file() or not there <= made or not others <= set(parties):
        raise RefusedError(refuse(Code.DATA_FOLDER, folder=str(folder)))


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery as it was taken in, and what of it was not used."""

    delivery: DeliveryFacts
    rejects: tuple[RejectFacts, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A file, and how it is to be read: a kind of the pack, a mapping of the user's own, or a manifest.

    A manifest says the kind itself; stamp and digest must then be those that it says.
    """

    file: Path
    kind: str | None = None
    mapping: Path | None = None
    manifest: Path | None = None


def ingest(seat: Seat, wish: Wish, told: Told = nobody) -> Taken:
    """Take in a file. The same bytes again change nothing. `told` hears how far it is, of how much.

    Raises `RefusedError`: `FILE_UNREADABLE` for a file that is not there, `FILE_MANIFEST` for a
    manifest of something else, `NOT_IN_PACK` for a kind of another party, `PACK_INVALID` for a
    mapping at fault, and what the file itself is refused for.
    """
    permit = seat.permit(Action.INGEST)
    for file in filter(None, (wish.file, wish.mapping, wish.manifest)):
        if not file.is_file():
            raise RefusedError(refuse(Code.FILE_UNREADABLE))
    manifest = _manifest(wish)
    kind, pack = wish.kind or (manifest.kind if manifest else ""), seat.node.pack
    if wish.mapping is not None:
        kind, read = own_mapping(pack, wish.mapping)
        pack = replace(pack, deliveries={**pack.deliveries, kind: read})
    facts = agreed(
        seat.node.take_in(
            permit,
            wish.file,
            kind,
            manifest=manifest,
            pack=pack,
            watch=lambda _, done, of: told(done, of),
        )
    )
    with seat.node.read(permit, "deliveries") as reading:
        return Taken(facts, tuple(reading.register.rejects(facts.id)))


def _manifest(wish: Wish) -> Manifest | None:
    if wish.manifest is None:
        return None
    manifest = agreed(read_manifest(wish.manifest))
    kinds = {wish.kind, manifest.kind} - {None}
    if manifest.path.resolve() != wish.file.resolve() or (wish.mapping is None and len(kinds) > 1):
        raise RefusedError(refuse(Code.FILE_MANIFEST))
    return manifest


def own_mapping(pack: Pack, file: Path) -> tuple[str, Plain]:
    """A user's mapping, checked as the pack's own are, by its id. Raises `RefusedError`.

    It stands beside the pack's deliveries for this one reading: every party, purpose, condition
    and classification in it must be the pack's, and its id must be new.
    """
    with TemporaryDirectory() as made:
        folder = Path(shutil.copytree(pack_folder(PACK), Path(made) / "pack"))
        shutil.copyfile(file, folder / "deliveries" / f"own-{file.stem}.yaml")
        read = agreed(load_pack(folder, stamp=Stamp.SYNTHETIC))
    new = read.deliveries.keys() - pack.deliveries.keys()
    kind = next(iter(new), None)
    if kind is None or not _KIND.fullmatch(kind):
        raise RefusedError(refuse(Code.PACK_INVALID, detail=f"{file.name}: id"))
    return kind, read.deliveries[kind]


@dataclass(frozen=True, slots=True)
class Account:
    """A delivery in numbers.

    `form` says how the file was read (format, delimiter, encoding), `unread` names its columns that
    the mapping does not; `rejects` are the cells or rows that were not used as they stood.
    """

    delivery: str
    kind: str
    form: str
    unread: tuple[str, ...]
    rows: int
    statements: int
    subjects: int
    rejects: int


def account(taken: Taken) -> Account:
    """A delivery in numbers."""
    facts = taken.delivery
    return Account(
        delivery=facts.id,
        kind=facts.kind,
        form=facts.form,
        unread=facts.unread,
        rows=facts.rows,
        statements=facts.statements,
        subjects=facts.subjects,
        rejects=facts.rejects,
    )


def write_rejects(taken: Taken, file: Path, language: Language) -> None:
    """Write row, column, code, effect and reason of each reject as CSV; never a value. `OSError` passes."""
    replace_file(file, rejects_file(load(HERE)[language], taken.rejects))
