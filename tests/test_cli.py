"""The command says what it reads, writes and refuses, and a refusal in one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from samverkan.cli import main, samverkan, sentence
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from tests.embedded.conftest import begin

PACK = Path(__file__).parents[1] / "packs" / "se"


def run(*words: str) -> Result:
    return CliRunner().invoke(samverkan, words)


def commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    """Every command by its words, hidden ones too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)
        else:
            yield (*above, name)


ALL = list(commands(samverkan))


def test_these_are_the_commands() -> None:
    stations = (
        "init ingest cooperate accept cooperations enrol match hits judge assess request requests"
    )
    stations += " answer propose proposals outcome report end enrolments enquire second take-back"
    stations += " withdraw-rule evaluate"
    groups = {
        "case": "open show joint join list phase close",
        "decide": "position close",
        "operate": "show plan hours close",
        "keys": "show waiting change vouch",
        "model": "agencies parties bodies territory measures check diff",
        "territory": "who bodies touches",
        "local": "start list show invite answer delegate partner meetings agenda",
        "statistics": "load add list drop",
        "area": "add revise split merge close list show",
    }
    assert set(ALL) == {
        *((name,) for name in stations.split()),
        *((group, name) for group, names in groups.items() for name in names.split()),
        ("synth",),
        ("demo",),
        ("node",),
        ("ledger", "verify"),
        ("pack", "check"),
    }


@pytest.mark.parametrize("words", ALL, ids="-".join)
def test_help_names_what_a_command_reads_writes_and_refuses(words: tuple[str, ...]) -> None:
    shown = run(*words, "--help")
    assert shown.exit_code == 0
    text = shown.output.lower()
    for word in ("reads", "write", "refuses"):
        assert word in text, word


def test_a_command_for_machines_is_not_offered_to_people() -> None:
    shown = run("--help").output
    assert "demo" in shown
    assert "node" not in shown


@pytest.mark.parametrize(
    ("spoken", "words"),
    [("sv_SE.UTF-8", "Mapp"), ("en_GB.UTF-8", "folder"), ("", "folder"), ("de_DE", "folder")],
)
def test_a_refusal_is_a_sentence_with_its_code_in_the_terminals_language(
    monkeypatch: pytest.MonkeyPatch, spoken: str, words: str
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", spoken)
    said = sentence(refuse(Code.DATA_FOLDER, folder="x"))
    assert said.endswith("(data_folder)")
    assert words.lower() in said.lower()
    assert "\n" not in said


def test_lc_all_goes_before_lang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    english = sentence(refuse(Code.STORE_LOCKED))
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    assert sentence(refuse(Code.STORE_LOCKED)) != english


def refused(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of the whole command."""
    monkeypatch.setattr("sys.argv", ["samverkan", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("synth", "--scale", "huge", "--data"), "field_not_a_choice"),
        (("demo", "--headless", "--scale", "huge", "--data"), "field_not_a_choice"),
        (("demo", "--headless", "--data"), "data_folder"),
        (("ledger", "verify", "--data"), "data_folder"),
        (("node", "fk", "--port", "1", "--data"), "data_folder"),
    ],
)
def test_a_refused_command_says_one_sentence_and_ends_with_two(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: tuple[str, ...],
    code: str,
) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    assert refused(monkeypatch, *words, str(tmp_path)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert f"({code})" in err
    assert (tmp_path / "letters.txt").read_text() == "mine"
    assert {one.name for one in tmp_path.iterdir()} <= {"letters.txt", "lock"}


def test_a_pack_that_does_not_come_with_the_product_is_refused() -> None:
    failure = run("model", "agencies", "--pack", "atlantis").exception
    assert isinstance(failure, RefusedError)
    assert failure.refused.code is Code.PACK_INVALID


def test_a_sound_pack_is_checked_in_silence() -> None:
    checked = run("pack", "check", str(PACK))
    assert (checked.exit_code, checked.output) == (0, "")


def test_each_fault_of_a_pack_is_printed_with_file_and_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACK, tmp_path / "se"))
    file = folder / "typologies.yaml"
    lines = file.read_text().splitlines()
    at = next(n for n, line in enumerate(lines, 1) if "threshold: 3" in line)
    lines[at - 1] = lines[at - 1].replace("threshold: 3", "threshold: 4")
    file.write_text("\n".join([*lines, ""]))
    checked = run("pack", "check", str(folder))
    assert checked.exit_code == 1
    why = "A typology can ask for no more conditions than it has, and for one at least."
    assert f"typologies.yaml:{at}: threshold 4: {why}" in checked.stderr
    assert checked.stdout == ""


def test_a_world_is_written_and_its_rows_are_told(tmp_path: Path) -> None:
    written = run("synth", "--data", str(tmp_path / "world"))
    assert written.exit_code == 0
    rows = dict(line.split("\t") for line in written.output.splitlines())
    assert len(rows) == 13
    assert {"polisen", "fk", "skv-beskattning", "kfm"} <= set(rows)
    assert all(int(count) > 0 for count in rows.values())
    assert (tmp_path / "world" / "truth" / "truth.jsonl").is_file()


def test_ledgers_are_verified_one_a_line_or_as_one_object(tmp_path: Path) -> None:
    begin(tmp_path)
    shown = run("ledger", "verify", "--data", str(tmp_path))
    assert shown.exit_code == 0, shown.output
    lines = [line.split("\t") for line in shown.output.splitlines()]
    assert {line[0] for line in lines} == {"exchange", "steering", "polisen", "fk"}
    assert {line[2] for line in lines} == {"ok"}
    as_json = run("ledger", "verify", "--json", "--data", str(tmp_path))
    assert as_json.output.startswith("[{")
