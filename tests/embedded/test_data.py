"""A data folder: made step by step, never mixed with another, held by one process."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from samverkan.embedded import data, genesis
from samverkan.embedded.data import Demo, Setting
from samverkan.embedded.intent import Part
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from samverkan.synth import SCALES
from tests.instruments import seeded

TODAY = date(2026, 9, 1)


def prepare(
    folder: Path, *, scale: str = "tiny", seed: int = 7, regions: tuple[str, ...] = ()
) -> Demo:
    setting = Setting(scale, seed, Part(regions))
    return data.prepare(folder, setting, today=TODAY, randomness=seeded())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared folder. Nobody writes into it."""
    folder = tmp_path_factory.mktemp("data") / "demo"
    prepare(folder)
    return folder


@pytest.fixture
def prepared(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(template, tmp_path / "demo"))


def unheard(done: int, of: int) -> None:
    """Nobody asks how far it is."""


def files(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): one.read_bytes() for one in found}


def code(caught: pytest.ExceptionInfo[RefusedError]) -> Code:
    return caught.value.refused.code


def test_a_prepared_folder_has_a_world_keys_and_the_truth_apart(prepared: Path) -> None:
    demo = data.find(prepared, seeded())
    assert demo.persons == SCALES["tiny"]
    assert set(demo.plan.parties) < set(demo.genesis.parties)
    assert "skv-brott" in demo.genesis.parties
    assert demo.truth.is_file()
    assert not demo.truth.is_relative_to(demo.plan.deliveries)
    for party in demo.plan.parties:
        manifest = demo.plan.deliveries / party / "manifest.json"
        assert (manifest.parent / json.loads(manifest.read_text())["file"]).is_file()


def test_the_plan_knows_pack_codes_and_nothing_of_the_truth(prepared: Path) -> None:
    plan = data.find(prepared, seeded()).plan
    assert plan.lead in plan.parties
    assert "skv-brott" not in plan.parties
    assert "truth" not in str(plan.deliveries)


def test_preparing_again_changes_nothing(prepared: Path) -> None:
    before = files(prepared)
    demo = prepare(prepared)
    assert files(prepared) == before
    assert demo == data.find(prepared, seeded())


@pytest.mark.parametrize(
    ("scale", "seed", "regions"),
    [("small", 7, ()), ("tiny", 8, ()), ("tiny", 7, ("bergslagen",))],
)
def test_a_folder_of_another_scale_seed_or_region_is_refused_and_left_alone(
    prepared: Path, scale: str, seed: int, regions: tuple[str, ...]
) -> None:
    before = files(prepared)
    with pytest.raises(RefusedError) as caught:
        prepare(prepared, scale=scale, seed=seed, regions=regions)
    assert code(caught) is Code.DATA_FOLDER
    assert files(prepared) == before


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 9, 1), date(2026, 6, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
        (date(2027, 1, 31), date(2026, 12, 31)),
        (date(2027, 6, 30), date(2027, 3, 31)),
    ],
)
def test_a_world_lives_on_the_last_day_of_the_last_whole_quarter(today: date, last: date) -> None:
    assert data.last_quarter(today) == last


def test_a_folder_keeps_its_day_when_time_goes_on_and_takes_no_other(prepared: Path) -> None:
    before = files(prepared)
    later = date(2027, 6, 1)
    data.prepare(prepared, Setting("tiny", 7), today=later, randomness=seeded())
    same = Setting("tiny", 7, on=date(2026, 6, 30))
    data.prepare(prepared, same, today=later, randomness=seeded())
    assert files(prepared) == before
    other = Setting("tiny", 7, on=date(2026, 9, 30))
    with pytest.raises(RefusedError) as caught:
        data.prepare(prepared, other, today=later, randomness=seeded())
    assert code(caught) is Code.DATA_FOLDER


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(RefusedError) as caught:
        prepare(tmp_path)
    assert code(caught) is Code.DATA_FOLDER
    assert files(tmp_path) == {"letters.txt": b"mine"}


def test_a_lock_alone_does_not_make_a_folder_somebody_elses(tmp_path: Path) -> None:
    with data.held(tmp_path):
        assert prepare(tmp_path).truth.is_file()


def test_the_scopes_are_those_of_the_regions_that_were_asked_for(tmp_path: Path) -> None:
    (sector,) = prepare(tmp_path, regions=("bergslagen",)).plan.sectors
    assert sector.region == "bergslagen"
    assert data.find(tmp_path, seeded()).plan.sectors == (sector,)


def test_an_unknown_scale_or_region_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    for attempt in (
        lambda folder: prepare(folder, scale="huge"),
        lambda folder: prepare(folder, regions=("atlantis",)),
        lambda folder: data.synthesise(folder, unheard, Setting("huge", 7), today=TODAY),
    ):
        with pytest.raises(RefusedError) as caught:
            attempt(tmp_path / "new")
        assert code(caught) is Code.FIELD_NOT_A_CHOICE
        assert not (tmp_path / "new").exists()


def test_a_folder_that_was_never_prepared_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        data.find(tmp_path, seeded())
    assert code(caught) is Code.DATA_FOLDER


@pytest.mark.parametrize(
    "lost",
    [
        "directory.json",
        "synthetic/truth/truth.jsonl",
        "synthetic",
    ],
)
def test_a_start_that_was_killed_is_taken_up(prepared: Path, lost: str) -> None:
    before = files(prepared)
    gone = prepared / lost
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    prepare(prepared)
    assert files(prepared) == before


def test_the_truth_is_written_last_so_that_it_marks_a_whole_world(template: Path) -> None:
    demo = data.find(template, seeded())
    others = demo.plan.deliveries.rglob("*.*")
    written = demo.truth.stat().st_mtime_ns
    assert all(one.stat().st_mtime_ns <= written for one in others)


def test_keys_that_are_missing_are_made_when_a_folder_is_found(prepared: Path) -> None:
    (prepared / genesis.DIRECTORY).unlink()
    assert data.find(prepared, seeded()).genesis == genesis.read(prepared)


def test_a_world_alone_is_written_without_keys(tmp_path: Path, prepared: Path) -> None:
    heard: list[tuple[int, int]] = []
    rows = data.synthesise(
        tmp_path / "world",
        lambda done, of: heard.append((done, of)),
        Setting("tiny", 7),
        today=TODAY,
    )
    assert heard == [(3000, 3000)]
    assert set(rows) == {one.name for one in (prepared / "synthetic" / "deliveries").iterdir()}
    assert files(tmp_path / "world") == files(prepared / "synthetic")


def test_one_process_at_a_time_holds_a_folder(tmp_path: Path) -> None:
    with data.held(tmp_path):
        with pytest.raises(RefusedError) as caught, data.held(tmp_path):
            pytest.fail("held twice")
        assert code(caught) is Code.STORE_LOCKED
    with data.held(tmp_path):
        assert (tmp_path / "lock").exists()


def test_a_folder_is_let_go_when_its_holder_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), data.held(tmp_path):
        _ = 1 // 0
    with data.held(tmp_path):
        assert (tmp_path / "lock").exists()
