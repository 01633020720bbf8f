"""Work in pieces, in turn or on several threads; the results come in the order of the pieces.

Threads help where the work is done outside the interpreter: libsodium's group operations (`oprf`)
run beside each other, one thread to a core.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

Piece = TypeVar("Piece")
Made = TypeVar("Made")


class Spread(Protocol):
    """Does one thing to every piece."""

    def __call__(self, do: Callable[[Piece], Made], pieces: Sequence[Piece], /) -> list[Made]:
        """What was made of each, in their order. The first failure is raised."""


def in_turn(do: Callable[[Piece], Made], pieces: Sequence[Piece], /) -> list[Made]:
    """One after the other."""
    return [do(piece) for piece in pieces]


class Threads:
    """Beside each other on so many threads, which are kept and wait for the next work."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="spread")

    def __call__(self, do: Callable[[Piece], Made], pieces: Sequence[Piece], /) -> list[Made]:
        """See `Spread`. A single piece is not worth a thread."""
        return in_turn(do, pieces) if len(pieces) < 2 else list(self._pool.map(do, pieces))
