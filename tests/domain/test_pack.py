"""A pack is either whole, or every fault in it is named by file and line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.domain.pack import Direction, Fault, Kind, Matter, Pack, PackError, read_pack
from samverkan.domain.pack.nodes import Entry, Items, Mapped, Scalar, Source, plain
from samverkan.kernel.ids import PartyId
from tests.domain import packing
from tests.domain.packing import NAMED, VOCABULARY, WORDS, lined, sections

TAX = PartyId("tax")


def faults(*deliveries: dict[str, Any], **more: Any) -> list[tuple[Fault, str]]:
    read = packing.read(*deliveries, **more)
    assert not isinstance(read, Pack)
    return [(error.code, error.detail) for error in read]


def test_a_whole_pack_is_read_into_typed_parts() -> None:
    pack = packing.small()
    assert pack.bodies["council"].members == (TAX, PartyId("police"))
    assert pack.comparison[Kind.PERSON].slots["id"].m == 0.9
    assert pack.typologies["paper"].id == "paper"
    assert pack.purposes["crime"].cooperation == "duty"


@pytest.mark.parametrize(
    ("more", "fault", "detail"),
    [
        ({"bodies": {"council": packing.body(members=["tax", "nobody"], chair="tax")}},
         Fault.UNKNOWN_REFERENCE, "parties: nobody"),
        ({"conditions": {"tax:provider": packing.condition("taxx", "provider"),
                         "police:site": packing.condition("police", "worksite")}},
         Fault.UNKNOWN_REFERENCE, "parties: taxx"),
        ({"typologies": {"paper": packing.typology(
            conditions=["tax:provider", "police:sight"])}},
         Fault.UNKNOWN_REFERENCE, "conditions: police:sight"),
        ({"bases": {"duty": packing.basis(statute="9:9")}},
         Fault.UNKNOWN_REFERENCE, "statutes: 9:9"),
        ({"bases": {"duty": packing.basis(until="2019-01-01")}},
         Fault.DATE_ORDER, "2019-01-01"),
        ({"bases": {"duty": packing.basis(since="2018-01-01")}}, Fault.DATE_ORDER, "1:1"),
        ({"bases": {"duty": packing.basis(since="2018-02-30")}}, Fault.NOT_A_DATE, "2018-02-30"),
        ({"bases": {"duty": packing.basis(obligation="should")}}, Fault.NOT_A_CHOICE, "should"),
        ({"bases": {"duty": packing.basis(needs_cooperation="yes")}}, Fault.NOT_A_CHOICE, "yes"),
        ({"bases": {"duty": packing.basis(props=["diagnosis"])}}, Fault.PROPERTY, "diagnosis"),
        ({"bases": {"duty": packing.basis(test={"sv": "ord"})}}, Fault.LANGUAGE, "en"),
        ({"bases": {"duty": packing.basis(test={"sv": "ord", "en": " "})}},
         Fault.NOT_A_TEXT, " "),
        ({"bodies": {"council": packing.body(quorum=3)}}, Fault.QUORUM, "3"),
        ({"bodies": {"council": packing.body(quorum="two")}}, Fault.NOT_A_NUMBER, "two"),
        ({"bodies": {"council": packing.body(members=["tax"], quorum=1)}}, Fault.CHAIR, "police"),
        ({"bodies": {"council": packing.body(level="regional")}}, Fault.REGION, "regional"),
        ({"bodies": {"council": packing.body(doubt="where", level="national")}},
         Fault.REGION, "national"),
        ({"bodies": {"council": packing.body(under="council")}}, Fault.UNDER, "council"),
        ({"bodies": {"council": packing.body(),
                     "town": packing.body(level="local"),
                     "centre": packing.body(kind="centre", decides=[], under="town")}},
         Fault.UNDER, "town"),
        ({"bodies": {"council": packing.body(decides=["picture"])}}, Fault.DECIDES, "council"),
        ({"bodies": {"council": packing.body(kind="centre")}}, Fault.DECIDES, "centre"),
        ({"bodies": {"council": packing.body(decides=["peace"])}}, Fault.NOT_A_CHOICE, "peace"),
        ({"bodies": {"council": packing.body(seat="0199")}},
         Fault.UNKNOWN_REFERENCE, "municipalities: 0199"),
        ({"bodies": {"council": packing.body(until="2019-01-01")}},
         Fault.DATE_ORDER, "2019-01-01"),
        ({"bodies": {"council": packing.body(colour="red")}}, Fault.UNKNOWN_KEY, "colour"),
        ({"size_classes": {"s": NAMED}}, Fault.MISSING_KEY, "most"),
        ({"size_classes": {"s": NAMED | {"most": 0}}}, Fault.OUT_OF_RANGE, "0"),
        ({"size_classes": {"S!": NAMED | {"most": 5}}}, Fault.NOT_A_CODE, "S!"),
        ({"targets": ["one"]}, Fault.NOT_A_MAPPING, ""),
        ({"colours": {}}, Fault.UNKNOWN_SECTION, "colours"),
        ({"typologies": {"paper": packing.typology(threshold=3)}}, Fault.THRESHOLD, "3"),
        ({"typologies": {"paper": packing.typology(first="police:site")}},
         Fault.FIRST, "police:site"),
        ({"typologies": {"paper": packing.typology(source="T1")}}, Fault.NOT_A_LIST, ""),
        ({"roles": {}}, Fault.MISSING_KEY, "auditor"),
        ({"actions": sections()["actions"] | {"rule_all": NAMED}},
         Fault.UNKNOWN_REFERENCE, "rule_all"),
    ],
)  # fmt: skip
def test_each_fault_is_named(more: dict[str, Any], fault: Fault, detail: str) -> None:
    assert (fault, detail) in faults(**more)


@pytest.mark.parametrize(
    ("part", "fault", "detail"),
    [
        ({"check": {"kind": "mod11", "shift": {"live": 0, "synthetic": 5}}},
         Fault.NOT_A_CHOICE, "mod11"),
        ({"check": {"kind": "luhn", "shift": {"live": 0, "synthetic": 0}}},
         Fault.SHIFT, "live, synthetic"),
        ({"check": {"kind": "luhn", "shift": {"live": 0}}}, Fault.SHIFT, "live"),
        ({"check": {"kind": "luhn", "shift": {"live": 10, "synthetic": 5}}},
         Fault.OUT_OF_RANGE, "10"),
        ({"person_number": packing.person_number(date="yyyymm")}, Fault.NOT_A_DATE, "yyyymm"),
        ({"person_number": packing.person_number(date="yymmd")}, Fault.NOT_A_CODE, "yymmd"),
        ({"company_number": packing.company_number(groups=[6, 7])}, Fault.LENGTH, "13"),
        ({"company_number": packing.company_number(tells=11)}, Fault.LENGTH, "11"),
        ({"accounts": {"a": {"words": ["x"], "least": 4, "most": 3}}}, Fault.LENGTH, "3"),
        ({"accounts": {"a": {"words": ["x"], "least": 4, "most": 5, "bare": "true"},
                       "b": {"words": ["x"], "least": 4, "most": 5}}}, Fault.DOUBLED, "x"),
        ({"accounts": {"a": {"words": ["x"], "least": 4, "most": 5, "bare": "true"},
                       "b": {"words": ["y"], "least": 4, "most": 5, "bare": "true"}}},
         Fault.DOUBLED, "b"),
        ({"phone": {"country": "+46", "trunk": "0", "international": "00"}},
         Fault.NOT_A_CODE, "+46"),
        ({"letters": {"å": "a"}}, Fault.LETTER, "å"),
        ({"letters": {"Ø": "o"}}, Fault.LETTER, "Ø"),
        ({"letters": {"ø": "ö"}}, Fault.NOT_A_CODE, "ö"),
        ({"company_words": ["AB"]}, Fault.NOT_A_CODE, "AB"),
        ({"sounds": {"rules": [{"spell": ["c"], "put": "k", "before": "e", "unless": "i"}],
                     "drop": "a", "length": 4}}, Fault.CONTEXT, "i"),
        ({"sounds": {"rules": [{"spell": ["c"], "put": "k", "where": "end"}],
                     "drop": "a", "length": 4}}, Fault.NOT_A_CHOICE, "end"),
        ({"colour": "red"}, Fault.UNKNOWN_KEY, "colour"),
    ],
)  # fmt: skip
def test_each_fault_in_how_things_are_written_is_named(
    part: dict[str, Any], fault: Fault, detail: str
) -> None:
    assert (fault, detail) in faults(writing=packing.writing(**part))


def test_a_pack_that_does_not_say_how_things_are_written_is_none() -> None:
    left = sections()
    del left["writing"]
    read = read_pack([Source("pack.yaml", lined(left))], VOCABULARY)
    assert read == (PackError("pack.yaml", 1, Fault.MISSING_KEY, "writing"),)


def test_a_regional_body_whose_place_is_in_doubt_needs_no_region() -> None:
    body = packing.body(kind="centre", decides=[], level="regional", doubt="where")
    pack = packing.read(bodies={"council": packing.body(), "centre": body})
    assert isinstance(pack, Pack)
    assert pack.bodies["centre"].region is None


def test_a_body_decides_its_matters_while_it_is_there() -> None:
    pack = packing.read(bodies={"council": packing.body(until="2024-12-31")})
    assert isinstance(pack, Pack)
    council = pack.bodies["council"]
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [council.may_decide(Matter.OPERATION, on=day) for day in days] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not council.may_decide(Matter.DIRECTION, on=date(2024, 1, 1))


def test_a_condition_on_health_is_refused() -> None:
    sick = packing.condition("tax", "provider", sensitive="health")
    site = packing.condition("police", "worksite")
    found = faults(conditions={"tax:provider": sick, "police:site": site})
    assert (Fault.STARTS_FROM_HEALTH, "tax:provider") in found


def test_a_condition_on_another_sensitive_category_is_refused() -> None:
    pious = packing.condition("tax", "provider", sensitive="religion")
    site = packing.condition("police", "worksite")
    found = faults(conditions={"tax:provider": pious, "police:site": site})
    assert (Fault.SENSITIVE, "religion") in found


@pytest.mark.parametrize("start", ["need", "benefit", "diagnosis"])
def test_a_typology_never_starts_from_a_persons_need(start: str) -> None:
    needy = packing.condition("tax", start)
    site = packing.condition("police", "worksite")
    found = faults(
        conditions={"tax:provider": needy, "police:site": site},
        typologies={"paper": packing.typology(starts_from=start)},
    )
    assert found.count((Fault.STARTS_FROM_HEALTH, start)) == 2


def test_a_typology_whose_owner_may_not_disclose_is_refused() -> None:
    receives = packing.party()
    receives["standing"] = [receives["standing"][0] | {"may": ["receive"]}]
    found = faults(parties={"tax": packing.party(), "police": receives})
    assert (Fault.NO_STANDING, "police") in found


def test_a_measure_without_a_count_for_its_party_is_refused() -> None:
    measure = {"names": WORDS, "parties": ["tax", "police"], "kind": "act", "surfaces": []}
    counted = {"names": WORDS, "definition": WORDS, "unit": "kr", "stages": []}
    work = {
        "measure_kinds": {"act": NAMED},
        "units": {"kr": NAMED},
        "indicators": {"money": counted | {"parties": ["tax"]}},
        "measures": {"audit": measure | {"indicators": ["money"]}},
    }
    assert faults(**work) == [(Fault.UNCOUNTED, "police")]


def test_a_party_selects_on_its_own_conditions_alone() -> None:
    query = {"names": WORDS, "party": "tax", "subject": "company", "because": WORDS}
    assert isinstance(packing.read(queries={"q": query | {"conditions": ["tax:provider"]}}), Pack)
    found = faults(queries={"q": query | {"conditions": ["police:site"]}})
    assert found == [(Fault.FOREIGN, "police:site")]


def test_demo_people_stand_in_a_synthetic_pack_alone() -> None:
    mandate = {"role": "officer", "since": "2026-01-01", "until": "2027-12-31"}
    anna = {"name": "A", "party": "tax", "language": "sv", "mandates": [mandate]}
    assert isinstance(packing.read(people={"anna": anna}), Pack)
    live = sections()["pack"] | {"stamp": "live"}
    assert (Fault.STAMP, "live") in faults(pack=live, people={"anna": anna})


def test_a_key_written_twice_is_refused_where_it_stands_again() -> None:
    twice = Mapped((Entry("welfare", 7, lined(NAMED)), Entry("welfare", 9, lined(NAMED))), line=6)
    whole = lined(sections())
    assert isinstance(whole, Mapped)
    entries = tuple(
        Entry(e.key, e.line, twice if e.key == "crime_areas" else e.value) for e in whole.entries
    )
    read = read_pack([Source("pack.yaml", Mapped(entries, 1))], VOCABULARY)
    assert read == (PackError("pack.yaml", 9, Fault.DOUBLED, "welfare"),)


def test_a_section_stands_in_one_file_alone() -> None:
    files = [
        Source("a.yaml", lined(sections())),
        Source("b.yaml", lined({"targets": {}})),
    ]
    assert read_pack(files, VOCABULARY) == (PackError("b.yaml", 2, Fault.DOUBLED, "targets"),)


def test_a_missing_section_is_named() -> None:
    lacking = sections()
    del lacking["bodies"]
    read = read_pack([Source("pack.yaml", lined(lacking))], VOCABULARY)
    assert read == (PackError("pack.yaml", 1, Fault.MISSING_KEY, "bodies"),)


def test_one_fault_does_not_hide_the_next() -> None:
    found = faults(
        bodies={"council": packing.body(quorum="many")},
        size_classes={"s": NAMED | {"most": 0}},
        typologies={"paper": packing.typology(threshold=9)},
    )
    assert {fault for fault, _ in found} == {
        Fault.NOT_A_NUMBER, Fault.OUT_OF_RANGE, Fault.THRESHOLD
    }  # fmt: skip


DELIVERY = {
    "id": "tax-rows",
    "party": "tax",
    "purpose": "taxation",
    "classification": "secret",
    "class": {"column": "c", "values": {"a": "secret"}, "never": ["source"]},
    "rows": [{"conditions": [{"condition": "tax:provider", "months": 12}]}],
}


def test_a_delivery_is_kept_as_it_was_written() -> None:
    pack = packing.read(DELIVERY)
    assert isinstance(pack, Pack)
    assert pack.deliveries["tax-rows"] == DELIVERY


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"party": "taxx"}, "parties: taxx"),
        ({"purpose": "fun"}, "purposes: fun"),
        ({"classification": "open"}, "classifications: open"),
        ({"class": {"values": {"a": "open"}}}, "classifications: open"),
        ({"class": {"never": ["rumour"]}}, "marks: rumour"),
        ({"rows": [{"conditions": [{"condition": "tax:ill"}]}]}, "conditions: tax:ill"),
        ({"rows": [{"roles": [{"role": "witness"}]}]}, "subject_roles: witness"),
    ],
)
def test_a_delivery_refers_to_what_the_pack_holds(change: dict[str, Any], detail: str) -> None:
    assert faults(DELIVERY | change) == [(Fault.UNKNOWN_REFERENCE, detail)]


def test_a_delivery_lets_in_nothing_that_is_never_enrolled() -> None:
    letting = DELIVERY | {"class": {"values": {"source": "secret"}}}
    assert faults(letting) == [(Fault.NEVER_ENROLLED, "source")]


def test_two_deliveries_may_not_share_an_id() -> None:
    assert faults(DELIVERY, DELIVERY) == [(Fault.DOUBLED, "tax-rows")]


def test_standing_holds_for_basis_direction_and_day() -> None:
    pack = packing.small()
    assert pack.standing(TAX, "duty", Direction.DISCLOSE, on=date(2020, 1, 1))
    assert not pack.standing(TAX, "duty", Direction.DISCLOSE, on=date(2019, 12, 31))
    assert not pack.standing(TAX, "other", Direction.DISCLOSE, on=date(2026, 1, 1))
    assert not pack.standing(PartyId("nobody"), "duty", Direction.RECEIVE, on=date(2026, 1, 1))


def test_a_municipality_lies_in_the_owners_region_of_that_day() -> None:
    pack = packing.small()
    region = pack.region_of("0101", "tax", on=date(2026, 1, 1))
    assert region is not None
    assert region.id == "north"
    assert pack.region_of("0101", "tax", on=date(2019, 1, 1)) is None
    assert pack.region_of("0101", "police", on=date(2026, 1, 1)) is None
    assert pack.region_of("9999", "tax", on=date(2026, 1, 1)) is None


def test_a_key_type_is_written_small_on_the_wire() -> None:
    assert packing.small().key_types["P1"].code == "p1"


def test_texts_mean_what_stands_there() -> None:
    """YAML 1.1 would read these as a truth value, a time and an octal number."""
    texts = ["no", "2016:774", "018", "on", "1_000"]
    assert plain(Items(tuple(Scalar(text, 1) for text in texts), 1)) == texts
    assert plain(Scalar("12", 1)) == 12
    assert plain(Scalar("12", 1, quoted=True)) == "12"
    assert plain(Scalar("1.5", 1)) == 1.5
    assert plain(Scalar("true", 1)) is True
    assert plain(Scalar("", 1)) is None


def test_an_error_reads_as_file_line_fault_and_word() -> None:
    error = PackError("bases.yaml", 12, Fault.UNKNOWN_REFERENCE, "statutes: 9:9")
    assert str(error) == "bases.yaml:12: unknown-reference statutes: 9:9"
