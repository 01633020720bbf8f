"""The model in force for a body is the core and what has been decided to differ, on that day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.domain import variant as rules
from samverkan.domain.pack import Pack, Rhythm, StepKind, Variant
from samverkan.domain.variant import chosen, digest, effective, parse, spell
from tests.domain import packing, varied
from tests.domain.packing import WORDS
from tests.domain.varied import drop, insert, partner, question
from tests.national import national

ON = date(2026, 11, 24)
RHYTHM = {"rhythm": {"weeks": 2, "weekday": 4}}
CRITERION = {"code": "local", "names": WORDS, "question": WORDS, "least": 0, "most": 4}


@pytest.fixture(scope="module")
def core() -> Pack:
    return varied.core()


def north(core: Pack, *changes: dict[str, Any], **more: Any) -> Variant:
    return varied.variant(core, *changes, **more)


def names(core: Pack, *changes: dict[str, Any], on: date = ON) -> list[str]:
    model = effective(core, [north(core, *changes)], "north-council", on)
    return [step.id for step in model.steps("disclosure")]


def test_without_variants_the_model_is_the_core(core: Pack) -> None:
    model = effective(core, [], "north-council", ON)
    assert (model.version, model.rhythm) == ("v1", Rhythm(4, 3))
    assert [step.id for step in model.steps("disclosure")] == ["need", "test", "chat", "send"]
    assert {code: one.weight for code, one in model.criteria.items()} == {"harm": 1}
    assert (model.partners, model.questionnaire, model.steps("nothing")) == ((), (), ())


def test_steps_are_added_moved_and_left_out(core: Pack) -> None:
    move = {"move": {"process": "disclosure", "step": "chat", "before": "need"}}
    assert names(core, insert("look", after="need")) == ["need", "look", "test", "chat", "send"]
    assert names(core, move) == ["chat", "need", "test", "send"]
    assert names(core, drop("chat")) == ["need", "test", "send"]


def test_an_added_step_names_the_role_that_does_it(core: Pack) -> None:
    model = effective(core, [north(core, insert("look", after="need"))], "north-council", ON)
    look = model.steps("disclosure")[1]
    assert (look.kind, look.roles) == (StepKind.ADDED, ("analyst",))


def test_a_step_whose_neighbour_is_gone_comes_before_the_one_that_takes_effect(core: Pack) -> None:
    short = insert("look", after="need") | {"until": "2026-06-30"}
    assert names(core, short, insert("again", after="look")) == [
        "need", "test", "chat", "again", "send",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "weeks"),
    [("2026-01-31", 4), ("2026-02-01", 2), ("2026-06-30", 2), ("2026-07-01", 4)],
)
def test_a_change_holds_from_its_first_day_to_its_last(core: Pack, day: str, weeks: int) -> None:
    way = north(core, RHYTHM | {"until": "2026-06-30"})
    model = effective(core, [way], "north-council", date.fromisoformat(day))
    assert model.rhythm.weeks == weeks


def test_criteria_are_added_and_weighed(core: Pack) -> None:
    way = north(
        core,
        {"criterion": CRITERION | {"weight": 2}},
        {"weight": {"criterion": "harm", "weight": 3}},
    )
    criteria = effective(core, [way], "north-council", ON).criteria
    assert {code: (one.weight, one.origin) for code, one in criteria.items()} == {
        "harm": (3, None),
        "local": (2, "north"),
    }


def test_questions_partners_groups_mandates_and_words_are_told(core: Pack) -> None:
    mandate = {
        "party": "tax", "act": "plan_measure", "role": "officer", "names": WORDS, "hours": 8,
    }  # fmt: skip
    group = {"code": "few", "names": WORDS, "members": ["tax", "police"]}
    said = {"sv": "Eget", "en": "Own"}
    way = north(
        core,
        question("asked"),
        question("rated", form="questionnaire", answer="scale"),
        partner(),
        {"mandate": mandate},
        {"group": group},
        {"word": {"term": "disclosure", "names": said}},
    )
    model = effective(core, [way], "north-council", ON)
    assert [one.code for one in model.questions("proposal")] == ["asked"]
    assert [one.code for one in model.questionnaire] == ["rated"]
    assert [one.code for one in model.partners] == ["town"]
    assert [one.hours for one in model.mandates] == [8]
    assert [one.code for one in model.groups] == ["few"]
    assert model.word("disclosure", WORDS) == said
    assert model.word("proposal", WORDS) == WORDS


def test_a_variant_of_one_region_is_nothing_to_another_body(core: Pack) -> None:
    model = effective(core, [north(core, RHYTHM)], "council", ON)
    assert (model.version, model.variants) == ("v1", ())


def test_a_local_body_works_under_its_own_variant_and_the_regions(core: Pack) -> None:
    region = north(core, RHYTHM, insert("look", after="need"))
    pack = packing.with_variants(core, region)
    weekly = {"rhythm": {"weeks": 1, "weekday": 2}}
    town = varied.variant(pack, weekly, drop("look"), id="town", level="local", above="north")
    pack = packing.with_variants(core, region, town)
    model = effective(pack, chosen(pack.variants, "town"), "a-local-body", ON)
    assert [one.id for one in model.variants] == ["north", "town"]
    assert model.rhythm == Rhythm(1, 2)
    assert "look" not in [step.id for step in model.steps("disclosure")]
    assert effective(pack, [region, town], "north-council", ON).rhythm == Rhythm(2, 4)


def test_a_variant_that_is_not_there_is_chosen_by_nobody(core: Pack) -> None:
    assert chosen({}, "town") == ()
    assert chosen({"north": north(core, RHYTHM)}, None) == ()


def test_the_version_tells_one_model_from_another(core: Pack) -> None:
    one, other = north(core, RHYTHM), north(core, RHYTHM, partner())
    versions = {effective(core, ways, "north-council", ON).version for ways in ([], [one], [other])}
    assert len(versions) == 3
    assert effective(core, [one], "north-council", ON).version.startswith("v1-")


def test_what_is_spelled_is_read_back(core: Pack) -> None:
    way = north(
        core,
        {"criterion": CRITERION},
        insert("look", after="need"),
        partner() | {"until": "2027-01-01"},
        question("which", answer="options", options={"a": WORDS, "b": WORDS}),
        example="true",
        origins=[{"variant": "town", "body": "council", "level": "local", "since": "2025-01-01"}],
    )
    again = parse(spell(way), core)
    assert again == way
    assert digest(way) != digest(north(core, RHYTHM))


def test_the_shipped_examples_are_read_back_and_say_that_they_are_examples() -> None:
    pack = national()
    for way in pack.variants.values():
        assert way.example
        assert rules.parse(rules.spell(way), pack) == way
