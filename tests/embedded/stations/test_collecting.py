"""Statistics by command: what comes with the pack, own files, and every fault of one."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from samverkan.cli import samverkan

ANALYST = ("--party", "polisen", "--as", "Karin Lindqvist")


def run(*words: str) -> Result:
    return CliRunner().invoke(samverkan, words)


def test_the_packs_sample_and_an_own_file_are_loaded_listed_and_dropped(tmp_path: Path) -> None:
    folder = str(tmp_path / "house")
    assert run("init", "--data", folder, "--party", "polisen", "--party", "kfm").exit_code == 0
    here = ("--data", folder, *ANALYST)
    assert run("statistics", "add", *here, "bra-reported-2021").exit_code == 0
    file = tmp_path / "own.csv"
    file.write_text("kommun;n\n1880;4\n1881;..\n", encoding="utf-8")
    said = ("--title", "Own", "--source", "Office", "--licence", "free", "--dated", "2022-01-20")
    columns = ("--area", "kommun", "--year", "2021", "--value", "n=Own figures, number")
    made = run("statistics", "load", *here, *said, *columns, str(file))
    assert made.exit_code == 0, made.output
    rows = [line.split("\t") for line in run("statistics", "list", *here).output.splitlines()]
    assert {row[1]: row[-1] for row in rows} == {"Own": "2", "Anmälda brott 2021": "86"}
    assert run("statistics", "drop", *here, made.output.strip()).exit_code == 0
    assert "Own" not in run("statistics", "list", *here).output


def test_every_fault_of_a_file_is_a_sentence_with_its_code(tmp_path: Path) -> None:
    folder = str(tmp_path / "house")
    assert run("init", "--data", folder, "--party", "polisen", "--party", "kfm").exit_code == 0
    file = tmp_path / "own.csv"
    file.write_text("kommun;n\n9999;4\n1881;many\n", encoding="utf-8")
    columns = ("--area", "kommun", "--year", "2021", "--value", "n=Own")
    failed = run("statistics", "load", "--data", folder, *ANALYST, *columns, str(file))
    assert failed.exit_code == 2
    assert "statistics_area" in failed.output
    assert "statistics_value" in failed.output
    assert run("statistics", "list", "--data", folder, *ANALYST).output == ""
