"""Killed at twenty points of one chain, each start going on from the last: nothing lost or doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.flow.conftest import Run, headless, samverkan, words_of

POINTS = 20
LEFT = ("seconds", "report")
"""What differs from run to run."""


def test_killing_the_process_at_twenty_points_loses_and_doubles_nothing(
    clean: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    step = clean.commits // (POINTS + 1)
    words = [str(POINTS), str(step), *words_of(folder)]
    killed = subprocess.run(
        [sys.executable, "-m", "tests.flow.killing", *words],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert killed.stdout.split() == ["SIGKILL"] * POINTS, killed.stderr
    done = headless(folder)
    assert done.returncode == 0, done.stderr
    same(json.loads(done.stdout), clean)


def same(summary: dict[str, object], clean: Run) -> None:
    """The run came to what an undisturbed one comes to."""
    assert {k: v for k, v in summary.items() if k not in LEFT} == {
        k: v for k, v in clean.summary.items() if k not in LEFT
    }


def test_a_folder_that_another_process_works_on_is_refused(clean: Run, tmp_path: Path) -> None:
    folder = clean.copy(tmp_path / "data")
    lock = (folder / "lock").open("w")
    try:
        import fcntl  # noqa: PLC0415  this test alone takes the lock by itself

        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = samverkan("ledger", "verify", "--data", str(folder))
    finally:
        lock.close()
    assert refused.returncode == 2
    assert "store_locked" in refused.stderr
