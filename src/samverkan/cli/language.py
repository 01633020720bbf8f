"""The terminal's language."""

from __future__ import annotations

import os
from collections.abc import Mapping

from samverkan.shell.texts import Language


def spoken(environment: Mapping[str, str] = os.environ) -> Language:
    """Swedish where the terminal is Swedish, else English (POSIX: LC_ALL before LANG)."""
    said = environment.get("LC_ALL") or environment.get("LANG") or ""
    return Language.SV if said.startswith("sv") else Language.EN
