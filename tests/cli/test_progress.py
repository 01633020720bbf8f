from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from samverkan.cli.progress import bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def standard_error(stream: io.StringIO) -> Iterator[None]:
    kept, sys.stderr = sys.stderr, stream
    try:
        yield
    finally:
        sys.stderr = kept


def drawn(stream: io.StringIO) -> str:
    with standard_error(stream), bar("rows") as told:
        told(1, 4)
        told(4, 4)
    return stream.getvalue()


def test_a_terminal_sees_how_far_it_is() -> None:
    assert "rows" in drawn(Terminal())
    assert "100%" in drawn(Terminal())


def test_where_nobody_looks_nothing_is_drawn() -> None:
    assert "%" not in drawn(io.StringIO())


def test_nothing_to_do_is_done() -> None:
    with bar("rows") as told:
        told(0, 0)


def test_what_goes_wrong_inside_goes_on() -> None:
    with pytest.raises(ZeroDivisionError), bar("rows"):
        raise ZeroDivisionError
