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
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, select

from samverkan.agency.selecting import municipalities
from samverkan.agency.sql import tables as t
from samverkan.domain.pack import Pack
from samverkan.domain.statement import Prop
from samverkan.domain.typology import meets
from samverkan.domain.weighing import typologies
from samverkan.embedded.officers import Sector

Record = tuple[str, int]
"""(party, row of its delivery)."""
Finding = tuple[str, str]
"""(typology, entity of the truth)."""
Stated = dict[str, frozenset[str]]
"""Conditions, each with the months in which it held (none: throughout)."""
_MANY = 500
"""How many identifiers go into one query."""


@dataclass(slots=True)
class Register:
    """One party's own subjects as far as they matter: rows, places and conditions of each."""

    rows: dict[str, set[int]] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    conditions: dict[str, Stated] = field(default_factory=dict)


def register(connection: Connection, party: str, named: Collection[str] = ()) -> Register:
    """The party's subjects that meet a condition, and those `named`."""
    found = Register()
    said = t.statement.c
    own = select(said.subject, said.value).where(said.party == party)
    met = own.add_columns(said.months).where(said.prop == Prop.CONDITION.value)
    for subject, code, months in connection.execute(met):
        _add(
            found.conditions.setdefault(subject, {}),
            code,
            frozenset(filter(None, months.split(","))),
        )
    rows = select(said.subject, said.row).where(said.party == party)
    places = own.where(said.prop == Prop.CITY.value)
    for some in _chunks(sorted({*found.conditions, *named})):
        _gather(connection, rows, some, found.rows)
        _gather(connection, places, some, found.places)
    return found


def _add(known: Stated, code: str, months: frozenset[str]) -> None:
    """Said twice it held in the months of both; said once without months, throughout."""
    before = known.get(code)
    throughout = not months or (before is not None and not before)
    known[code] = frozenset() if throughout else months | (before or frozenset())


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
    """Sees every register of a scope in one database on a day, and who everybody really is."""

    pack: Pack
    truth: Truth
    registers: Mapping[str, Register]
    on: date

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
        known = typologies(self.pack)
        for entity, stated in self._stated(sector, parties).items():
            for name in sector.typologies:
                if meets(known[name], stated, on=self.on):
                    yield name, entity

    def _stated(self, sector: Sector, parties: Collection[str]) -> dict[str, Stated]:
        """What these parties' records in the region together say of each entity."""
        places = municipalities(self.pack, sector.region)
        found: dict[str, Stated] = {}
        for party in sorted(set(parties) & set(sector.parties)):
            own = self.registers[party]
            for subject, stated in own.conditions.items():
                if own.places.get(subject, set()) & places:
                    for entity in self.truth.whose(party, own.rows.get(subject, ())):
                        for code, months in stated.items():
                            _add(found.setdefault(entity, {}), code, months)
        return found
