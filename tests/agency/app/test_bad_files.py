"""Bad files, from the disk to the store: one code, one sentence, nothing kept; bad rows stay out alone."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from samverkan.agency.facts import DeliveryFacts, RejectFacts
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.shell.texts import HERE, Language, load
from tests.agency.app.test_intake import HEADER, ROW, state, take
from tests.agency.model import ANNA, DEBTS
from tests.agency.world import World

COLUMNS = HEADER.split(",")
CELLS = [cell.strip('"') for cell in ROW.replace("DALIN, DISA", "DALIN; DISA").split(",")]
GOOD = f"{HEADER}\n{ROW}\n"


def sheet(path: Path, header: list[str], merged: int = 0) -> None:
    """A spreadsheet with this header, its first columns under one merged heading."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    if merged:
        page.merge_range(0, 0, 0, merged - 1, "Person")
    page.write_row(0, merged, header[merged:])
    page.write_row(1, 0, CELLS)
    book.close()


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode(encoding))


def bomb(path: Path) -> None:
    sheet(path, COLUMNS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * 30_000_000)


def parquet(path: Path) -> None:
    pq.write_table(
        pa.table({name: [cell] for name, cell in zip(COLUMNS, CELLS, strict=True)}), path
    )


def cut(make: Callable[[Path], object], keep: float) -> Callable[[Path], object]:
    """The file that `make` makes, broken off."""

    def short(path: Path) -> None:
        make(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * keep)])

    return short


def mixed(path: Path) -> None:
    path.write_bytes(f"{GOOD}{ROW}\n".replace("DISA", "ÅSA").encode() + "Ås,\n".encode("latin-1"))


BAD: dict[str, tuple[Callable[[Path], object], Code]] = {
    "empty": (text(""), Code.FILE_EMPTY),
    "header alone": (text(f"{HEADER}\n"), Code.FILE_EMPTY),
    "wrong delimiter": (text(GOOD.replace(",", "~")), Code.FILE_DELIMITER),
    "utf-16": (text(GOOD, "utf-16"), Code.FILE_ENCODING),
    "two encodings": (mixed, Code.FILE_ENCODING),
    "broken quotes": (text(f'{HEADER}\n"a"b,c\n'), Code.FILE_UNREADABLE),
    "one JSON list": (text('[{"part": "fysisk"},\n{}]\n'), Code.FILE_UNREADABLE),
    "missing columns": (text("part,namn\nfysisk,X\n"), Code.FILE_COLUMNS),
    "doubled column": (text(GOOD.replace("postnr", "kommun")), Code.FILE_HEADER),
    "blank heading": (lambda path: sheet(path, ["", *COLUMNS[1:]]), Code.FILE_HEADER),
    "merged heading": (lambda path: sheet(path, COLUMNS, merged=2), Code.FILE_HEADER),
    "zip bomb": (bomb, Code.FILE_UNPACKED_TOO_LARGE),
    "sheet broken off": (cut(lambda path: sheet(path, COLUMNS), 0.8), Code.FILE_BROKEN_OFF),
    "parquet broken off": (cut(parquet, 0.5), Code.FILE_BROKEN_OFF),
    "CSV broken off": (text(f"{GOOD}fysisk,2026-"), Code.FILE_BROKEN_OFF),
    "JSON lines broken off": (text('{"part": "fysisk"}\n{"part": "fy'), Code.FILE_BROKEN_OFF),
    "long field": (
        text(f"{GOOD}{ROW.replace('Nygatan', 'N' * 20_000)}\n"),
        Code.FILE_FIELD_TOO_LONG,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_whole_in_one_sentence(
    founded: World, tmp_path: Path, name: str
) -> None:
    make, code = BAD[name]
    path = tmp_path / "delivery"
    make(path)
    before = state(founded)
    refused = take(founded, path)
    assert isinstance(refused, Refused)
    assert refused.code is code
    assert state(founded) == before
    for language in Language:
        sentence = load(HERE)[language].refusal(refused)
        assert sentence.endswith(".")
        assert not {"{", "}"} & set(sentence), sentence


def test_a_refusal_names_the_missing_columns(founded: World, tmp_path: Path) -> None:
    path = tmp_path / "delivery.csv"
    path.write_text(GOOD.replace("skuldklass", "klass"))
    refused = take(founded, path)
    assert "skuldklass" in load(HERE)[Language.SV].refusal(refused)


def test_a_file_of_more_than_two_gigabytes_is_not_read(founded: World, tmp_path: Path) -> None:
    path = tmp_path / "delivery.csv"
    with path.open("wb") as file:  # a hole: it takes no room on the disk
        file.write(GOOD.encode())
        file.truncate((2 << 30) + 1)
    refused = take(founded, path)
    assert isinstance(refused, Refused)
    assert refused.code is Code.FILE_TOO_LARGE


def test_a_field_without_end_is_not_read_on(founded: World, tmp_path: Path) -> None:
    path = tmp_path / "delivery.csv"
    with path.open("wb") as file:
        file.write(f'{GOOD}fysisk,"'.encode())
        for _ in range(64):
            file.write(b"x" * (1 << 20))
    tracemalloc.start()
    refused = take(founded, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(refused, Refused)
    assert refused.code is Code.FILE_FIELD_TOO_LONG
    assert peak < 32 << 20


ROWS = {
    "good": ROW,
    "too few": "fysisk,2026-05-09",
    "failing number": ROW.replace(",,", f",{ANNA[:-1]}{(int(ANNA[-1]) + 1) % 10},", 1),
    "no day": ROW.replace("2026-05-09", "2027-05-09"),
    "no postcode": ROW.replace("711 30", "71"),
    "nobody": ROW.replace('"DALIN, DISA"', ""),
    "again": ROW.replace("DISA", "DORA"),
}
FAULTS = [
    RejectFacts(3, "", "row_width", "row-out"),
    RejectFacts(4, "person_orgnr", "id_check_digit", "kept"),
    RejectFacts(5, "uppgiftsdatum", "field_not_a_date", "row-out"),
    RejectFacts(6, "postnr", "field_not_a_number", "cell-out"),
    RejectFacts(7, "", "field_missing", "row-out"),
]


def test_faults_of_rows_are_told_by_number_and_the_rest_goes_in(
    founded: World, tmp_path: Path
) -> None:
    path = tmp_path / "delivery.csv"
    path.write_text("\n".join([HEADER, *ROWS.values(), ""]))
    facts: Any = take(founded, path)
    assert isinstance(facts, DeliveryFacts)
    assert (facts.rows, facts.rejects) == (len(ROWS), len(FAULTS))
    with founded.look(DEBTS) as reading:
        assert reading.register.rejects(facts.id) == FAULTS


def test_a_line_that_is_no_object_stays_out_alone(founded: World, tmp_path: Path) -> None:
    path = tmp_path / "delivery.jsonl"
    lines = ['{"part": "fysisk"}', "7", "[]", "{", '{"part": {"a": 1}}']
    path.write_text("\n".join([*lines, ""]))
    facts: Any = take(founded, path)
    with founded.look(DEBTS) as reading:
        codes = [one.code for one in reading.register.rejects(facts.id)]
    assert codes == ["field_not_a_date", *["row_not_an_object"] * 3, "row_not_plain"]
