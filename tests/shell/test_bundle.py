"""The bundle is found under hashed names, and its absence says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samverkan.shell.bundle import BundleMissing, read_bundle


def laid(folder: Path, *, complete: bool = True) -> Path:
    manifest = {"names": {"shell.css": "shell-AB.css"}, "files": ["shell-AB.css", "f-1.woff2"]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "shell-AB.css").write_bytes(b"body{}")
    if complete:
        (folder / "f-1.woff2").write_bytes(b"wOF2")
    return folder


def test_a_source_is_found_under_its_hashed_name(tmp_path: Path) -> None:
    bundle = read_bundle(laid(tmp_path))
    assert bundle.url("shell.css") == "/static/shell-AB.css"
    assert bundle.files["shell-AB.css"].media_type == "text/css"
    assert bundle.files["f-1.woff2"].media_type == "font/woff2"


@pytest.mark.parametrize("complete", [True, False])
def test_a_missing_bundle_says_how_it_is_built(tmp_path: Path, complete: bool) -> None:
    folder = tmp_path / "none" if complete else laid(tmp_path, complete=False)
    with pytest.raises(BundleMissing, match="npm ci && npm run build"):
        read_bundle(folder)


def test_a_source_that_was_not_built_says_the_same(tmp_path: Path) -> None:
    with pytest.raises(BundleMissing):
        read_bundle(laid(tmp_path)).url("graph.js")
