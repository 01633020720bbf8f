"""The page on local bodies is true: its commands, taken from it, print what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flow.test_tutorial import agrees, follow, steps

PAGE = Path(__file__).parents[2] / "docs" / "local.md"


def test_a_local_body_is_started_by_the_commands_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    kept: dict[str, str] = {}
    done = 0
    for step in steps(PAGE.read_text(encoding="utf-8")):
        if step.command.startswith("samverkan init"):
            follow(step, kept)
            continue
        seen = follow(step, kept)
        assert agrees(seen, step.shown), f"{step.command}\n{seen}\nthe page shows\n{step.shown}"
        done += 1
    assert done > 18
