"""Addresses within one origin: the page's own, changed, and paths that a browser gave us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


@dataclass(frozen=True, slots=True)
class Here:
    """The address of the page being read."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def having(self, **changed: object) -> str:
        """The same page with these query parameters changed; None takes one away."""
        kept = [(name, value) for name, value in self.query if name not in changed]
        new = [(name, str(value)) for name, value in changed.items() if value is not None]
        query = urlencode(kept + new)
        return f"{self.path}?{query}" if query else self.path

    @property
    def full(self) -> str:
        """This very page."""
        return self.having()


def local_path(text: str) -> str:
    """The path if it stays within this origin, else the start page (no open redirects)."""
    return text if len(text) < 2000 and _LOCAL.fullmatch(text) else "/"
