"""GeoJSON (RFC 7946): polygons, with the older member `crs` where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NoReturn

from samverkan.infra.outlines.drawing import WGS84, Declared, Found, Raw, flat
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse

_EPSG = re.compile(r"EPSG:{1,2}(?:[0-9.]*:)?([0-9]{4,6})\Z")
_LONGEST = 40


def read(data: bytes) -> tuple[list[Raw], Declared]:
    """The features and what is said of their coordinates. Raises `RefusedError`."""
    root = _parsed(data)
    kind = root.get("type")
    features = root.get("features") if kind == "FeatureCollection" else [root]
    if not isinstance(features, list):
        raise RefusedError(refuse(Code.AREA_FILE))
    return [_feature(each, at) for at, each in enumerate(features, 1)], _declared(root)


def _parsed(data: bytes) -> dict[str, object]:
    try:
        text = data.decode("utf-8-sig")
        root = json.loads(text, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise RefusedError(refuse(Code.FILE_ENCODING)) from None
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip())
        raise RefusedError(
            refuse(Code.FILE_BROKEN_OFF if ended else Code.FILE_UNREADABLE)
        ) from None
    except (RecursionError, ValueError):
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from None
    if not isinstance(root, dict):
        raise RefusedError(refuse(Code.AREA_FILE))
    return root


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _declared(root: dict[str, object]) -> Declared:
    """WGS 84 unless the file names another; `null` names none that is known."""
    if "crs" not in root:
        return Declared(WGS84, "", Found.FORMAT)
    crs = root["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    words = name if isinstance(name, str) else ""
    if words.upper().endswith("CRS84"):
        return Declared(WGS84, words, Found.MEMBER)
    found = _EPSG.search(words.upper())
    return Declared(int(found[1]) if found else 0, words[:_LONGEST] or "null", Found.MEMBER)


def _feature(each: object, at: int) -> Raw:
    if not isinstance(each, dict):
        raise RefusedError(refuse(Code.AREA_FILE))
    wrapped = each.get("type") == "Feature"
    geometry = each.get("geometry") if wrapped else each
    properties = each.get("properties") if wrapped else {}
    shape = geometry if isinstance(geometry, dict) else {}
    kind, coordinates = str(shape.get("type", "null")), shape.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise RefusedError(refuse(Code.AREA_SHAPE, feature=str(at), kind=kind[:_LONGEST]))
    polygons = [coordinates] if kind == "Polygon" else coordinates
    drawn = [[_ring(ring, at) for ring in _list(polygon)] for polygon in _list(polygons)]
    if not drawn or not all(drawn):
        raise RefusedError(refuse(Code.AREA_SHAPE, feature=str(at), kind=kind))
    return Raw(properties if isinstance(properties, dict) else {}, drawn)


def _ring(ring: object, at: int) -> list[tuple[float, float]]:
    points = [flat(_list(position), at) for position in _list(ring)]
    if len(points) < 4:
        raise RefusedError(refuse(Code.AREA_SHAPE, feature=str(at), kind="Polygon"))
    return points


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    return value
