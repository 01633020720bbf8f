"""A manifest (följesedel): what the sender says of a file, in JSON beside it.

`{"file": …, "kind": …, "sha256": …, "stamp": …}`; whatever else it says is left unread.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp

_LONGEST = 64 << 10
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a sender says of a file that lies beside the manifest."""

    path: Path
    kind: str
    sha256: bytes
    stamp: Stamp


def read_manifest(path: Path) -> Manifest | Refused:
    """Read a manifest; the file that it names lies in its own folder. `OSError` passes."""
    if path.stat().st_size > _LONGEST:
        return refuse(Code.FILE_MANIFEST)
    try:
        said = json.loads(path.read_bytes())
        name, kind = said["file"], said["kind"]
        sha256, stamp = bytes.fromhex(said["sha256"]), Stamp(said["stamp"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return refuse(Code.FILE_MANIFEST)
    beside = isinstance(name, str) and Path(name).name == name and (path.parent / name).is_file()
    if not beside or not isinstance(kind, str) or len(sha256) != _DIGEST:
        return refuse(Code.FILE_MANIFEST)
    return Manifest(path.parent / name, kind, sha256, stamp)
