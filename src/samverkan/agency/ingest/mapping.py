"""How a party's file is read: columns to properties, rows to schemas, cells to conditions.

The mapping is pack data (`packs/*/deliveries/*.yaml`); nothing of a country stands here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from samverkan.domain.statement import Prop, Schema, states
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId
from samverkan.kernel.outcome import Refused, refuse


@dataclass(frozen=True, slots=True)
class CellTest:
    """True for a row whose cell in `column` is one of `equals`."""

    column: str
    equals: frozenset[str]

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Whether the row passes; a missing cell never does."""
        return cells.get(self.column, "").strip() in self.equals


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """When a row says that its subject meets a condition, and which column tells the months."""

    code: str
    test: CellTest
    months: str | None


@dataclass(frozen=True, slots=True)
class RoleRule:
    """When a row says what part its subject has (a victim): who is enrolled one by one alone."""

    role: str
    test: CellTest


@dataclass(frozen=True, slots=True)
class RowShape:
    """How rows of one kind are read: which subject, which column states which property."""

    schema: Schema
    when: CellTest | None
    columns: Mapping[str, Prop]
    last_name_first: str | None
    protected: CellTest | None
    conditions: tuple[ConditionRule, ...]
    roles: tuple[RoleRule, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryMapping:
    """One file of `deliveries/` in the pack.

    `retention_months` count from the day of the statement, or from the end of its calendar year
    (2018:1693 4:7). `classes` turn the class column's values into classifications; a value
    outside them is refused, as is every class in `never_enrolled`.
    """

    id: str
    party: PartyId
    basis: str
    purpose: str
    classification: str
    retention_months: int
    from_year_end: bool
    said_on: str | None
    class_column: str | None
    classes: Mapping[str, str]
    never_enrolled: frozenset[str]
    shapes: tuple[RowShape, ...]


def parse_mapping(node: Mapping[str, Any]) -> DeliveryMapping | Refused:
    """Read a mapping from the pack's parsed node; `PACK_INVALID` names the key that is wrong."""
    try:
        return _mapping(node)
    except KeyError as error:
        return refuse(Code.PACK_INVALID, detail=str(error.args[0]))
    except (TypeError, ValueError, AttributeError):
        return refuse(Code.PACK_INVALID, detail=str(node.get("id", "")))


def _mapping(node: Mapping[str, Any]) -> DeliveryMapping:
    marked = node.get("class", {})
    retention = node["retention"]
    return DeliveryMapping(
        id=str(node["id"]),
        party=PartyId.parse(node["party"]),
        basis=str(node["basis"]),
        purpose=str(node["purpose"]),
        classification=str(node["classification"]),
        retention_months=int(retention["months"]),
        from_year_end={"statement": False, "year-end": True}[retention["from"]],
        said_on=node.get("said_on"),
        class_column=marked.get("column"),
        classes={str(cell): str(code) for cell, code in marked.get("values", {}).items()},
        never_enrolled=frozenset(map(str, marked.get("never", ()))),
        shapes=tuple(map(_shape, node["rows"])),
    )


def _shape(node: Mapping[str, Any]) -> RowShape:
    schema = Schema(node["schema"])
    for prop in map(Prop, node["columns"].values()):
        if not states(schema, prop):
            raise KeyError(f"{schema.value}: {prop.value}")
    return RowShape(
        schema=schema,
        when=_test(node.get("when")),
        columns={str(column): Prop(prop) for column, prop in node["columns"].items()},
        last_name_first=node.get("last_name_first"),
        protected=_test(node.get("protected")),
        conditions=tuple(
            ConditionRule(
                str(rule["condition"]), CellTest(rule["column"], _texts(rule)), rule.get("months")
            )
            for rule in node.get("conditions", ())
        ),
        roles=tuple(
            RoleRule(str(rule["role"]), CellTest(rule["column"], _texts(rule)))
            for rule in node.get("roles", ())
        ),
    )


def _texts(node: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(map(str, node["equals"]))


def _test(node: Mapping[str, Any] | None) -> CellTest | None:
    return CellTest(node["column"], _texts(node)) if node else None


def columns_of(mapping: DeliveryMapping) -> frozenset[str]:
    """Every column that the mapping reads; no other enters."""
    needed = {name for name in (mapping.said_on, mapping.class_column) if name}
    for shape in mapping.shapes:
        needed |= set(shape.columns) | {rule.test.column for rule in shape.conditions}
        needed |= {rule.test.column for rule in shape.roles}
        needed |= {rule.months for rule in shape.conditions if rule.months}
        needed |= {test.column for test in (shape.when, shape.protected) if test}
        needed |= {shape.last_name_first} if shape.last_name_first else set()
    return frozenset(needed)


def missing_columns(mapping: DeliveryMapping, columns: Collection[str]) -> Refused | None:
    """`FILE_COLUMNS` with the names that the mapping needs and the file's header lacks."""
    absent = sorted(columns_of(mapping) - set(columns))
    return refuse(Code.FILE_COLUMNS, columns=", ".join(absent)) if absent else None
