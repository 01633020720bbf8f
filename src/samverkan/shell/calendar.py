"""A calendar file (iCalendar, RFC 5545) of whole days: their titles and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
_WIDEST = 75
"""Octets of a line before it is folded (section 3.1)."""


@dataclass(frozen=True, slots=True)
class Day:
    """One entry: what makes it the same entry again, its day, its title."""

    uid: str
    day: date
    title: str


def calendar(name: str, days: Iterable[Day], *, made: datetime) -> str:
    """The file; `made` is the moment of its making."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//samverkan//samverkan//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.title)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _text(value: str) -> str:
    """A text value with its signs escaped (section 3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """A long line in parts of at most 75 octets, no sign torn apart (section 3.1)."""
    parts, room = [""], _WIDEST
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(" ")
            room = _WIDEST - 1
        parts[-1] += sign
        room -= size
    return "\r\n".join(parts)
