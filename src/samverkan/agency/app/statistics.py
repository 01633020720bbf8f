"""A file of public statistics, from the disk to the store: whole, or every fault and nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from samverkan.agency.collecting import Asked, Faults, Loaded, collect, gazetteer
from samverkan.agency.sql.work import Unit
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Permit
from samverkan.domain.statistics import Columns, Measure, Origin, Rows, Series, missing, read
from samverkan.infra.tabular import open_table
from samverkan.infra.tabular.cube import VALUE, Cube
from samverkan.infra.tabular.opening import open_cube
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused, RefusedError, refuse


def known(pack: Pack, name: str, folder: Path) -> Asked | Refused:
    """A series that comes with the pack; `folder` is the pack's."""
    series = pack.statistics.get(name)
    if series is None:
        return refuse(Code.NOT_IN_PACK)
    values = {column: Measure(one.name, one.unit) for column, one in series.values.items()}
    return Asked(
        folder / "statistics" / series.file,
        Columns(area=series.area, year=series.year, values=values),
        series.names[pack.pack.languages[0]],
        series.source,
        series.licence,
        series.dated,
    )


def load(pack: Pack, asked: Asked) -> Loaded | Faults:
    """Read the file; or everything that is wrong with it, and then nothing of it."""
    data = asked.path.read_bytes() if asked.path.stat().st_size <= 1 << 28 else None
    if data is None:
        return (refuse(Code.FILE_TOO_LARGE, limit=str(1 << 28)),)
    cube = open_cube(data)
    if isinstance(cube, Refused):
        return (cube,)
    series = _series(pack, asked) if cube is None else _of_cube(pack, asked, cube)
    if not isinstance(series, Series):
        return series
    origin = _origin(asked, cube)
    if isinstance(origin, Refused):
        return (origin,)
    return Loaded(asked.path.name, hashlib.sha256(data).digest(), origin, series)


def _series(pack: Pack, asked: Asked) -> Series | Faults:
    columns = asked.columns
    if columns is None or not (columns.area and (columns.period or columns.year)):
        return (refuse(Code.FIELD_MISSING, field="columns"),)
    table = open_table(asked.path)
    if isinstance(table, Refused):
        return (table,)
    refused = missing(columns, table.columns) if table.columns else None
    if refused is not None:
        return (refused,)
    return _read(table.rows(frozenset(columns.needed())), columns, pack)


def _of_cube(pack: Pack, asked: Asked, cube: Cube) -> Series | Faults:
    """By the roles of its dimensions, save where the loader names columns."""
    wished = asked.columns or Columns(area="")
    area = wished.area or cube.role("geo") or ""
    period = wished.period or (None if wished.year else cube.role("time"))
    there = [dimension.name for dimension in cube.dimensions]
    if area not in there or not (period or wished.year):
        return (refuse(Code.FILE_COLUMNS, columns=", ".join(there)),)
    columns = replace(
        wished,
        area=area,
        period=period,
        value=VALUE,
        kinds=tuple(name for name in there if name not in (area, period)),
        unit=wished.unit or cube.unit,
        title=asked.title or cube.title,
    )
    return _read(cube.rows(), columns, pack)


def _read(rows: Rows, columns: Columns, pack: Pack) -> Series | Faults:
    try:
        return read(rows, columns, gazetteer(pack))
    except RefusedError as error:  # the file breaks off, or is larger than may be
        return (error.refused,)


def _origin(asked: Asked, cube: Cube | None) -> Origin | Refused:
    said: Mapping[str, str] = {
        "title": asked.title or (cube.title if cube else ""),
        "source": asked.source or (cube.source if cube else ""),
        "licence": asked.licence,
    }
    lacking = next((name for name, words in said.items() if not words.strip()), None)
    if lacking is not None:
        return refuse(Code.FIELD_MISSING, field=lacking)
    dated = asked.dated or (cube.updated if cube else None)
    if dated is None:
        return refuse(Code.FIELD_MISSING, field="dated")
    return Origin(dated=dated, **said)


def keep(unit: Unit, permit: Permit, loaded: Loaded) -> SeriesId | Faults:
    """Into the store in one transaction."""
    with unit.write(permit) as work:
        kept = collect(work, permit, loaded)
    return (kept,) if isinstance(kept, Refused) else kept
