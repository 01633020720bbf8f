"""The built styles, script and fonts, under names that carry a hash of their content."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samverkan.kernel.outcome import SamverkanError

FOLDER = Path(__file__).parent / "static" / "dist"
_KINDS = {".woff2": "font/woff2", ".geojson": "application/geo+json"}


class BundleMissing(SamverkanError):
    """The styles and script were never built, or one of them has gone."""

    def __init__(self) -> None:
        super().__init__("the page bundle is missing; build it with: npm ci && npm run build")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the bundle, ready to be sent."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files by public name, and the public name of each source name."""

    files: Mapping[str, File]
    names: Mapping[str, str]

    def content(self, source: str) -> bytes:
        """The bytes of a source file, such as `municipalities.geojson`. Raises `BundleMissing`."""
        try:
            return self.files[self.names[source]].content
        except KeyError:
            raise BundleMissing from None

    def url(self, source: str) -> str:
        """The address of a source file, such as `shell.css`. Raises `BundleMissing`."""
        try:
            return f"/static/{self.names[source]}"
        except KeyError:
            raise BundleMissing from None


@cache
def read_bundle(folder: Path = FOLDER) -> Bundle:
    """The bundle of the folder, read once in a process. Raises `BundleMissing`.

    Only what the manifest names is served, so no request can name another file.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files = {name: _file(folder / name) for name in manifest["files"]}
    except FileNotFoundError:
        raise BundleMissing from None
    return Bundle(files, manifest["names"])


def _file(path: Path) -> File:
    kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return File(path.read_bytes(), kind or "application/octet-stream")
