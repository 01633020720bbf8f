from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from samverkan.agency.facts import Selection
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.ids import DeliveryId
from tests.agency.sql.rows import ident, said, subject
from tests.instruments import NOON

OTHERS = DeliveryId(ident("dis", 9))


def test_what_was_never_delivered_is_not_there(party: SqlReading) -> None:
    assert party.register.deliveries() == []
    assert party.register.delivery(ident("dlv", 1)) is None
    assert party.register.delivered(b"\x01" * 32) is None
    assert party.register.rejects(ident("dlv", 1)) == []


def test_statements_come_back_as_they_were_oldest_first(party: SqlReading) -> None:
    new = said(1, Prop.STREET, "storgatan 1")
    old = said(1, Prop.CONDITION, "kfm:debt", months=("2026-01", "2026-02"), said_at=NOON - timedelta(days=90))  # fmt: skip
    same = said(1, Prop.STREET, "storgatan 2")
    party.register.add([new, old, same], party="polisen")
    assert party.register.statements(subject(1)) == [old, new, same]
    assert party.register.statements(subject(2)) == []


def test_own_fields_never_contain_what_others_disclosed(party: SqlReading) -> None:
    party.register.add([said(1, Prop.STREET, "storgatan 1")], party="polisen")
    theirs = said(1, Prop.STREET, "hemliga gatan 7", delivery=OTHERS)
    party.register.add([theirs, said(2, Prop.CITY, "1885", delivery=OTHERS)], party="kfm")
    found = party.register.own_fields([subject(1), subject(2)])
    assert set(found) == {subject(1)}
    assert found[subject(1)].all(Prop.STREET) == ("storgatan 1",)
    assert party.register.sources(subject(1)) == {ident("dlv", 1): "polisen", OTHERS: "kfm"}


def test_what_has_run_out_is_no_field(party: SqlReading) -> None:
    party.register.add(
        [
            said(1, Prop.STREET, "gammal", expires_on=date(2026, 11, 23)),
            said(1, Prop.CITY, "1885", expires_on=date(2026, 11, 24)),
            said(2, Prop.CITY, "1885", expires_on=date(2026, 11, 23)),
        ],
        party="polisen",
    )
    found = party.register.own_fields([subject(1), subject(2)])
    assert set(found) == {subject(1)}
    assert found[subject(1)].values == {Prop.CITY: ("1885",)}


def test_many_subjects_are_found_as_few_are(party: SqlReading) -> None:
    many = [said(n, Prop.CITY, "1885") for n in range(1, 1_203)]
    party.register.add(many, party="polisen")
    found = party.register.own_fields([s.subject for s in many])
    assert len(found) == 1_202
    assert party.register.counts() == {"Person": 1_202}


def _companies(party: SqlReading) -> None:
    firm: dict[str, Any] = {"schema": Schema.COMPANY}
    rows = [
        said(10, Prop.CITY, "1885", **firm),
        said(10, Prop.CONDITION, "fk:provider", **firm),
        said(10, Prop.DIRECTOR, "198104129830", **firm),
        said(11, Prop.CITY, "1885", **firm),
        said(11, Prop.DIRECTOR, "199001019820", **firm),
        said(12, Prop.CITY, "0180", **firm),
        said(12, Prop.CONDITION, "fk:provider", **firm),
        said(1, Prop.CITY, "1885"),
        said(1, Prop.ID_NUMBER, "198104129830"),
        said(2, Prop.ID_NUMBER, "199001019820"),
    ]
    party.register.add(rows, party="polisen")
    foreign = said(13, Prop.CITY, "1885", delivery=OTHERS, **firm)
    party.register.add([foreign], party="kfm")


def test_a_query_takes_own_subjects_of_the_place_that_meet_the_condition(
    party: SqlReading,
) -> None:
    _companies(party)
    here = frozenset({"1885"})
    select = party.register.select
    assert select(Selection(Schema.COMPANY, here)) == [subject(10), subject(11)]
    assert select(Selection(Schema.COMPANY, here, frozenset({"fk:provider"}))) == [subject(10)]
    assert select(Selection(Schema.PERSON, here)) == [subject(1)]
    assert select(Selection(Schema.COMPANY, frozenset())) == []


def test_directors_are_persons_named_by_companies_that_meet_the_condition(
    party: SqlReading,
) -> None:
    _companies(party)
    here = frozenset({"1885"})
    met = Selection(Schema.PERSON, here, frozenset({"fk:provider"}), directors=True)
    assert party.register.select(met) == [subject(1)]
    everybody = Selection(Schema.PERSON, here, directors=True)
    assert party.register.select(everybody) == [subject(1), subject(2)]
