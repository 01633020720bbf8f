"""Shapefiles: the polygons, the names beside them, and the system that .prj names."""

from __future__ import annotations

import pytest
import shapefile

from samverkan.infra.outlines import shapefiles
from samverkan.infra.outlines.drawing import Found
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.infra.outlines.files import METRES, layer, wkt


def parts(made: dict[str, bytes]) -> dict[str, bytes]:
    return {f".{name.partition('.')[2]}": data for name, data in made.items()}


def refused(made: dict[str, bytes]) -> Code:
    with pytest.raises(RefusedError) as error:
        shapefiles.read(parts(made))
    return error.value.refused.code


def test_polygons_and_names_are_read() -> None:
    raw, _ = shapefiles.read(parts(layer(METRES)))
    assert raw[0].properties["NAMN"] == "Område 1"
    assert {*raw[0].polygons[0][0]} == {*METRES}


def test_without_its_table_a_shapefile_has_no_names() -> None:
    alone = {".shp": parts(layer(METRES))[".shp"]}
    raw, declared = shapefiles.read(alone)
    assert (raw[0].properties, declared) == ({}, None)


@pytest.mark.parametrize(("encoding", "cpg"), [("latin-1", b""), ("cp1252", b"1252")])
def test_letters_are_read_as_the_file_wrote_them(encoding: str, cpg: bytes) -> None:
    raw, _ = shapefiles.read(parts(layer(METRES, encoding=encoding)) | {".cpg": cpg})
    assert raw[0].properties["NAMN"] == "Område 1"


@pytest.mark.parametrize(
    ("prj", "epsg"), [(wkt(3006), 3006), (wkt(4326), 4326), (wkt(3021), 3021), (b"rubbish", 0)]
)
def test_the_system_is_what_prj_names(prj: bytes, epsg: int) -> None:
    _, declared = shapefiles.read(parts(layer(METRES, prj=prj)))
    assert declared is not None
    assert (declared.epsg, declared.by) == (epsg, Found.FILE)


def test_an_empty_prj_names_nothing() -> None:
    assert shapefiles.read(parts(layer(METRES, prj=b" ")))[1] is None


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (shapefile.POLYGONZ, Code.AREA_NOT_FLAT),
        (shapefile.POLYLINE, Code.AREA_SHAPE),
        (shapefile.NULL, Code.AREA_SHAPE),
    ],
)
def test_what_is_no_flat_surface_is_refused(kind: int, code: Code) -> None:
    assert refused(layer(METRES, kind=kind)) is code


def test_a_shapefile_whose_inside_is_broken_is_refused() -> None:
    made = layer(METRES)
    broken = bytearray(made["areas.shp"])
    broken[108:112] = b"\x63\x00\x00\x00"  # a kind of shape that there is not
    broken[144:148] = b"\xff\xff\xff\x7f"  # and very many parts
    assert refused({"areas.shp": bytes(broken)}) in {Code.FILE_UNREADABLE, Code.AREA_SHAPE}
