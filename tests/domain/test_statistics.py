"""Figures by area, period and measure; every fault has its row and column, and nothing is zero by default."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samverkan.domain.statistics import (
    MOST_FAULTS,
    Columns,
    Figure,
    Gazetteer,
    Mark,
    Measure,
    Series,
    figure_of,
    missing,
    read,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

AREAS = Gazetteer(
    {"00": "Landet", "18": "Norra län", "1880": "Berga", "1881": "Malung-Dal"},
    (" kommun", "s kommun"),
)
WIDE = Columns(area="area", year="2021", values={"n": Measure("crimes", "number")})
LONG = Columns(area="area", period="year", value="value", kinds=("kind",), unit="number")


def series(rows: list[dict[str, str]], columns: Columns) -> Series:
    found = read(list(enumerate(rows, 2)), columns, AREAS)
    assert isinstance(found, Series), found
    return found


def faults(rows: list[dict[str, str]], columns: Columns) -> list[tuple[Code, str, str]]:
    found = read(list(enumerate(rows, 2)), columns, AREAS)
    assert isinstance(found, tuple), found
    return [(one.code, one.params["row"], one.params["column"]) for one in found]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1880", "1880"),
        ("1880 Berga", "1880"),
        ("18", "18"),
        ("00 Landet", "00"),
        ("Berga", "1880"),
        ("berga kommun ", "1880"),
        ("Bergas kommun", "1880"),
        ("Malung–Dal", "1881"),
        ("1882", None),
        ("188", None),
        ("Bergabyn", None),
        ("", None),
    ],
)
def test_an_area_is_known_by_its_code_or_by_exactly_its_name(
    written: str, code: str | None
) -> None:
    assert AREAS.find(written) == code


@pytest.mark.parametrize(
    ("written", "value"),
    [("0", "0"), ("2 717", "2717"), ("1\u00a0234,5", "1234.5"), ("\u22123", "-3"), ('"7"', "7")],
)
def test_a_number_is_read_as_it_is_written(written: str, value: str) -> None:
    assert figure_of(written) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("..", Mark.UNKNOWN),
        ("...", Mark.UNKNOWN),
        ("…", Mark.UNKNOWN),
        (".", Mark.IMPOSSIBLE),
        ("-", Mark.NIL),
        ("–", Mark.NIL),
        ("", Mark.BLANK),
    ],
)
def test_a_missing_figure_is_kept_as_what_it_is_and_never_as_zero(written: str, mark: Mark) -> None:
    assert figure_of(written) == (None, mark)
    (figure,) = series([{"area": "1880", "n": written}], WIDE).figures
    assert figure == Figure("1880", "2021", 0, None, mark)


@pytest.mark.parametrize(
    "written", ["x", "1.2.3", "NaN", "inf", "1e9999999999999999999999999999999"]
)
def test_what_is_neither_number_nor_sign_is_a_fault(written: str) -> None:
    assert faults([{"area": "1880", "n": written}], WIDE) == [(Code.STATISTICS_VALUE, "2", "n")]


def test_every_fault_of_a_file_is_told_with_row_and_column() -> None:
    rows = [
        {"area": "1880", "year": "2020", "kind": "a", "value": "4"},
        {"area": "9999", "year": "2020", "kind": "a", "value": "4"},
        {"area": "1881", "year": "20", "kind": "a", "value": "many"},
        {"area": "1880", "year": "2020", "kind": "a", "value": "5"},
    ]
    assert faults(rows, LONG) == [
        (Code.STATISTICS_AREA, "3", "area"),
        (Code.STATISTICS_PERIOD, "4", "year"),
        (Code.STATISTICS_VALUE, "4", "value"),
        (Code.STATISTICS_DOUBLED, "5", "value"),
    ]


def test_the_faults_of_another_file_than_was_thought_end_somewhere() -> None:
    rows = [{"area": "nowhere", "n": "1"}] * 500
    assert len(faults(rows, WIDE)) == MOST_FAULTS


def test_a_row_that_cannot_be_read_is_a_fault_of_its_row() -> None:
    found = read([(7, refuse(Code.ROW_WIDTH))], WIDE, AREAS)
    assert found == (Refused(Code.ROW_WIDTH, {"row": "7"}),)


def test_an_empty_table_is_none() -> None:
    assert read([], WIDE, AREAS) == (Refused(Code.FILE_EMPTY),)


def test_the_kinds_of_a_long_table_name_its_measures() -> None:
    rows = [
        {"area": "1880", "year": "2020", "kind": "theft", "value": "4"},
        {"area": "1880", "year": "2020", "kind": "fraud", "value": "5"},
    ]
    assert series(rows, LONG).measures == (Measure("theft", "number"), Measure("fraud", "number"))


def test_missing_years_are_known_and_not_filled() -> None:
    rows = [
        {"area": "1880", "year": year, "kind": "a", "value": "4"}
        for year in ("2018", "2019", "2022")
    ]
    found = series(rows, LONG)
    assert found.gaps() == {0: ("2020", "2021")}
    assert [figure.period for figure in found.figures] == ["2018", "2019", "2022"]


def test_columns_that_are_not_there_are_named() -> None:
    refused = missing(LONG, ["area", "year"])
    assert refused is not None
    assert (refused.code, refused.params["columns"]) == (Code.FILE_COLUMNS, "kind, value")
    assert missing(WIDE, ["area", "n"]) is None
