"""`samverkan ledger verify` on a whole house: any changed, dropped or reordered entry is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from samverkan.embedded.genesis import settings
from samverkan.infra import keystore
from samverkan.infra.sql import open_file
from samverkan.kernel.purpose import Stamp
from tests.flow.conftest import Run, samverkan

PARTY = "fk"


def opened(folder: Path) -> Engine:
    """The party's store, as its own operator could open it."""
    place = settings(folder, PARTY, ("se", Stamp.SYNTHETIC))
    return open_file(place.store_path, keystore.load(place).store)


def verdict(folder: Path) -> tuple[int, dict[str, object]]:
    """Exit code, and what is said of the party's ledger."""
    done = samverkan("ledger", "verify", "--data", str(folder), "--json")
    said = {one["ledger"]: one for one in json.loads(done.stdout)}
    return done.returncode, said[PARTY]


def test_an_untouched_house_verifies(clean: Run, tmp_path: Path) -> None:
    done = samverkan("ledger", "verify", "--data", str(clean.copy(tmp_path / "data")))
    assert done.returncode == 0
    assert all(line.endswith("ok") for line in done.stdout.splitlines())


def change(connection: Connection) -> None:
    """Another actor in entry 40."""
    body = connection.execute(text("SELECT body FROM ledger WHERE seq = 40")).scalar_one()
    other = bytes(body).replace(b'"actor":"', b'"actor":"x', 1)
    connection.execute(text("UPDATE ledger SET body = :b WHERE seq = 40"), {"b": other})


def drop(connection: Connection) -> None:
    """Entry 40 is gone."""
    connection.execute(text("DELETE FROM ledger WHERE seq = 40"))


def swap(connection: Connection) -> None:
    """Entries 40 and 41 in each other's place."""
    move = text("UPDATE ledger SET seq = :to WHERE seq = :at")
    for at, to in ((40, -1), (41, 40), (-1, 41)):
        connection.execute(move, {"at": at, "to": to})


def shorten(connection: Connection) -> None:
    """The last entry is gone; the signed head still knows of it."""
    connection.execute(text("DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)"))


@pytest.mark.parametrize(
    ("harm", "at"),
    [(change, 40), (drop, 40), (swap, 40), (shorten, None)],
    ids=["change", "drop", "swap", "shorten"],
)
def test_harm_is_found_where_it_was_done(
    clean: Run, tmp_path: Path, harm: Callable[[Connection], None], at: int | None
) -> None:
    folder = clean.copy(tmp_path / "data")
    engine = opened(folder)
    with engine.begin() as connection:
        last = connection.execute(text("SELECT max(seq) FROM ledger")).scalar_one()
        harm(connection)
    engine.dispose()
    code, said = verdict(folder)
    assert code == 1
    assert said["fault"] is not None
    assert said["at"] == (last if at is None else at)
