"""What steering tells of variants is what is in force, at any moment that is asked about."""

from __future__ import annotations

from datetime import timedelta

from samverkan.agency import ways
from tests.agency.model import COUNCIL, TAX, small_pack
from tests.agency.test_varying import adopted
from tests.agency.world import World


def test_where_nothing_was_decided_the_core_is_the_model(founded: World) -> None:
    pack = small_pack()
    with founded.look(TAX) as reading:
        assert ways.adoptions(reading, pack) == {}
        assert ways.model(reading, pack, COUNCIL).version == "v1"


def test_what_was_in_force_at_a_moment_stays_so(founded: World) -> None:
    pack = small_pack()
    before = founded.clock()
    founded.clock.advance(timedelta(minutes=1))
    number = adopted(founded, pack, pack.variants["bergslagen"])
    with founded.look(TAX) as reading:
        assert list(ways.adoptions(reading, pack)) == [number]
        assert ways.in_force(reading, pack, before) == ()
        assert ways.in_force(reading, pack) == (pack.variants["bergslagen"],)
        assert ways.model(reading, pack, COUNCIL, before).rhythm.weeks == 4
        assert ways.model(reading, pack, COUNCIL).rhythm.weeks == 2
