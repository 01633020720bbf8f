"""Write Apache Parquet, a batch of rows at a time. An empty cell is null."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_ROWS = 20_000


@contextmanager
def columnar(
    path: Path, columns: Sequence[str], *, group: int = _ROWS
) -> Iterator[Callable[[Mapping[str, str]], None]]:
    """Write rows of texts; `group` rows are held in memory at a time."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    held: dict[str, list[str | None]] = {name: [] for name in columns}
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def flush() -> None:
            writer.write_table(pa.table(held, schema=schema))
            for values in held.values():
                values.clear()

        def write(cells: Mapping[str, str]) -> None:
            for name, values in held.items():
                values.append(cells.get(name) or None)
            if len(held[columns[0]]) >= group:
                flush()

        yield write
        flush()
