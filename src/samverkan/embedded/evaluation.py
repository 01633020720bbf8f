"""What a run found, held against the truth. Opened only after the last station.

Nothing here is seen by an officer or a role: it reads every party's store, which no part of the
product may, and the truth that the synthetic world was drawn from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from samverkan.agency.sql import tables
from samverkan.domain.pack import Pack
from samverkan.domain.statement import Prop
from samverkan.embedded.house import House

Rows = dict[tuple[str, int], str]
"""(party, row of its delivery) → entity of the truth."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A planted scheme, or a decoy that only looks like one."""

    typology: str
    company: str
    planted: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """The world as it is."""

    rows: Rows
    schemes: tuple[Scheme, ...]

    @property
    def planted(self) -> frozenset[tuple[str, str]]:
        """(typology, company) of every planted scheme."""
        return frozenset((s.typology, s.company) for s in self.schemes if s.planted)


def read_truth(path: Path) -> Truth:
    """Read `truth.jsonl`."""
    rows: Rows = {}
    schemes = []
    for said in _lines(path):
        if "scheme" in said:
            schemes.append(Scheme(said["scheme"], said["company"], bool(said["planted"])))
            continue
        for party, numbers in said["records"].items():
            rows.update({(party, number): said["entity"] for number in numbers})
    return Truth(rows, tuple(schemes))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


@dataclass(slots=True)
class Register:
    """One party's store as the evaluation sees it: rows, entities and conditions by subject."""

    rows: dict[str, set[int]]
    entities: dict[str, set[str]]
    conditions: dict[str, set[str]]


def registers(house: House, truth: Truth) -> dict[str, Register]:
    """Every party's own subjects."""
    found = {}
    for party, node in house.nodes.items():
        with node.opened.store.view() as connection:
            found[party] = _register(connection, party, truth)
    return found


def _register(connection: Connection, party: str, truth: Truth) -> Register:
    register = Register({}, {}, {})
    table = tables.statement
    query = select(table.c.subject, table.c.row, table.c.prop, table.c.value)
    for subject, row, prop, value in connection.execute(query.where(table.c.party == party)):
        register.rows.setdefault(subject, set()).add(row)
        entity = truth.rows.get((party, row))
        if entity is not None:
            register.entities.setdefault(subject, set()).add(entity)
        if prop == Prop.CONDITION.value:
            register.conditions.setdefault(subject, set()).add(value)
    return register


def found_pooled(
    parties: Mapping[str, Register], pack: Pack, names: Iterable[str]
) -> set[tuple[str, str]]:
    """What an oracle with all registers in one database would find with the same typologies."""
    met: dict[str, set[str]] = {}
    for register in parties.values():
        for subject, conditions in register.conditions.items():
            for entity in register.entities.get(subject, ()):
                met.setdefault(entity, set()).update(conditions)
    return _meeting(met, pack, names)


def found_alone(parties: Mapping[str, Register], pack: Pack, names: Iterable[str]) -> int:
    """How many schemes the best single party would find by itself."""
    return max(
        (len(found_pooled({party: register}, pack, names)) for party, register in parties.items()),
        default=0,
    )


def _meeting(met: dict[str, set[str]], pack: Pack, names: Iterable[str]) -> set[tuple[str, str]]:
    return {
        (name, entity)
        for name in names
        for entity, conditions in met.items()
        if len(conditions & set(pack.typologies[name].conditions))
        >= pack.typologies[name].threshold
    }
