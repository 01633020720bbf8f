"""The wheel holds all that running needs, so that running needs neither git nor Node."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT, kept_files

PRODUCT = ROOT / "src" / "samverkan"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "pattern",
    [
        "shell/static/dist/manifest.json",
        "shell/static/dist/*.css",
        "shell/static/dist/*.js",
        "shell/templates/**/*.html*",
        "shell/texts/sv/*.yaml",
        "shell/texts/en/*.yaml",
        "shell/texts/refusals.*.yaml",
        "**/policy.cedar",
        "agency/sql/migrations/versions/*.py",
        "exchange/sql/migrations/versions/*.py",
        "steering/sql/migrations/versions/*.py",
        "py.typed",
    ],
)
def test_the_wheel_holds_what_running_needs(wheel: set[str], pattern: str) -> None:
    there = sorted(PRODUCT.glob(pattern))
    assert there, f"nothing in the tree is {pattern}"
    lost = [path for path in there if path.relative_to(ROOT / "src").as_posix() not in wheel]
    assert lost == []


def test_the_wheel_holds_the_national_model(wheel: set[str]) -> None:
    there = [path.relative_to(ROOT).as_posix() for path in (ROOT / "packs").rglob("*.yaml")]
    assert there, "no pack in the tree"
    assert {f"samverkan/{path}" for path in there} <= wheel


def test_the_wheel_holds_every_module(wheel: set[str]) -> None:
    modules = [path.relative_to(ROOT / "src").as_posix() for path in PRODUCT.rglob("*.py")]
    assert set(modules) <= wheel


def test_the_wheel_holds_all_data_beside_the_modules(wheel: set[str]) -> None:
    kept = [path for path in kept_files() if path.is_relative_to(PRODUCT)]
    data = [path for path in kept if "assets" not in path.parts]
    assert {path.relative_to(ROOT / "src").as_posix() for path in data} <= wheel


def test_the_wheel_holds_no_source_of_the_front_end(wheel: set[str]) -> None:
    assert [name for name in wheel if "node_modules" in name] == []


def test_the_command_is_declared(wheel: set[str]) -> None:
    assert any(Path(name).name == "entry_points.txt" for name in wheel)
