from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from followthemoney import model as ontology

from samverkan.domain.statement import (
    EXTENSION,
    ONTOLOGY,
    MixedSubject,
    Prop,
    Schema,
    Statement,
    fields,
    states,
    subjects,
)
from samverkan.kernel.ids import DeliveryId, StatementId, SubjectId
from tests.instruments import seeded

DRAW = seeded()
PACKS = Path(__file__).parents[2] / "packs"
DELIVERY = DeliveryId.draw(DRAW)
ANNA = SubjectId.draw(DRAW)
BO = SubjectId.draw(DRAW)


def say(prop: Prop, value: str, *, day: int = 1, of: SubjectId = ANNA, row: int = 1) -> Statement:
    return Statement(
        id=StatementId.draw(DRAW),
        subject=of,
        schema=Schema.PERSON,
        prop=prop,
        value=value,
        original=value,
        delivery=DELIVERY,
        row=row,
        said_at=datetime(2026, 1, day, tzinfo=UTC),
        basis="b",
        purpose="p",
        classification="c",
        expires_on=date(2027, 1, day),
        months=("2026-02", "2026-01") if prop is Prop.CONDITION else (),
    )


def test_a_correction_comes_first_and_the_old_word_stays() -> None:
    found = fields([say(Prop.STREET, "old 1"), say(Prop.STREET, "new 2", day=5)])
    assert found.current(Prop.STREET) == "new 2"
    assert found.all(Prop.STREET) == ("new 2", "old 1")


def test_the_same_word_twice_counts_once() -> None:
    assert fields([say(Prop.PHONE, "+461"), say(Prop.PHONE, "+461", day=3)]).all(Prop.PHONE) == (
        "+461",
    )


def test_of_one_day_the_later_to_come_is_the_newer_word() -> None:
    first, then = say(Prop.STREET, "first", row=7), say(Prop.STREET, "then", row=2)
    assert fields([first, then]).all(Prop.STREET) == ("then", "first")


def test_words_of_one_row_keep_their_order() -> None:
    said = [say(Prop.DIRECTOR, number) for number in "123"]
    assert fields(said).all(Prop.DIRECTOR) == ("1", "2", "3")


def test_a_condition_holds_until_a_newer_word_ends_it() -> None:
    holds, ends = say(Prop.CONDITION, "x:y"), say(Prop.CONDITION_ENDED, "x:y", day=2, row=2)
    again = say(Prop.CONDITION, "x:y", day=3, row=3)
    assert fields([holds, ends]).conditions == {}
    assert fields([ends, holds]).conditions == {}
    assert "x:y" in fields([holds, ends, again]).conditions
    assert fields([holds, ends]).values == {}


def test_protection_lasts_until_a_newer_word_lifts_it() -> None:
    on, off = say(Prop.PROTECTED, "true", day=2), say(Prop.PROTECTED, "false", day=3)
    assert fields([on, say(Prop.PHONE, "+461", day=9)]).protected
    assert not fields([on, off]).protected
    assert fields([on, say(Prop.PROTECTED, "false", day=1)]).protected


def test_an_expired_statement_says_nothing() -> None:
    said = [say(Prop.STREET, "long kept", day=9), say(Prop.PHONE, "+461", day=1)]
    assert fields(said, on=date(2027, 1, 2)).current(Prop.PHONE) is None
    assert fields(said, on=date(2027, 1, 1)).current(Prop.PHONE) == "+461"


def test_a_condition_keeps_its_months_in_order() -> None:
    found = fields([say(Prop.CONDITION, "fk:assistance-provider")])
    assert found.conditions == {"fk:assistance-provider": ("2026-01", "2026-02")}
    assert found.all(Prop.CONDITION) == ()


def test_fields_are_of_one_subject() -> None:
    with pytest.raises(MixedSubject):
        fields([say(Prop.PHONE, "+461"), say(Prop.PHONE, "+462", of=BO)])
    with pytest.raises(MixedSubject):
        fields([])


def test_statements_are_grouped_by_subject_in_order_of_mention() -> None:
    said = [say(Prop.PHONE, "1", of=BO), say(Prop.PHONE, "2"), say(Prop.STREET, "3", of=BO)]
    assert [(s.id, len(s.statements)) for s in subjects(said)] == [(BO, 2), (ANNA, 1)]


def test_the_original_does_not_show_in_a_trace() -> None:
    assert "secret-original" not in repr(
        Statement(
            **{f: getattr(say(Prop.PHONE, "+461"), f) for f in Statement.__slots__}
            | {"original": "secret-original"}
        )
    )


def test_every_property_is_the_ontologys_or_an_extension_of_it() -> None:
    assert frozenset().union(*ONTOLOGY.values()) | EXTENSION.keys() == set(Prop)
    assert not EXTENSION.keys() & frozenset().union(*ONTOLOGY.values())


@pytest.mark.parametrize(
    ("schema", "prop", "may"),
    [
        (Schema.PERSON, Prop.FIRST_NAME, True),
        (Schema.COMPANY, Prop.FIRST_NAME, False),
        (Schema.PERSON, Prop.REGISTRATION_NUMBER, False),
        (Schema.COMPANY, Prop.STREET, True),
        (Schema.PERSON, Prop.DIRECTOR, False),
        (Schema.COMPANY, Prop.DIRECTOR, True),
        (Schema.PERSON, Prop.CONDITION, False),
        (Schema.PERSON, Prop.PROTECTED, False),
    ],
)
def test_a_column_states_what_its_schema_has(schema: Schema, prop: Prop, may: bool) -> None:
    assert states(schema, prop) is may


def test_the_ontology_itself_has_what_the_tables_say_of_it() -> None:
    for schema, props in ONTOLOGY.items():
        assert {prop.value for prop in props} <= ontology.schemata[schema.value].properties.keys()


def test_an_extension_names_what_the_ontology_says_by_an_entity_of_its_own() -> None:
    for place in filter(None, EXTENSION.values()):
        schema, _, prop = place.partition(":")
        assert prop in ontology.schemata[schema].properties


def test_an_extension_takes_no_name_that_the_ontology_has_for_the_schema() -> None:
    for schema in Schema:
        taken = {p.value for p in EXTENSION} & ontology.schemata[schema.value].properties.keys()
        assert not taken, taken


@pytest.mark.parametrize("path", sorted(PACKS.glob("*/deliveries/*.yaml")), ids=lambda p: p.name)
def test_every_mapping_of_a_pack_states_what_the_ontology_or_the_extension_has(path: Path) -> None:
    for shape in yaml.safe_load(path.read_text(encoding="utf-8"))["rows"]:
        schema = Schema(shape["schema"])
        assert schema.value in ontology.schemata
        assert all(states(schema, Prop(prop)) for prop in shape["columns"].values())


def test_every_match_key_of_a_pack_is_made_of_known_properties() -> None:
    for path in PACKS.glob("*/keys.yaml"):
        kinds = yaml.safe_load(path.read_text(encoding="utf-8"))["key_types"]
        assert {prop for kind in kinds.values() for prop in kind["props"]} <= set(Prop)
