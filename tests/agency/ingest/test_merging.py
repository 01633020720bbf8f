"""Whom a record is about, over batches and deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from samverkan.agency.ingest import DeliveryMapping, parse_mapping
from samverkan.domain.statement import Prop, Schema, fields
from samverkan.kernel.ids import SubjectId
from tests.agency.ingest.test_reading import BO_NO, EVA, EVA_NO, FIRM, NODE, read
from tests.agency.ingest.whole import Memory, Whole, read_whole

Cells = Mapping[str, str]


def mapping() -> DeliveryMapping:
    found = parse_mapping(NODE)
    assert isinstance(found, DeliveryMapping)
    return found


def deliver(memory: Memory, *rows: Cells, batch: int = 1) -> Whole:
    """One delivery after another into the same memory."""
    memory.next_delivery()
    return read_whole(enumerate(rows, 2), mapping(), memory=memory, batch=batch)


def subjects(*results: Whole) -> list[SubjectId]:
    """The subjects of the rows, one after another."""
    by_row = [{said.row: said.subject for said in result.statements} for result in results]
    return [subject for rows in by_row for _, subject in sorted(rows.items())]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_batch_more_or_less_changes_no_subject(batch: int) -> None:
    rows = [EVA | {"no": ""}, EVA, EVA | {"post": "79111"}, EVA | {"no": BO_NO}, EVA | {"no": ""}]
    whole = read_whole(enumerate(rows, 2), mapping())
    parted = read_whole(enumerate(rows, 2), mapping(), batch=batch)
    assert [len(one.statements) for one in parted.subjects] == [
        len(one.statements) for one in whole.subjects
    ]


def test_a_number_leads_back_to_its_subject_in_a_later_delivery() -> None:
    memory = Memory()
    first, then = deliver(memory, EVA), deliver(memory, EVA | {"last": "Lund", "post": "79111"})
    assert len(set(subjects(first, then))) == 1
    corrected = fields([*first.statements, *then.statements])
    assert corrected.all(Prop.LAST_NAME) == ("Lund", "Lind")


def test_a_likeness_leads_back_unless_two_right_numbers_differ() -> None:
    memory = Memory()
    nameless = deliver(memory, EVA | {"no": ""})
    numbered = deliver(memory, EVA)
    other = deliver(memory, EVA | {"no": BO_NO})
    again = deliver(memory, EVA | {"no": ""})
    one, two, three, four = subjects(nameless, numbered, other, again)
    assert one == two == four != three


def test_a_person_and_a_firm_of_one_number_stay_two() -> None:
    memory = Memory()
    found = subjects(deliver(memory, EVA), deliver(memory, FIRM | {"no": EVA_NO}))
    assert len(set(found)) == 2


def test_a_batch_tells_what_is_new_and_who_returns() -> None:
    memory = Memory()
    deliver(memory, EVA, FIRM)
    assert memory.here == set(memory.keys.values())
    memory.next_delivery()
    deliver(memory, EVA)
    assert len(memory.here) == 1


def seen(**changes: str) -> dict[str, Any]:
    return FIRM | {"seen": "1"} | changes


def test_what_a_returning_subject_meets_no_more_is_told_once_a_row() -> None:
    memory = Memory()
    deliver(memory, seen())
    (ending,) = deliver(memory, seen(seen="0")).endings
    assert ending.said == [("conditionEnded", "x:seen", "", "")]
    assert (ending.row, ending.schema) == (2, Schema.COMPANY)
    assert ending.subject in memory.here


@pytest.mark.parametrize("cell", ["", "1"])
def test_a_condition_that_is_met_or_not_asked_about_does_not_end(cell: str) -> None:
    memory = Memory()
    deliver(memory, seen())
    assert deliver(memory, seen(seen=cell)).endings == ()


def test_a_new_subject_has_no_condition_to_end() -> None:
    assert read(seen(seen="0")).endings == ()
