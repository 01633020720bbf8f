"""A file for a spreadsheet computes nothing."""

from __future__ import annotations

import csv

import pytest

from samverkan.shell.csvfile import csv_bytes, plain

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("lead", ["", " ", "   "])
def test_no_cell_can_be_a_formula(sign: str, lead: str) -> None:
    text = f"{lead}{sign}HYPERLINK(1)"
    data = csv_bytes([text], [[text, 7], ["a" + text, -7]])
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert not [one for one in cells if one.lstrip(" ").startswith(tuple(SIGNS)) and one != "-7"]
    assert f"'{text}" in cells


def test_what_is_no_formula_stands_as_it_is() -> None:
    assert [plain(cell) for cell in ("a=b", "", "1-2", -7)] == ["a=b", "", "1-2", -7]


def test_a_spreadsheet_knows_the_letters_and_the_columns() -> None:
    assert (
        csv_bytes(["Rad", "Skäl"], [[2, 'a;"b"']]) == '\ufeffRad;Skäl\r\n2;"a;""b"""\r\n'.encode()
    )
