"""The stations as a user types them: misuse, refusal and output. The chain itself: the tutorial."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samverkan.cli import main, samverkan
from samverkan.cli.stations import STATIONS
from samverkan.embedded.data import held
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import FiringId, HitId
from samverkan.kernel.outcome import RefusedError
from tests.infra.outlines.files import DEGREES, collection
from tests.instruments import seeded

PAIR = ("--party", "polisen", "--party", "kfm")
ANALYST = ("--party", "polisen", "--as", "Karin Lindqvist")


def run(*words: str) -> Result:
    return CliRunner().invoke(samverkan, words)


@pytest.fixture
def house(tmp_path: Path) -> str:
    """A data folder of two parties."""
    folder = str(tmp_path / "house")
    assert run("init", "--data", folder, *PAIR).exit_code == 0
    return folder


def code(result: Result) -> Code:
    """With which code a command was refused."""
    assert isinstance(result.exception, RefusedError), result.output
    return result.exception.refused.code


def test_every_station_is_a_command() -> None:
    assert set(STATIONS) <= set(samverkan.commands.values())


def test_a_list_is_lines_of_fields_or_one_json_list(tmp_path: Path) -> None:
    folder = str(tmp_path / "new")
    lines = run("init", "--data", folder, *PAIR).output.splitlines()
    rows = json.loads(run("init", "--data", folder, *PAIR, "--json").output)
    shown = [[row["party"], row["name"], ",".join(row["roles"])] for row in rows]
    assert [line.split("\t") for line in lines] == shown
    assert ["polisen", "Karin Lindqvist", "analyst,officer"] in shown


def test_hits_without_any_are_an_empty_object_or_no_line(house: str) -> None:
    assert run("hits", "--data", house, *ANALYST).output == ""
    shown = run("hits", "--data", house, *ANALYST, "--json")
    assert json.loads(shown.output) == {"hits": [], "firings": []}


def test_an_identifier_is_printed_alone_or_under_its_name(house: str) -> None:
    by = ("--party", "polisen", "--as", "Annika Hedlund")
    words = ("cooperate", "--data", house, *by, "--with", "kfm", "--region", "bergslagen")
    first = run(*words).output.strip()
    second = json.loads(run(*words, "--json").output)["cooperation"]
    known = json.loads(run("cooperations", "--data", house, *by, "--json").output)
    assert [one["cooperation"] for one in known] == [first, second]
    shown = run("accept", "--data", house, *by, first).output
    assert "accepted\tpolisen\n" in shown
    assert "in_force\tno\n" in shown


def test_post_is_carried_until_it_is_quiet(house: str) -> None:
    run("match", "--data", house)
    assert run("match", "--data", house).output == "quiet\n"
    assert json.loads(run("match", "--data", house, "--json").output) == {"carried": False}


@pytest.mark.parametrize(
    "words",
    [
        ("ingest", "x.csv", *ANALYST),
        ("ingest", "x.csv", *ANALYST, "--kind", "a", "--mapping", "b.yaml"),
        ("ingest", "x.csv", *ANALYST, "--kind", "a", "--rejects", "/none/of/it.csv"),
        ("enrol", *ANALYST, "--scope", "s", "--all"),
        ("enrol", *ANALYST, "--scope", "s", "--all", "--query", "q", "--silent"),
        ("enrol", *ANALYST, "--scope", "s", "--all", "--silent", "--open-to", "kfm"),
        ("enrol", *ANALYST, "--scope", "s", "--list", "f", "--query", "q", "--silent"),
        ("enrol", *ANALYST, "--scope", "s", "--list", "f"),
        ("enquire", *ANALYST, "--scope", "s", "--record", "r", "--case", "c"),
        ("enquire", *ANALYST, "--scope", "s", "--record", "r", "--silent"),
        ("take-back", "not an id", *ANALYST),
        ("judge", "not an id", *ANALYST, "--verdict", "same", "--note", "x"),
        ("judge", "HIT-1", *ANALYST, "--verdict", "same", "--note", "x"),
        ("judge", "x" * 65, *ANALYST, "--verdict", "same", "--note", "x"),
        ("judge", "hit", *ANALYST, "--verdict", "maybe", "--note", "x"),
        ("answer", "req", *ANALYST, "--withhold", "phone"),
        ("hits", "--party", "polisen"),
    ],
)
def test_misuse_is_told_before_the_folder_is_opened(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "none"
    shown = run(*words, "--data", str(folder))
    assert shown.exit_code == 2
    assert "Usage:" in shown.stderr
    assert not folder.exists()


def test_a_score_is_a_whole_number(tmp_path: Path) -> None:
    words = ("propose", *ANALYST, "--case", "c", "--body", "b", "--crime-area", "welfare")
    more = (
        "--measure",
        "kfm=distraint",
        "--until",
        "2027-01-31",
        "--why",
        "x",
        "--score",
        "harm=x",
    )
    shown = run(*words, *more, "--data", str(tmp_path))
    assert shown.exit_code == 2
    assert "whole number" in shown.stderr


def test_a_refusal_is_one_sentence_and_two(
    house: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("judge", HitId.draw(seeded(3)), "--data", house, *ANALYST)
    more = ("--verdict", "same", "--note", "x")
    monkeypatch.setattr("sys.argv", ["samverkan", *words, *more])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "(not_found)" in err


def test_who_may_not_is_refused_and_the_refusal_is_told(house: str) -> None:
    asked = run("requests", "--data", house, *ANALYST)
    assert code(asked) is Code.NO_MANDATE
    nobody = run("hits", "--data", house, "--party", "polisen", "--as", "Nobody")
    assert code(nobody) is Code.NO_MANDATE


def test_a_folder_at_work_is_left_alone(house: str) -> None:
    with held(Path(house)):
        assert code(run("match", "--data", house)) is Code.STORE_LOCKED
    assert run("match", "--data", house).exit_code == 0


def test_rejects_are_written_where_the_user_says(house: str, tmp_path: Path) -> None:
    file, rejects = tmp_path / "debtors.csv", tmp_path / "rejects.csv"
    columns = "part,person_orgnr,namn,adress,postnr,kommun,telefon,konto,skuldklass,skyddad"
    file.write_text(
        f"{columns},uppgiftsdatum\njuridisk,558123-9450,A AB,,,1885,,,C,nej,2026-05-09\n"
        "annan,558123-9450,A AB,,,1885,,,C,nej,2026-05-09\n"
    )
    clerk = ("--data", house, "--party", "kfm", "--as", "Daniel Roos")
    words = ("ingest", str(file), *clerk, "--kind", "kfm-galdenarer", "--rejects", str(rejects))
    shown = json.loads(run(*words, "--json").output)
    assert (shown["rows"], shown["subjects"], shown["rejects"]) == (2, 1, 1)
    assert shown["form"] == "csv.comma.utf-8"
    line = rejects.read_text(encoding="utf-8-sig").splitlines()[1]
    assert line.startswith("3;part;row_invalid;The whole row was left out;")


@pytest.mark.parametrize("lead", [(), ("--hit", "h", "--firing", "f")], ids=["none", "both"])
def test_a_case_or_request_is_about_a_hit_or_a_firing(house: str, lead: tuple[str, ...]) -> None:
    opened = run("case", "open", "--data", house, *ANALYST, "--title", "x", *lead)
    about = ("--case", "c", "--field", "name", "--why", "x")
    asked = run("request", "--data", house, *ANALYST, *about, *lead)
    assert (opened.exit_code, asked.exit_code) == (2, 2)
    assert "either --hit or --firing" in opened.output


def test_a_firing_that_is_not_there_cannot_be_assessed(house: str) -> None:
    words = ("--relevance", "not-relevant", "--note", "x")
    number = FiringId.draw(seeded(3))
    assert code(run("assess", number, "--data", house, *ANALYST, *words)) is Code.NOT_FOUND


def test_a_joint_case_is_listed_and_moved_by_its_commands(house: str) -> None:
    who = ("--data", house, *ANALYST)
    assert json.loads(run("case", "list", *who, "--json").output) == []
    absent = "cas-" + "1" * 26
    opened = run("case", "joint", absent, *who, "--purpose", "map-network", "--crime-area", "drugs")
    assert code(opened) is Code.NOT_FOUND
    assert code(run("case", "join", absent, *who)) is Code.NOT_FOUND
    assert code(run("case", "phase", absent, "analysis", *who)) is Code.NOT_FOUND
    assert code(run("case", "close", absent, *who, "--outcome", "merged")) is Code.NOT_FOUND


def test_an_area_is_added_listed_and_found_from_the_command_line(
    house: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(collection(DEGREES))
    who = ("--data", house, "--party", "polisen", "--as", "Mattias Ek")
    how = ("--kind", "local", "--since", "2026-01-01", "--source", "test")
    body = ("--body", "rsr-bergslagen")
    added = run("area", "add", str(path), *who, *how, *body, "--json")
    (number,) = json.loads(added.output)["areas"]
    assert number in run("area", "list", *who).output
    assert "1880" in run("area", "show", number, *who).output
    assert number in run("territory", "touches", "1880", *who).output
    assert run("area", "close", number, *who, *body, "--until", "2026-02-01").exit_code == 0
    assert run("area", "list", *who).output == ""
