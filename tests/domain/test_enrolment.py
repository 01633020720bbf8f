from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverkan.domain.enrolment import one_by_one, opens, quota, whole_register
from samverkan.domain.pack import Statute
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.agency.model import small_pack
from tests.domain.packing import small
from tests.national import profile

TODAY = date(2026, 11, 24)
PROFILE = profile(Stamp.SYNTHETIC, TODAY)


def person(**said: tuple[str, ...]) -> Fields:
    values = {Prop[name.upper()]: found for name, found in said.items()}
    return Fields(Schema.PERSON, values)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (person(birth_date=("2008-11-25",)), "child"),
        (person(birth_date=("2008-11-24",)), None),
        (person(id_number=("201002030000",)), "child"),
        (person(id_number=("201002630000",)), "child"),  # a coordination number: day and 60
        (person(birth_date=("1980-01-01",), id_number=("201002030000",)), "child"),
        (person(birth_date=("1980-01-01",), id_number=("203002030000",)), None),
        (person(id_number=("203002030000",)), "child"),
        (person(birth_date=("1980-01-01",), role=("victim",)), "victim"),
        (person(role=("suspect",)), None),
        (person(id_number=("199913990000",)), None),
        (person(), None),
    ],
)
def test_children_and_victims_enter_one_by_one_alone(fields: Fields, kind: str | None) -> None:
    assert one_by_one(fields, small(), PROFILE) == kind


def test_numbers_of_evaluation_data_hold_no_birth_date() -> None:
    fields = person(id_number=("rec-2010",), birth_date=("1980-01-01",))
    assert one_by_one(fields, small(), profile(Stamp.EVALUATION, TODAY)) is None


@pytest.mark.parametrize(
    ("taken", "held", "statute", "refused"),
    [
        (9, 9, None, False),  # so few are no register
        (10, 20, None, False),
        (11, 21, None, True),
        (11, 21, "1:1", False),
        (11, 21, "2:2", True),
        (11, 21, "old", True),
        (11, 21, "coming", True),
    ],
)
def test_a_whole_register_needs_a_statute_in_force(
    taken: int, held: int, statute: str | None, refused: bool
) -> None:
    law = Statute("1:1", {}, date(2019, 1, 1))
    pack = replace(
        small(),
        statutes={
            "1:1": law,
            "old": replace(law, until=date(2020, 1, 1)),
            "coming": replace(law, since=date(2027, 1, 1)),
        },
    )
    answer = whole_register(pack, taken=taken, held=held, statute=statute, on=TODAY)
    assert answer == (Refused(Code.WHOLE_REGISTER) if refused else None)


@pytest.mark.parametrize(
    ("purpose", "party", "receivers", "code"),
    [
        ("serious-organised-crime", "polisen", ("kfm",), None),
        ("serious-organised-crime", "polisen", ("aklagare",), None),
        ("serious-organised-crime", "aklagare", ("polisen",), Code.RECEIVES_ONLY),
        ("serious-organised-crime", "ebm-aklagare", ("polisen",), Code.RECEIVES_ONLY),
        ("serious-organised-crime", "polisen", ("nobody",), Code.NO_BASIS),
        ("taxation", "polisen", ("kfm",), Code.NO_BASIS),
        ("unheard-of", "polisen", ("kfm",), Code.NO_BASIS),
    ],
)
def test_who_may_only_receive_opens_nothing(
    purpose: str, party: str, receivers: tuple[str, ...], code: Code | None
) -> None:
    answer = opens(small_pack(), purpose, party, receivers, on=TODAY)
    assert answer == (None if code is None else Refused(code))


def test_a_basis_opens_nothing_before_its_day() -> None:
    early = date(2016, 1, 1)
    answer = opens(small_pack(), "serious-organised-crime", "polisen", ("kfm",), on=early)
    assert answer == Refused(Code.RECEIVES_ONLY)


@pytest.mark.parametrize(
    ("party", "key_type", "most"),
    [
        ("polisen", "p1", 2_000),
        ("polisen", "p2", 5_000),
        ("polisen", "p7", 1_000),
        ("polisen", "typology:paper-assistance:1", 9_000),
        ("kfm", "p1", 0),
    ],
)
def test_a_quota_is_the_size_class_times_what_a_subject_has(
    party: str, key_type: str, most: int
) -> None:
    assert quota(small_pack(), {"polisen": "s"}, party, key_type) == most
