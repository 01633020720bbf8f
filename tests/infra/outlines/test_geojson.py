"""GeoJSON: polygons alone, flat, in the system that the file names or WGS 84."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverkan.infra.outlines import geojson
from samverkan.infra.outlines.drawing import Found
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.infra.outlines.files import DEGREES, collection


def refused(data: bytes) -> tuple[Code, dict[str, str]]:
    with pytest.raises(RefusedError) as error:
        geojson.read(data)
    return error.value.refused.code, dict(error.value.refused.params)


def geometry(kind: str, coordinates: Any) -> bytes:
    return json.dumps({"type": kind, "coordinates": coordinates}).encode()


def test_a_collection_a_feature_and_a_lone_geometry_are_read() -> None:
    whole = json.loads(collection(DEGREES))
    for root in (whole, whole["features"][0], whole["features"][0]["geometry"]):
        raw, _ = geojson.read(json.dumps(root).encode())
        assert [each.polygons for each in raw] == [[[DEGREES]]]


def test_a_multipolygon_keeps_its_parts_and_holes() -> None:
    raw, _ = geojson.read(geometry("MultiPolygon", [[DEGREES, DEGREES], [DEGREES]]))
    assert [len(polygon) for polygon in raw[0].polygons] == [2, 1]


@pytest.mark.parametrize(
    ("crs", "epsg", "by"),
    [
        ("urn:ogc:def:crs:EPSG::3006", 3006, Found.MEMBER),
        ("EPSG:3006", 3006, Found.MEMBER),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326, Found.MEMBER),
        ("EPSG:3021", 3021, Found.MEMBER),
        ("somewhere", 0, Found.MEMBER),
    ],
)
def test_the_member_crs_is_believed(crs: str, epsg: int, by: Found) -> None:
    member = {"type": "name", "properties": {"name": crs}}
    _, declared = geojson.read(collection(DEGREES, crs=member))
    assert (declared.epsg, declared.by) == (epsg, by)


def test_without_it_the_format_says_wgs_84() -> None:
    _, declared = geojson.read(collection(DEGREES))
    assert (declared.epsg, declared.by) == (4326, Found.FORMAT)


def test_a_crs_that_is_null_names_no_system() -> None:
    assert geojson.read(collection(DEGREES, crs=None))[1].epsg == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (collection(DEGREES)[:-5], Code.FILE_BROKEN_OFF),
        (b'{"type": nonsense}', Code.FILE_UNREADABLE),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', Code.FILE_UNREADABLE),
        (b'{"a":' * 100_000, Code.FILE_UNREADABLE),
        (b'{"a": "\xff"}', Code.FILE_ENCODING),
        (b"[1, 2]", Code.AREA_FILE),
        (b'{"type": "FeatureCollection"}', Code.AREA_FILE),
        (b'{"type": "FeatureCollection", "features": [7]}', Code.AREA_FILE),
        (geometry("Polygon", [7]), Code.FILE_UNREADABLE),
        (geometry("Polygon", []), Code.AREA_SHAPE),
        (geometry("Polygon", [[[1, 2], [1, 2]]]), Code.AREA_SHAPE),
        (geometry("LineString", [[1, 2], [2, 3]]), Code.AREA_SHAPE),
        (geometry("Point", [1, 2]), Code.AREA_SHAPE),
        (b'{"type": "Feature", "geometry": null}', Code.AREA_SHAPE),
        (geometry("Polygon", [[[1, 2, 3]] * 4]), Code.AREA_NOT_FLAT),
    ],
    ids=[
        "cut", "no-json", "nan", "deep", "encoding", "list", "no-features", "feature", "ring",
        "empty", "short", "line", "point", "null", "height",
    ],
)  # fmt: skip
def test_what_is_no_collection_of_flat_polygons_is_refused(data: bytes, code: Code) -> None:
    assert refused(data)[0] is code


def test_the_feature_at_fault_is_named() -> None:
    two = json.loads(collection(DEGREES, DEGREES))
    two["features"][1]["geometry"] = {"type": "Point", "coordinates": [1, 2]}
    assert refused(json.dumps(two).encode()) == (
        Code.AREA_SHAPE,
        {"feature": "2", "kind": "Point"},
    )
