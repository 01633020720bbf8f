"""Which basis bears a disclosure follows from the table of the pack and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverkan.domain.basis import Answer, Bar, Matter, excludes, rule, rulings
from samverkan.domain.pack import Pack
from samverkan.domain.pack.law import Obligation
from tests.national import national

DAY = date(2026, 11, 24)
DECIDED, CONTACT, ITEM = "sfs-2016-774", "sfs-2025-170-4", "sfs-2025-170-5"
PAYERS = ("fk", "af", "skv-beskattning", "skv-folkbokforing", "kfm", "miv", "kriminalvarden")
FORCES = ("polisen", "sapo", "aklagare", "ebm-polis", "skv-brott", "tullverket", "kbv")


@pytest.fixture
def se() -> Pack:
    return national()


def matter(receiver: str, sender: str, *props: str, cooperating: bool = False) -> Matter:
    return Matter(receiver, sender, DAY, DECIDED if cooperating else None, props)


@pytest.mark.parametrize("sender", PAYERS)
@pytest.mark.parametrize("receiver", FORCES)
def test_law_enforcement_must_be_answered_without_a_cooperation(
    se: Pack, receiver: str, sender: str
) -> None:
    found = rule(se, ITEM, matter(receiver, sender, "name", "condition"))
    assert (found.answer, found.bar) == (Answer.MUST, None)
    assert found.discloses is not None
    assert (found.discloses.statute, found.discloses.section) == ("2025:170", "5")
    assert rule(se, CONTACT, matter(receiver, sender, "street", "phone")).answer is Answer.MUST


@pytest.mark.parametrize("sender", ["polisen", "sapo", "skv-brott", "kfm"])
@pytest.mark.parametrize("receiver", PAYERS)
@pytest.mark.parametrize("basis", [CONTACT, ITEM])
def test_the_duty_goes_one_way_alone(se: Pack, basis: str, receiver: str, sender: str) -> None:
    found = rule(se, basis, matter(receiver, sender, "street"))
    assert (found.answer, found.bar) == (Answer.MAY_NOT, Bar.RECEIVER)


def test_those_who_enforce_the_law_owe_each_other_contact_data_and_no_more(se: Pack) -> None:
    assert rule(se, CONTACT, matter("tullverket", "polisen", "phone")).answer is Answer.MUST
    assert rule(se, ITEM, matter("tullverket", "polisen", "phone")).bar is Bar.SENDER


def test_contact_data_are_what_the_section_names(se: Pack) -> None:
    assert rule(se, CONTACT, matter("polisen", "fk", "street", "name")).bar is Bar.FIELDS
    assert rule(se, CONTACT, matter("polisen", "fk")).bar is None


def test_a_cooperation_is_presupposed_where_the_statute_does(se: Pack) -> None:
    assert rule(se, DECIDED, matter("fk", "polisen")).bar is Bar.COOPERATION
    assert rule(se, DECIDED, matter("fk", "polisen", cooperating=True)).answer is Answer.MUST
    assert rule(se, DECIDED, matter("polisen", "aklagare", cooperating=True)).bar is Bar.SENDER


@pytest.mark.parametrize(
    ("basis", "first", "last"),
    [(ITEM, date(2025, 4, 1), None), (ITEM, date(2025, 4, 1), date(2026, 6, 30))],
)
def test_a_basis_bears_on_the_days_on_which_it_is_in_force(
    se: Pack, basis: str, first: date, last: date | None
) -> None:
    pack = replace(se, bases={basis: replace(se.bases[basis], until=last)})
    before = replace(matter("polisen", "fk"), on=date.fromordinal(first.toordinal() - 1))
    assert rule(pack, basis, before).bar is Bar.NOT_IN_FORCE
    assert rule(pack, basis, replace(before, on=first)).bar is None
    after = replace(before, on=date(2026, 7, 1))
    assert rule(pack, basis, after).bar is (None if last is None else Bar.NOT_IN_FORCE)


def test_a_permission_is_no_duty_and_comes_after_it(se: Pack) -> None:
    may = replace(se.bases[ITEM], obligation=Obligation.MAY)
    pack = replace(se, bases={ITEM: may, DECIDED: se.bases[DECIDED], CONTACT: se.bases[CONTACT]})
    found = rulings(pack, matter("polisen", "fk"))
    assert [(one.basis, one.answer) for one in found] == [
        (CONTACT, Answer.MUST), (ITEM, Answer.MAY), (DECIDED, Answer.MAY_NOT),
    ]  # fmt: skip


def test_the_general_rules_permit_and_bind_nobody(se: Pack) -> None:
    for basis in ("osl-10-15a", "osl-10-27"):
        found = rule(se, basis, matter("fk", "kriminalvarden", "name"))
        assert (found.answer, found.bar) == (Answer.MAY, None)
    assert rule(se, "osl-10-24", matter("polisen", "fk")).answer is Answer.MAY
    assert rule(se, "osl-10-24", matter("fk", "polisen")).bar is Bar.RECEIVER


def test_the_new_permission_begins_on_its_day(se: Pack) -> None:
    eve = replace(matter("fk", "kfm"), on=date(2025, 11, 30))
    assert rule(se, "osl-10-15a", eve).bar is Bar.NOT_IN_FORCE
    assert rule(se, "osl-10-15a", replace(eve, on=date(2025, 12, 1))).answer is Answer.MAY


@pytest.mark.parametrize(
    ("basis", "classification", "excluded"),
    [
        ("osl-10-15a", "osl-18-2", True), ("osl-10-15a", "osl-18-1", True),
        ("osl-10-15a", "osl-28-1", False), ("osl-10-27", "osl-18-2", False),
        ("sfs-2024-307-2", "osl-18-1", True), ("sfs-2024-307-2", "osl-34-1", False),
    ],
)  # fmt: skip
def test_intelligence_needs_another_basis_than_the_new_permission(
    se: Pack, basis: str, classification: str, *, excluded: bool
) -> None:
    assert excludes(se, basis, classification) is excluded


def test_payers_owe_each_other_what_secures_payments_and_the_police_are_not_among_them(
    se: Pack,
) -> None:
    assert rule(se, "sfs-2024-307-2", matter("fk", "skv-beskattning")).answer is Answer.MUST
    assert rule(se, "sfs-2024-307-2", matter("polisen", "fk")).bar is Bar.RECEIVER
    assert rule(se, "sfs-2024-307-2", matter("fk", "skv-brott")).bar is Bar.SENDER


def test_workplace_inspections_need_their_own_cooperation(se: Pack) -> None:
    inspection = "sfs-2024-307-4"
    assert rule(se, inspection, matter("polisen", "fk")).bar is Bar.COOPERATION
    assert rule(se, inspection, matter("polisen", "fk", cooperating=True)).bar is Bar.COOPERATION
    theirs = replace(matter("polisen", "fk"), cooperating=inspection)
    assert rule(se, inspection, theirs).answer is Answer.MUST
    assert rule(se, DECIDED, theirs).bar is Bar.COOPERATION


def test_what_is_given_unasked_cannot_be_asked_for_and_the_other_way_about(se: Pack) -> None:
    notice = matter("fk", "kfm")
    assert rule(se, "sfs-2008-206-2", notice).bar is Bar.ASKED
    assert rule(se, "sfs-2008-206-2", replace(notice, asked=False)).answer is Answer.MUST
    for receiver, sender in (("kfm", "fk"), ("fk", "polisen"), ("fk", "skv-brott")):
        given = replace(matter(receiver, sender), asked=False)
        assert rule(se, "sfs-2008-206-2", given).answer is Answer.MAY_NOT
    own = replace(matter("fk", "polisen"), asked=False)
    assert rule(se, "osl-10-2", own).answer is Answer.MAY
    assert rule(se, CONTACT, replace(matter("polisen", "fk"), asked=False)).bar is Bar.UNASKED


def test_what_was_not_read_in_the_statute_is_marked(se: Pack) -> None:
    unseen = {code for code, basis in se.bases.items() if basis.doubt is not None}
    assert unseen == {"osl-10-2", "osl-10-24", "osl-10-15a", "osl-10-27", "sfs-2008-206-2"}


def test_what_the_pack_does_not_hold_bears_nothing(se: Pack) -> None:
    assert rule(se, "sfs-0000-1", matter("polisen", "fk")).bar is Bar.UNKNOWN
    assert rule(se, ITEM, matter("polisen", "nobody")).bar is Bar.SENDER


@pytest.mark.parametrize(
    ("section", "excluded"),
    [
        ("25:1", True), ("25:8", True), ("25:9", False), ("25:15", True), ("26:6", True),
        ("28:1", False), ("35:1", False), ("40:2", True), ("40:7 d", False), ("2:25", False),
    ],
)  # fmt: skip
def test_secrecy_that_the_statute_excludes_is_outside_the_duty(
    se: Pack, section: str, *, excluded: bool
) -> None:
    secret = replace(se.classifications["osl-28-1"], section=section)
    pack = replace(se, classifications={"held": secret})
    assert excludes(pack, ITEM, "held") is excluded
    assert not excludes(pack, DECIDED, "held"), "it excludes nothing"


def test_a_class_of_secrecy_that_nobody_knows_is_outside_too(se: Pack) -> None:
    assert excludes(se, ITEM, "made-up")
    assert not excludes(se, "sfs-0000-1", "made-up")
