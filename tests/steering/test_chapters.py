"""The chapters beside the figures count what could be wrong, and answer what was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from samverkan.domain.operation import Operation
from samverkan.domain.pack import Published
from samverkan.domain.result import report
from samverkan.shell import texts
from samverkan.steering import chapters, operating
from samverkan.steering.ports import Section
from samverkan.steering.printing import Names
from tests.steering.world import BENEFITS, POLICE, TAX, Room, hours, operation, outcome, words

T = texts.load(texts.HERE)[texts.Language.SV]


@pytest.fixture
def room() -> Room:
    return Room()


def folded(room: Room, opened: str) -> Operation:
    chain = room.record.under(opened)
    assert chain is not None
    found = room.hearing(POLICE).operation(chain)
    assert found is not None
    return found


def chapter(make: Any, room: Room, *operations: Operation) -> Section:
    rows = report(
        operations,
        year=2026,
        on="2026-11-24",
        indicators=room.pack.indicators,
        catalogue={},
    )
    made: Section = make(operations, rows, Names(room.pack, "sv"), T)
    return made


def counted(section: Section, name: str) -> object:
    rows = {str(row[0]): row[1] for row in section.sheet.rows}
    return rows[T(f"report.quality.{name}")]


def test_quality_counts_what_is_not_confirmed_and_what_is_late(room: Room) -> None:
    opened = operation(room)
    room.hear(operating.record, BENEFITS, outcome(opened, 90, shared=[TAX], claim=100))
    room.hear(operating.record, BENEFITS, outcome(opened, -10))
    room.hear(operating.hours, TAX, hours(opened, "2026-w40", 8))
    room.hear(operating.hours, TAX, hours(opened, "2026-m10", 5))
    room.clock.advance(timedelta(days=300))
    room.hear(operating.record, BENEFITS, outcome(opened, 5, decided="2027-08-01"))
    made = chapter(chapters.quality, room, folded(room, opened))
    assert {name: counted(made, name) for name in ("unconfirmed", "late", "negative")} == {
        "unconfirmed": 1,
        "late": 1,
        "negative": 1,
    }
    assert (counted(made, "hours"), counted(made, "months")) == (13, 5)
    assert counted(made, "no_claim") == 2


def test_the_auditors_see_who_has_told_no_time(room: Room) -> None:
    opened = operation(room)
    room.hear(operating.hours, TAX, hours(opened, "2026-w40", 8))
    rows = {
        row[0]: row[1:] for row in chapter(chapters.audit, room, folded(room, opened)).sheet.rows
    }
    assert rows["tax på svenska"] == ("regional", 8, 4_000, 0)
    assert rows["benefits på svenska"] == (T("report.audit.none"), 0, 0, 0)


def test_a_goal_stands_beside_what_was_decided(room: Room) -> None:
    opened = operation(room)
    room.hear(operating.record, BENEFITS, outcome(opened, 60))
    (row,) = chapter(chapters.goals, room, folded(room, opened)).sheet.rows
    assert row == (opened, "recovery på svenska", "kr på svenska", 0, 100, 60)


def test_definitions_are_those_of_the_figures(room: Room) -> None:
    opened = operation(room)
    room.hear(operating.record, BENEFITS, outcome(opened, 60))
    rows = report(
        [folded(room, opened)],
        year=2026,
        on="2026-11-24",
        indicators=room.pack.indicators,
        catalogue={},
    )
    made = chapters.definitions(rows, Names(room.pack, "sv"), T)
    assert list(made.sheet.rows) == [("recovery på svenska", 1, "kr på svenska", "d på svenska")]


def test_published_figures_stand_apart_with_their_source(room: Room) -> None:
    one = Published("a", 2019, words("years"), 177, "number", "REG21")
    pack = replace(room.pack, published={"a": one, "b": replace(one, id="b", year=2018)})
    made = chapters.published(pack, Names(pack, "sv"), T)
    assert [(row[0], row[-1]) for row in made.sheet.rows] == [("2018", "REG21"), ("2019", "REG21")]
