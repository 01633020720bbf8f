"""What the core leaves open may vary; what the law fixes stays, and each objection names its codes."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.domain.pack import Fault, Pack
from tests.domain import packing, varied
from tests.domain.packing import WORDS
from tests.domain.varied import drop, insert, partner, question, variable

CRITERION = {"code": "local", "names": WORDS, "question": WORDS, "least": 0, "most": 4}
MANDATE = {"party": "tax", "act": "plan_measure", "role": "officer", "names": WORDS, "hours": 40}


@pytest.mark.parametrize(
    "change",
    [
        {"rhythm": {"weeks": 2, "weekday": 4}},
        insert("look", after="need"),
        insert("look", before="need"),
        drop("chat"),
        {"move": {"process": "disclosure", "step": "chat", "before": "need"}},
        question("asked"),
        question("which", answer="options", options={"a": WORDS, "b": WORDS}),
        {"criterion": CRITERION},
        {"weight": {"criterion": "harm", "weight": 3}},
        partner(),
        partner(part="closed", kind="agency", party="police", basis="duty"),
        {"mandate": MANDATE},
        {"group": {"code": "few", "names": WORDS, "members": ["tax", "police"]}},
        {"word": {"term": "disclosure", "names": WORDS}},
    ],
)
def test_what_is_open_may_vary(change: dict[str, Any]) -> None:
    assert varied.faults(varied.core(), change) == []


@pytest.mark.parametrize(
    ("changes", "fault", "detail"),
    [
        ([drop("test")], Fault.LEGAL_STEP, "process=disclosure step=test how=drop"),
        ([{"move": {"process": "disclosure", "step": "test", "after": "send"}}],
         Fault.LEGAL_STEP, "process=disclosure step=test how=move"),
        ([drop("send")], Fault.CORE_STEP, "process=disclosure step=send how=drop"),
        ([drop("tset")], Fault.NO_STEP, "process=disclosure step=tset"),
        ([drop("chat"), drop("chat")], Fault.NO_STEP, "process=disclosure step=chat"),
        ([insert("look")], Fault.BESIDE, "process=disclosure step=look"),
        ([insert("look", after="need", before="test")], Fault.BESIDE,
         "process=disclosure step=look"),
        ([insert("look", after="nothing")], Fault.NO_STEP, "process=disclosure step=nothing"),
        ([insert("test", after="need")], Fault.DOUBLED, "test"),
        ([insert("a", after="need"), insert("b", after="a"), insert("c", after="b"),
          insert("d", after="c")], Fault.COUNT, "variable=extra-steps most=3"),
        ([{"rhythm": {"weeks": 20, "weekday": 1}}], Fault.BOUNDS,
         "variable=rhythm least=1 most=13"),
        ([{"weight": {"criterion": "harm", "weight": 4}}], Fault.BOUNDS,
         "variable=weights least=1 most=3"),
        ([{"weight": {"criterion": "harm", "weight": 0}}], Fault.BOUNDS,
         "variable=weights least=1 most=3"),
        ([{"weight": {"criterion": "beauty", "weight": 1}}], Fault.UNKNOWN_REFERENCE,
         "criteria: beauty"),
        ([{"criterion": CRITERION | {"code": "harm"}}], Fault.DOUBLED, "harm"),
        ([{"criterion": CRITERION | {"least": 4}}], Fault.OUT_OF_RANGE, "4"),
        ([{"criterion": CRITERION | {"weight": 9}}], Fault.BOUNDS,
         "variable=weights least=1 most=3"),
        ([question("a"), question("a")], Fault.DOUBLED, "a"),
        ([question("a"), question("b"), question("c")], Fault.COUNT, "variable=forms most=2"),
        ([question("a", answer="options")], Fault.MISSING_KEY, "options"),
        ([question("a", options={"x": WORDS})], Fault.UNKNOWN_KEY, "options"),
        ([question("a", form="confession")], Fault.UNKNOWN_REFERENCE, "forms: confession"),
        ([partner(), partner()], Fault.DOUBLED, "town"),
        ([partner(part="closed")], Fault.PARTNER_CLOSED, "partner=town kind=municipality"),
        ([partner(basis="duty")], Fault.PARTNER_CLOSED, "partner=town kind=municipality"),
        ([partner(part="closed", party="police")], Fault.PARTNER_CLOSED,
         "partner=town kind=municipality"),
        ([{"mandate": MANDATE | {"act": "answer"}}], Fault.NOT_DELEGABLE, "act=answer"),
        ([{"mandate": MANDATE | {"hours": 41}}], Fault.BOUNDS,
         "variable=mandates least=0 most=40"),
        ([{"word": {"term": "moon", "names": WORDS}}], Fault.UNKNOWN_REFERENCE, "words: moon"),
        ([{}], Fault.ONE_CHANGE, "change=c0"),
        ([drop("chat") | partner()], Fault.ONE_CHANGE, "change=c0"),
        ([partner() | {"decided": "2026-03-01"}], Fault.DATE_ORDER, "2026-03-01"),
        ([partner() | {"since": "2030-01-01"}], Fault.BODY_GONE, "body=north-council"),
        ([partner() | {"by": "south-council"}], Fault.UNKNOWN_REFERENCE, "bodies: south-council"),
    ],
)  # fmt: skip
def test_what_is_not_open_is_named(
    changes: list[dict[str, Any]], fault: Fault, detail: str
) -> None:
    assert (fault, detail) in varied.faults(varied.core(), *changes)


def test_what_the_law_fixes_cannot_be_opened_by_a_variant() -> None:
    law = variable("fixed", statute="1:1", section="2")
    pack = varied.core(openness=varied.openness() | {"partners": law})
    assert varied.faults(pack, partner()) == [(Fault.FIXED, "variable=partners")]


def test_what_the_model_does_not_speak_of_is_not_open() -> None:
    opened = {name: one for name, one in varied.openness().items() if name != "partners"}
    faults = varied.faults(varied.core(openness=opened), partner())
    assert faults == [(Fault.NOT_OPEN, "variable=partners")]


def test_a_party_without_a_seat_gets_neither_mandate_nor_place_in_a_group() -> None:
    alone = packing.body(
        level="regional", region="north", members=["police"], chair="police", quorum=1
    )
    pack = varied.core(bodies={"north-council": alone})
    group = {"group": {"code": "few", "names": WORDS, "members": ["tax"]}}
    seatless = (Fault.NOT_A_MEMBER, "party=tax body=north-council")
    assert varied.faults(pack, {"mandate": MANDATE}) == [seatless]
    assert varied.faults(pack, group) == [seatless]


def test_a_change_that_has_ended_makes_room_for_another() -> None:
    ended = partner() | {"until": "2026-06-30"}
    again = partner() | {"since": "2026-07-01"}
    assert varied.faults(varied.core(), ended, again) == []


def test_a_closed_seat_ends_with_the_standing_that_gives_it() -> None:
    standing = {
        "basis": "duty", "statute": "1:1", "section": "2", "may": ["disclose", "receive"],
        "since": "2020-01-01", "until": "2026-12-31",
    }  # fmt: skip
    police = packing.party(agency="police", standing=[standing])
    pack = varied.core(parties={"tax": packing.party(), "police": police})
    closed = partner(part="closed", party="police", basis="duty")
    assert [fault for fault, _ in varied.faults(pack, closed)] == [Fault.PARTNER_CLOSED]
    assert varied.faults(pack, closed | {"until": "2026-12-31"}) == []


def test_a_regional_variant_needs_a_regional_body() -> None:
    national = varied.faults(varied.core(), body="council")
    assert national == [(Fault.BODY_LEVEL, "body=council level=regional")]


def test_a_variant_builds_upon_a_wider_one_alone() -> None:
    pack = varied.core()
    assert varied.faults(pack, above="north") == [(Fault.UNDER, "north")]
    assert varied.faults(pack, above="nothing") == [(Fault.UNKNOWN_REFERENCE, "variants: nothing")]


def test_a_narrower_variant_meets_what_the_wider_one_has_changed(varying: Pack) -> None:
    narrow = {"id": "town", "level": "local", "above": "north"}
    assert varied.faults(varying, drop("look"), **narrow) == []
    assert varied.faults(varying, insert("look", after="need"), **narrow) == [
        (Fault.DOUBLED, "look")
    ]


@pytest.fixture
def varying() -> Pack:
    """A pack whose region has a step of its own."""
    pack = varied.core()
    north = varied.variant(pack, insert("look", after="need"))
    return packing.with_variants(pack, north)
