"""`python -m samverkan` is the command itself."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path


def samverkan(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samverkan", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


def test_the_module_is_the_command() -> None:
    told = samverkan("--version")
    assert told.returncode == 0
    assert version("samverkan") in told.stdout


def test_a_refusal_ends_the_process_with_two_and_no_traceback(tmp_path: Path) -> None:
    told = samverkan("ledger", "verify", "--data", str(tmp_path), LANG="sv_SE.UTF-8")
    assert told.returncode == 2
    assert told.stdout == ""
    (line,) = told.stderr.splitlines()
    assert line.endswith("(data_folder)")
