"""A file of public statistics enters whole with its source, or every fault is told and nothing enters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samverkan.agency.app.statistics import known, load
from samverkan.agency.collecting import Asked, Loaded
from samverkan.domain.statistics import Columns, Measure, Origin
from samverkan.embedded.house import pack_folder
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.model import small_pack

PACK = small_pack()
COLUMNS = Columns(area="kommun", period="year", values={"n": Measure("Crimes", "number")})


def asked(folder: Path, text: str, name: str = "crimes.csv") -> Asked:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Asked(path, COLUMNS, "Crimes", "Office", "free", date(2022, 1, 20))


def test_the_sample_of_the_pack_names_its_source_and_every_municipality() -> None:
    sample = known(PACK, "bra-reported-2021", pack_folder("se"))
    assert isinstance(sample, Asked)
    loaded = load(PACK, sample)
    assert isinstance(loaded, Loaded), loaded
    assert "2021" in loaded.origin.source
    assert "Br" in loaded.origin.source
    areas = {figure.area for figure in loaded.series.figures}
    counties = {"17", "18", "20"}
    assert areas == {c for c, one in PACK.municipalities.items() if one.county in counties}
    assert all(figure.value is not None for figure in loaded.series.figures)


def test_a_series_that_the_pack_does_not_have_is_refused() -> None:
    assert known(PACK, "nothing", pack_folder("se")) == Refused(Code.NOT_IN_PACK)


def test_a_file_with_faults_gives_every_one_and_nothing_else(tmp_path: Path) -> None:
    text = "kommun;year;n\n1880;2020;4\n1999;2020;4\n1880;2021;many\n"
    found = load(PACK, asked(tmp_path, text))
    assert isinstance(found, tuple)
    said = [(one.code, one.params["row"], one.params["column"]) for one in found]
    assert said == [
        (Code.STATISTICS_AREA, "3", "kommun"),
        (Code.STATISTICS_VALUE, "4", "n"),
    ]


def test_a_file_without_the_columns_is_told_which_it_lacks(tmp_path: Path) -> None:
    found = load(PACK, asked(tmp_path, "kommun;n\n1880;4\n"))
    assert found == (Refused(Code.FILE_COLUMNS, {"columns": "year"}),)


@pytest.mark.parametrize("name", ["title", "source", "licence", "dated"])
def test_no_series_is_kept_without_its_source(name: str, tmp_path: Path) -> None:
    whole = asked(tmp_path, "kommun;year;n\n1880;2020;4\n")
    lacking = {"dated": replace(whole, dated=None)}.get(name) or replace(whole, **{name: ""})  # type: ignore[arg-type]
    assert load(PACK, lacking) == (Refused(Code.FIELD_MISSING, {"field": name}),)


def test_a_pc_axis_file_says_itself_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "population.px"
    path.write_text(
        'CHARSET="ANSI";\nTITLE="Population";\nUNITS="number";\nSOURCE="Office";\n'
        'LAST-UPDATED="20260331 08:00";\nSTUB="region";\nHEADING="year";\n'
        'VALUES("region")="Orebro","Kumla";\nCODES("region")="1880","1881";\n'
        'VALUES("year")="2023","2024";\nTIMEVAL("year")=TLIST(A1);\nDATA=\n10 11\n".." 13;\n'
    )
    loaded = load(PACK, Asked(path, licence="CC0"))
    assert isinstance(loaded, Loaded), loaded
    assert loaded.origin == Origin("Population", "Office", "CC0", date(2026, 3, 31))
    assert loaded.series.measures == (Measure("Population", "number"),)
    assert len(loaded.series.figures) == 4
