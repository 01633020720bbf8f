from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.agency.ingest import DeliveryMapping, Effect, Reject, parse_mapping
from samverkan.agency.ingest.cleaning import expiry
from samverkan.domain.normalise import check_digit
from samverkan.domain.statement import Prop, Schema, fields
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp
from tests.agency.ingest.whole import Whole, read_whole
from tests.instruments import seeded

NODE: dict[str, Any] = {
    "id": "x-file",
    "party": "x",
    "basis": "statute 1",
    "purpose": "purpose",
    "classification": "open",
    "retention": {"months": 24, "from": "statement"},
    "said_on": "day",
    "class": {"column": "class", "values": {"": "open", "a": "osl-a"}, "never": ["secret"]},
    "rows": [
        {
            "schema": "Person",
            "when": {"column": "kind", "equals": ["p"]},
            "columns": {
                "no": "idNumber",
                "given": "firstName",
                "last": "lastName",
                "born": "birthDate",
                "post": "postcode",
                "phone": "phone",
            },
            "last_name_first": "name",
            "protected": {"column": "hidden", "equals": ["y"]},
            "roles": [{"role": "victim", "column": "part", "equals": ["v"]}],
        },
        {
            "schema": "Company",
            "when": {"column": "kind", "equals": ["c"]},
            "columns": {
                "no": "registrationNumber",
                "name": "name",
                "post": "postcode",
                "boss": "director",
            },
            "conditions": [
                {"condition": "x:seen", "column": "seen", "equals": ["1"], "months": "months"}
            ],
        },
    ],
}


def number(body: str, stamp: Stamp = Stamp.SYNTHETIC) -> str:
    return body + check_digit(body[2:] if len(body) == 11 else body, stamp)


EVA_NO = number("19850715123")
BO_NO = number("19700101001")
FIRM_NO = number("556012345")
EVA = {"day": "2026-06-01", "kind": "p", "no": EVA_NO, "given": "Eva", "last": "Lind",
       "born": "1985-07-15", "post": "702 12"}  # fmt: skip
FIRM = {"day": "2026-06-01", "kind": "c", "no": FIRM_NO, "name": "Hytt AB", "post": "70212"}


def mapping(**changes: Any) -> DeliveryMapping:
    found = parse_mapping(NODE | changes)
    assert isinstance(found, DeliveryMapping)
    return found


def read(*rows: dict[str, str] | Refused, **how: Any) -> Whole:
    return read_whole(enumerate(rows, 2), mapping(), **how)


def said(result: Whole) -> Iterable[tuple[Prop, str]]:
    return [(statement.prop, statement.value) for statement in result.statements]


def test_each_cell_becomes_a_statement_with_its_original_and_its_why() -> None:
    result = read(EVA)
    postcode = next(s for s in result.statements if s.prop is Prop.POSTCODE)
    assert (postcode.value, postcode.original, postcode.row) == ("70212", "702 12", 2)
    assert (postcode.basis, postcode.purpose, postcode.classification) == (
        "statute 1",
        "purpose",
        "open",
    )
    assert postcode.said_at.isoformat() == "2026-06-01T00:00:00+00:00"
    assert postcode.expires_on == date(2028, 6, 1)
    assert (result.rows, result.rejects) == (1, ())


def test_an_empty_cell_says_nothing() -> None:
    assert Prop.PHONE not in dict(said(read(EVA | {"phone": "  "})))


def test_identifiers_are_drawn_and_not_derived_from_content() -> None:
    one, two = read(EVA, randomness=seeded(1)), read(EVA, randomness=seeded(2))
    assert {s.id for s in one.statements}.isdisjoint(s.id for s in two.statements)
    assert one.subjects[0].id != two.subjects[0].id
    assert len({s.id for s in one.statements}) == len(one.statements)


def test_a_mistyped_number_is_kept_as_stated_and_reported_without_its_value() -> None:
    wrong = next(EVA_NO[:-1] + d for d in "0123456789" if EVA_NO[:-1] + d not in
                 {EVA_NO, number(EVA_NO[:-1], Stamp.LIVE)})  # fmt: skip
    result = read(EVA | {"no": wrong})
    assert (Prop.ID_NUMBER, wrong) in said(result)
    assert result.rejects == (Reject(2, Code.ID_CHECK_DIGIT, "no", Effect.KEPT),)


def test_a_number_that_a_real_person_could_have_keeps_the_whole_row_out() -> None:
    result = read(EVA | {"no": number("19850715123", Stamp.LIVE), "phone": "x"})
    assert result.statements == ()
    assert result.rejects == (Reject(2, Code.ID_OF_OTHER_STAMP, "no", Effect.ROW_OUT),)


def test_a_cell_that_cannot_be_cleaned_is_left_out_and_the_rest_stays() -> None:
    result = read(EVA | {"born": "1985-02-31", "post": "x"})
    assert result.rejects == (
        Reject(2, Code.FIELD_NOT_A_DATE, "born"),
        Reject(2, Code.FIELD_NOT_A_NUMBER, "post"),
    )
    assert (Prop.LAST_NAME, "Lind") in said(result)


def test_what_is_never_enrolled_is_refused_at_the_door() -> None:
    result = read(EVA | {"class": "secret"})
    assert (result.statements, result.rejects) == (
        (),
        (Reject(2, Code.NEVER_ENROLLED, "class", Effect.ROW_OUT),),
    )


def test_an_unknown_class_is_refused_since_it_may_be_a_forbidden_one() -> None:
    result = read(EVA | {"class": "secret?"})
    assert (result.statements, result.rejects) == (
        (),
        (Reject(2, Code.ROW_INVALID, "class", Effect.ROW_OUT),),
    )


def test_the_rows_class_is_its_classification() -> None:
    assert {s.classification for s in read(EVA | {"class": "a"}).statements} == {"osl-a"}


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"kind": "ship"}, Code.ROW_INVALID, "kind"),
        ({"day": "2026-11-25"}, Code.FIELD_NOT_A_DATE, "day"),
        ({"day": ""}, Code.FIELD_NOT_A_DATE, "day"),
        ({"given": "x" * 501}, Code.FIELD_TOO_LONG, None),
        ({"no": "", "last": ""}, Code.FIELD_MISSING, None),
    ],
)
def test_a_row_that_cannot_be_used_leaves_nothing_but_a_reject(
    changes: dict[str, str], code: Code, column: str | None
) -> None:
    result = read(EVA | changes)
    assert (result.statements, result.rejects) == ((), (Reject(2, code, column, Effect.ROW_OUT),))


def test_rows_of_one_number_are_one_subject() -> None:
    result = read(EVA, EVA | {"last": "Lund", "post": "79111"})
    (eva,) = result.subjects
    assert fields(eva.statements).all(Prop.LAST_NAME) == ("Lund", "Lind")


def test_rows_without_number_are_one_subject_by_name_birth_date_and_postcode() -> None:
    nameless = EVA | {"no": ""}
    assert len(read(nameless, nameless).subjects) == 1
    assert len(read(EVA, nameless).subjects) == 1
    assert len(read(nameless, EVA, EVA | {"post": "79111"}).subjects) == 1
    assert len(read(nameless, nameless | {"post": "79111"}).subjects) == 2
    assert len(read(nameless | {"born": ""}, nameless | {"born": ""}).subjects) == 2


def test_two_right_numbers_are_two_subjects_whatever_the_names_say() -> None:
    assert len(read(EVA, EVA | {"no": BO_NO}).subjects) == 2
    assert len(read(EVA | {"no": ""}, EVA, EVA | {"no": BO_NO}).subjects) == 2


def test_a_person_and_a_sole_traders_firm_are_two_subjects() -> None:
    result = read(EVA, FIRM | {"no": EVA_NO})
    assert [subject.schema for subject in result.subjects] == [Schema.PERSON, Schema.COMPANY]


def test_a_condition_is_stated_with_its_months() -> None:
    result = read(FIRM | {"seen": "1", "months": "2026-03, 2026-02 x"}, FIRM | {"seen": "0"})
    (firm,) = result.subjects
    assert fields(firm.statements).conditions == {"x:seen": ("2026-02", "2026-03")}
    assert result.rejects == (Reject(2, Code.FIELD_NOT_A_DATE, "months"),)


def test_directors_are_links_to_right_numbers() -> None:
    result = read(FIRM | {"boss": f"{EVA_NO}, {BO_NO} 123"})
    assert fields(result.statements).all(Prop.DIRECTOR) == (EVA_NO, BO_NO)
    assert result.rejects == (Reject(2, Code.FIELD_NOT_A_NUMBER, "boss"),)


def test_a_failing_director_number_is_no_link() -> None:
    wrong = next(EVA_NO[:-1] + d for d in "0123456789" if EVA_NO[:-1] + d not in
                 {EVA_NO, number(EVA_NO[:-1], Stamp.LIVE)})  # fmt: skip
    result = read(FIRM | {"boss": wrong})
    assert Prop.DIRECTOR not in dict(said(result))
    assert result.rejects == (Reject(2, Code.ID_CHECK_DIGIT, "boss"),)


def test_who_a_row_calls_a_victim_is_one() -> None:
    assert fields(read(EVA | {"part": "v"}).statements).all(Prop.ROLE) == ("victim",)
    assert fields(read(EVA | {"part": "w"}).statements).all(Prop.ROLE) == ()


def test_a_protected_identity_is_marked() -> None:
    assert fields(read(EVA | {"hidden": "y"}).statements).protected
    assert not fields(read(EVA | {"hidden": "n"}).statements).protected


def test_surname_first_is_parted_into_two_statements() -> None:
    result = read(EVA | {"given": "", "last": "", "name": "LIND, EVA MARIA"})
    assert (Prop.FIRST_NAME, "Eva Maria") in said(result)
    assert (Prop.LAST_NAME, "Lind") in said(result)


def test_a_row_that_the_file_could_not_give_is_a_reject() -> None:
    result = read(EVA, refuse(Code.ROW_WIDTH), EVA)
    assert result.rejects == (Reject(3, Code.ROW_WIDTH, None, Effect.ROW_OUT),)
    assert (result.rows, len(result.subjects)) == (3, 1)


def test_retention_counts_from_the_statement_or_from_its_years_end() -> None:
    assert expiry(date(2026, 8, 31), replace(mapping(), retention_months=6)) == date(2027, 2, 28)
    yearly = mapping(retention={"months": 36, "from": "year-end"})
    assert expiry(date(2026, 3, 5), yearly) == date(2029, 12, 31)
