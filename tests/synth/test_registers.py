from __future__ import annotations

from dataclasses import replace
from random import Random

from samverkan.domain.normalise import clean_person_number, person_form
from samverkan.kernel.purpose import Stamp
from samverkan.synth.registers import Register, rows
from samverkan.synth.schemes import Fault, Kind, Subject
from tests.national import profile
from tests.synth.scenes import BY_PARTY, DAY, stage

STAGE = stage()
PROFILE = profile(Stamp.SYNTHETIC, DAY)
KFM, FK, TAX = (BY_PARTY[party] for party in ("kfm", "fk", "skv-beskattning"))


ROWS: dict[Register, dict[str, list[dict[str, str]]]] = {}


def of(register: Register, entity: str) -> list[dict[str, str]]:
    if register not in ROWS:
        by_entity = ROWS.setdefault(register, {})
        for who, cells in rows(Random(2), register, STAGE, DAY):
            by_entity.setdefault(who, []).append(cells)
    return ROWS[register].get(entity, [])


def test_whoever_meets_a_condition_of_the_party_is_in_its_register() -> None:
    for register in BY_PARTY.values():
        listed = {who for who, _ in rows(Random(2), register, STAGE, DAY)}
        people = STAGE.people.meets.get(register.party, {})
        firms = STAGE.firms.meets.get(register.party, {})
        assert {STAGE.entity(Subject.PERSON, at) for at in people} <= listed
        assert {STAGE.entity(Subject.COMPANY, at) for at in firms} <= listed


def test_a_party_without_companies_of_its_own_lists_those_with_a_condition_alone() -> None:
    listed = {who for who, _ in rows(Random(2), FK, STAGE, DAY) if who.startswith("C")}
    assert listed == {STAGE.entity(Subject.COMPANY, at) for at in STAGE.firms.meets["fk"]}


def test_a_planted_subjects_number_is_at_fault_where_its_slip_says_and_right_elsewhere() -> None:
    seen = set()
    for part in STAGE.parts:
        slip = part.plot.slip
        if slip is None or part.plot.scheme.subject is Subject.COMPANY:
            continue
        person = STAGE.block.persons[part.subjects[0]]
        for register in BY_PARTY.values():
            for cells in of(register, person.entity):
                stated = number_in(cells)
                right = stated == person.number
                assert right is (register.party != slip.party)
                if not right:
                    seen.add(slip.fault)
                    assert (stated == "") is (slip.fault is Fault.MISSING)
                    assert clean_person_number(stated, PROFILE) != stated
    assert seen


def number_in(cells: dict[str, str]) -> str:
    """The number that the row states, twelve digits, or nothing."""
    columns = ("personnummer", "Personnummer", "person_orgnr", "Person-/orgnr", "identitet")
    text = next(cells[name] for name in columns if name in cells)
    return person_form(text, PROFILE) or ""


def test_a_subject_whose_number_a_party_lacks_stands_there_once() -> None:
    twice = replace(KFM, duplicate_share=1.0)
    people = STAGE.people
    slipped = {at for at, slip in people.slips.items() if slip.party == "kfm"}
    assert slipped
    for at in slipped:
        assert len(of(twice, STAGE.entity(Subject.PERSON, at))) == 1


def test_a_protected_persons_address_stands_with_its_owner_alone() -> None:
    owned = 0
    for at, person in enumerate(STAGE.block.persons):
        if not person.protected:
            continue
        for register in BY_PARTY.values():
            for cells in of(register, person.entity):
                text = " ".join(cells.values()).lower()
                shown = person.home.street.lower() in text
                owner = "polisen" if at in STAGE.victims else "skv-beskattning"
                assert shown is (register.party == owner)
                owned += shown
                assert owner == register.party or person.home.postcode not in text.replace(" ", "")
    assert owned > 5


def test_coverage_and_duplicates_follow_the_registers_shares() -> None:
    whole = replace(KFM, person_share=1.0, minor_share=1.0, duplicate_share=0.0)
    slipped = sum(slip.party == "kfm" for slip in STAGE.people.slips.values())

    def people(register: Register) -> int:
        return sum(who.startswith("P") for who, _ in rows(Random(2), register, STAGE, DAY))

    assert people(whole) == 3000
    assert people(replace(whole, duplicate_share=1.0)) == 6000 - slipped
    assert people(replace(whole, minor_share=0.0)) == sum(p.adult for p in STAGE.block.persons)


def test_about_so_many_rows_come_as_the_register_expects() -> None:
    found = len(rows(Random(2), TAX, STAGE, DAY))
    assert 0.7 * found < TAX.expected_rows(3000, 200) < 1.4 * found


def test_the_order_of_rows_tells_nothing() -> None:
    order = [who for who, _ in rows(Random(2), KFM, STAGE, DAY)]
    assert order != sorted(order)
    assert order[:50] != sorted(order[:50])


def test_planted_and_decoys_stand_in_the_registers_alike() -> None:
    """Nothing but its conditions tells a scheme: each is in the registers that its conditions say."""
    for part in STAGE.parts:
        if part.plot.kind is Kind.SHORT and part.plot.scheme.subject is Subject.COMPANY:
            entity = STAGE.entity(Subject.COMPANY, part.subjects[0])
            owners = {
                party for party, meets in STAGE.firms.meets.items() if part.subjects[0] in meets
            }
            listed = {party for party, register in BY_PARTY.items() if of(register, entity)}
            assert owners <= listed
