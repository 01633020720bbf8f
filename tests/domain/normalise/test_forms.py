"""Code holds mechanisms: what they give follows from the pack, and has not changed by moving there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from samverkan.domain import normalise as n
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.forms import Profile
from samverkan.domain.pack.writing import SoundRule
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.domain import packing
from tests.national import national, profile

DAY = date(2026, 11, 24)
LIVE = Profile(Stamp.LIVE, DAY, forms_of(packing.small().writing))
NAMES = [
    "Åkerström",
    "Wikström",
    "Karlsson",
    "Carlson",
    "Schögren",
    "Sjöberg",
    "Stjernström",
    "Kjellberg",
    "Tjäder",
    "Gjörwell",
    "Djurberg",
    "Hjalmarsson",
    "Ljung",
    "Yngve",
    "Jönsson",
    "Christoffer",
    "Kristina",
    "Cecilia",
    "Quist",
    "Lindqvist",
    "Xerxes",
    "Thure",
    "Schmidt",
    "Hvitfeldt",
    "Waltz",
    "Małgorzata",
    "Đorđe",
    "Søren",
    "Æbeltoft",
    "Þór",
    "Ayşe",
    "O'Brien",
    "Björkomsorg",
    "Örebro",
    "Städ",
]
CLEANED = (
    Prop.ID_NUMBER, Prop.DIRECTOR, Prop.REGISTRATION_NUMBER, Prop.ACCOUNT, Prop.FIRST_NAME,
    Prop.LAST_NAME, Prop.NAME, Prop.BIRTH_DATE, Prop.STREET, Prop.POSTCODE, Prop.CITY, Prop.PHONE,
    Prop.PASSPORT, Prop.CONDITION,
)  # fmt: skip
OUTPUTS = {
    Stamp.SYNTHETIC: "ef3d68c90308ec0d66968412ca717151363a0bcb4b9906ff99b329aedf1964c2",
    Stamp.LIVE: "c1a9fbe57582a2b4d3040bee628cf1b40b802298eb490b695716be23facb5aca",
}
"""Of `made`. Another digest is another version: 2 repairs a company's number that a slip makes look
like a person's."""


def made(profile: Profile) -> Iterator[str]:
    """What the normaliser makes of hundreds of invented cells and subjects, always the same."""
    rng = Random(1)
    for _ in range(100):
        cells = _cells(rng)
        for prop in CLEANED:
            for text in cells:
                yield _shown(n.clean(prop, text, profile))
                yield str(n.as_stated(prop, text, profile))
        yield from map(repr, _subjects(cells, profile))


def _cells(rng: Random) -> list[str]:
    first, last = rng.choice(NAMES), rng.choice(NAMES)
    born = date(1930, 1, 1).toordinal() + rng.randrange(35_000)
    body = f"{date.fromordinal(born):%y%m%d}{rng.randrange(1000):03d}"
    person = f"{body[:6]}{rng.choice(('-', '+', ''))}{body[6:]}{rng.randrange(10)}"
    company = f"{rng.choice(('55', '16', '96'))}{rng.randrange(10**8):08d}"
    account = f"{rng.choice(('', 'bg ', 'PG', 'Plusgiro: '))}{rng.randrange(10**8)}"
    phone = f"{rng.choice(('0', '+46', '0046', '+46(0)', '8'))}{rng.randrange(10**9)}"
    street = rng.choice(
        ("Storg. 12 B", f"c/o {last}, Norra v. 3, lgh 1201", f"{last}gatan 4 vån 2")
    )
    firm = f"{first} {last} {rng.choice(('AB', 'i Örebro HB', 'Ekonomisk förening', '(publ)'))}"
    return [person, company, account, phone, street, firm, f"S-{rng.randrange(10**5):05d}", first]


def _subjects(cells: list[str], profile: Profile) -> Iterator[object]:
    person, company, account, phone, street, firm, postcode, first = cells
    said = {
        Prop.ID_NUMBER: n.as_stated(Prop.ID_NUMBER, person, profile),
        Prop.REGISTRATION_NUMBER: n.as_stated(Prop.REGISTRATION_NUMBER, company, profile),
        Prop.FIRST_NAME: first,
        Prop.LAST_NAME: firm,
        Prop.NAME: firm,
        Prop.STREET: street,
        Prop.POSTCODE: postcode,
        Prop.PHONE: phone,
        Prop.ACCOUNT: account,
        Prop.CITY: "1880",
    }
    values = {prop: (value,) for prop, value in said.items() if value is not None}
    spec = n.key_spec([f"P{i}" for i in range(1, 8)] + [f"C{i}" for i in range(1, 7)], profile)
    assert isinstance(spec, n.KeySpec)
    for schema in (Schema.PERSON, Schema.COMPANY):
        fields = Fields(schema, values)
        yield n.match_keys(fields, spec)
        yield sorted(n.comparison_slots(fields, profile).items())


def _shown(value: str | Refused) -> str:
    return value if isinstance(value, str) else value.code.value


@pytest.mark.parametrize("stamp", [Stamp.SYNTHETIC, Stamp.LIVE])
def test_the_swedish_forms_give_what_version_2_of_the_normaliser_gives(stamp: Stamp) -> None:
    digest = hashlib.sha256("\n".join(made(profile(stamp, DAY))).encode()).hexdigest()
    assert (profile(stamp, DAY).forms.version, digest) == ("2.1", OUTPUTS[stamp])


def test_code_and_pack_together_make_the_version_that_goes_into_every_token() -> None:
    later = replace(national().writing, version=2)
    assert forms_of(later).version == f"{n.NORMALISER_VERSION}.2"


def test_a_pack_is_compiled_once() -> None:
    assert forms_of(national().writing) is forms_of(national().writing)


def test_another_country_has_its_date_where_its_pack_says() -> None:
    number = "19150785" + "1234"
    digit = n.check_digit(number[2:], Stamp.LIVE, LIVE.forms.check)
    assert n.clean_person_number(number[2:] + digit, LIVE) == number + digit
    assert n.birth_date(number + digit, LIVE) == date(1985, 7, 15)
    assert n.birth_date("19550785" + "12345", LIVE) == date(1985, 7, 15)
    assert n.person_form("150785-12345", LIVE) is None


def test_another_country_shifts_its_synthetic_digits_as_its_pack_says() -> None:
    synthetic = replace(LIVE, stamp=Stamp.SYNTHETIC)
    body = "91234567"
    live, shifted = (
        n.check_digit(body, s, LIVE.forms.check) for s in (Stamp.LIVE, Stamp.SYNTHETIC)
    )
    assert (int(live) + 3) % 10 == int(shifted)
    assert n.clean_company_number(f"912.345.67{live}", LIVE) == body + live
    assert n.clean_company_number(body + shifted, synthetic) == body + shifted
    refused = n.clean_company_number(body + live, synthetic)
    assert isinstance(refused, Refused)
    assert refused.code is Code.ID_OF_OTHER_STAMP


@pytest.mark.parametrize(
    ("prop", "text", "value"),
    [
        (Prop.PHONE, "8 123 45678", "+99912345678"),
        (Prop.POSTCODE, "1234", "1234"),
        (Prop.POSTCODE, "70212", None),
        (Prop.CITY, "7", "007"),
        (Prop.STREET, "Main str. 4, flat 7", "main str. 4"),
        (Prop.STREET, "c/o Ek, Main 4", "c/o ek, main 4"),
        (Prop.ACCOUNT, "giro 12344", "giro:12344"),
        (Prop.ACCOUNT, "12344", None),
    ],
)
def test_another_country_writes_its_places_and_accounts_its_own_way(
    prop: Prop, text: str, value: str | None
) -> None:
    found = n.clean(prop, text, LIVE)
    assert found == value if value is not None else isinstance(found, Refused)


def test_another_country_folds_and_sounds_its_own_way() -> None:
    forms = LIVE.forms
    assert n.fold("Tønder", forms) == "toender"
    assert n.name_core("Tønder Ltd AB", forms) == ("toender", "ab")
    assert n.street_key("main str. 4", forms) == "main street 4"
    assert n.sound("phgephillips", forms) == "fgflp"
    assert n.sound("gerda", forms) == "jrd"
    assert n.sound("gustav", forms) == "gstv"


def test_rules_with_one_result_are_one_pass_and_do_not_work_on_each_other() -> None:
    writing = national().writing
    rules = (SoundRule(("ab",), "b"), SoundRule(("bb",), "b"))
    sounds = replace(writing.sounds, rules=rules, drop="z", length=9)
    assert n.sound("abbc", forms_of(replace(writing, sounds=sounds))) == "bc"
    apart = replace(sounds, rules=(rules[0], SoundRule(("q",), "q"), rules[1]))
    assert n.sound("xabbab", forms_of(replace(writing, sounds=apart))) == "xb"
