"""Corrections come back in the order in which they came, on each dialect."""

from __future__ import annotations

from datetime import timedelta

from samverkan.agency.sql.work import SqlReading
from samverkan.domain.statement import Prop
from tests.agency.sql.rows import case, disclosed, ident, request, said, subject
from tests.agency.test_amendments import amended
from tests.instruments import NOON


def test_amendments_come_back_by_disclosure_and_by_time(party: SqlReading) -> None:
    one, two = amended(1, "street", "x"), amended(2, "street")
    party.amendments.put(one.body, outgoing=False, at=NOON)
    party.amendments.put(two.body, outgoing=False, at=NOON + timedelta(hours=1))
    assert [f.body for f in party.amendments.of(one.body.disclosure)] == [one.body, two.body]
    assert party.amendments.of(ident("dis", 9)) == []
    late = party.amendments.since(NOON + timedelta(minutes=1), outgoing=False)
    assert [f.body for f in late] == [two.body]
    assert party.amendments.since(NOON, outgoing=True) == []
    assert party.amendments.known(one.body.amendment)
    assert not party.amendments.known(ident("dis", 9))


def test_a_disclosure_leads_to_its_request(party: SqlReading) -> None:
    party.register.add([said(1, Prop.CITY, "1885")], party="polisen")
    party.cases.open(case(1, subject(1)))
    party.cases.add_request(request(1))
    body = disclosed(1, 1)
    party.cases.add_disclosure(body, outgoing=False, at=NOON)
    assert party.amendments.request_of(body.disclosure) == request(1).id
    assert party.amendments.request_of(ident("dis", 9)) is None
