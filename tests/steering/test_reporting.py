"""The frozen report can be made again to the byte, and explains each figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from samverkan.shell import texts
from samverkan.steering import operating, reporting
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Paper
from samverkan.steering.printing import Names, Press
from samverkan.wire.deciding import Freeze, Frozen
from tests.steering.world import (
    BENEFITS,
    POLICE,
    TAX,
    Room,
    freeze,
    hours,
    operation,
    outcome,
    plan,
    small_pack,
)


@dataclass
class Typewriter:
    """Prints nothing but what it was given."""

    printed: list[tuple[Paper, datetime]]

    def pdf(self, paper: Paper, made: datetime) -> bytes:
        self.printed.append((paper, made))
        return repr(paper).encode()

    def docx(self, paper: Paper, made: datetime) -> bytes:
        return b"docx" + made.isoformat().encode()

    def xlsx(self, paper: Paper, made: datetime) -> bytes:
        return b"xlsx" + made.isoformat().encode()

    def zip(self, paper: Paper, rows: bytes, made: datetime) -> bytes:
        return b"zip" + rows


def press(language: str = "sv") -> Press:
    words = texts.load(texts.HERE)[texts.Language(language)]
    return Press(Typewriter([]), words, language)


@pytest.fixture
def room() -> Room:
    room = Room()
    opened = operation(room)
    room.hear(operating.plan, TAX, plan(opened, "audit"))
    room.hear(operating.hours, TAX, hours(opened, "2026-w47", 1200))
    room.hear(operating.record, BENEFITS, outcome(opened, 250_000, shared=[TAX]))
    return room


def frozen(room: Room, **changes: Any) -> tuple[Frozen, Paper, datetime]:
    at_work = press()
    _, fact = room.hear(reporting.freeze, POLICE, freeze(**changes), at_work)
    assert isinstance(fact.body, Frozen)
    assert isinstance(at_work.printer, Typewriter)
    return fact.body, *at_work.printer.printed[0]


def refused(room: Room, party: str, command: Freeze) -> str:
    def use_case(hearing: Hearing, given: Freeze) -> object:
        return reporting.freeze(hearing, given, press())

    return room.refused(use_case, party, command)


def test_everyone_in_the_report_receives_it(room: Room) -> None:
    asked, told = room.hear(reporting.freeze, POLICE, freeze(), press())
    assert (asked.kind, asked.to) == ("report.freeze", frozenset({POLICE}))
    assert (told.kind, told.to) == ("report.frozen", frozenset({POLICE, BENEFITS, TAX}))


def test_the_same_log_gives_the_same_files(room: Room) -> None:
    once, _, made = frozen(room)
    twice, _, again = frozen(room)
    assert reporting.digests(once) == reporting.digests(twice)
    assert made == again == datetime(2026, 11, 24, tzinfo=UTC)


def test_what_comes_later_does_not_change_an_earlier_day(room: Room) -> None:
    before, _, _ = frozen(room)
    room.clock.advance(timedelta(days=2))
    opened = next(s for s, _, event in room.record.rows if event.kind == "proposal.decided")
    room.hear(operating.record, BENEFITS, outcome(opened, 7))
    later, _, _ = frozen(room)
    assert later.rows == before.rows
    today, _, _ = frozen(room, on="2026-11-26")
    assert today.rows != before.rows


@pytest.mark.parametrize(
    ("party", "changes", "code"),
    [
        (TAX, {}, "not_found"),
        (POLICE, {"report": "pro-" + "0" * 26}, "form_invalid"),
        (POLICE, {"on": "2026-11-25"}, "not_yet"),
        (POLICE, {"on": "2026-11-31"}, "field_not_a_date"),
        (POLICE, {"kind": "final"}, "period_open"),
        (POLICE, {"kind": "rough"}, "field_not_a_choice"),
        (POLICE, {"region": "atlantis"}, "not_in_pack"),
    ],
)
def test_a_report_out_of_order_is_refused(
    room: Room, party: str, changes: dict[str, Any], code: str
) -> None:
    assert refused(room, party, freeze(**changes)) == code


def test_a_final_report_of_a_year_that_is_over_closes_its_weeks(room: Room) -> None:
    opened = next(s for s, _, event in room.record.rows if event.kind == "proposal.decided")
    room.clock.advance(timedelta(days=60))
    frozen(room, on="2027-01-20")
    room.hear(operating.hours, TAX, hours(opened, "2026-w47", 5))
    frozen(room, kind="final", on="2027-01-20")
    assert room.refused(operating.hours, TAX, hours(opened, "2026-w47", 6)) == "week_frozen"


def test_a_report_of_a_region_or_an_operation_holds_nothing_else(room: Room) -> None:
    opened = next(s for s, _, event in room.record.rows if event.kind == "proposal.decided")
    operation(room)
    _, whole, _ = frozen(room)
    for part in ({"region": "north"}, {"operation": opened}):
        body, paper, _ = frozen(room, **part)
        assert paper.title != whole.title
        assert (body.region, body.operation) == (part.get("region"), part.get("operation"))
    assert dict(paper.facts)["Pågående insatser under året"] == "1"
    assert dict(whole.facts)["Pågående insatser under året"] == "2"


def test_a_report_is_frozen_once(room: Room) -> None:
    command = freeze()
    room.hear(reporting.freeze, POLICE, command, press())
    assert refused(room, POLICE, command) == "already_decided"


def test_the_paper_speaks_the_packs_names_and_carries_the_digest(room: Room) -> None:
    body, paper, _ = frozen(room)
    assert paper.digest == body.rows.hex()
    assert paper.publisher == "police på svenska"
    first = paper.sections[0]
    (row,) = first.sheet.rows
    assert row[:6] == ("recovery på svenska", 1, "decided på svenska", "kr på svenska", 250_000, 1)
    outcomes = paper.sections[-1].sheet
    assert str(row[-1]).split() == [outcomes.rows[0][0]]


def test_every_table_is_as_wide_as_its_columns(room: Room) -> None:
    _, paper, _ = frozen(room)
    names = [section.sheet.name for section in paper.sections]
    assert len(set(names)) == len(names) == 10
    for section in paper.sections:
        assert section.sheet.rows
        assert {len(row) for row in section.sheet.rows} == {len(section.sheet.columns)}


def test_a_code_that_the_pack_has_dropped_shows_itself() -> None:
    names = Names(small_pack(), "en")
    assert names.of(small_pack().regions, "north") == "north"
    assert names.of(small_pack().regions, "lost-region") == "lost-region"
    assert names.party("lost-party") == "lost-party"


def test_a_unit_of_one_decimal_is_counted_in_tenths() -> None:
    names = Names(small_pack(), "en")
    assert names.amount(125, "kg") == Decimal("12.5")
    assert names.amount(125, "kr") == 125
    assert names.amount(125, "lost-unit") == 125
