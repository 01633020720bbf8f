"""Whom a party has named is kept; a mandate is given and shortened; a paper is kept once."""

from __future__ import annotations

from datetime import date

from samverkan.agency.sql.work import SqlReading
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.kernel.ids import PartyId, UserId
from samverkan.wire.meeting import Paper

USER, LOCAL = UserId("usr-" + "1" * 26), "loc-" + "1" * 26
MANDATE = Mandate(
    USER, PartyId("polisen"), Role.LOCAL_MEMBER, date(2026, 1, 1), date(2026, 12, 31), LOCAL
)
PAPER = Paper(
    paper="pap-" + "1" * 26,
    item="itm-" + "1" * 26,
    local=LOCAL,
    scope="coo-" + "1" * 26,
    text="Words.",
)


def appointed(party: SqlReading) -> None:
    party.people.add(Officer(USER, PartyId("polisen"), "Anna", "sv", ()))


def test_whom_a_delegation_is_for_is_remembered(party: SqlReading) -> None:
    appointed(party)
    party.seats.name("del-" + "1" * 26, USER)
    assert party.seats.named("del-" + "1" * 26) == USER
    assert party.seats.named("del-" + "2" * 26) is None


def test_a_mandate_is_given_and_ends_sooner(party: SqlReading) -> None:
    appointed(party)
    party.seats.grant(MANDATE)
    sooner = Mandate(
        USER, MANDATE.party, MANDATE.role, MANDATE.since, date(2026, 6, 30), MANDATE.body
    )
    party.seats.shorten(sooner)
    known = party.people.get(USER)
    assert known is not None
    assert known.mandates == (sooner,)


def test_a_paper_is_kept_once_as_it_came(party: SqlReading) -> None:
    party.seats.keep(PAPER, party="kfm")
    party.seats.keep(PAPER, party="polisen")
    assert party.seats.papers(PAPER.item) == [("kfm", PAPER)]
    assert party.seats.papers("itm-" + "2" * 26) == []
