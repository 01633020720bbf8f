"""A delivery whose process is killed leaves nothing, and is taken in whole by the next."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import text

from samverkan.cli import samverkan
from tests.flow import ingesting
from tests.flow.stores import engines

ROWS = 300
HEADER = (
    "part,uppgiftsdatum,person_orgnr,namn,adress,postnr,kommun,telefon,konto,skuldklass,skyddad"
)
TABLES = ("delivery", "reject", "subject", "statement", "selectable", "identity")


def rows(folder: Path) -> dict[str, int]:
    """How many rows the enforcement agency's register has, by table."""
    store = next(engine for address, engine in engines(folder) if address == "kfm")
    with store.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in TABLES
        }


def run(*words: str) -> str:
    """What the command prints; it must succeed."""
    done = CliRunner().invoke(samverkan, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_killed_delivery_leaves_nothing_and_is_taken_in_whole_afterwards(tmp_path: Path) -> None:
    house, file = tmp_path / "house", tmp_path / "debtors.csv"
    lines = [f'fysisk,2026-05-09,,"D{n}, DISA",Nygatan {n},71130,1885,,,C,nej' for n in range(ROWS)]
    lines += ["fysisk"]
    file.write_text("\n".join([HEADER, *lines, ""]))
    pair = ("--party", "polisen", "--party", "kfm")
    run("init", "--data", str(house), *pair)
    words = [sys.executable, ingesting.__file__, str(house), str(file)]
    killed = subprocess.run(words, capture_output=True, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert set(rows(house).values()) == {0}
    clerk = ("--data", str(house), "--party", "kfm", "--as", "Daniel Roos")
    told = json.loads(run("ingest", str(file), "--kind", "kfm-galdenarer", *clerk, "--json"))
    assert (told["rows"], told["subjects"], told["rejects"]) == (ROWS + 1, ROWS, 1)
    kept = rows(house)
    assert (kept["delivery"], kept["subject"], kept["reject"]) == (1, ROWS, 1)
    assert kept["statement"] == told["statements"]
    run("ledger", "verify", "--data", str(house))
