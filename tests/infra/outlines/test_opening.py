"""A file is known by its content; a bomb, a torso and a stranger are refused, each with its code."""

from __future__ import annotations

import io
import zipfile

import pytest

from samverkan.infra.outlines import Caps, Drawing, read_outlines
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.infra.outlines.files import DEGREES, GRID, METRES, collection, layer, packed, wkt

LAYER = layer(METRES, prj=wkt(3006))


def read(**files: bytes) -> Drawing | Refused:
    return read_outlines({name.replace("_", "."): data for name, data in files.items()}, GRID)


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"a.geojson": collection(DEGREES)}, "geojson"),
        ({"a.txt": b"\xef\xbb\xbf " + collection(DEGREES)}, "geojson"),
        (LAYER, "shapefile"),
        ({"a.zip": packed(LAYER)}, "shapefile"),
        ({"a.bin": packed({f"x/{k.upper()}": v for k, v in LAYER.items()})}, "shapefile"),
    ],
    ids=["geojson", "by-content", "loose", "zip", "folder-and-capitals"],
)
def test_a_file_is_known_by_its_content(files: dict[str, bytes], kind: str) -> None:
    found = read_outlines(files, GRID)
    assert isinstance(found, Drawing), found
    assert (found.format, len(found.features)) == (kind, 1)


def code(files: dict[str, bytes], caps: Caps | None = None) -> Code:
    found = read_outlines(files, GRID, caps)
    assert isinstance(found, Refused), found
    return found.code


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.geojson": b""}, Code.FILE_EMPTY),
        ({"a.geojson": collection()}, Code.FILE_EMPTY),
        (layer(), Code.FILE_EMPTY),
        ({"a.pdf": b"%PDF-1.7"}, Code.AREA_FILE),
        ({"a.zip": packed({"a.txt": b"hello"})}, Code.AREA_FILE),
        ({"a.zip": packed(LAYER | {"other.shp": LAYER["areas.shp"]})}, Code.AREA_FILE),
        ({"a.shp": b"not one"}, Code.AREA_FILE),
        ({"a.zip": packed(LAYER)[:-40]}, Code.FILE_BROKEN_OFF),
        ({"areas.shp": LAYER["areas.shp"][:-10]}, Code.FILE_BROKEN_OFF),
        (LAYER | {"areas.dbf": LAYER["areas.dbf"][:-10]}, Code.FILE_BROKEN_OFF),
    ],
    ids=[
        "empty", "no-features", "no-shapes", "pdf", "zip-without", "zip-with-two", "no-shape",
        "zip-cut", "shp-cut", "dbf-cut",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_code(
    files: dict[str, bytes], expected: Code
) -> None:
    assert code(files) is expected


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked_whole() -> None:
    bomb = packed({"areas.shp": bytes(3_000_000)})
    assert len(bomb) < 10_000
    assert code({"a.zip": bomb}, Caps(unpacked=1_000_000)) is Code.FILE_UNPACKED_TOO_LARGE


def test_an_archive_of_very_many_members_is_refused() -> None:
    many = packed({f"{n}.prj": b"" for n in range(5)})
    assert code({"a.zip": many}, Caps(members=4)) is Code.FILE_UNPACKED_TOO_LARGE


def test_more_bytes_or_areas_than_are_taken_are_refused() -> None:
    two = {"a.geojson": collection(DEGREES, DEGREES)}
    assert code(two, Caps(sent=10)) is Code.FILE_TOO_LARGE
    assert code(two, Caps(areas=1)) is Code.FILE_TOO_LARGE


def test_an_encrypted_archive_is_refused() -> None:
    archive = io.BytesIO(packed(LAYER))
    with zipfile.ZipFile(archive) as read_:
        member = read_.infolist()[0]
    data = bytearray(archive.getvalue())
    data[member.header_offset + 6] |= 1  # the flag of encryption, in both headers
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code({"a.zip": bytes(data)}) is Code.FILE_UNREADABLE
