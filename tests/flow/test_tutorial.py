"""The tutorial is true: its files and commands, taken from the page, give what it shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from samverkan.cli import samverkan, sentence
from samverkan.kernel.outcome import RefusedError

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
_FILE = re.compile(r"Save as `([\w.]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_KEPT = re.compile(r"([A-Z]+)=\$\((.*)\)")
_FIELD = re.compile(r"(.*) \| cut -f(\d)")


@dataclass(frozen=True)
class Step:
    """A command of the page, and what it is shown to print."""

    command: str
    shown: str


def files(page: str) -> dict[str, str]:
    """The files that the reader is told to save, by name."""
    return dict(_FILE.findall(page))


def steps(page: str) -> Iterator[Step]:
    """The commands in their order. A line that ends in a backslash goes on."""
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield Step(command.strip(), shown)


def printed(words: list[str]) -> str:
    """What the command prints, or the sentence with which it refuses."""
    assert words[0] == "samverkan"
    result = CliRunner().invoke(samverkan, words[1:])
    if isinstance(result.exception, RefusedError):
        assert result.output == ""
        return f"{sentence(result.exception.refused)}\n"
    if result.exception is not None:
        raise result.exception
    return result.output


def follow(step: Step, kept: dict[str, str]) -> str:
    """Do a step as the reader's shell would, and give what is seen of it."""
    keeps = _KEPT.fullmatch(step.command)
    command = keeps[2] if keeps else step.command
    cut = _FIELD.fullmatch(command)
    words = [
        re.sub(r"\$([A-Z]+)", lambda m: kept[m[1]], w)
        for w in shlex.split(cut[1] if cut else command)
    ]
    out = printed(words)
    if cut:
        out = "".join(line.split("\t")[int(cut[2]) - 1] + "\n" for line in out.splitlines())
    if not keeps:
        return out
    assert re.fullmatch(r"[a-z]{3}-[0-9a-z]{26}\n", out), out
    kept[keeps[1]] = out.strip()
    return ""


def agrees(seen: str, shown: str) -> bool:
    """Whether what is seen is what the page shows; `…` stands for what differs each time."""
    pattern = "[^\t\n]+".join(map(re.escape, shown.split("…")))
    return re.fullmatch(pattern, seen) is not None


def test_a_placeholder_stands_for_one_field_and_nothing_else() -> None:
    assert agrees("enr-1\tworksites\n", "enr-…\tworksites\n")
    assert not agrees("enr-1\tworksites\t2\n", "enr-1\t…\n")
    assert not agrees("enr-\tworksites\n", "enr-…\tworksites\n")


def test_every_command_of_the_tutorial_prints_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    page = PAGE.read_text(encoding="utf-8")
    for name, text in files(page).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    kept: dict[str, str] = {}
    done = 0
    for step in steps(page):
        seen = follow(step, kept)
        assert agrees(seen, step.shown), f"{step.command}\n{seen}\nthe page shows\n{step.shown}"
        done += 1
    assert done > 25
    made = {path.suffix for path in (tmp_path / "report").iterdir()}
    assert made == {".pdf", ".docx", ".xlsx", ".zip"}
    rejects = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[:3] for line in rejects[1:]] == [["3", "number", "id_check_digit"]]


def test_the_tutorial_speaks_of_nobody() -> None:
    """Its numbers fail the check digit of real ones (Luhn over nine digits and the last)."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"\b(\d{6})-(\d{4})\b", page)
    assert len(found) == 3
    assert not any(_luhn("".join(pair)) for pair in found)


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
