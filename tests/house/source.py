"""The tree as the rules of the house read it: path, text, syntax."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file; `path` is relative to the root of the repository."""

    path: PurePosixPath
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, text: str) -> Source:
        """A file that need not exist, so that rules can be tried on planted faults."""
        return cls(PurePosixPath(path), text, ast.parse(text))

    def under(self, *folders: str) -> bool:
        """Is the file one of these, or inside one of these folders?"""
        return any(self.path.is_relative_to(folder) for folder in folders)


def python_files(*folders: str) -> Iterator[Source]:
    """All Python files below the folders, in order of path."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            relative = file.relative_to(ROOT).as_posix()
            yield Source.of(relative, file.read_text(encoding="utf-8"))


def kept_files() -> list[Path]:
    """What git keeps or would keep: tracked files and new ones that it does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]
