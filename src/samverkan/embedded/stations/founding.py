"""Stations before the cooperation: a data folder with its parties, and deliveries taken in."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from samverkan.agency.facts import DeliveryFacts, RejectFacts
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

_KIND = re.compile(r"[a-z][a-z0-9]{0,15}(?:[._-][a-z0-9]{1,15}){0,2}")
"""What a mapping may be called: its id goes into the ledger with each delivery."""


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


def ingest(seat: Seat, file: Path, *, kind: str | None, mapping: Path | None) -> Taken:
    """Take in a file by a kind of the pack, or by a mapping of the user's own.

    The same bytes again change nothing. Raises `RefusedError`: `FILE_UNREADABLE` for a file that
    is not there, `NOT_IN_PACK` for a kind of another party, `PACK_INVALID` for a mapping at fault.
    """
    node = seat.node
    permit = seat.permit(Action.INGEST)
    if not file.is_file() or (mapping is not None and not mapping.is_file()):
        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    pack = node.pack
    if mapping is not None:
        kind, read = own_mapping(pack, mapping)
        pack = replace(pack, deliveries={**pack.deliveries, kind: read})
    facts = agreed(node.take_in(permit, file, kind or "", pack=pack))
    with node.read(permit, "deliveries") as reading:
        return Taken(facts, tuple(reading.register.rejects(facts.id)))


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
    """A delivery in numbers; `rejects` are the cells or rows that were not used as they stood."""

    delivery: str
    kind: str
    rows: int
    statements: int
    subjects: int
    rejects: int


def account(taken: Taken) -> Account:
    """A delivery in numbers."""
    facts = taken.delivery
    return Account(
        facts.id, facts.kind, facts.rows, facts.statements, facts.subjects, facts.rejects
    )


def write_rejects(taken: Taken, file: Path) -> None:
    """Write row, column and code of each reject as CSV; never a value. `OSError` passes."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("row", "column", "code"))
    writer.writerows((one.row, one.column, one.code) for one in taken.rejects)
    replace_file(file, text.getvalue().encode())
