"""What differs is listed by what it is about; an upgrade merges nothing in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.domain.comparing import compared, differences, upgraded
from samverkan.domain.pack import Fault, Pack
from tests.domain import varied
from tests.domain.packing import WORDS
from tests.domain.varied import drop, insert, legal, partner, process, question

OTHER = {"sv": "annat", "en": "other"}
RHYTHM = {"rhythm": {"weeks": 2, "weekday": 4}}
CRITERION = {"code": "local", "names": WORDS, "question": WORDS, "least": 0, "most": 4}
HARM = {"names": WORDS, "question": WORDS, "least": 0, "most": 4}


@pytest.fixture(scope="module")
def core() -> Pack:
    return varied.core()


def next_core(**more: Any) -> Pack:
    pack = varied.core(**more)
    return replace(pack, pack=replace(pack.pack, version=2))


def test_each_difference_has_its_key_and_its_variable(core: Pack) -> None:
    mandate = {"party": "tax", "act": "plan_measure", "role": "officer", "names": WORDS, "hours": 1}
    way = varied.variant(
        core,
        RHYTHM,
        insert("look", after="need"),
        drop("chat"),
        question("asked"),
        question("rated", form="questionnaire"),
        {"criterion": CRITERION},
        {"weight": {"criterion": "harm", "weight": 2}},
        partner(),
        {"mandate": mandate},
        {"group": {"code": "few", "names": WORDS, "members": ["tax"]}},
        {"word": {"term": "disclosure", "names": WORDS}},
    )
    assert [(one.key, one.variable) for one in differences(way)] == [
        ("rhythm", "rhythm"),
        ("disclosure/look", "extra-steps"),
        ("disclosure/chat", "open-steps"),
        ("proposal?asked", "forms"),
        ("questionnaire?rated", "questionnaire"),
        ("criterion:local", "criteria"),
        ("weight:harm", "weights"),
        ("partner:town", "partners"),
        ("mandate:tax:plan_measure", "mandates"),
        ("group:few", "groups"),
        ("word:disclosure", "words"),
    ]


def test_a_difference_of_one_day_is_in_force_that_day(core: Pack) -> None:
    way = varied.variant(core, partner() | {"until": "2026-06-30"})
    assert len(differences(way)) == len(differences(way, on=date(2026, 6, 30))) == 1
    assert differences(way, on=date(2026, 7, 1)) == ()


def test_two_variants_differ_where_one_says_what_the_other_does_not(core: Pack) -> None:
    one = varied.variant(core, RHYTHM, partner())
    other = varied.variant(core, RHYTHM, partner(kind="other"), drop("chat"))
    pairs = {pair.key: pair for pair in compared(one, other)}
    assert list(pairs) == ["partner:town", "disclosure/chat"]
    assert pairs["disclosure/chat"].one is None


def test_a_core_that_has_not_touched_what_varies_keeps_the_variant(core: Pack) -> None:
    way = varied.variant(core, RHYTHM, drop("chat"), partner())
    found = upgraded(way, core, next_core(bodies=varied.sections()["bodies"]))
    assert (found.settled, found.conflicts) == ((), ())
    assert (found.variant.core, found.variant.changes) == (2, way.changes)


@pytest.mark.parametrize(
    ("change", "new", "fault"),
    [
        (RHYTHM, {"rhythms": {"regional": {"weeks": 8, "weekday": 3}}}, Fault.CORE_CHANGED),
        ({"weight": {"criterion": "harm", "weight": 2}}, {"criteria": {"harm": HARM | {"most": 9}}},
         Fault.CORE_CHANGED),
        ({"weight": {"criterion": "harm", "weight": 2}}, {"criteria": {"reach": HARM}},
         Fault.UNKNOWN_REFERENCE),
        (RHYTHM, {"openness": varied.openness() | {"rhythm": varied.variable(
            "bounded", least=4, most=13)}}, Fault.BOUNDS),
        (drop("chat"), {"processes": {"disclosure": process(
            steps=process()["steps"] | {"chat": legal()})}}, Fault.LEGAL_STEP),
        (insert("look", after="chat"), {"processes": {"disclosure": process(
            steps={k: v for k, v in process()["steps"].items() if k != "chat"})}}, Fault.NO_STEP),
        (partner(), {"openness": varied.openness() | {"partners": varied.variable(
            "fixed", statute="1:1", section="2")}}, Fault.FIXED),
    ],
)  # fmt: skip
def test_what_the_new_core_does_not_take_is_a_conflict_and_the_rest_is_kept(
    core: Pack, change: dict[str, Any], new: dict[str, Any], fault: Fault
) -> None:
    way = varied.variant(core, question("asked"), change)
    found = upgraded(way, core, next_core(**new))
    assert [(one.change.id, one.fault) for one in found.conflicts] == [("c1", fault)]
    assert list(found.variant.changes) == ["c0"]


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (insert("look", after="need"), {"processes": {"disclosure": process(
            steps=process()["steps"] | {"look": {"names": WORDS, "kind": "core",
                                                 "events": ["a.b"]}})}}),
        (drop("chat"), {"processes": {"disclosure": process(
            steps={k: v for k, v in process()["steps"].items() if k != "chat"})}}),
        ({"criterion": CRITERION}, {"criteria": {"harm": HARM, "local": HARM}}),
    ],
)  # fmt: skip
def test_what_the_core_has_made_its_own_is_no_difference_any_more(
    core: Pack, change: dict[str, Any], new: dict[str, Any]
) -> None:
    found = upgraded(varied.variant(core, change), core, next_core(**new))
    assert [one.id for one in found.settled] == ["c0"]
    assert (found.conflicts, found.variant.changes) == ((), {})


def test_a_core_criterion_that_bears_the_same_code_and_another_name_is_a_conflict(
    core: Pack,
) -> None:
    new = next_core(criteria={"harm": HARM, "local": HARM | {"names": OTHER}})
    found = upgraded(varied.variant(core, {"criterion": CRITERION}), core, new)
    assert [one.fault for one in found.conflicts] == [Fault.DOUBLED]
