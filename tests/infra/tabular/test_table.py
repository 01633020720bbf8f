from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from samverkan.infra.tabular import Course
from samverkan.infra.tabular.table import NotPlain, cell
from tests.infra.tabular.files import opened, parquet, put, workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        (None, None),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (7.0, "7"),
        (1.5, "1.5"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (Decimal("12.50"), "12.50"),
        (date(2026, 5, 31), "2026-05-31"),
        (datetime(2026, 5, 31, 9), "2026-05-31"),  # noqa: DTZ001 - as spreadsheets hold it
        (["a", 1, None], "a,1,"),
    ],
)
def test_a_plain_value_is_a_text(value: object, text: str | None) -> None:
    assert cell(value) == text


@pytest.mark.parametrize("value", [{"a": 1}, [{"a": 1}], b"x"])
def test_a_structure_is_no_field(value: object) -> None:
    with pytest.raises(NotPlain):
        cell(value)


def test_only_wanted_columns_are_read_and_the_others_are_named(tmp_path: Path) -> None:
    files = [
        put(tmp_path, "a.csv", "a,b,c\n1,2,3\n"),
        put(tmp_path, "a.jsonl", '{"a": 1, "b": 2, "c": 3}\n'),
        workbook(tmp_path / "a.xlsx", [["a", "b", "c"], ["1", "2", "3"]]),
        parquet(tmp_path / "a.parquet", {"a": ["1"], "b": ["2"], "c": ["3"]}),
    ]
    for path in files:
        course = Course()
        assert [cells for _, cells in opened(path).rows(frozenset({"b"}), course)] == [
            {"b": "2"}
        ], path.name
        assert course.unread == {"a", "c"}, path.name
        assert course.done == course.total > 0, path.name


def test_rows_can_be_read_again(tmp_path: Path) -> None:
    table = opened(put(tmp_path, "a.csv", b"a,b\n1,2\n"))
    assert list(table.rows()) == list(table.rows())
