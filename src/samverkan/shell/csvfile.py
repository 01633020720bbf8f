"""A table as a CSV file for a person's spreadsheet: no cell of it can be a formula.

A spreadsheet takes a text that begins with one of a few signs for a formula, and a formula can send
what stands beside it to a stranger (CWE-1236). Such a text is led by an apostrophe, which shows that
it is a text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "\ufeff"
"""So that a spreadsheet reads UTF-8 as such."""


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """The file: a header and rows, separated by semicolons, lines ended as RFC 4180 wants it."""
    text = StringIO(_MARK)
    text.seek(0, 2)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([plain(cell) for cell in header])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def plain(cell: str | int) -> str | int:
    """A cell that no spreadsheet computes: numbers as they are, texts marked where need be."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell
