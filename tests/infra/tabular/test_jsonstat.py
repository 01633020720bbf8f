"""JSON-stat 2: dimensions by code and label, null figures by their status."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from samverkan.infra.tabular.cube import Cube
from samverkan.infra.tabular.jsonstat import looks_like, read
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused

SET: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Population",
    "source": "Statistics office",
    "updated": "2026-03-31T08:00:00Z",
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [2, 1, 2],
    "role": {"geo": ["Region"], "time": ["Tid"], "metric": ["ContentsCode"]},
    "dimension": {
        "Region": {
            "label": "region",
            "category": {
                "index": {"1881": 1, "1880": 0},
                "label": {"1880": "Berga", "1881": "Dal"},
            },
        },
        "ContentsCode": {
            "label": "content",
            "category": {
                "index": ["A1"],
                "label": {"A1": "Inhabitants"},
                "unit": {"A1": {"base": "number"}},
            },
        },
        "Tid": {"label": "year", "category": {"index": ["2023", "2024"]}},
    },
    "value": [10, None, 12.5, None],
    "status": {"1": ".."},
}


def read_set(**changed: Any) -> Cube | Refused:
    return read(json.dumps({**SET, **changed}).encode())


def test_a_data_set_says_what_it_is_of() -> None:
    found = read_set()
    assert isinstance(found, Cube)
    assert (found.title, found.source, found.unit) == ("Population", "Statistics office", "number")
    assert found.updated == date(2026, 3, 31)
    assert (found.role("geo"), found.role("time")) == ("region", "year")


def test_each_figure_has_its_categories_and_null_its_status() -> None:
    found = read_set()
    assert isinstance(found, Cube)
    rows = [row for _, row in found.rows()]
    assert rows[0] == {
        "region": "1880 Berga",
        "content": "Inhabitants",
        "year": "2023",
        "value": "10",
    }
    assert [row["value"] for row in rows] == ["10", "..", "12.5", ".."]


def test_sparse_figures_are_read_at_their_place() -> None:
    found = read_set(value={"0": 4, "3": 7}, status={})
    assert isinstance(found, Cube)
    assert list(found.cells) == ["4", "..", "..", "7"]


@pytest.mark.parametrize(
    "changed",
    [
        {"size": [2, 1, 3]},
        {"value": [1]},
        {"value": [True, 1, 2, 3]},
        {"dimension": {}},
        {"id": ["Region", "Nothing", "Tid"]},
    ],
    ids=["size", "short", "truth", "none", "unknown"],
)
def test_a_data_set_that_does_not_hold_together_is_unreadable(changed: dict[str, Any]) -> None:
    assert read_set(**changed) == Refused(Code.FILE_UNREADABLE)


def test_a_table_of_a_billion_cells_is_not_begun() -> None:
    many = {"category": {"index": [str(n) for n in range(2000)]}}
    changed = {"id": ["a", "b"], "size": [2000, 2000], "dimension": {"a": many, "b": many}}
    assert read_set(**changed, value={}, role={}) == Refused(Code.FILE_BROKEN_OFF)


def test_what_is_no_json_is_unreadable() -> None:
    assert read(b'{"class":"dataset"') == Refused(Code.FILE_UNREADABLE)


def test_it_is_known_by_its_beginning() -> None:
    assert looks_like(json.dumps(SET).encode())
    assert not looks_like(b'{"name": "x"}\n{"name": "y"}')
