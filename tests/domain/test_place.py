"""An area is a kind and a code of the territory; whatever is none has no picture."""

from __future__ import annotations

import pytest

from samverkan.domain.place import COUNTRY, Kind, Place, county, municipality, place, told_in
from tests.agency.model import small_pack

PACK = small_pack()
OREBRO, HERE = municipality("1880"), "area:vivalla"
VIVALLA = Place(HERE, Kind.AREA, {"sv": "Vivalla"}, ("1880",))


def test_county_and_region_are_made_of_their_municipalities() -> None:
    shire, region = place(PACK, county("18")), place(PACK, "region:bergslagen")
    assert shire is not None
    assert region is not None
    assert set(shire.municipalities) == {c for c in PACK.municipalities if c.startswith("18")}
    assert set(shire.municipalities) < set(region.municipalities)


@pytest.mark.parametrize(
    "code", ["municipality:1881x", "county:99", "region:none", "area:none", "", "1880"]
)
def test_what_the_territory_does_not_have_is_no_area(code: str) -> None:
    assert place(PACK, code) is None


def test_a_named_area_is_known_from_whoever_keeps_the_territory() -> None:
    assert place(PACK, HERE, {HERE: VIVALLA}) == VIVALLA


def test_a_municipality_is_shown_beside_its_county_and_the_country() -> None:
    here = place(PACK, OREBRO)
    assert here is not None
    assert told_in(PACK, here) == (OREBRO, county("18"), COUNTRY)


def test_a_county_is_shown_with_its_parts() -> None:
    here = place(PACK, county("18"))
    assert here is not None
    assert set(told_in(PACK, here)) == {
        county("18"),
        COUNTRY,
        *(municipality(code) for code in here.municipalities),
    }


def test_a_named_area_quotes_its_municipality_since_nothing_is_counted_below_it() -> None:
    assert told_in(PACK, VIVALLA) == (OREBRO, county("18"), COUNTRY)


def test_an_area_has_its_name_in_the_language_or_in_one_that_it_has() -> None:
    assert (VIVALLA.name("sv"), VIVALLA.name("en")) == ("Vivalla", "Vivalla")
