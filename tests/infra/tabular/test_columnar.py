from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from samverkan.infra.tabular import Format, Limits
from samverkan.kernel.codes import Code
from tests.infra.tabular.files import faults, opened, parquet, put, refused


def test_rows_are_texts_numbered_from_one(tmp_path: Path) -> None:
    columns = {
        "nr": [198507151238, None],
        "namn": ["Åsa", None],
        "fodd": [date(1985, 7, 15), None],
        "summa": [2.5, 3.0],
        "lista": [["a", "b"], []],
    }
    table = opened(parquet(tmp_path / "a.parquet", columns))
    assert (table.format, table.encoding, table.delimiter) == (Format.PARQUET, "utf-8", "")
    assert table.columns == tuple(columns)
    first = {"nr": "198507151238", "namn": "Åsa", "fodd": "1985-07-15", "summa": "2.5"}
    assert list(table.rows()) == [
        (1, first | {"lista": "a,b"}),
        (2, {"nr": "", "namn": "", "fodd": "", "summa": "3", "lista": ""}),
    ]


def test_rows_run_on_over_batches_and_groups(tmp_path: Path) -> None:
    values = [str(n) for n in range(5_000)]
    path = parquet(tmp_path / "a.parquet", {"a": values}, row_group_size=1_500)
    assert list(opened(path).rows()) == [(n + 1, {"a": str(n)}) for n in range(5_000)]


def test_a_file_cut_short_says_so(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "a.parquet", {"a": ["x"] * 500}).read_bytes()
    for length in (4, 7, len(whole) // 2, len(whole) - 1):
        assert refused(put(tmp_path, "b.parquet", whole[:length])) is Code.FILE_BROKEN_OFF


@pytest.mark.parametrize("at", [0.1, 0.5, 0.95])
def test_a_file_broken_inside_is_unreadable(tmp_path: Path, at: float) -> None:
    values = [str(n * 7919) for n in range(3_000)]
    whole = bytearray(
        parquet(tmp_path / "a.parquet", {"a": values}, use_dictionary=False).read_bytes()
    )
    start = int(len(whole) * at)
    whole[start : start + 40] = bytes(40)
    assert refused(put(tmp_path, "b.parquet", bytes(whole))) is Code.FILE_UNREADABLE


def test_a_footer_larger_than_any_is_refused(tmp_path: Path) -> None:
    tail = (1 << 30).to_bytes(4, "little") + b"PAR1"
    assert refused(put(tmp_path, "a.parquet", b"PAR1" + tail)) is Code.FILE_TOO_LARGE


def test_what_unpacks_beyond_measure_is_not_opened(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"a": ["x" * 1_000_000]}, use_dictionary=False)
    assert path.stat().st_size < 100_000
    assert refused(path, Limits(unpacked=900_000)) is Code.FILE_UNPACKED_TOO_LARGE
    assert refused(path, Limits(rows=0)) is Code.FILE_TOO_LARGE


@pytest.mark.parametrize("packed", [True, False])
def test_a_gigantic_value_is_measured_before_it_is_spread(tmp_path: Path, packed: bool) -> None:
    values = ["x" * 10_001] * 1_000
    path = parquet(tmp_path / "a.parquet", {"a": values}, use_dictionary=packed)
    assert refused(path) is Code.FILE_FIELD_TOO_LONG


def test_a_column_without_name_is_no_column(tmp_path: Path) -> None:
    assert refused(parquet(tmp_path / "a.parquet", {" ": ["x"]})) is Code.FILE_HEADER


def test_a_structure_is_a_fault_of_its_row(tmp_path: Path) -> None:
    inner = pa.array([None, {"b": 1}], pa.struct([("b", pa.int64())]))
    assert faults(parquet(tmp_path / "a.parquet", {"a": inner})) == {2: Code.ROW_NOT_PLAIN}
