"""A file of own hours goes in whole, or not at all with every row that cannot stand."""

from __future__ import annotations

import pytest

from samverkan.agency import timesheet
from samverkan.agency.timesheet import Fault, Sheet
from samverkan.domain.policy import Action
from samverkan.kernel.outcome import Refused
from tests.agency.model import POLICE
from tests.agency.world import World

HEADER = "operation;week;day;level;kind;hours"
NOWHERE = "ope-" + "1" * 26


def parse(*rows: str, header: str = HEADER) -> Sheet:
    found = timesheet.parse("\r\n".join([header, *rows]).encode())
    assert isinstance(found, Sheet)
    return found


def faults(found: list[Fault]) -> list[tuple[int, str]]:
    return [(one.row, one.refused.code.value) for one in found]


def take_in(world: World, sheet: Sheet) -> Refused | None:
    pack = world.node(POLICE).pack
    taken: Refused | None = world.act(POLICE, Action.REPORT_HOURS, timesheet.take_in, pack, sheet)
    return taken


def test_days_are_added_up_to_their_weeks() -> None:
    sheet = parse(
        f"{NOWHERE};;2026-10-05;regional;control;7,5",
        f"{NOWHERE};;2026-10-12;regional;control;8",
        "",
        f"{NOWHERE};2026-w41;;regional;support;1.25",
    )
    minutes = {week: [row.minutes for _, row in rows] for week, rows in sheet.weeks.items()}
    assert minutes == {"2026-w41": [450, 75], "2026-w42": [480]}
    assert sheet.faults == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{NOWHERE};2026-w41;;regional;control;-1", "hours_negative"),
        (f"{NOWHERE};2026-w41;;regional;control;many", "field_not_a_number"),
        (f"{NOWHERE};2026-w41;;regional;control;", "field_not_a_number"),
        (f"{NOWHERE};2026-w41;;regional;control;1.1", "hours_quarters"),
        (f"{NOWHERE};;2026-02-30;regional;control;1", "field_not_a_date"),
        (f"{NOWHERE};;2026-10-05;regional;control;24.25", "hours_of_a_day"),
        (f"{NOWHERE};2026-w41;;regional;{'x' * 65};1", "row_invalid"),
    ],
)
def test_a_row_that_cannot_stand_is_told_by_its_number(row: str, code: str) -> None:
    assert faults(list(parse("", row).faults)) == [(3, code)]


def test_a_day_of_many_rows_has_24_hours_too() -> None:
    rows = [f"{NOWHERE};;2026-10-05;regional;control;{n}" for n in (20, 4, "0.25")]
    assert faults(list(parse(*rows).faults)) == [(4, "hours_of_a_day")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (HEADER.encode(), "file_empty"),
        (b"\xff\xfe\x00", "file_encoding"),
        (b"operation;week;hours\nx;y;1", "file_columns"),
        (b"operation;level;kind;hours\nx;y;z;1", "file_columns"),
        (b"x" * (timesheet.MOST_BYTES + 1), "file_too_large"),
        (HEADER.encode() + b"\n;" * timesheet.MOST_ROWS, "file_too_large"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(data: bytes, code: str) -> None:
    found = timesheet.parse(data)
    assert isinstance(found, Refused)
    assert found.code.value == code


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_three_delimiters_are_known(delimiter: str) -> None:
    header = HEADER.replace(";", delimiter)
    row = f"{NOWHERE};2026-w41;;regional;control;1.5".replace(";", delimiter)
    assert [row.minutes for _, row in parse(row, header=header).weeks["2026-w41"]] == [90]


def test_one_bad_row_keeps_the_whole_file_out(operating: World) -> None:
    here = operating.operation()
    good = f"{here};2026-w41;;regional;control;8"
    bad = [
        f"{NOWHERE};2026-w42;;regional;control;8",
        f"{here};2026-w50;;regional;control;8",
        f"{here};2026-w40;;regional;control;-8",
    ]
    sheet = parse(good, *bad)
    officer = operating.permit(POLICE, Action.REPORT_HOURS).user
    with operating.look(POLICE) as reading:
        found = timesheet.faults(reading, operating.node(POLICE).pack, officer, sheet)
    assert faults(found) == [(3, "not_found"), (4, "week_to_come"), (5, "hours_negative")]
    refused = take_in(operating, sheet)
    assert refused is not None
    assert refused.code.value == "not_found"
    with operating.look(POLICE) as reading:
        assert reading.accounts.since("2000-w01") == []


def test_a_good_file_counts(operating: World) -> None:
    here = operating.operation()
    sheet = parse(f"{here};2026-w41;;regional;control;8", f"{here};2026-w42;;regional;support;7,75")
    assert take_in(operating, sheet) is None
    with operating.look(POLICE) as reading:
        assert sorted(one.minutes for one in reading.accounts.operation(here)) == [465, 480]
