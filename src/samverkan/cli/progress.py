"""How far a long command is: a bar on a terminal, nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Hears how much is done, of how much, and draws it on standard error while the block lasts."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1000, label=label, file=sys.stderr, hidden=hidden) as drawn:

        def told(done: int, of: int) -> None:
            drawn.update(1000 * done // max(1, of) - drawn.pos)

        yield told
