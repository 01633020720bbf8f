"""PC-Axis: keywords, then figures in row-major order; signs of missing figures stay as written."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.infra.tabular.cube import Cube
from samverkan.infra.tabular.pcaxis import looks_like, read
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused

FILE = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
LANGUAGES="sv","en";
MATRIX="BE0101";
TITLE="Folkmängd; efter "
"region och år";
TITLE[en]="Population";
UNITS="antal";
STUB="region","kön";
HEADING="år";
VALUES("region")="Berga","Malung";
VALUES[en]("region")="X","Y";
CODES("region")="1880","1881";
VALUES("kön")="män","kvinnor";
CODES("kön")="1","2";
VALUES("år")="2023","2024";
TIMEVAL("år")=TLIST(A1),"2023","2024";
LAST-UPDATED="20260331 08:00";
SOURCE="Statistikverket";
DATA=
10 11
".." 13
14 "-"
16 17;
"""


def cube(text: str = FILE) -> Cube:
    found = read(text.encode("cp1252"))
    assert isinstance(found, Cube), found
    return found


def test_a_table_says_what_it_is_of() -> None:
    found = cube()
    assert found.title == "Folkmängd; efter region och år"
    assert (found.source, found.unit, found.updated) == (
        "Statistikverket",
        "antal",
        date(2026, 3, 31),
    )
    assert (found.role("geo"), found.role("time")) == ("region", "år")


def test_each_figure_has_its_categories() -> None:
    rows = [row for _, row in cube().rows()]
    assert rows[0] == {"region": "1880 Berga", "kön": "män", "år": "2023", "value": "10"}
    assert [row["value"] for row in rows] == ["10", "11", "..", "13", "14", "-", "16", "17"]
    assert rows[6] == {"region": "1881 Malung", "kön": "kvinnor", "år": "2023", "value": "16"}


def test_utf_8_and_the_old_code_page_give_the_same() -> None:
    assert read(FILE.encode("utf-8")) == read(FILE.encode("cp1252"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("16 17;", "16;", Code.FILE_BROKEN_OFF),
        ("16 17;", "16 17", Code.FILE_BROKEN_OFF),
        ("DATA=", "DATUM=", Code.FILE_BROKEN_OFF),
        ('VALUES("kön")="män","kvinnor";', "", Code.FILE_UNREADABLE),
        ('CODES("kön")="1","2";', 'CODES("kön")="1";', Code.FILE_UNREADABLE),
    ],
)
def test_a_table_that_is_not_whole_gives_nothing(old: str, new: str, code: Code) -> None:
    assert read(FILE.replace(old, new).encode("utf-8")) == Refused(code)


def test_it_is_known_by_its_beginning() -> None:
    assert looks_like(FILE.encode())
    assert looks_like(b"\xef\xbb\xbf" + FILE.encode())
    assert not looks_like(b"region;value\n")
