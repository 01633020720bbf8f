from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from samverkan.agency.ingest import DeliveryMapping, missing_columns, parse_mapping
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused

DELIVERIES = sorted(Path("packs/se/deliveries").glob("*.yaml"))


def node(**changes: Any) -> dict[str, Any]:
    rows = [
        {
            "schema": "Company",
            "when": {"column": "kind", "equals": ["firm"]},
            "columns": {"no": "registrationNumber", "name": "name"},
            "protected": {"column": "hidden", "equals": ["y"]},
            "conditions": [
                {"condition": "x:seen", "column": "seen", "equals": [1], "months": "months"}
            ],
        }
    ]
    return {
        "id": "x-file",
        "party": "x",
        "basis": "b",
        "purpose": "p",
        "classification": "c",
        "retention": {"months": 12, "from": "statement"},
        "said_on": "day",
        "class": {"column": "class", "values": {"a": "c"}, "never": ["secret"]},
        "rows": rows,
    } | changes


def parsed(found: DeliveryMapping | Refused) -> DeliveryMapping:
    assert isinstance(found, DeliveryMapping)
    return found


@pytest.mark.parametrize("path", DELIVERIES, ids=lambda path: path.stem)
def test_every_mapping_of_the_pack_is_read(path: Path) -> None:
    mapping = parsed(parse_mapping(YAML(typ="safe").load(path)))
    assert mapping.party == path.stem
    assert mapping.shapes
    assert all(shape.columns for shape in mapping.shapes)


def test_a_mapping_says_what_each_column_states() -> None:
    mapping = parsed(parse_mapping(node()))
    (shape,) = mapping.shapes
    assert shape.columns == {"no": Prop.REGISTRATION_NUMBER, "name": Prop.NAME}
    assert shape.conditions[0].test.holds({"seen": " 1 "})
    assert not shape.conditions[0].test.holds({})


@pytest.mark.parametrize(
    "key", ["id", "party", "basis", "purpose", "classification", "retention", "rows"]
)
def test_a_key_that_is_missing_is_named(key: str) -> None:
    incomplete = node()
    del incomplete[key]
    found = parse_mapping(incomplete)
    assert isinstance(found, Refused)
    assert (found.code, found.params["detail"]) == (Code.PACK_INVALID, key)


@pytest.mark.parametrize(
    "changes",
    [
        {"party": "No Party"},
        {"retention": {"months": "long", "from": "statement"}},
        {"rows": [{"schema": "Ship", "columns": {}}]},
        {"rows": [{"schema": "Person", "columns": {"a": "shoeSize"}}]},
        {"rows": [{"schema": "Person", "columns": ["a"]}]},
    ],
)
def test_a_value_that_is_wrong_names_the_file(changes: dict[str, Any]) -> None:
    found = parse_mapping(node(**changes))
    assert isinstance(found, Refused)
    assert (found.code, found.params["detail"]) == (Code.PACK_INVALID, "x-file")


def test_every_column_that_the_mapping_uses_must_be_there() -> None:
    mapping = parsed(parse_mapping(node()))
    columns = ["no", "name", "kind", "hidden", "seen", "months", "day", "class", "more"]
    assert missing_columns(mapping, columns) is None
    for column in columns[:-1]:
        found = missing_columns(mapping, [name for name in columns if name != column])
        assert found is not None
        assert (found.code, found.params["columns"]) == (Code.FILE_COLUMNS, column)


def test_a_property_that_the_schema_does_not_have_is_named() -> None:
    found = parse_mapping(node(rows=[{"schema": "Company", "columns": {"a": "firstName"}}]))
    assert isinstance(found, Refused)
    assert (found.code, found.params["detail"]) == (Code.PACK_INVALID, "Company: firstName")
