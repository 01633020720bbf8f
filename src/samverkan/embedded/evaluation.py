"""What a run found, held against the truth. Opened only after the last station.

Nothing here is seen by an officer or a role: it reads every party's store, which no part of the
product may, and the truth that the synthetic world was drawn from. Of both it keeps only what
concerns subjects that meet a condition or are named by a hit or a firing, so that the memory
follows what was found and not the size of the registers.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, select

from samverkan.agency.selecting import municipalities
from samverkan.agency.sql import tables as t
from samverkan.domain.pack import Pack
from samverkan.domain.statement import Prop
from samverkan.embedded.officers import Sector

Record = tuple[str, int]
"""(party, row of its delivery)."""
Finding = tuple[str, str]
"""(typology, entity of the truth)."""
_MANY = 500
"""How many identifiers go into one query."""


@dataclass(slots=True)
class Register:
    """One party's own subjects as far as they matter: rows, places and conditions of each."""

    rows: dict[str, set[int]] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    conditions: dict[str, set[str]] = field(default_factory=dict)


def register(connection: Connection, party: str, named: Collection[str] = ()) -> Register:
    """The party's subjects that meet a condition, and those `named`."""
    found = Register()
    own = select(t.statement.c.subject, t.statement.c.value).where(t.statement.c.party == party)
    for subject, code in connection.execute(own.where(t.statement.c.prop == Prop.CONDITION.value)):
        found.conditions.setdefault(subject, set()).add(code)
    rows = select(t.statement.c.subject, t.statement.c.row).where(t.statement.c.party == party)
    places = own.where(t.statement.c.prop == Prop.CITY.value)
    for some in _chunks(sorted({*found.conditions, *named})):
        _gather(connection, rows, some, found.rows)
        _gather(connection, places, some, found.places)
    return found


def _gather(
    connection: Connection, query: Select[Any], some: list[str], into: dict[str, set[Any]]
) -> None:
    for subject, value in connection.execute(query.where(t.statement.c.subject.in_(some))):
        into.setdefault(subject, set()).add(value)


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, _MANY)):
        yield some


@dataclass(frozen=True, slots=True)
class Truth:
    """The world as it is: whose the wanted records are, and what was planted."""

    entities: Mapping[Record, str]
    planted: frozenset[Finding]

    def whose(self, party: str, rows: Iterable[int]) -> set[str]:
        """The entities behind a subject's rows."""
        found = (self.entities.get((party, row)) for row in rows)
        return {entity for entity in found if entity is not None}


def read_truth(path: Path, registers: Mapping[str, Register]) -> Truth:
    """Read `truth.jsonl` line by line, keeping whose the registers' rows are."""
    wanted = {party: set().union(*one.rows.values()) for party, one in registers.items()}
    entities: dict[Record, str] = {}
    planted = set()
    for said in _lines(path):
        if "scheme" in said:
            if said["planted"]:
                planted.add((said["scheme"], said.get("subject") or said["company"]))
            continue
        for party, rows in said["records"].items():
            for row in wanted.get(party, set()).intersection(rows):
                entities[party, row] = said["entity"]
    return Truth(entities, frozenset(planted))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Sees every register of a scope in one database, and who everybody really is."""

    pack: Pack
    truth: Truth
    registers: Mapping[str, Register]

    def pooled(self, sectors: Iterable[Sector]) -> set[Finding]:
        """What the same typologies find over all records of each scope's parties in its region."""
        return {found for sector in sectors for found in self._found(sector, sector.parties)}

    def alone(self, sectors: Collection[Sector]) -> int:
        """How many the best single party finds by itself."""
        parties = sorted({party for sector in sectors for party in sector.parties})
        each = (
            {found for sector in sectors for found in self._found(sector, {party})}
            for party in parties
        )
        return max(map(len, each), default=0)

    def _found(self, sector: Sector, parties: Collection[str]) -> Iterator[Finding]:
        places = municipalities(self.pack, sector.region)
        met: dict[str, set[str]] = {}
        for party in set(parties) & set(sector.parties):
            register = self.registers[party]
            for subject, conditions in register.conditions.items():
                if register.places.get(subject, set()) & places:
                    for entity in self.truth.whose(party, register.rows.get(subject, ())):
                        met.setdefault(entity, set()).update(conditions)
        for name in sector.typologies:
            typology = self.pack.typologies[name]
            for entity, conditions in met.items():
                if len(conditions & set(typology.conditions)) >= typology.threshold:
                    yield name, entity
