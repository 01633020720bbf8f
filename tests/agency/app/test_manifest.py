"""A manifest describes a file beside it, or is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from samverkan.agency.app.manifest import Manifest, read_manifest
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp

GOOD = {"file": "rows.csv", "kind": "x", "sha256": "ab" * 32, "stamp": "synthetic", "rows": 7}


def read(folder: Path, said: Any) -> Manifest | Refused:
    (folder / "rows.csv").write_text("a,b\n")
    path = folder / "manifest.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said))
    return read_manifest(path)


def test_a_manifest_says_kind_digest_and_stamp(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found == Manifest(tmp_path / "rows.csv", "x", b"\xab" * 32, Stamp.SYNTHETIC)


@pytest.mark.parametrize(
    "said",
    [
        "no json",
        "[" * 100_000,
        "[]",
        GOOD | {"file": "../rows.csv"},
        GOOD | {"file": "/etc/passwd"},
        GOOD | {"file": "other.csv"},
        GOOD | {"file": 7},
        GOOD | {"kind": None},
        GOOD | {"sha256": "ab"},
        GOOD | {"sha256": "xy" * 32},
        GOOD | {"stamp": "real"},
        {"file": "rows.csv"},
    ],
)
def test_a_manifest_that_describes_no_file_beside_it_is_refused(tmp_path: Path, said: Any) -> None:
    found = read(tmp_path, said)
    assert isinstance(found, Refused)
    assert found.code is Code.FILE_MANIFEST
