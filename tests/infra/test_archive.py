from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from samverkan.infra.archive import archive

MADE = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def test_an_archive_carries_its_makers_moment_and_the_order_given() -> None:
    made = archive({"b.txt": b"two", "a.txt": b"one"}, MADE)
    assert made == archive({"b.txt": b"two", "a.txt": b"one"}, MADE)
    with zipfile.ZipFile(io.BytesIO(made)) as zipped:
        assert zipped.namelist() == ["b.txt", "a.txt"]
        assert {entry.date_time for entry in zipped.infolist()} == {(2026, 11, 24, 12, 30, 0)}
        assert zipped.read("a.txt") == b"one"


def test_a_moment_before_the_format_is_its_first() -> None:
    made = archive({"a": b""}, datetime(1970, 1, 1, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(made)) as zipped:
        assert zipped.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
