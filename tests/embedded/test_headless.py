"""A run without questions refuses what is not its own, and can be ended like in a power cut."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, date
from pathlib import Path

import pytest

from samverkan.embedded import data
from samverkan.embedded.data import Setting
from samverkan.embedded.headless import Commits, headless, real
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.instruments import seeded


def test_the_machines_clock_is_aware_and_its_randomness_is_not_repeated() -> None:
    ambient = real()
    assert ambient.clock().tzinfo is UTC
    assert len(ambient.randomness(16)) == 16
    assert ambient.randomness(16) != ambient.randomness(16)


def test_commits_are_counted_and_without_a_halt_nothing_ends() -> None:
    commits = Commits(None)
    for _ in range(3):
        commits.count()
    assert commits.done == 3


def test_after_the_commit_asked_for_the_process_is_gone_at_once() -> None:
    lines = [
        "from samverkan.embedded.headless import Commits",
        "commits = Commits(2)",
        "import atexit; atexit.register(print, 'tidied')",
        "for _ in range(3):",
        "    commits.count(); print(commits.done, flush=True)",
    ]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.split() == ["1"], "no word after the second, and nothing tidied"


@pytest.mark.parametrize("carrier", ["inprocess", "http"])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, carrier: str) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(RefusedError) as caught:
        headless(tmp_path, Setting("tiny", 7), carrier=carrier)
    assert caught.value.refused.code is Code.DATA_FOLDER


def test_a_folder_of_another_seed_is_refused(tmp_path: Path) -> None:
    data.prepare(tmp_path, Setting("tiny", 7), today=date(2026, 9, 1), randomness=seeded())
    with pytest.raises(RefusedError) as caught:
        headless(tmp_path, Setting("tiny", 8), carrier="inprocess")
    assert caught.value.refused.code is Code.DATA_FOLDER


def test_a_folder_that_another_process_is_at_work_on_is_refused(tmp_path: Path) -> None:
    with data.held(tmp_path), pytest.raises(RefusedError) as caught:
        headless(tmp_path, Setting("tiny", 7), carrier="inprocess")
    assert caught.value.refused.code is Code.STORE_LOCKED
