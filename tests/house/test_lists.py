"""What git keeps names no registry host and no place on one machine; the lists are complete."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT, kept_files

LISTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
# Written apart, so that this file does not find itself.
PLACES = re.compile(r"(?<![\w.:~-])/" + r"(?:work|root|home/\w+|Users/\w+)/" + r"[\w.]")


def pins(name: str) -> dict[str, str]:
    """Package and version of each line of a requirements list."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(package): version for package, version in PINNED.findall(text)}


@pytest.mark.parametrize("name", LISTS)
def test_a_requirements_list_names_no_host(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LISTS)
def test_each_requirement_is_pinned_and_hashed(name: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text(encoding="utf-8").strip())
    assert entries
    assert [e for e in entries if not PINNED.match(e) or "--hash=sha256:" not in e] == []


def test_the_node_lock_keeps_no_resolved_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in packages.items() if name)


@pytest.mark.parametrize(
    ("group", "name"), [("run", "requirements.txt"), ("dev", "requirements-dev.txt")]
)
def test_the_lists_hold_what_the_project_asks_for(group: str, name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] if group == "run" else []
    asked = asked or project["dependency-groups"]["dev"]
    found = pins(name)
    stale = [
        line
        for line in map(Requirement, asked)
        if found.get(canonicalize_name(line.name), "") not in line.specifier
    ]
    assert not stale, "run `make lock`"


def test_no_kept_file_names_a_place_on_one_machine() -> None:
    found = []
    for path in kept_files():
        if path.suffix in {".png", ".woff2", ".parquet", ".xlsx", ".pdf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in PLACES.finditer(text)]
    assert not found, "\n".join(found)


def test_no_lock_of_the_tool_itself_is_kept() -> None:
    assert "uv.lock" not in {path.name for path in kept_files()}
