"""All files of a paper are the same bytes in any process, on any day, whatever its hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samverkan.infra.papers import Files
from samverkan.steering.ports import Column, Paper, Section, Sheet

MADE = datetime(2026, 11, 24, tzinfo=UTC)
ROWS = b'{"year":2026}'
PAPER = Paper(
    language="sv",
    publisher="Polismyndigheten",
    title="Redovisning 2026",
    subtitle="Insatser",
    table="Tabell",
    facts=[("År", "2026")],
    sections=[
        Section(
            "Utfall & <annat>",
            ["En not."],
            Sheet("Utfall", [Column("Namn", "text"), Column("Summa", "number")], [("=1+1", -1200)]),
            "Inget.",
        )
    ],
    footer="Kontrollsumma",
    shortened="{shown} of {all}",
    digest="00" * 32,
)


def digests() -> str:
    """One line a file."""
    files = Files()
    made = {
        "pdf": files.pdf(PAPER, MADE),
        "docx": files.docx(PAPER, MADE),
        "xlsx": files.xlsx(PAPER, MADE),
        "zip": files.zip(PAPER, ROWS, MADE),
    }
    return "\n".join(f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in made.items())


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_makes_the_same_bytes(seed: str) -> None:
    root = Path(__file__).parents[2]
    script = "from tests.infra.test_papers import digests; print(digests())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digests()
