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

BOOT = """
import os
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from samverkan.infra.opening import Ambient, open_role
from samverkan.infra.settings import RoleSettings
from samverkan.kernel.purpose import Stamp

app = import_module("samverkan.{role}.app")
with tempfile.TemporaryDirectory() as folder:
    settings = RoleSettings("{role}", "sample", Path(folder), Stamp.SYNTHETIC, "se")
    opened = open_role(settings, app.SCHEMA, Ambient(lambda: datetime.now(UTC), os.urandom))
    assert opened.store.head().seq == 1, "the role's ledger did not begin"
    opened.store.close()
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
    done = run_without(others, BOOT.format(role=role))
    assert done.returncode == 0, done.stderr


def test_the_cut_really_cuts() -> None:
    done = run_without(("steering",), "import samverkan.steering")
    assert done.returncode != 0
    assert "cut off: samverkan.steering" in done.stderr
