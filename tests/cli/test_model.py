"""`samverkan model`: what the national model says, one line each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samverkan.cli import samverkan
from samverkan.embedded.house import pack_folder
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError


def run(*words: str) -> Result:
    return CliRunner().invoke(samverkan, ("model", *words))


def test_the_members_of_a_day_are_printed_one_a_line() -> None:
    shown = run("agencies", "--on", "2017-09-26")
    assert shown.exit_code == 0
    lines = shown.output.splitlines()
    assert len(lines) == len(set(lines)) == 12
    assert "Polismyndigheten" in lines


def test_without_a_day_the_latest_members_are_printed() -> None:
    assert len(run("agencies").output.splitlines()) == 13


def test_a_day_that_is_none_is_misuse() -> None:
    assert run("agencies", "--on", "2017-02-30").exit_code == 2


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("agencies", "--tier", "network"), "Lantmäteriet (U)"),
        (("parties",), "aklagare\tÅklagarmyndigheten\t2016:775 § 3: receive"),
        (("bodies",), "rsr-syd\tRegionala samverkansrådet Syd\tcouncil\tPolisregion Syd\t13/3"),
        (("territory",), "08\tKalmar län\tPolisregion Syd\t12"),
        (("territory", "--county", "09"), "0980\tGotland"),
        (("measures", "kfm"), "distraint\tUtmätning\tUtmätt"),
    ],
)
def test_each_part_of_the_model_is_printed_in_lines(words: tuple[str, ...], line: str) -> None:
    assert any(one.startswith(line) for one in run(*words).output.splitlines())


def test_what_the_model_does_not_hold_is_refused() -> None:
    for words, code in (
        (("territory", "--county", "02"), Code.NOT_IN_PACK),
        (("measures", "atlantis"), Code.NOT_A_PARTY),
    ):
        failure = run(*words).exception
        assert isinstance(failure, RefusedError)
        assert failure.refused.code is code


def test_the_shipped_variants_stand() -> None:
    assert run("check").exit_code == 0


def test_a_variant_that_drops_the_law_is_refused_in_one_sentence(tmp_path: Path) -> None:
    shipped = pack_folder("se") / "variants" / "vivalla.yaml"
    file = tmp_path / "own.yaml"
    text = shipped.read_text(encoding="utf-8")
    file.write_text(text.replace("meeting, step: round", "disclosure, step: balance"), "utf-8")
    shown = run("check", str(file))
    assert shown.exit_code == 1
    assert "which SFS 2016:774 § 2 demands" in shown.output


def test_the_differences_of_a_variant_are_printed_in_lines_and_as_json() -> None:
    lines = run("diff", "bergslagen").output.splitlines()
    told = json.loads(run("diff", "bergslagen", "--json").output)
    assert len(lines) == len(told["differences"]) == 6
    assert {one["since"] for one in told["differences"]} == {"2026-02-01"}
    assert len(bytes.fromhex(told["digest"])) == 32


def test_an_upgrade_is_checked_from_an_older_pack() -> None:
    assert run("check", "--upgrade-from", str(pack_folder("se"))).exit_code == 0
