"""Killed at ten points of one chain, each start going on from the last: nothing lost or doubled."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from tests.flow.conftest import Run, headless, samverkan

POINTS = 10


def test_killing_the_process_at_ten_points_loses_and_doubles_nothing(
    clean: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    step = clean.commits // (POINTS + 1)
    for point in range(POINTS):
        killed = headless(folder, "--halt-after", str(step))
        assert killed.returncode == -signal.SIGKILL, (point, killed.stderr)
    done = headless(folder)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    varying = {"seconds", "report"}
    assert {k: v for k, v in summary.items() if k not in varying} == {
        k: v for k, v in clean.summary.items() if k not in varying
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
