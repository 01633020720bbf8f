"""Frozen reports as files, out of a party's feed."""

from __future__ import annotations

from pathlib import Path

from samverkan.agency.sql.work import SqlReading
from samverkan.embedded.house import House
from samverkan.infra.keystore import replace_file
from samverkan.wire.deciding import Frozen
from samverkan.wire.v1 import from_body


def newest_report(house: House, party: str, folder: Path) -> str | None:
    """Write the party's newest report (PDF, DOCX, XLSX, ZIP) below the folder; gives the PDF's path."""
    node = house.nodes[party]
    with node.opened.store.view() as connection:
        events = SqlReading(connection, node.opened.store.clock(), party).feed.all()
    frozen = [e for e in events if e.kind == "report.frozen"]
    if not frozen:
        return None
    body = from_body(frozen[-1].body, Frozen)
    folder.mkdir(parents=True, exist_ok=True)
    files = (("pdf", body.pdf), ("docx", body.docx), ("xlsx", body.xlsx), ("zip", body.zip))
    for kind, data in files:
        replace_file(folder / f"{body.year}-{body.report}.{kind}", data)
    return str(folder / f"{body.year}-{body.report}.pdf")
