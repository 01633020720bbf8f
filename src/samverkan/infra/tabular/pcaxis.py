"""PC-Axis (.px): keywords with quoted values, then figures in row-major order.

Source: PX-file format specification, Statistics Sweden, axis version 2013. Of a file in several
languages the one that carries no mark is read.
"""

from __future__ import annotations

import re
from datetime import date

from samverkan.infra.tabular.cube import Cube, Dimension
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

LARGEST = 100_000_000
"""Bytes of a file that is read."""
_KEYWORD = re.compile(r"([A-Z][A-Z0-9-]*)(\[[^\]]*\])?(?:\(([^)]*)\))?")
_QUOTED = re.compile(r'"([^"]*)"')
_GEO = re.compile(r"[0-9]{2}(?:[0-9]{2})?")

Keywords = dict[tuple[str, str], str]
"""(keyword, first subkey) to the text behind the sign of equality, unparsed."""


def looks_like(start: bytes) -> bool:
    """Whether a file begins as PC-Axis does."""
    return start.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"CHARSET=", b"AXIS-VERSION="))


def read(data: bytes) -> Cube | Refused:
    """The table; `FILE_TOO_LARGE`, `FILE_UNREADABLE`, `FILE_ENCODING` or `FILE_BROKEN_OFF`."""
    if len(data) > LARGEST:
        return refuse(Code.FILE_TOO_LARGE, limit=str(LARGEST))
    text = _text(data)
    if text is None:
        return refuse(Code.FILE_ENCODING)
    head, found, figures = text.partition("DATA=")
    if not found or not figures.rstrip().endswith(";"):
        return refuse(Code.FILE_BROKEN_OFF)
    keywords = _keywords(head)
    names = [*_list(keywords.get(("STUB", ""), "")), *_list(keywords.get(("HEADING", ""), ""))]
    dimensions = tuple(_dimension(keywords, name) for name in names)
    if not dimensions or not all(dimension.codes for dimension in dimensions):
        return refuse(Code.FILE_UNREADABLE)
    cells = [cell.strip('"') for cell in re.split(r"[\s,]+", figures.strip()[:-1].strip())]
    cube = Cube(
        dimensions,
        cells,
        title=_one(keywords, "TITLE") or _one(keywords, "CONTENTS"),
        source=_one(keywords, "SOURCE"),
        unit=_one(keywords, "UNITS"),
        updated=_day(_one(keywords, "LAST-UPDATED") or _one(keywords, "CREATION-DATE")),
    )
    return cube if cube.whole() else refuse(Code.FILE_BROKEN_OFF)


def _text(data: bytes) -> str | None:
    """UTF-8 where the file says so or is so; else the code page that these files were born with."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _keywords(head: str) -> Keywords:
    """Every statement up to its semicolon; a semicolon inside quotes is none."""
    found: Keywords = {}
    for statement in re.findall(r'(?:[^;"]|"[^"]*")+;', head):
        name, equals, value = statement.strip().rstrip(";").partition("=")
        written = _KEYWORD.fullmatch(name.strip())
        if equals and written and not written[2]:
            subkey = _list(written[3] or "")
            found[written[1], subkey[0] if subkey else ""] = value
    return found


def _list(value: str) -> list[str]:
    return _QUOTED.findall(value)


def _one(keywords: Keywords, name: str) -> str:
    """The text of a keyword; a long one is written in several pieces."""
    value = next((v for (keyword, _), v in keywords.items() if keyword == name), "")
    return "".join(_list(value)).replace("#", " ").strip()


def _dimension(keywords: Keywords, name: str) -> Dimension:
    labels = _list(keywords.get(("VALUES", name), ""))
    codes = _list(keywords.get(("CODES", name), "")) or labels
    if len(codes) != len(labels):
        return Dimension(name, (), ())
    role = ""
    if ("TIMEVAL", name) in keywords:
        role = "time"
    elif ("MAP", name) in keywords or all(_GEO.fullmatch(code) for code in codes):
        role = "geo"
    return Dimension(name, tuple(codes), tuple(labels), role)


def _day(written: str) -> date | None:
    """`20260331 08:00` as a day."""
    digits = written[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
