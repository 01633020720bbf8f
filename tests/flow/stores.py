"""What the stores of a data folder hold, each opened with its own key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from samverkan.embedded import genesis
from samverkan.embedded.genesis import HUB, Genesis
from samverkan.infra import keystore
from samverkan.infra.sql import open_file

_OWN = text(
    "SELECT value, original FROM statement WHERE prop = 'street' AND party = :me AND subject IN "
    "(SELECT subject FROM statement WHERE prop = 'protectedIdentity' AND value = 'true')"
)
_NAME = re.compile(r"[^\d,]*[^\d,\s]")


def engines(folder: Path) -> Iterator[tuple[str, Engine]]:
    """Every store of the folder, parties and hub, one after another."""
    begun = genesis.read(folder)
    assert isinstance(begun, Genesis)
    for address in (*HUB, *begun.parties):
        settings = genesis.settings(folder, address, (begun.pack, begun.stamp))
        engine = open_file(settings.store_path, keystore.load(settings).store)
        yield address, engine
        engine.dispose()


def hidden_streets(folder: Path) -> dict[str, set[str]]:
    """Streets of protected persons, bare and with number, small, by whose register has them."""
    found: dict[str, set[str]] = {}
    for address, engine in engines(folder):
        if "statement" not in inspect(engine).get_table_names():
            continue
        with engine.connect() as connection:
            rows = connection.execute(_OWN, {"me": address}).all()
        whole = {said.lower() for row in rows for said in row}
        names = map(_NAME.match, whole)
        found[address] = whole | {name[0] for name in names if name}
    return found


def words(engine: Engine) -> str:
    """Every cell of every table, bytes read as text, in small letters."""
    cells = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608 - own tables
                cells += [
                    c.decode(errors="replace") if isinstance(c, bytes) else str(c) for c in row
                ]
    return "\n".join(cells).lower()
