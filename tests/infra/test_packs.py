"""The Swedish pack is whole; a planted fault is named by its line; a start is not slowed."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from samverkan.domain.normalise import comparison_slots, key_spec
from samverkan.domain.org import Role, appoint, members
from samverkan.domain.pack import BodyKind, Direction, Fault, Kind, Pack, PackError
from samverkan.domain.policy import Action, Permit, Resource, check
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.infra.packs import RefusedPack, check_pack, load_pack
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import PartyId, UserId
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.instruments import NOON, seeded
from tests.national import profile

SE = Path(__file__).parents[2] / "packs" / "se"
ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def se() -> Pack:
    pack = load_pack(SE, stamp=Stamp.SYNTHETIC)
    assert isinstance(pack, Pack), pack
    return pack


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SE, tmp_path / "se"))


def test_the_pack_is_whole() -> None:
    assert check_pack(SE) == ()


PLANTS = [
    ("bodies.yaml", "chair: polisen", "chair: polis", Fault.UNKNOWN_REFERENCE, "parties: polis"),
    ("bodies.yaml", "quorum: 7", "quorum: 14", Fault.QUORUM, "14"),
    ("bodies.yaml", "kind: council", "kind: parliament", Fault.NOT_A_CHOICE, "parliament"),
    ("bodies.yaml", "decides: [direction]", "decides: []", Fault.DECIDES, "council"),
    ("bodies.yaml", "under: nuc-styrgrupp", "under: rsr-nord", Fault.UNDER, "rsr-nord"),
    ("bodies.yaml", 'seat: "2480"', 'seat: "2499"', Fault.UNKNOWN_REFERENCE,
     "municipalities: 2499"),
    ("agencies.yaml", "01-01, doubt: since}", "01-01, doubt: some}", Fault.NOT_A_CHOICE, "some"),
    ("agencies.yaml", "tier: network", "tier: friend", Fault.NOT_A_CHOICE, "friend"),
    ("demo.yaml", "body: rsr-bergslagen", "body: rsr-berg", Fault.UNKNOWN_REFERENCE,
     "bodies: rsr-berg"),
    ("demo.yaml", "since: 2026-01-01, until: 2027-12-31",
     "since: 2026-01-01, until: 2025-12-31", Fault.DATE_ORDER, "2025-12-31"),
    ("demo.yaml", "role: auditor", "role: superuser", Fault.UNKNOWN_REFERENCE,
     "roles: superuser"),
    ("pack.yaml", "stamp: synthetic", "stamp: pretend", Fault.NOT_A_CHOICE, "pretend"),
    ("typologies.yaml", 'first: "fk:assistance-provider"', 'first: "fk:disability"',
     Fault.UNKNOWN_REFERENCE, "conditions: fk:disability"),
    ("typologies.yaml", "starts_from: provider", "starts_from: need",
     Fault.STARTS_FROM_HEALTH, "need"),
    ("typologies.yaml", "threshold: 3", "threshold: 4", Fault.THRESHOLD, "4"),
    ("conditions.yaml", "    months: true\n    names: {sv: Assistansanordnare",
     "    sensitive: health\n    names: {sv: Assistansanordnare",
     Fault.STARTS_FROM_HEALTH, "fk:assistance-provider"),
    ("bases.yaml", 'statute: "2025:170"', 'statute: "2025:171"', Fault.UNKNOWN_REFERENCE,
     "statutes: 2025:171"),
    ("bases.yaml", "obligation: must", "obligation: ought", Fault.NOT_A_CHOICE, "ought"),
    ("agencies.yaml", "since: 2013-01-01", "since: 2013-13-01", Fault.NOT_A_DATE, "2013-13-01"),
    ("keys.yaml", "m: 0.96, u: 0.0000001", "m: 1.96, u: 0.0000001", Fault.OUT_OF_RANGE, "1.96"),
    ("reasons.yaml", "identify: {names: {sv: Fastst", "Identify!: {names: {sv: Fastst",
     Fault.NOT_A_CODE, "Identify!"),
    ("roles.yaml", "en: Take in a delivery", "de: Lieferung", Fault.LANGUAGE, "de, en"),
    ("territory.yaml", 'county: "18"', 'county: "81"', Fault.UNKNOWN_REFERENCE, "counties: 81"),
    ("deliveries/fk.yaml", 'condition: "fk:assistance-provider"', 'condition: "fk:ill"',
     Fault.UNKNOWN_REFERENCE, "conditions: fk:ill"),
    ("measures.yaml", "kind: fiscal", "sort: fiscal", Fault.UNKNOWN_KEY, "sort"),
    ("measures.yaml", "indicators: [tips-acted-on]", "indicators: [tips]",
     Fault.UNKNOWN_REFERENCE, "indicators: tips"),
    ("measures.yaml", "indicators: [prison-finds]", "indicators: [suspects]",
     Fault.UNCOUNTED, "kriminalvarden"),
    ("indicators.yaml", "unit: years", "unit: year", Fault.UNKNOWN_REFERENCE, "units: year"),
    ("retention.yaml", "counted_from: case-closed", "counted_from: birth",
     Fault.NOT_A_CHOICE, "birth"),
    ("typologies.yaml", "basis: sfs-2016-774", "basis: sfs-2025-170-4",
     Fault.UNASKED, "sfs-2025-170-4"),
    ("bases.yaml", '"25:1-8"', '"25 kap"', Fault.NOT_A_CODE, "25 kap"),
    ("writing.yaml", "kind: luhn", "kind: mod11", Fault.NOT_A_CHOICE, "mod11"),
    ("writing.yaml", "live: 0, synthetic: 5", "live: 5, synthetic: 5", Fault.SHIFT,
     "live, synthetic"),
    ("writing.yaml", "{ø: o,", "{å: o,", Fault.LETTER, "å"),
    ("writing.yaml", "unless: eiy", "before: a, unless: eiy", Fault.CONTEXT, "eiy"),
    ("writing.yaml", "words: [pg, plusgiro]", "words: [pg, bankgiro]", Fault.DOUBLED, "bankgiro"),
    ("writing.yaml", "tells: 3", "tells: 11", Fault.LENGTH, "11"),
    ("writing.yaml", "least: 7, most: 8", "least: 9, most: 8", Fault.LENGTH, "8"),
    ("writing.yaml", 'country: "46"', 'country: "+46"', Fault.NOT_A_CODE, "+46"),
    ("writing.yaml", "oldest: 125", "oldest: 25", Fault.OUT_OF_RANGE, "25"),
    ("bodies.yaml", "level: regional", "level: local", Fault.REGION, "local"),
    ("writing.yaml", "date: yymmdd", "date: yymmyy", Fault.NOT_A_DATE, "yymmyy"),
    ("writing.yaml", "groups: [6, 4]", "groups: [8, 4]", Fault.LENGTH, "12"),
    ("writing.yaml", "spell: [ph]", "spel: [ph]", Fault.UNKNOWN_KEY, "spel"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "fault", "detail"), PLANTS)
def test_a_planted_fault_is_named_by_file_and_line(
    planted: Path, *, file: str, right: str, wrong: str, fault: Fault, detail: str
) -> None:
    line = plant(planted / file, right, wrong)
    assert PackError(file, line, fault, detail) in check_pack(planted)


def plant(file: Path, right: str, wrong: str) -> int:
    """Put the first `right` wrong; the line on which the wrong text begins."""
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return text[: text.index(right)].count("\n") + 1


@pytest.mark.parametrize(
    ("basis", "fault", "detail"),
    [("sfs-2025-170-5", Fault.MAY_NOT_RECEIVE, "fk"), ("sfs-2025-170-4", Fault.NOT_REACHED, None)],
)
def test_a_typology_under_a_basis_that_does_not_bear_its_firing_is_named(
    planted: Path, basis: str, fault: Fault, detail: str | None
) -> None:
    first = plant(planted / "typologies.yaml", "basis: sfs-2016-774", f"basis: {basis}")
    found = [error for error in check_pack(planted) if error.code is fault]
    assert found
    assert {error.file for error in found} == {"typologies.yaml"}
    assert all(abs(error.line - first) < 12 for error in found), "within the typology"
    assert detail is None or detail in {error.detail for error in found}


def test_all_faults_are_told_at_once(planted: Path) -> None:
    lines = {plant(planted / "bodies.yaml", "quorum: 7", "quorum: 0")}
    lines.add(plant(planted / "measures.yaml", "kind: fiscal", "kind: magic"))
    lines.add(plant(planted / "keys.yaml", "m: 0.90", "m: x"))
    assert {error.line for error in check_pack(planted)} == lines


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        (b"bodies:\n  a: [1, 2\n", 3, None),
        (b"bodies: \xff\n", 1, "utf-8"),
        (b"targets:\n  a: &a [*a]\n", 2, "depth"),
    ],
)
def test_a_file_that_is_no_yaml_is_named(
    planted: Path, text: bytes, line: int, detail: str | None
) -> None:
    (planted / "bodies.yaml").write_bytes(text)
    found = [error for error in check_pack(planted) if error.code is Fault.UNREADABLE]
    assert [(error.file, error.line) for error in found] == [("bodies.yaml", line)]
    assert detail is None or found[0].detail == detail


def test_a_file_cannot_construct_anything(planted: Path) -> None:
    plant(
        planted / "pack.yaml", "timezone: Europe/Stockholm", "timezone: !!python/name:os.system x"
    )
    pack = load_pack(planted)
    assert isinstance(pack, Pack)
    assert pack.pack.timezone == "x"


def test_a_faulty_pack_is_a_refusal_that_names_the_first_fault(planted: Path) -> None:
    line = plant(planted / "bodies.yaml", "quorum: 7", "quorum: 0")
    refused = load_pack(planted)
    assert isinstance(refused, RefusedPack)
    assert refused.code is Code.PACK_INVALID
    assert refused.params["detail"] == f"bodies.yaml:{line}: quorum 0"


def test_stamps_never_mix() -> None:
    assert load_pack(SE, stamp=Stamp.LIVE) == Refused(Code.STAMP_MISMATCH)


def test_on_the_day_of_the_final_report_there_were_exactly_twelve_members(se: Pack) -> None:
    assert set(members(se, on=date(2017, 9, 26))) == {
        "polisen", "sapo", "aklagarmyndigheten", "ekobrottsmyndigheten", "skatteverket",
        "kronofogdemyndigheten", "tullverket", "kustbevakningen", "kriminalvarden",
        "forsakringskassan", "migrationsverket", "arbetsformedlingen",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2009, 6, 30), 0), (date(2009, 7, 1), 9), (date(2010, 6, 1), 10), (date(2026, 1, 1), 13)],
)
def test_membership_grew_as_history_says(se: Pack, day: date, count: int) -> None:
    assert len(members(se, on=day)) == count


def test_prosecutors_may_only_receive(se: Pack) -> None:
    for party in (PartyId("aklagare"), PartyId("ebm-aklagare")):
        assert se.standing(party, "sfs-2016-774", Direction.RECEIVE, on=ON)
        assert not se.standing(party, "sfs-2016-774", Direction.DISCLOSE, on=ON)


def test_taxation_and_the_crime_unit_are_two_parties_of_one_agency(se: Pack) -> None:
    taxation, crime = se.parties[PartyId("skv-beskattning")], se.parties[PartyId("skv-brott")]
    assert taxation.agency == crime.agency == "skatteverket"
    assert taxation.branch != crime.branch
    assert not se.standing(taxation.id, "sfs-2025-170-5", Direction.RECEIVE, on=ON)
    assert se.standing(crime.id, "sfs-2025-170-5", Direction.RECEIVE, on=ON)


def test_the_seven_regions_share_out_all_counties(se: Pack) -> None:
    shared = [county for region in se.regions.values() for county in region.counties]
    assert len(se.regions) == 7
    assert sorted(shared) == sorted(se.counties)
    assert len(se.counties) == 21


PER_COUNTY = {
    "01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5, "12": 33,
    "13": 6, "14": 49, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7, "23": 8,
    "24": 15, "25": 14,
}  # fmt: skip
"""Municipalities a county, as Statistics Sweden has counted them since 2007."""


def test_all_290_municipalities_lie_in_their_counties(se: Pack) -> None:
    assert Counter(place.county for place in se.municipalities.values()) == PER_COUNTY
    assert len(se.municipalities) == sum(PER_COUNTY.values()) == 290
    assert len({place.name for place in se.municipalities.values()}) == 290
    assert all(id_[:2] == place.county for id_, place in se.municipalities.items())


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("2584", "Kiruna", "nord"), ("0380", "Uppsala", "mitt"), ("0980", "Gotland", "stockholm"),
        ("0480", "Nyköping", "ost"), ("1480", "Göteborg", "vast"),
        ("0880", "Kalmar", "syd"), ("1880", "Örebro", "bergslagen"),
    ],
)  # fmt: skip
def test_a_municipality_lies_in_its_police_region(
    se: Pack, code: str, name: str, region: str
) -> None:
    assert se.municipalities[code].name == name
    found = se.region_of(code, "polisen", on=ON)
    assert found is not None
    assert found.id == region


def test_every_key_type_can_be_derived(se: Pack) -> None:
    assert not isinstance(key_spec(se.key_types, profile(Stamp.SYNTHETIC, ON)), Refused)


def test_the_slots_are_those_that_subjects_are_compared_on(se: Pack) -> None:
    full = dict.fromkeys(Prop, ("1",))
    full |= {Prop.NAME: ("Blå Glas AB",), Prop.FIRST_NAME: ("Bo",), Prop.LAST_NAME: ("Ek",)}
    full |= {Prop.BIRTH_DATE: ("1980-02-03",), Prop.STREET: ("Storgatan 1",)}
    read_by = profile(Stamp.EVALUATION, ON)
    for kind, schema in ((Kind.PERSON, Schema.PERSON), (Kind.COMPANY, Schema.COMPANY)):
        names = set(se.comparison[kind].slots)
        assert set(comparison_slots(Fields(schema, full), read_by)) <= names
        assert names <= set(comparison_slots(Fields(schema, full), read_by)) | {"id", "regno"}


def test_every_seat_has_two_measures_that_are_counted(se: Pack) -> None:
    for party in se.bodies["operativa-radet"].members:
        counted = [m.id for m in se.measures.values() if party in m.parties and m.indicators]
        assert len(counted) >= 2, party


def test_secured_and_distrained_are_two_numbers(se: Pack) -> None:
    secured, distrained = se.indicators["assets-secured"], se.indicators["distrained"]
    assert not set(secured.parties) & set(distrained.parties)
    assert all(indicator.stages for indicator in se.indicators.values())


def test_every_code_can_stand_in_a_ledger(se: Pack) -> None:
    codes = [*se.conditions, *se.typologies, *se.bases, *se.measures, *se.bodies, *se.indicators]
    codes += [code for group in se.reasons.values() for code in group]
    codes += [key_type.code for key_type in se.key_types.values()]
    Entry("pack.read", "fk", "pack", codes=tuple(codes))


def test_every_seat_can_do_its_part_in_every_council(se: Pack) -> None:
    hub_work = {Action.READ_LEDGER, Action.FREEZE_REPORT, Action.CLOSE_DECISION}
    hub_work |= {Action.SETTLE_PICTURE, Action.DECIDE_AREA}
    local_work = {Action.LEAD_LOCAL, Action.WORK_LOCAL}  # by delegation, never by the pack
    councils = [body for body in se.bodies.values() if body.kind is BodyKind.COUNCIL]
    assert len(councils) == 9
    for body in councils:
        assert len(body.members) == 13
        for party in body.members:
            assert able(se, party, body.id) >= set(Action) - hub_work - local_work, (party, body.id)
        assert able(se, PartyId("polisen"), body.id) == set(Action) - local_work, body.id


def able(pack: Pack, party: PartyId, body: str) -> set[Action]:
    """What the party's people can do in the body's matters."""
    draw = seeded()
    own = [appoint(p, UserId.draw(draw)) for p in pack.people.values() if p.party == party]
    asked = Resource(party, body)
    return {
        action
        for action in Action
        for officer in own
        if isinstance(check(officer, action, asked, NOON), Permit)
    }


def test_a_branch_without_a_seat_decides_for_itself_and_sits_nowhere(se: Pack) -> None:
    seated = set(se.bodies["operativa-radet"].members)
    for party in set(se.parties) - seated:
        can = able(se, party, "rsr-bergslagen")
        assert {Action.INGEST, Action.DECIDE_COOPERATION, Action.ENROL, Action.ANSWER} <= can
        assert not {Action.READ_COUNCIL, Action.TAKE_POSITION, Action.CLOSE_DECISION} & can


def test_the_demo_has_auditors_and_dated_deputies_of_more_than_one_party(se: Pack) -> None:
    held = [(person.party, m) for person in se.people.values() for m in person.mandates]
    assert len({party for party, m in held if m.role == Role.AUDITOR}) > 1
    deputies = [(party, m) for party, m in held if m.role == Role.DEPUTY]
    assert len({party for party, _ in deputies}) > 1
    assert {m.since <= NOON.date() <= m.until for _, m in deputies} == {True, False}


def test_nobody_in_the_demo_both_asks_and_answers(se: Pack) -> None:
    for person in se.people.values():
        roles = {mandate.role for mandate in person.mandates}
        assert not {Role.ANALYST, Role.RELEASING_OFFICER} <= roles
