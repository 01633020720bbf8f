"""Who is listed, under which keys, in which quarters; what a list shows of nobody."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from samverkan.agency.following import Cooperation
from samverkan.agency.selecting import Query, queries
from samverkan.agency.tagging import Listing, listed, tag_values
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.domain.taglist import PERSON, Kind, Tagged
from samverkan.domain.typology import Condition, Typology, count
from samverkan.kernel.ids import SubjectId
from samverkan.kernel.purpose import Stamp
from tests.agency.model import ANNA, BO, DEBTS, DELTA, TYPOLOGY, personal, small_pack
from tests.agency.wishes import TAGS
from tests.agency.world import World
from tests.instruments import seeded
from tests.national import profile

PROFILE = profile(Stamp.SYNTHETIC, date(2026, 11, 24))
DEBT = "kfm:debt-over-100k"
RULE = Typology(TYPOLOGY, (Condition("fk:other", "fk"), Condition(DEBT, "kfm")), 2, 9, plain=PERSON)
TIMED = replace(RULE, timed=True)
ONE = SubjectId("sub-1")


def digits(number: str) -> str:
    """As the register keeps it."""
    return "19" + number.replace("-", "")


def person(**other: Any) -> Fields:
    """Anna, but for `other`."""
    values = {
        Prop.ID_NUMBER: (digits(ANNA),),
        Prop.FIRST_NAME: ("Anna",),
        Prop.LAST_NAME: ("Alm",),
        Prop.BIRTH_DATE: ("1981-04-12",),
        Prop.POSTCODE: ("71130",),
    }
    values |= other.pop("values", {})
    return Fields(Schema.PERSON, values, **{"conditions": {DEBT: ("2026-03",)}} | other)


def spelled(scope: Cooperation, **named: Any) -> Any:
    """The entries of each subject that is named, with an ideal keyed function for the evaluated one.

    `party` and `rule` name who lists, and for which typology.
    """
    party, rule = named.pop("party", "kfm"), named.pop("rule", RULE)
    known = {SubjectId(name): said for name, said in named.items()}
    query = _query(rule)
    ((_, pairs),) = tag_values(scope, query, known, PROFILE).items()
    tokens = {(subject, value): hashlib.sha512(value).digest() for subject, value in pairs}
    listing = Listing(scope, rule, DEBT, party.encode(), seeded(len(party)))
    return listed(listing, known, tokens, PROFILE)


def _query(rule: Typology) -> Query:
    named: Any = None
    return Query("any", named, rule.id, DEBT)


@pytest.fixture
def scope(founded: World) -> Cooperation:
    """The scope in which all are listed."""
    return founded.scope


def kinds(entries: list[Tagged]) -> Counter[Kind]:
    return Counter(entry.kind for entry in entries)


def test_tags_are_of_one_typology_and_of_subjects_that_meet_the_own_condition(
    founded: World,
) -> None:
    node, scope = founded.node(DEBTS), founded.scope
    query = queries(small_pack(), scope.draft, DEBTS)[TAGS]
    with founded.look(DEBTS) as reading:
        fields = reading.register.own_fields(reading.register.select(query.selection))
    values = tag_values(scope, query, fields, profile(node.stamp, founded.clock().date()))
    assert list(values) == [f"typology:{TYPOLOGY}:1"]
    subjects = {subject for pairs in values.values() for subject, _ in pairs}
    assert subjects == {founded.subject(DEBTS, DELTA)}


def test_a_person_is_listed_by_number_and_by_each_name_part_under_one_handle(
    scope: Cooperation,
) -> None:
    (entries,) = spelled(scope, anna=person()).values()
    assert kinds(entries) == {Kind.NUMBER: 1, Kind.DATED: 2, Kind.PLACED: 2}
    assert len({entry.handle for entry in entries}) == 1
    assert len({entry.tag for entry in entries}) == 5


def test_two_parties_share_the_tags_of_a_person_and_no_handle(scope: Cooperation) -> None:
    (mine,) = spelled(scope, anna=person()).values()
    (theirs,) = spelled(scope, party="fk", other=person()).values()
    assert {entry.tag for entry in mine} == {entry.tag for entry in theirs}
    assert mine[0].handle != theirs[0].handle


def test_a_mistyped_number_is_listed_by_its_repairs_the_true_one_among_them(
    scope: Cooperation,
) -> None:
    wrong = digits(ANNA)[:-2] + str((int(digits(ANNA)[-2]) + 1) % 10) + digits(ANNA)[-1]
    (slip,) = spelled(scope, anna=person(values={Prop.ID_NUMBER: (wrong,)})).values()
    (right,) = spelled(scope, anna=person()).values()
    assert kinds(slip)[Kind.NUMBER] == 0
    assert kinds(slip)[Kind.REPAIR] > 1
    number = next(entry.tag for entry in right if entry.kind is Kind.NUMBER)
    assert number in {entry.tag for entry in slip if entry.kind is Kind.REPAIR}


def test_who_has_a_right_number_is_not_listed_by_repairs_of_a_wrong_one(
    scope: Cooperation,
) -> None:
    wrong = digits(BO)[:-1] + str((int(digits(BO)[-1]) + 1) % 10)
    both = person(values={Prop.ID_NUMBER: (wrong, digits(ANNA))})
    (entries,) = spelled(scope, anna=both).values()
    assert (kinds(entries)[Kind.NUMBER], kinds(entries)[Kind.REPAIR]) == (1, 0)


def test_a_missing_number_leaves_the_names(scope: Cooperation) -> None:
    (entries,) = spelled(scope, anna=person(values={Prop.ID_NUMBER: ()})).values()
    assert kinds(entries) == {Kind.DATED: 2, Kind.PLACED: 2}


def test_a_protected_identity_is_listed_by_number_and_looks_like_anybody(
    scope: Cooperation,
) -> None:
    (hidden,) = spelled(scope, anna=person(protected=True)).values()
    (plain,) = spelled(scope, anna=person()).values()
    assert kinds(hidden) == kinds(plain)
    shared = {entry.tag for entry in hidden} & {entry.tag for entry in plain}
    assert shared == {entry.tag for entry in plain if entry.kind is Kind.NUMBER}


def test_a_name_that_many_own_subjects_share_is_left_out(scope: Cooperation) -> None:
    many = {f"s{at}": person(values={Prop.ID_NUMBER: (str(at),)}) for at in range(21)}
    alike = spelled(scope, **many)
    few = spelled(scope, **dict(list(many.items())[:20]))
    names = [e.tag for found in alike.values() for e in found if e.kind is Kind.DATED]
    assert len(names) == len(set(names)), "filling alone, which meets nobody"
    assert len({e.tag for found in few.values() for e in found if e.kind is Kind.DATED}) == 2


def test_in_a_timed_typology_a_subject_is_listed_for_each_quarter(scope: Cooperation) -> None:
    held = person(conditions={DEBT: ("2026-03", "2026-04", "2026-05")})
    (entries,) = spelled(scope, rule=TIMED, anna=held).values()
    assert {entry.slot for entry in entries} == {0, 1}
    assert len({entry.tag for entry in entries}) == 10
    assert len({entry.handle for entry in entries}) == 1
    (first,) = spelled(scope, rule=TIMED, anna=person()).values()
    assert {entry.tag for entry in first} < {entry.tag for entry in entries}


def test_a_quarter_s_place_says_nothing_of_which_it_is(scope: Cooperation) -> None:
    """Over many subjects the first quarter stands in either place about as often."""
    held = person(conditions={DEBT: ("2026-03", "2026-04")})
    both = spelled(scope, rule=TIMED, **{f"s{at}": held for at in range(19)})
    (first,) = spelled(scope, rule=TIMED, anna=person()).values()
    number = next(entry.tag for entry in first if entry.kind is Kind.NUMBER)
    places = Counter(e.slot for found in both.values() for e in found if e.tag == number)
    assert min(places[0], places[1]) > 3


def test_a_condition_that_held_before_the_window_lists_nobody(scope: Cooperation) -> None:
    assert spelled(scope, anna=person(conditions={DEBT: ("2024-03",)})) == {}


def test_what_has_changed_since_it_was_evaluated_is_left_out(scope: Cooperation) -> None:
    known = {ONE: person()}
    listing = Listing(scope, RULE, DEBT, b"own", seeded())
    assert listed(listing, known, {}, PROFILE) == {}


GIVEN = ("Anna", "Bo", "Carin", "Dag", "Elsa", "Finn", "Greta", "Hugo", "Ivar", "Jonna")
SURNAMES = ("Alm", "Berg", "Ceder", "Dal", "Ek", "Forsberg", "Gran", "Holm", "Ivarsson", "Jonsson")
OWNERS = ("fk", "kfm", "skv")


def invented(dice: Random) -> dict[Prop, tuple[str, ...]]:
    """Somebody out of few names and birth years, so that there are many namesakes."""
    born = date(1970, 1, 1) + timedelta(days=dice.randrange(3_000))
    number = personal(f"{born:%y%m%d}", f"{dice.randrange(1000):03d}")
    return {
        Prop.ID_NUMBER: (digits(number),),
        Prop.FIRST_NAME: (dice.choice(GIVEN),),
        Prop.LAST_NAME: (dice.choice(SURNAMES),),
        Prop.BIRTH_DATE: (born.isoformat(),),
        Prop.POSTCODE: (f"711{dice.randrange(10, 60)}",),
    }


def seen(dice: Random, known: dict[Prop, tuple[str, ...]]) -> Fields:
    """One register's view: one number in five is missing, one mistyped; one has moved, or swapped names."""
    said, slip = dict(known), dice.randrange(5)
    (number,) = said[Prop.ID_NUMBER]
    at = dice.randrange(2, 12)
    if slip == 0:
        said[Prop.ID_NUMBER] = ()
    elif slip == 1:
        digit = str((int(number[at]) + dice.randrange(1, 10)) % 10)
        said[Prop.ID_NUMBER] = (number[:at] + digit + number[at + 1 :],)
    if dice.randrange(5) == 0:
        said[Prop.POSTCODE] = ("70212",)
    if dice.randrange(5) == 0:
        said[Prop.FIRST_NAME], said[Prop.LAST_NAME] = said[Prop.LAST_NAME], said[Prop.FIRST_NAME]
    return Fields(Schema.PERSON, said, {DEBT: ()})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_among_namesakes_with_bad_numbers_subjects_are_found_and_strangers_not_united(
    scope: Cooperation, seed: int
) -> None:
    """Three registers of 300, of whom 60 stand in all: nineteen in twenty are found, none mixed up."""
    dice = Random(seed)
    everybody = [invented(dice) for _ in range(780)]
    whose: dict[tuple[str, bytes], str] = {}
    lists = {}
    for at, party in enumerate(OWNERS):
        listed_here = {*range(60), *range(60 + 240 * at, 300 + 240 * at)}
        fields = {f"s{one}": seen(dice, everybody[one]) for one in sorted(listed_here)}
        found = spelled(scope, party=party, **fields)
        whose |= {(party, e[0].handle): name for name, e in found.items()}
        lists[f"{party}:c", party] = [entry for entries in found.values() for entry in entries]
    conditions = tuple(Condition(f"{party}:c", party) for party in OWNERS)
    counted = count(Typology(TYPOLOGY, conditions, 3, 1000), lists)
    fired = [{whose[member] for member in firing.members} for firing in counted.firings]
    assert all(len(names) == 1 for names in fired)
    assert len(fired) >= 57
