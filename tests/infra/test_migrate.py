"""A store is brought to the head in one transaction; a newer one is refused, not guessed at."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from samverkan.infra.migrate import StoreNewer, current, upgrade

REVISION = '''"""Sample."""
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down}

def upgrade():
    op.create_table("t{revision}", sa.Column("no", sa.Integer(), primary_key=True))
    {more}
'''


def write(folder: Path, revision: str, down: str | None, more: str = "pass") -> None:
    """One revision of a chain."""
    versions = folder / "versions"
    versions.mkdir(exist_ok=True)
    written = REVISION.format(revision=revision, down=repr(down), more=more)
    (versions / f"{revision}_sample.py").write_text(written, encoding="utf-8")


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    """Two revisions."""
    write(tmp_path, "0001", None)
    write(tmp_path, "0002", "0001")
    return tmp_path


def revision(engine: Engine) -> str | None:
    """Where the store stands."""
    with engine.begin() as connection:
        return current(connection)


def tables(engine: Engine) -> set[str]:
    """What there is beside Alembic's own table."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_an_empty_store_has_no_revision(engine: Engine) -> None:
    assert revision(engine) is None


def test_an_empty_store_is_brought_to_the_head(engine: Engine, chain: Path) -> None:
    upgrade(engine, chain, "0002")
    assert (revision(engine), tables(engine)) == ("0002", {"t0001", "t0002"})


def test_only_what_is_missing_is_done(engine: Engine, chain: Path) -> None:
    upgrade(engine, chain, "0001")
    assert tables(engine) == {"t0001"}
    upgrade(engine, chain, "0002")
    upgrade(engine, chain, "0002")
    assert (revision(engine), tables(engine)) == ("0002", {"t0001", "t0002"})


def test_a_store_of_a_later_version_is_refused(engine: Engine, chain: Path) -> None:
    upgrade(engine, chain, "0002")
    (chain / "versions" / "0002_sample.py").unlink()
    with pytest.raises(StoreNewer):
        upgrade(engine, chain, "0001")
    assert (revision(engine), tables(engine)) == ("0002", {"t0001", "t0002"})


def test_a_revision_that_fails_leaves_the_store_as_it_was(engine: Engine, chain: Path) -> None:
    upgrade(engine, chain, "0001")
    write(chain, "0003", "0002", more="op.execute('SELECT * FROM missing')")
    with pytest.raises(Exception, match="missing"):
        upgrade(engine, chain, "0003")
    assert (revision(engine), tables(engine)) == ("0001", {"t0001"})


def test_the_head_is_noted_once(engine: Engine, chain: Path) -> None:
    upgrade(engine, chain, "0002")
    with engine.begin() as connection:
        noted = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        assert noted.all() == ["0002"]
