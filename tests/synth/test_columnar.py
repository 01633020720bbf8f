from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from samverkan.synth.columnar import columnar


def test_rows_are_written_in_groups_and_empty_cells_are_null(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with columnar(path, ("a", "b"), group=2) as write:
        for at in range(5):
            write({"a": str(at), "b": "" if at else "x"})
    file = pq.ParquetFile(path)
    assert file.num_row_groups == 3
    assert file.read().to_pydict() == {"a": ["0", "1", "2", "3", "4"], "b": ["x", *[None] * 4]}
