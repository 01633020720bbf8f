"""What a party knows of local bodies follows from its feed alone."""

from __future__ import annotations

from samverkan.agency.localities import bodies, book, seats
from tests.agency.localities import at_work
from tests.agency.model import CRIME, DEBTS, TAX
from tests.agency.world import World


def test_meetings_and_seats_are_known_to_every_party(founded: World) -> None:
    local = at_work(founded)
    for party in (DEBTS, CRIME, TAX):
        with founded.look(party) as reading:
            assert len(book(reading, local).days) == 5
            assert sorted(one.party for one in seats(reading).values()) == [
                "kfm",
                "polisen",
                "polisen",
            ]


def test_a_party_without_such_news_knows_no_body(founded: World) -> None:
    with founded.look(TAX) as reading:
        assert bodies(reading) == {}
        assert book(reading, "loc-" + "1" * 26).days == ()
