"""A smallest pack with one process, what may vary in it, and variants as plain data."""

from __future__ import annotations

from typing import Any

from samverkan.domain.pack import Fault, Pack, PackError, Variant
from samverkan.domain.variant import parse
from tests.domain import packing
from tests.domain.packing import NAMED, WORDS

DATED = {"since": "2026-02-01", "decided": "2026-01-20", "by": "north-council", "why": WORDS}


def legal(**more: Any) -> dict[str, Any]:
    """A step that a statute demands."""
    law = {"statute": "1:1", "section": "2", "demand": WORDS}
    return {"names": WORDS, "kind": "legal", "events": ["request.ask"]} | law | more


def process(**more: Any) -> dict[str, Any]:
    """Need, test, an open step and the step that takes effect."""
    told = {"names": WORDS, "events": ["request.answer"]}
    steps = {
        "need": legal(),
        "test": legal(),
        "chat": told | {"kind": "open"},
        "send": told | {"kind": "core"},
    }
    return {
        "names": WORDS,
        "meaning": WORDS,
        "effect": "discloses",
        "effected_by": "send",
        "steps": steps,
    } | more


def variable(openness: str, **more: Any) -> dict[str, Any]:
    """What may be said of a variable."""
    return {"names": WORDS, "openness": openness, "means": WORDS} | more


def openness() -> dict[str, Any]:
    """Everything open, most of it within bounds."""
    return {
        "rhythm": variable("bounded", least=1, most=13),
        "extra-steps": variable("bounded", count=3),
        "open-steps": variable("open"),
        "forms": variable("bounded", count=2),
        "questionnaire": variable("bounded", count=2),
        "criteria": variable("bounded", count=2),
        "weights": variable("bounded", least=1, most=3),
        "partners": variable("bounded", count=2),
        "mandates": variable("bounded", least=0, most=40, acts=["plan_measure"]),
        "groups": variable("open"),
        "words": variable("open"),
    }


def sections(**more: Any) -> dict[str, Any]:
    """The sections that a pack needs for variants."""
    north = packing.body(level="regional", region="north", until="2029-12-31")
    return {
        "processes": {"disclosure": process()},
        "openness": openness(),
        "rhythms": {"regional": {"weeks": 4, "weekday": 3}, "local": {"weeks": 1, "weekday": 1}},
        "forms": {"proposal": NAMED, "questionnaire": NAMED},
        "criteria": {"harm": {"names": WORDS, "question": WORDS, "least": 0, "most": 4}},
        "bodies": {"council": packing.body(), "north-council": north},
    } | more


def core(**more: Any) -> Pack:
    """A pack without variants."""
    pack = packing.read(**sections(**more))
    assert isinstance(pack, Pack), [str(error) for error in pack]
    return pack


def written(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A regional variant of these changes, as plain data."""
    return {
        "id": "north",
        "names": WORDS,
        "level": "regional",
        "body": "north-council",
        "core": 1,
        "changes": {f"c{no}": {**DATED, **one} for no, one in enumerate(changes)},
    } | more


def variant(pack: Pack, *changes: dict[str, Any], **more: Any) -> Variant:
    """The variant, which nothing speaks against."""
    read = parse(written(*changes, **more), pack)
    assert isinstance(read, Variant), read
    return read


def faults(pack: Pack, *changes: dict[str, Any], **more: Any) -> list[tuple[Fault, str]]:
    """What speaks against it."""
    read = parse(written(*changes, **more), pack)
    errors: tuple[PackError, ...] = () if isinstance(read, Variant) else read
    return [(error.code, error.detail) for error in errors]


def insert(step: str, **more: Any) -> dict[str, Any]:
    """A step of one's own."""
    names = {"process": "disclosure", "step": step, "names": WORDS, "role": "analyst"}
    return {"insert": names | more}


def drop(step: str) -> dict[str, Any]:
    """A step left out."""
    return {"drop": {"process": "disclosure", "step": step}}


def partner(code: str = "town", **more: Any) -> dict[str, Any]:
    """A municipality at the table."""
    return {"partner": {"code": code, "names": WORDS, "kind": "municipality"} | more}


def question(code: str, **more: Any) -> dict[str, Any]:
    """A question of the proposal form."""
    asked = {"form": "proposal", "code": code, "names": WORDS, "answer": "yes-no"}
    return {"question": asked | more}
