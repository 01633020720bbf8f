"""A paper for machines: its rows as JSON, each table as CSV, and the digest of every file.

Whoever has the archive can compare each file with `SHA256SUMS`, and the rows with the report's
own digest, by tools that every system has.
"""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import datetime

import msgspec

from samverkan.infra.archive import archive
from samverkan.infra.documents import Paper, Sheet


def machine_file(paper: Paper, rows: bytes, made: datetime) -> bytes:
    """A ZIP of `rows.json` (the canonical bytes that the digest is over), tables, and digests."""
    files = {"rows.json": rows, "paper.json": _paper(paper)}
    for no, section in enumerate(paper.sections, 1):
        files[f"tables/{no:02d}.csv"] = _csv(section.sheet)
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return archive({**files, "SHA256SUMS": sums.encode()}, made)


def _paper(paper: Paper) -> bytes:
    """What the tables are called and whose report it is."""
    tables = [
        {"file": f"tables/{no:02d}.csv", "name": section.sheet.name, "heading": section.heading}
        for no, section in enumerate(paper.sections, 1)
    ]
    return msgspec.json.encode(
        {
            "title": paper.title,
            "publisher": paper.publisher,
            "language": paper.language,
            "digest": paper.digest,
            "facts": [list(fact) for fact in paper.facts],
            "tables": tables,
        }
    )


def _csv(sheet: Sheet) -> bytes:
    """RFC 4180; numbers with a decimal point. It is for machines: no cell is marked as a text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.label for column in sheet.columns])
    writer.writerows([str(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode()
