"""`samverkan territory`: who speaks in a place, and who covers it, one line each."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from samverkan.cli import samverkan
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError


def run(*words: str) -> Result:
    return CliRunner().invoke(samverkan, ("territory", *words))


def test_who_speaks_for_an_agency_is_one_line() -> None:
    shown = run("who", "--agency", "skatteverket", "--municipality", "1880", "--on", "2026-11-24")
    cells = shown.output.strip().split("\t")
    assert cells[:3] == ["skatteverket", "seat", "skv-beskattning"]
    assert "Bergslagen" in cells[3]


def test_without_an_agency_everybody_who_speaks_there_is_listed() -> None:
    lines = run("who", "--municipality", "1880", "--on", "2009-07-01").output.splitlines()
    assert len(lines) == 9


def test_the_nearest_body_over_a_place_comes_first() -> None:
    lines = run("bodies", "--municipality", "0880").output.splitlines()
    assert lines[0].startswith("rsr-syd\t")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("who", "--municipality", "1899"), Code.AREA_UNKNOWN_PLACE),
        (("who", "--municipality", "1880", "--agency", "atlantis"), Code.NOT_IN_PACK),
        (("bodies", "--municipality", "1899"), Code.AREA_UNKNOWN_PLACE),
    ],
)
def test_what_the_model_does_not_hold_is_refused(words: tuple[str, ...], code: Code) -> None:
    failure = run(*words).exception
    assert isinstance(failure, RefusedError)
    assert failure.refused.code is code


def test_a_point_is_asked_by_its_municipality() -> None:
    by_point = run("who", "--at", "59.2753,15.2134", "--agency", "polisen")
    by_code = run("who", "--municipality", "1880", "--agency", "polisen")
    assert by_point.output == by_code.output != ""


def test_a_point_at_sea_is_refused() -> None:
    failure = run("who", "--at", "50.0,1.0").exception
    assert isinstance(failure, RefusedError)
    assert failure.refused.code is Code.AREA_OUTSIDE


@pytest.mark.parametrize(
    "words", [("who",), ("who", "--at", "x"), ("who", "--at", "1,2", "--municipality", "1880")]
)
def test_a_place_is_given_once_and_well(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
