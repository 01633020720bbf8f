"""Python's collector of cycles during a bulk."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heap_aside() -> Iterator[None]:
    """Objects that are there already are not gone through again and again while many come and go.

    A delivery makes a million short-lived objects; each hundred thousand of them would have the
    whole process searched for cycles, which takes a third of the time. Nothing is switched off: what
    becomes garbage here is found, what was garbage before is found afterwards.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
