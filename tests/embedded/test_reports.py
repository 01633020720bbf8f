"""A frozen report becomes two files, whole or not at all, and the newest is given."""

from __future__ import annotations

from pathlib import Path

from samverkan.agency.following import operations
from samverkan.embedded.reports import newest_report
from tests.agency.model import DEBTS, POLICE, TAX
from tests.agency.world import World


def test_there_is_no_file_before_anything_is_frozen(operating: World, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    assert newest_report(operating.house, POLICE, folder) is None
    assert not folder.exists()


def test_the_newest_report_is_written_as_pdf_and_workbook(operating: World, tmp_path: Path) -> None:
    operating.play()
    folder = tmp_path / "reports"
    path = newest_report(operating.house, POLICE, folder)
    assert path is not None
    pdf = Path(path)
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert pdf.with_suffix(".xlsx").read_bytes().startswith(b"PK")
    assert {one.name for one in folder.iterdir()} == {
        f"{pdf.stem}.{kind}" for kind in ("pdf", "docx", "xlsx", "zip")
    }
    assert pdf.name.startswith(f"{operating.clock().year}-rep-")
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    pdf.write_bytes(b"half")
    assert newest_report(operating.house, POLICE, folder) == path
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
    with operating.look(DEBTS) as reading:
        assert len(operations(reading)) == 1
    assert newest_report(operating.house, DEBTS, tmp_path / "debts") is not None
    assert newest_report(operating.house, TAX, tmp_path / "tax") is None, "it is no member"
