"""A delivery's records enter the store: subjects found again, corrections, ends, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from samverkan.agency.facts import DeliveryFacts, RejectFacts, Selection
from samverkan.agency.ingest import Effect, Record, Reject, merge
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.intake import SqlIntake, Terms
from samverkan.agency.sql.register import SqlRegister
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SubjectId
from tests.agency.sql.rows import ident
from tests.instruments import NOON, seeded

DRAW = seeded(3)
DAY = datetime(2026, 6, 1, tzinfo=UTC)
EVERYBODY = Selection(Schema.PERSON, frozenset({"1885"}))
DEBTORS = Selection(Schema.PERSON, frozenset({"1885"}), frozenset({"kfm:debt"}))


@dataclass
class Desk:
    """A party's repositories, and the transaction that they are in."""

    connection: Connection
    party: SqlReading

    @property
    def register(self) -> SqlRegister:
        return self.party.register


@pytest.fixture
def desk(connection: Connection, party: SqlReading) -> Desk:
    return Desk(connection, party)


def intake(desk: Desk, number: int) -> SqlIntake:
    """The intake of a delivery by number, begun."""
    id_ = ident("dlv", number)
    made = SqlIntake(desk.connection, Terms(desk.party.me, id_, "2001:184", "enforcement"), DRAW)
    at = NOON + timedelta(days=number)
    made.begin(DeliveryFacts(id_, bytes([number]) * 32, "kfm-register", "rows.csv", 0, at))
    return made


def record(row: int, who: str, *said: tuple[Prop, str], **other: Any) -> Record:
    """A row about somebody by number, with what else is said."""
    words = [(Prop.ID_NUMBER, who), *said] if who else list(said)
    base: dict[str, Any] = {
        "row": row,
        "schema": Schema.PERSON,
        "said_at": DAY,
        "classification": "osl-34-1",
        "expires_on": date(2028, 6, 1),
        "said": [(prop.value, value, value.upper(), "") for prop, value in words],
        "number": who.rjust(16, "0").encode() if who else None,
        "likeness": None,
    }
    return Record(**base | other)


def deliver(desk: Desk, number: int, batches: Iterable[list[Record]]) -> DeliveryFacts:
    """A whole delivery, batch by batch."""
    made, rows = intake(desk, number), 0
    for records in batches:
        made.keep(merge(records, made, DRAW))
        rows += len(records)
    return made.end(rows, {"z", "a"})


def street(desk: Desk, subject: SubjectId) -> str | None:
    return desk.register.own_fields([subject])[subject].current(Prop.STREET)


def test_records_become_statements_with_their_terms(desk: Desk) -> None:
    lines = [record(2, "1", (Prop.STREET, "storgatan 1")), record(3, "2")]
    facts = deliver(desk, 1, [lines])
    assert (facts.rows, facts.statements, facts.subjects) == (2, 3, 2)
    assert facts.unread == ("a", "z")
    assert desk.register.deliveries() == [facts]
    assert desk.register.delivered(facts.sha256) == facts
    subject = lines[0].subject
    assert subject is not None
    number, home = desk.register.statements(subject)
    assert (home.value, home.original, home.row) == ("storgatan 1", "STORGATAN 1", 2)
    assert (home.basis, home.purpose, home.classification) == (
        "2001:184",
        "enforcement",
        "osl-34-1",
    )
    assert (home.said_at, home.expires_on, home.delivery) == (DAY, date(2028, 6, 1), facts.id)
    assert number.id != home.id
    assert desk.register.sources(subject) == {facts.id: desk.party.me}


def test_one_number_is_one_subject_over_batches_and_deliveries(desk: Desk) -> None:
    first = [record(2, "1"), record(3, "1"), record(4, "2")]
    second, later = [record(5, "1"), record(6, "3")], [record(2, "1"), record(3, "4")]
    assert deliver(desk, 1, [first, second]).subjects == 3
    assert deliver(desk, 2, [later]).subjects == 2
    assert len({one.subject for one in (*first[:2], second[0], later[0])}) == 1
    assert desk.register.counts() == {"Person": 4}


def test_a_later_delivery_corrects_an_earlier_one_and_both_are_kept(desk: Desk) -> None:
    (before,) = first = [record(7, "1", (Prop.STREET, "gamla vägen 1"))]
    deliver(desk, 1, [first])
    deliver(desk, 2, [[record(2, "1", (Prop.STREET, "nya vägen 2"))]])
    assert before.subject is not None
    assert street(desk, before.subject) == "nya vägen 2"
    said = [s.value for s in desk.register.statements(before.subject) if s.prop is Prop.STREET]
    assert said == ["gamla vägen 1", "nya vägen 2"]


def test_what_was_said_on_a_later_day_stands_whenever_it_came(desk: Desk) -> None:
    newer = record(2, "1", (Prop.STREET, "nya vägen 2"), said_at=DAY + timedelta(days=9))
    deliver(desk, 1, [[newer]])
    deliver(desk, 2, [[record(2, "1", (Prop.STREET, "gamla vägen 1"))]])
    assert newer.subject is not None
    assert street(desk, newer.subject) == "nya vägen 2"


def test_a_likeness_leads_to_a_subject_until_another_number_parts_them(desk: Desk) -> None:
    alike = {"likeness": b"a" * 16}
    nameless, numbered, other = (record(2, "", **alike), record(2, "1", **alike), record(2, "2", **alike))  # fmt: skip
    for number, one in enumerate((nameless, numbered, other), 1):
        deliver(desk, number, [[one]])
    assert nameless.subject == numbered.subject
    assert other.subject != numbered.subject


def debt(row: int, who: str, *, holds: bool, **other: Any) -> Record:
    said = [(Prop.CITY, "1885"), *([(Prop.CONDITION, "kfm:debt")] if holds else [])]
    return record(row, who, *said, unmet=() if holds else ("kfm:debt",), **other)


def test_a_condition_that_is_said_no_more_has_ended(desk: Desk) -> None:
    deliver(desk, 1, [[debt(2, "1", holds=True), debt(3, "2", holds=True)]])
    both = desk.register.select(DEBTORS)
    assert len(both) == 2
    paid = debt(2, "1", holds=False)
    deliver(desk, 2, [[paid]])
    assert paid.subject is not None
    assert desk.register.select(DEBTORS) == [one for one in both if one != paid.subject]
    assert desk.register.own_fields([paid.subject])[paid.subject].conditions == {}
    said = [s.prop for s in desk.register.statements(paid.subject)]
    assert Prop.CONDITION in said, "the earlier word is kept"
    deliver(desk, 3, [[debt(2, "1", holds=True)]])
    assert desk.register.select(DEBTORS) == both


def test_a_condition_that_another_row_states_has_not_ended(desk: Desk) -> None:
    deliver(desk, 1, [[debt(2, "1", holds=True)]])
    yes, no = debt(2, "1", holds=True), debt(3, "1", holds=False, said_at=DAY + timedelta(days=1))
    deliver(desk, 2, [[no], [yes]])
    deliver(desk, 3, [[yes, no]])
    assert len(desk.register.select(DEBTORS)) == 1


def test_one_who_never_met_a_condition_has_nothing_to_end(desk: Desk) -> None:
    before = debt(2, "1", holds=False)
    deliver(desk, 1, [[before]])
    deliver(desk, 2, [[debt(2, "1", holds=False)]])
    assert before.subject is not None
    said = {s.prop for s in desk.register.statements(before.subject)}
    assert Prop.CONDITION_ENDED not in said


def test_what_has_run_out_selects_nobody(desk: Desk) -> None:
    old = record(2, "1", (Prop.CITY, "1885"), expires_on=NOON.date() - timedelta(days=1))
    deliver(desk, 1, [[old]])
    assert desk.register.select(EVERYBODY) == []
    deliver(desk, 2, [[record(2, "1", (Prop.CITY, "1885"))]])
    assert desk.register.select(EVERYBODY) == [old.subject]
    deliver(desk, 3, [[record(2, "1", (Prop.CITY, "1885"), expires_on=NOON.date() - timedelta(days=9))]])  # fmt: skip
    assert desk.register.select(EVERYBODY) == [old.subject]


def test_a_cell_is_rejected_once_and_rejects_stand_in_order(desk: Desk) -> None:
    made = intake(desk, 1)
    first, second = (
        Reject(2, Code.ID_CHECK_DIGIT, "nr", Effect.KEPT),
        Reject(2, Code.ROW_INVALID, "nr"),
    )
    whole = Reject(1, Code.ROW_WIDTH, None, Effect.ROW_OUT)
    made.reject([first, second])
    made.reject([whole, Reject(3, Code.ROW_INVALID, "x" * 300)])
    assert made.end(3, ()).rejects == 3
    assert desk.register.rejects(ident("dlv", 1)) == [
        RejectFacts(1, "", "row_width", "row-out"),
        RejectFacts(2, "nr", "id_check_digit", "kept"),
        RejectFacts(3, "x" * 200, "row_invalid", "cell-out"),
    ]


def test_statements_of_one_subject_keep_the_order_of_their_rows(desk: Desk) -> None:
    lines = [record(row, str(row % 3), (Prop.STREET, f"väg {row}")) for row in range(2, 60)]
    deliver(desk, 1, [lines])
    rows = desk.connection.execute(select(t.statement.c.subject, t.statement.c.row).order_by(t.statement.c.no)).all()  # fmt: skip
    for subject in {row.subject for row in rows}:
        mine = [row.row for row in rows if row.subject == subject]
        assert mine == sorted(mine)


@pytest.mark.parametrize("count", [1, 6_000])
def test_many_keys_are_known_as_few_are(desk: Desk, count: int) -> None:
    lines = [record(row, str(row)) for row in range(count)]
    made = intake(desk, 1)
    made.keep(merge(lines, made, DRAW))
    known = made.known([one.number for one in lines if one.number])
    assert len(known) == count
    assert all(one.here and one.numbered for one in known.values())
