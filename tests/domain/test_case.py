"""The lead moves a header on; a code name is drawn; a closed case stays closed."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from samverkan.domain import case
from samverkan.domain.case import KINDS, NEXT, BrokenCase, Header, State
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import refuse
from samverkan.wire.casing import CaseOpened, JoinCase, OpenCase, ReviewCase
from samverkan.wire.joining import Event
from samverkan.wire.v1 import Message, to_body
from tests.instruments import seeded
from tests.steering.world import (
    BENEFITS,
    FOUR,
    LEADS,
    POLICE,
    TAX,
    WORK,
    mark,
    new,
    opening,
    small_pack,
)

TODAY = date(2026, 11, 24)
OPENING = opening(new(CooperationId))
CASE = OPENING.case
PACK = small_pack()


def told(kind: str, body: Message, party: str = POLICE, day: str = "2026-11-24") -> Event:
    return Event(party=party, at=f"{day}T12:00:00.000000Z", kind=kind, body=to_body(body))


BEGUN = told(case.OPENED, CaseOpened(case=CASE, name="granite", opening=OPENING))
JOINED = told(case.JOIN, JoinCase(by=LEADS, case=CASE, number="f-2026-7"), BENEFITS)


def header(*events: Event) -> Header:
    found = case.fold([BEGUN, *events])
    assert found is not None
    return found


def test_whoever_opens_leads_and_takes_part() -> None:
    found = header()
    assert (found.lead, found.parties, found.numbers) == (POLICE, (POLICE,), {POLICE: "k-2026-12"})
    assert (found.state, found.phase, found.priority) == (State.RUNNING, "begun", "normal")


def test_each_party_keeps_its_own_number() -> None:
    found = header(JOINED)
    assert found.parties == (POLICE, BENEFITS)
    assert found.numbers == {POLICE: "k-2026-12", BENEFITS: "f-2026-7"}


def test_what_the_lead_says_is_read_off_the_header() -> None:
    found = header(
        told(case.PHASE, mark(CASE, "analysis")),
        told(case.PRIORITISE, mark(CASE, "high")),
        told(case.REVIEW, ReviewCase(by=LEADS, case=CASE, next="2027-03-01")),
    )
    assert (found.phase, found.priority, found.review) == ("analysis", "high", date(2027, 3, 1))
    assert [turn.said for turn in found.turns] == ["map-network", "analysis", "high", "2027-03-01"]


def test_a_closed_case_has_its_outcome_and_ages_no_more() -> None:
    found = header(told(case.CLOSE, mark(CASE, "handed-over"), day="2026-12-04"))
    assert (found.running, found.outcome) == (False, "handed-over")
    assert found.age(date(2027, 6, 1)) == 10
    assert header().age(date(2026, 12, 1)) == 7


@pytest.mark.parametrize(("kind", "state"), sorted(product(KINDS - {case.OPENED}, State)))
def test_only_what_the_table_says_may_happen(kind: str, state: State) -> None:
    to = {
        State.RUNNING: [],
        State.PAUSED: [told(case.PAUSE, mark(CASE, "no-resources"))],
        State.CLOSED: [told(case.CLOSE, mark(CASE, "handed-over"))],
    }
    found = header(JOINED, *to[state])
    party = {case.JOIN: TAX}.get(kind, POLICE)
    refused = case.may(found, kind, party)
    assert (refused is None) == ((state, kind) in NEXT)


def test_nothing_follows_a_closing() -> None:
    with pytest.raises(BrokenCase):
        header(told(case.CLOSE, mark(CASE, "handed-over")), JOINED)


def test_the_lead_alone_moves_it_on_and_who_is_in_it_has_a_number() -> None:
    found = header(JOINED)
    assert case.may(found, case.CLOSE, BENEFITS) == refuse(Code.NOT_THE_OWNER)
    assert case.may(found, case.NUMBER, TAX) == refuse(Code.NOT_A_PARTY)
    assert case.may(found, case.JOIN, BENEFITS) == refuse(Code.ALREADY_DECIDED)
    assert case.may(found, case.NUMBER, BENEFITS) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "revenge"}, Code.NOT_IN_PACK),
        ({"priority": "utmost"}, Code.NOT_IN_PACK),
        ({"crime_area": "weather"}, Code.NOT_IN_PACK),
        ({"review": "2026-11-24"}, Code.FIELD_NOT_A_DATE),
        ({"review": "2028-01-01"}, Code.FIELD_NOT_A_DATE),
    ],
)
def test_a_header_speaks_the_packs_words_and_is_reviewed_within_a_year(
    changes: dict[str, str], code: Code
) -> None:
    refused = case.begin(_changed(changes), PACK, TODAY)
    assert refused is not None
    assert refused.code is code
    assert case.begin(OPENING, PACK, TODAY) is None


def _changed(changes: dict[str, str]) -> OpenCase:
    return opening(OPENING.scope, **changes)


def test_the_regions_bodies_read_it_and_nationally_the_nations() -> None:
    assert case.readers(PACK, "north", TODAY) == set(FOUR)
    assert case.readers(PACK, None, TODAY) == {*FOUR, WORK}
    assert case.readers(PACK, "south", TODAY) == set()
    assert case.readers(PACK, "north", date(2019, 1, 1)) == set()


def test_a_code_name_is_never_given_twice() -> None:
    randomness = seeded(5)
    taken: list[str] = []
    for _ in range(20):
        taken.append(case.draw_name(PACK.code_names, taken, randomness))
    assert len(set(taken)) == 20
    assert {name.split("-")[0] for name in taken} == {"granite", "basalt"}


def test_a_code_name_is_said_in_the_readers_language() -> None:
    assert case.spoken(PACK, "granite", "en") == "granite"
    assert case.spoken(PACK, "granite-3", "sv") == "granite på svenska 3"
    assert case.spoken(PACK, "marble", "sv") == "marble"
    assert case.spoken(PACK, "marble-2", "en") == "marble-2"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("K 2026/123", "k-2026-123"),
        ("ab-2026-7", "ab-2026-7"),
        ("A2026-0012", "a-2026-12"),
        ("810412-9838", None),
        ("Anna 2026/1", None),
        ("k-2026-0", None),
        ("k-2026-1234567", None),
    ],
)
def test_a_number_of_a_file_is_read_as_officers_write_it(written: str, number: str | None) -> None:
    assert case.own_number(written) == number
