"""Each role starts with the other two cut off: no import of them, not even a lazy one."""

from __future__ import annotations

import subprocess
import sys

import pytest

ROLES = ("agency", "exchange", "steering")

CUT_OFF = """
import sys

class Stump:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[:2] in {cut}:
            raise ModuleNotFoundError(f"cut off: {{name}}", name=name)

sys.meta_path.insert(0, Stump())
"""

STORE = """
import tempfile
from importlib import import_module
from pathlib import Path
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from samverkan.infra import migrate, sql

import_module("samverkan.{role}.app")
home = Path(import_module("samverkan.{role}.sql").__file__).parent / "migrations"
with tempfile.TemporaryDirectory() as folder:
    engine = sql.open_file(Path(folder) / "store.db", bytes(range(32)))
    migrate.upgrade(engine, home, ScriptDirectory(str(home)).get_current_head())
    assert inspect(engine).has_table("ledger"), "the role's store has no ledger"
    engine.dispose()
"""


def run_without(others: tuple[str, ...], body: str) -> subprocess.CompletedProcess[str]:
    """Run Python text in a process of its own in which the other roles cannot be imported."""
    cut = [["samverkan", other] for other in (*others, "embedded", "synth")]
    script = CUT_OFF.format(cut=cut) + body
    command = [sys.executable, "-c", script]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_imported_and_boots_a_store_without_the_others(role: str) -> None:
    others = tuple(other for other in ROLES if other != role)
    done = run_without(others, STORE.format(role=role))
    assert done.returncode == 0, done.stderr


def test_the_cut_really_cuts() -> None:
    done = run_without(("steering",), "import samverkan.steering")
    assert done.returncode != 0
    assert "cut off: samverkan.steering" in done.stderr
