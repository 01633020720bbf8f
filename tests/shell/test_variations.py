"""A refusal says what the change does and which statute or bound is in its way; a change says itself."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.domain.pack import Fault, PackError, Variant
from samverkan.domain.pack.shapes import Words
from samverkan.domain.variant import parse, spell
from samverkan.shell import texts
from samverkan.shell.texts import Language, Texts
from samverkan.shell.variations import core_says, refused, variant_says
from tests.domain.packing import WORDS
from tests.national import national

PACK = national()
DATED = {"since": "2026-02-01", "decided": "2026-01-20", "by": "rsr-bergslagen", "why": WORDS}


def t(language: Language = Language.EN) -> Texts:
    return texts.load(texts.HERE)[language]


def sentences(language: Language, *changes: dict[str, Any], **more: Any) -> list[str]:
    data: dict[str, Any] = {
        "id": "tried", "names": WORDS, "level": "regional", "body": "rsr-bergslagen", "core": 1,
        "changes": {f"c{no}": DATED | change for no, change in enumerate(changes)},
    }  # fmt: skip
    read = parse(data | more, PACK)
    assert not isinstance(read, Variant)
    return [refused(t(language), PACK, error) for error in read]


def at(process: str, step: str, **more: str) -> dict[str, str]:
    return {"process": process, "step": step} | more


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"drop": at("disclosure", "balance")},
         "removes the balancing test, which SFS 2016:774 § 2 demands"),
        ({"move": at("cooperation", "accept", after="in-force")},
         "moves each party's own decision on the cooperation, which SFS 2016:774 § 1 demands"),
        ({"drop": at("meeting", "closed-part")},
         "removes the closed part, which SFS 2009:400 § 8:1 demands"),
        ({"drop": at("proposal", "close")},
         ("removes the step The chair's party closes the round, which the common model keeps so "
         "that regions can be compared")),
        ({"partner": {"code": "a", "names": WORDS, "kind": "municipality", "part": "closed"}},
         ("lets a partner (municipality) receive items about persons, without a legal basis that "
         "names it as receiver")),
        ({"rhythm": {"weeks": 26, "weekday": 1}},
         ("goes outside the bounds of meeting rhythm: from 1 to 13. From every week to once a "
         "quarter. Less often than that, nothing is followed up.")),
        ({"mandate": {"party": "kfm", "act": "answer", "role": "officer", "names": WORDS,
                      "hours": 1}},
         "delegates answer a request, which a coordinator cannot be given to decide"),
        ({}, "has a change (c0) that is not of exactly one thing"),
    ],
)  # fmt: skip
def test_why_a_variant_is_refused_is_one_sentence(change: dict[str, Any], sentence: str) -> None:
    assert sentences(Language.EN, change) == [sentence]


def test_the_sentence_is_there_in_swedish_too() -> None:
    said = sentences(Language.SV, {"drop": at("disclosure", "balance")})
    assert said == ["tar bort intresseavvägningen, som SFS 2016:774 § 2 kräver"]


def test_a_body_that_is_gone_is_named() -> None:
    gone = {"partner": {"code": "a", "names": WORDS, "kind": "other"}}
    early = {"decided": "2009-01-01", "since": "2009-02-01"}
    assert sentences(Language.EN, gone | early) == [
        "is of Regional Cooperation Council Bergslagen, which does not exist that day"
    ]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_can_be_spoken_whatever_it_names(language: Language, fault: Fault) -> None:
    detail = (
        "process=disclosure step=balance how=drop variable=rhythm least=1 most=2 kind=other "
        "body=nobody party=nobody act=nothing change=c0"
    )
    assert refused(t(language), PACK, PackError("variant", 1, fault, detail))


@pytest.mark.parametrize("language", list(Language))
def test_every_change_of_the_shipped_examples_says_itself_beside_the_core(
    language: Language,
) -> None:
    for variant in PACK.variants.values():
        for change in variant.changes.values():
            own = variant_says(t(language), PACK, change)
            assert own != core_says(t(language), PACK, variant, change)
            assert "{" not in own


def test_a_moved_step_and_a_step_before_another_say_where() -> None:
    own: Words = {"sv": "Egen koll", "en": "Own look"}
    insert = {"insert": at("proposal", "own", before="close") | {"names": own, "role": "analyst"}}
    move = {"move": at("proposal", "review", before="annex")}
    data: dict[str, Any] = {**spell(PACK.variants["bergslagen"])}
    data["changes"] = {"a": DATED | insert, "b": DATED | move}
    read = parse(data, PACK)
    assert isinstance(read, Variant)
    assert [variant_says(t(), PACK, change) for change in read.changes.values()] == [
        "the step Own look before The chair's party closes the round, by analyst",
        (
            "the step The council's members read the papers before Sealed annex to the parties of "
            "the scope"
        ),
    ]
