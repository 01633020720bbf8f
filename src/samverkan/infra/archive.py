"""A ZIP archive that is the same bytes for the same content: dated by its maker, in fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The format knows no earlier moment."""


def archive(files: Mapping[str, bytes], made: datetime) -> bytes:
    """The files in the order given; times, system and rights are fixed."""
    moment = max(made.astimezone(UTC).timetuple()[:6], _FIRST)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, data, zipfile.ZIP_DEFLATED, 6)
    return target.getvalue()
