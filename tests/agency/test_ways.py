"""What steering tells of variants is what is in force, at any moment that is asked about."""

from __future__ import annotations

from dataclasses import replace
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


def test_a_local_body_may_choose_a_variant_from_the_day_on_which_it_is_in_force(
    founded: World,
) -> None:
    pack = small_pack()
    own = replace(pack.variants["bergslagen"], id="own-way", example=False)
    with founded.look(TAX) as reading:
        assert ways.varied(reading, pack) == pack
    adopted(founded, pack, own)
    with founded.look(TAX) as reading:
        known = ways.varied(reading, pack).variants
    assert known["own-way"] == own
    assert set(known) == {*pack.variants, "own-way"}
