"""What a delivery's reader is told of what was not used as it stood: on the page and as a file."""

from __future__ import annotations

from collections.abc import Iterable

from samverkan.agency.facts import RejectFacts
from samverkan.shell.csvfile import csv_bytes
from samverkan.shell.texts import Texts

_COLUMNS = ("row", "column", "code", "effect", "reason")


def rejects_file(t: Texts, rejects: Iterable[RejectFacts]) -> bytes:
    """Row, column, code, what became of it and why, as CSV. No value of the delivery is in it."""
    header = [t(f"rejects.{name}") for name in _COLUMNS]
    return csv_bytes(header, ((one.row, one.column, one.code, *worded(t, one)) for one in rejects))


def worded(t: Texts, one: RejectFacts) -> tuple[str, str]:
    """What became of the row or cell, and why."""
    return t(f"effect.{one.effect}"), t.reject(one.code)


def form_words(t: Texts, form: str) -> str:
    """How a file was read: format, what parts its columns, encoding."""
    return ", ".join(t(f"form.{part}") for part in form.split("."))
