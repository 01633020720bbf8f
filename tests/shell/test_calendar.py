"""A calendar file follows RFC 5545: whole days, escaped titles, folded lines, nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

from samverkan.shell.calendar import Day, calendar

MADE = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_day_is_an_entry_with_a_title_and_ends_the_day_after() -> None:
    lines = calendar("Vivalla", [Day("loc-1.2026-12-03", date(2026, 12, 3), "Vivalla")], made=MADE)
    assert lines.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261204\r\n" in lines
    assert "DTSTAMP:20261124T120000Z" in lines
    assert lines.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "DESCRIPTION" not in lines
    assert "ATTENDEE" not in lines


def test_signs_that_part_values_are_escaped() -> None:
    lines = calendar("A;B, C\\D\nE", [], made=MADE)
    assert "X-WR-CALNAME:A\\;B\\, C\\\\D\\nE\r\n" in lines


def test_no_line_is_longer_than_75_octets_and_no_letter_is_torn() -> None:
    title = "Samverkan i området " + "å" * 80
    text = calendar("x", [Day("u", date(2026, 1, 1), title)], made=MADE)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert title in text.replace("\r\n ", "")
