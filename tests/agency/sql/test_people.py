from __future__ import annotations

from datetime import date

from samverkan.agency.sql.work import SqlReading
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.kernel.ids import PartyId, UserId
from tests.agency.sql.rows import ident

ME = PartyId("polisen")


def officer(number: int, name: str, *roles: Role) -> Officer:
    user = UserId(ident("usr", number))
    span = (date(2026, 1, 1), date(2026, 12, 31))
    mandates = tuple(Mandate(user, ME, role, *span, body="rsr-bergslagen") for role in roles)
    return Officer(user, ME, name, "sv", mandates)


def test_officers_come_back_with_their_mandates_in_order(party: SqlReading) -> None:
    beda = officer(1, "Beda", Role.OFFICER, Role.ANALYST)
    alva = officer(2, "Alva")
    for one in (beda, alva):
        party.people.add(one)
    assert party.people.get(beda.user) == beda
    assert party.people.all() == [alva, beda]


def test_an_unknown_number_is_nobody(party: SqlReading) -> None:
    assert party.people.get(UserId(ident("usr", 3))) is None
