from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.infra.tabular import Format, Limits
from samverkan.kernel.codes import Code
from tests.infra.tabular.files import opened, parquet, put, refused, workbook


def test_a_file_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert opened(put(tmp_path, "a.xlsx", "a,b\n1,2\n")).format is Format.CSV
    assert opened(put(tmp_path, "a.csv", '{"a": 1}\n')).format is Format.JSONL
    assert opened(workbook(tmp_path / "a.txt", [["a"], ["1"]])).format is Format.XLSX
    assert opened(parquet(tmp_path / "b.csv", {"a": ["1"]})).format is Format.PARQUET


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    assert refused(put(tmp_path, "a.csv", b"")) is Code.FILE_EMPTY
    assert refused(put(tmp_path, "b.csv", b"\n \n")) is Code.FILE_EMPTY


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"a,b\n1,2\n", Limits(bytes=7)),
        (b"a,b\n1,2\n3,4\n", Limits(rows=1)),
        (b"a,b\n1,2\n", Limits(columns=1)),
    ],
)
def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, content: bytes, limits: Limits
) -> None:
    assert refused(put(tmp_path, "a.csv", content), limits) is Code.FILE_TOO_LARGE
