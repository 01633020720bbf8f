"""Who holds a place, who speaks there and who covers it, on the Swedish pack and its clashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverkan.domain.pack import BodyKind, Doubt, Level
from samverkan.domain.territory import By, Crosswalk, Delegate
from samverkan.kernel.ids import PartyId
from tests.national import national

ON = date(2026, 11, 24)
OREBRO, NYKOPING, KALMAR, GOTLAND = "1880", "0480", "0880", "0980"
SIX = "standard-2022"


@pytest.fixture(scope="module")
def walk() -> Crosswalk:
    return Crosswalk(national())


def region(walk: Crosswalk, agency: str, place: str, on: date = ON) -> str | None:
    held = walk.region(agency, place, on=on)
    return None if held is None else held.region


@pytest.mark.parametrize(
    ("place", "police", "standard"),
    [
        (NYKOPING, "ost", "standard-2"),  # Sodermanland
        (KALMAR, "syd", "standard-4"),
        (OREBRO, "bergslagen", "standard-2"),
        (GOTLAND, "stockholm", "standard-3"),
    ],
)
def test_the_police_and_the_standard_divide_the_country_differently(
    walk: Crosswalk, place: str, police: str, standard: str
) -> None:
    assert region(walk, "polisen", place) == police
    assert region(walk, SIX, place) == standard
    assert region(walk, "arbetsformedlingen", place) == standard


def test_standard_area_two_spans_police_mid_bergslagen_and_one_county_of_east(
    walk: Crosswalk,
) -> None:
    places = walk.pack.municipalities.values()
    inside = [place for place in places if region(walk, SIX, place.id) == "standard-2"]
    met = {(region(walk, "polisen", place.id), place.county) for place in inside}
    whole = {"mitt": {"03", "19", "21"}, "bergslagen": {"17", "18", "20"}, "ost": {"04"}}
    assert met == {(name, county) for name, counties in whole.items() for county in counties}


def test_there_are_eight_centres_for_seven_councils(walk: Crosswalk) -> None:
    regional = [b for b in walk.pack.bodies.values() if b.level is Level.REGIONAL]
    kinds = [body.kind for body in regional]
    assert (kinds.count(BodyKind.CENTRE), kinds.count(BodyKind.COUNCIL)) == (8, 7)


def test_every_member_has_one_region_or_the_country_for_every_municipality(
    walk: Crosswalk,
) -> None:
    members = [code for code, a in walk.pack.agencies.items() if a.membership[0].tier == "member"]
    assert len(members) == 13
    for agency in members:
        assert all(walk.region(agency, p, on=ON) for p in walk.pack.municipalities), agency


@pytest.mark.parametrize(
    ("agency", "last", "before", "after"),
    [
        ("migrationsverket", date(2020, 12, 31), "miv-6-mitt", "miv-3-nord"),
        ("kustbevakningen", date(2016, 8, 31), "kbv-nordost", None),
    ],
)
def test_a_division_holds_to_its_last_day_and_the_next_from_the_day_after(
    walk: Crosswalk, agency: str, last: date, before: str, after: str | None
) -> None:
    assert region(walk, agency, OREBRO, last) == before
    assert region(walk, agency, OREBRO, date.fromordinal(last.toordinal() + 1)) == after


def test_what_is_led_for_the_whole_country_is_held_without_a_region(walk: Crosswalk) -> None:
    held = walk.region("forsakringskassan", OREBRO, on=ON)
    assert held is not None
    assert (held.region, held.doubts) == (None, ())


def test_what_no_source_confirms_comes_with_its_doubt(walk: Crosswalk) -> None:
    held = walk.region("kriminalvarden", OREBRO, on=ON)
    assert held is not None
    assert held.doubts == (Doubt.SINCE, Doubt.WHERE)
    stockholm = walk.region("aklagarmyndigheten", GOTLAND, on=ON)
    assert stockholm is not None
    assert Doubt.WHERE not in stockholm.doubts


def test_an_unknown_place_or_agency_is_held_by_nobody(walk: Crosswalk) -> None:
    assert walk.region("polisen", "1899", on=ON) is None
    assert walk.region("atlantis", OREBRO, on=ON) is None
    assert walk.voice("polisen", "1899", on=ON) is None
    assert walk.voice("atlantis", OREBRO, on=ON) is None


def test_a_member_speaks_by_its_seat_in_the_council_of_the_police_region(walk: Crosswalk) -> None:
    voice = walk.voice("skatteverket", KALMAR, on=ON)
    assert voice is not None
    assert (voice.by, voice.party, voice.body) == (By.SEAT, "skv-beskattning", "rsr-syd")


def test_a_delegate_in_place_goes_before_the_seat_and_only_on_its_days(walk: Crosswalk) -> None:
    days = (date(2026, 1, 1), date(2026, 11, 24))
    delegate = Delegate(PartyId("fk"), "vivalla", frozenset({OREBRO}), *days)
    there = walk.voice("forsakringskassan", OREBRO, on=ON, delegates=[delegate])
    later = walk.voice("forsakringskassan", OREBRO, on=date(2026, 11, 25), delegates=[delegate])
    elsewhere = walk.voice("forsakringskassan", KALMAR, on=ON, delegates=[delegate])
    assert there is not None
    assert (there.by, there.body) == (By.DELEGATE, "vivalla")
    assert [v.by for v in (later, elsewhere) if v is not None] == [By.SEAT, By.SEAT]


def test_before_the_regional_councils_the_national_contact_speaks(walk: Crosswalk) -> None:
    voice = walk.voice("polisen", OREBRO, on=date(2012, 1, 1))
    assert voice is not None
    assert voice.by is By.CONTACT
    assert voice.body is not None
    assert walk.pack.bodies[voice.body].level is Level.NATIONAL


def test_the_group_that_keeps_contact_comes_before_the_councils() -> None:
    pack = national()
    bodies = {id_: body for id_, body in pack.bodies.items() if body.level is Level.NATIONAL}
    voice = Crosswalk(replace(pack, bodies=bodies)).voice("polisen", OREBRO, on=ON)
    assert voice is not None
    assert voice.body is not None
    assert bodies[voice.body].kind is BodyKind.GROUP


def test_who_only_supports_the_effort_is_asked_as_an_agency(walk: Crosswalk) -> None:
    voice = walk.voice("bolagsverket", OREBRO, on=ON)
    assert voice is not None
    assert (voice.by, voice.party, voice.body) == (By.AGENCY, None, None)


def test_nobody_speaks_for_an_agency_before_it_takes_part(walk: Crosswalk) -> None:
    assert walk.voice("utbetalningsmyndigheten", OREBRO, on=date(2023, 12, 31)) is None
    assert walk.voice("utbetalningsmyndigheten", OREBRO, on=date(2024, 1, 1)) is not None


def test_the_voices_of_a_place_are_those_of_that_day(walk: Crosswalk) -> None:
    early = {voice.agency for voice in walk.voices(OREBRO, on=date(2009, 7, 1))}
    assert len(early) == 9
    assert "forsakringskassan" not in early


def test_the_bodies_over_a_place_are_its_region_and_the_nation(walk: Crosswalk) -> None:
    found = [body.id for body in walk.bodies([OREBRO], on=ON)]
    assert found[:2] == ["rsr-bergslagen", "ruc-bergslagen"]
    assert "samverkansradet" in found
    assert "ruc-8" not in found
    assert not {"rsr-mitt", "rsr-syd"} & {*found}


def test_places_in_two_regions_are_covered_by_the_bodies_of_both(walk: Crosswalk) -> None:
    found = {body.id for body in walk.bodies([OREBRO, KALMAR], on=ON)}
    assert {"rsr-bergslagen", "rsr-syd"} <= found
