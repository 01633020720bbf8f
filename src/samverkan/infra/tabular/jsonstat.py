"""JSON-stat 2.0, as PxWeb gives it out: a data set with dimensions, figures and their status.

Source: JSON-stat 2.0 full specification. A figure that is null takes its sign from `status`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from samverkan.infra.tabular.cube import MOST, Cube, Dimension
from samverkan.infra.tabular.pcaxis import LARGEST
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

_BEGINS = re.compile(rb'\s*\{.{0,4000}"class"\s*:\s*"dataset"', re.DOTALL)


def looks_like(start: bytes) -> bool:
    """Whether a file begins as a data set of JSON-stat 2 does."""
    return _BEGINS.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def read(data: bytes) -> Cube | Refused:
    """The table; `FILE_TOO_LARGE`, `FILE_UNREADABLE` or `FILE_BROKEN_OFF`."""
    if len(data) > LARGEST:
        return refuse(Code.FILE_TOO_LARGE, limit=str(LARGEST))
    try:
        said = json.loads(data.decode("utf-8-sig"))
        cube = _cube(said)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return refuse(Code.FILE_UNREADABLE)
    return cube if cube.whole() else refuse(Code.FILE_BROKEN_OFF)


def _cube(said: Mapping[str, Any]) -> Cube:
    roles = {name: role for role, names in said.get("role", {}).items() for name in names}
    dimensions = tuple(
        _dimension(said["dimension"][name], name, roles.get(name, "")) for name in said["id"]
    )
    sizes = [len(dimension.codes) for dimension in dimensions]
    if sizes != list(said["size"]):
        raise ValueError("size")
    return Cube(
        dimensions,
        _cells(said, sizes),
        title=str(said.get("label", "")),
        source=str(said.get("source", "")),
        unit=_unit(said, roles),
        updated=_day(str(said.get("updated", ""))),
    )


def _dimension(said: Mapping[str, Any], name: str, role: str) -> Dimension:
    category = said["category"]
    index = category.get("index", list(category.get("label", {})))
    codes = index if isinstance(index, list) else sorted(index, key=index.__getitem__)
    labels = category.get("label", {})
    words = tuple(str(labels.get(code, code)) for code in codes)
    return Dimension(str(said.get("label", name)), tuple(map(str, codes)), words, role)


def _cells(said: Mapping[str, Any], sizes: list[int]) -> list[str]:
    count = 1
    for size in sizes:
        count *= size
    if count > MOST:
        return []
    values, status = said["value"], said.get("status", {})
    return [_cell(_at(values, place), _at(status, place)) for place in range(count)]


def _at(of: Any, place: int) -> Any:
    """Lists are dense, mappings sparse; a text stands for all."""
    if isinstance(of, str):
        return of
    if isinstance(of, list):
        return of[place] if of else None
    return of.get(str(place))


def _cell(value: Any, status: Any) -> str:
    if value is None:
        return str(status) if status else ".."
    if isinstance(value, bool | str | list | dict):
        raise TypeError("value")
    return repr(value) if isinstance(value, float) else str(value)


def _unit(said: Mapping[str, Any], roles: Mapping[str, str]) -> str:
    """The unit of the measures, where they have one in common."""
    metric = next((name for name, role in roles.items() if role == "metric"), None)
    if metric is None:
        return ""
    units = said["dimension"][metric]["category"].get("unit", {})
    named = {str(unit.get("base", unit.get("label", ""))) for unit in units.values()}
    return named.pop() if len(named) == 1 else ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
