"""A seat has one holder a day; a delegation is dated, ends by hand-over, and nothing is rewritten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.domain import seating
from samverkan.domain.org import Role
from samverkan.domain.seating import ROLES, Open, Seat
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DelegationId
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import By, Event
from samverkan.wire.seating import Delegate, HandOver
from samverkan.wire.v1 import Message, to_body
from tests.instruments import seeded

draw = seeded()
FIRST = DelegationId.draw(draw)
BY = By(user="usr-" + "1" * 26, role="deputy", policy="answer-for-own-party-locally")
OPEN = Open(frozenset({Seat.MEMBER, Seat.DEPUTY}), "2026-01-01", "2027-12-31")
TODAY = date(2026, 11, 24)


def delegate(**changes: Any) -> Delegate:
    given: dict[str, Any] = {"delegation": DelegationId.draw(draw), "body": "group"}
    given |= {"seat": "member", "since": "2026-12-01", "until": "2027-05-31"}
    return Delegate(by=BY, **(given | changes))


def event(kind: str, body: Message) -> Event:
    return Event(party="tax", at="2026-11-24T12:00:00Z", kind=kind, body=to_body(body))


KNOWN = seating.fold([event(seating.DELEGATE, delegate(delegation=FIRST))])


def code(answer: Refused | None) -> Code | None:
    return None if answer is None else answer.code


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"since": "2027-06-01", "until": "2027-12-31"}, None),
        ({"seat": "deputy"}, None),
        ({"body": "another"}, None),
        ({"since": "2027-05-31", "until": "2027-06-30"}, Code.SEAT_TAKEN),
        ({"since": "2026-06-01", "until": "2026-12-01"}, Code.SEAT_TAKEN),
        ({"seat": "coordinator"}, Code.NOT_THE_OWNER),
        ({"seat": "king"}, Code.FORM_INVALID),
        ({"since": "2027-07-01", "until": "2027-06-30"}, Code.FIELD_NOT_A_DATE),
        ({"since": "2025-12-31", "until": "2026-02-01"}, Code.BODY_NOT_THERE),
        ({"since": "2027-06-01", "until": "2028-01-01"}, Code.BODY_NOT_THERE),
        ({"seat": "deputy", "delegation": FIRST}, Code.ALREADY_DECIDED),
    ],
)
def test_two_delegates_never_hold_one_seat_on_one_day(
    changes: dict[str, Any], expected: Code | None
) -> None:
    assert code(seating.delegate(KNOWN, "tax", delegate(**changes), OPEN)) is expected


def test_another_party_fills_its_own_seat_on_the_same_days() -> None:
    assert seating.delegate(KNOWN, "debts", delegate(), OPEN) is None


def test_who_has_no_seat_fills_none() -> None:
    assert code(seating.delegate(KNOWN, "debts", delegate(), None)) is Code.NOT_A_MEMBER


@pytest.mark.parametrize(
    ("party", "until", "expected"),
    [
        ("tax", "2026-12-01", None),
        ("tax", "2027-05-31", None),
        ("tax", "2026-11-30", Code.FIELD_NOT_A_DATE),
        ("tax", "2027-06-01", Code.FIELD_NOT_A_DATE),
        ("debts", "2026-12-31", Code.NOT_FOUND),
    ],
)
def test_a_hand_over_ends_an_own_delegation_within_its_days(
    party: str, until: str, expected: Code | None
) -> None:
    command = HandOver(by=BY, delegation=FIRST, until=until)
    assert code(seating.hand_over(KNOWN, party, command, on=TODAY)) is expected


def test_after_a_hand_over_the_seat_is_free_and_the_note_is_kept() -> None:
    handed = HandOver(by=BY, delegation=FIRST, until="2026-12-31", note="Two questions wait.")
    events = [event(seating.DELEGATE, delegate(delegation=FIRST)), event(seating.HAND_OVER, handed)]
    known = seating.fold(events)
    assert known[FIRST].note == "Two questions wait."
    assert seating.held(known, "group", on="2027-01-01") == []
    later = delegate(since="2027-01-01", until="2027-05-31")
    assert seating.delegate(known, "tax", later, OPEN) is None


def test_each_seat_gives_a_role_that_decides_for_nobody_outside_the_body() -> None:
    assert set(ROLES.values()) == {Role.LOCAL_MEMBER, Role.LOCAL_DEPUTY, Role.COORDINATOR}
    assert set(ROLES) == set(Seat)
