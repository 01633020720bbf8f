"""The import contracts catch what they are there for: planted violations, each one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

PLANTED = [
    ("agency/ingest.py", "from samverkan import exchange"),
    ("exchange/matching.py", "from samverkan import steering"),
    ("domain/statement.py", "from samverkan import infra"),
    ("domain/statement.py", "import os"),
    ("wire/v1.py", "import sqlalchemy"),
    ("domain/token.py", "from samverkan.domain import match"),
    ("kernel/ids.py", "from samverkan import domain"),
    ("agency/ingest.py", "from samverkan import infra"),
    ("shell/web.py", "from samverkan import agency"),
    ("helpers.py", "x = 1"),
    ("domain/helpers.py", "x = 1"),
    ("agency/helpers.py", "x = 1"),
]


@pytest.fixture(scope="module")
def bare_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same packages and contracts, with empty modules."""
    root = tmp_path_factory.mktemp("layers")
    shutil.copy(ROOT / ".importlinter", root)
    rooms = ["agency", "domain", "embedded", "exchange", "infra", "kernel"]
    for room in [*rooms, "shell", "steering", "synth", "wire"]:
        (root / "samverkan" / room).mkdir(parents=True)
        (root / "samverkan" / room / "__init__.py").touch()
    (root / "samverkan" / "__init__.py").touch()
    (root / "samverkan" / "domain" / "match.py").touch()
    return root


def contracts_hold(root: Path) -> bool:
    """Do the contracts hold for the package that lies in the folder?"""
    linter = Path(sys.executable).with_name("lint-imports")
    # Before the environment's own paths, so that the planted package is the one that is found.
    environment = {"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"}
    command = [str(linter), "--no-cache"]
    done = subprocess.run(
        command, check=False, cwd=root, env=environment, capture_output=True, text=True
    )
    assert ("BROKEN" in done.stdout) == (done.returncode != 0), done.stdout + done.stderr
    return done.returncode == 0


def test_the_contracts_hold_for_an_empty_house(bare_tree: Path) -> None:
    assert contracts_hold(bare_tree)


@pytest.mark.parametrize(("module", "line"), PLANTED)
def test_a_planted_violation_is_caught(bare_tree: Path, module: str, line: str) -> None:
    path = bare_tree / "samverkan" / module
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(line + "\n", encoding="utf-8")
    try:
        assert not contracts_hold(bare_tree)
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
