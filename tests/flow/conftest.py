"""One clean run of the whole chain, shared by the tests that look at what it left behind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SEED = 7
PART = (
    "--regions",
    "bergslagen",
    "--typologies",
    "paper-assistance",
    "--typologies",
    "unfair-labour",
)
"""One scope of four parties: what a chain must withstand shows in it."""


@dataclass(frozen=True)
class Run:
    """A finished run: its data folder and the JSON object that it ended with."""

    folder: Path
    summary: dict[str, Any]
    commits: int

    def copy(self, to: Path) -> Path:
        """A copy of the folder to do harm to."""
        shutil.copytree(self.folder, to)
        return to


def samverkan(*words: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "samverkan", *words],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def words_of(folder: Path) -> tuple[str, ...]:
    """The words that run the whole chain on a data folder."""
    words = ("demo", "--headless", "--scale", "tiny", "--seed", str(SEED), "--json")
    return (*words, *PART, "--data", str(folder))


def headless(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The whole chain on a data folder."""
    return samverkan(*words_of(folder), *more)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The chain, undisturbed, in one process."""
    folder = tmp_path_factory.mktemp("clean") / "data"
    done = headless(folder)
    assert done.returncode == 0, done.stderr
    commits = sum(1 for line in done.stderr.splitlines() if line.startswith("commits "))
    assert commits == 1
    counted = next(line for line in done.stderr.splitlines() if line.startswith("commits "))
    return Run(folder, json.loads(done.stdout), int(counted.split()[1]))
