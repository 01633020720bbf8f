"""An evaluation by command: a finding with its interval, or a plain word that the data are too few."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samverkan.cli import samverkan
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError

ANALYST = ("--party", "polisen", "--as", "Karin Lindqvist")
OTHERS = ["1860", "1861", "1862", "1863", "1864", "1881", "1882"]


def run(*words: str) -> Result:
    return CliRunner().invoke(samverkan, words)


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A data folder with a series of six years, and the series' number."""
    folder = str(tmp_path_factory.mktemp("evaluating") / "house")
    assert run("init", "--data", folder, "--party", "polisen", "--party", "kfm").exit_code == 0
    rows = [
        f"{area};{year};{500 + 9 * at + (at * 3 + year) % 4 - (70 if at == 0 and year > 2016 else 0)}"
        for at, area in enumerate(["1880", *OTHERS])
        for year in range(2014, 2020)
    ]
    file = Path(folder).parent / "crimes.csv"
    file.write_text("\n".join(["kommun;year;n", *rows, ""]), encoding="utf-8")
    said = ("--title", "Crimes", "--source", "Office", "--licence", "free", "--dated", "2022-01-20")
    columns = ("--area", "kommun", "--period", "year", "--value", "n=Reported crimes, number")
    made = run("statistics", "load", "--data", folder, *ANALYST, *said, *columns, str(file))
    assert made.exit_code == 0, made.output
    return folder, made.output.strip()


def test_a_fall_is_told_with_its_interval_and_source(series: tuple[str, str]) -> None:
    folder, number = series
    compared = [word for area in OTHERS for word in ("--comparison", area)]
    here = ("evaluate", "--data", folder, *ANALYST, number, "--treated", "1880", "--after", "2017")
    told = json.loads(run(*here, *compared, "--json").output)
    assert told["verdict"] == "fell"
    assert told["low"] < told["estimate"] < told["high"] < 0
    assert told["source"] == "Office"
    few = json.loads(run(*here, "--comparison", "1860", "--json").output)
    assert (few["verdict"], few["estimate"]) == ("too-few-areas", None)


def test_an_area_that_the_series_does_not_have_is_refused_with_its_code(
    series: tuple[str, str],
) -> None:
    folder, number = series
    here = ("evaluate", "--data", folder, *ANALYST, number, "--treated", "0114", "--after", "2017")
    failed = run(*here, "--comparison", "1860")
    assert isinstance(failed.exception, RefusedError)
    assert failed.exception.refused == Refused(Code.FIELD_NOT_A_CHOICE, {"field": "treated"})
