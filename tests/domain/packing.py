"""A smallest possible pack, written as Python values and lined as if each key had its own line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from samverkan.domain.org import Role
from samverkan.domain.pack import Pack, PackError, Variant, Vocabulary, read_pack
from samverkan.domain.pack.nodes import Entry, Items, Mapped, Node, Scalar, Source
from samverkan.domain.policy import Action

PROPS = frozenset({"idNumber", "name", "street"})
VOCABULARY = Vocabulary(frozenset(Role), frozenset(Action), PROPS)
WORDS = {"sv": "ord", "en": "word"}
NAMED = {"names": WORDS}
SINCE = {"since": "2020-01-01"}


def lined(value: Any, lines: Iterator[int] | None = None) -> Node:
    """The value as nodes; every key stands on a line of its own, in order."""
    lines = itertools.count(1) if lines is None else lines
    if isinstance(value, dict):
        first = next(lines)
        entries = [
            Entry(str(key), line, lined(held, lines))
            for key, held in value.items()
            for line in [next(lines)]
        ]
        return Mapped(tuple(entries), first)
    if isinstance(value, list):
        return Items(tuple(lined(item, lines) for item in value), next(lines))
    return Scalar(str(value), next(lines))


def party(**more: Any) -> dict[str, Any]:
    """A party that may disclose and receive under the one basis."""
    standing = {"basis": "duty", "statute": "1:1", "section": "2", "may": ["disclose", "receive"]}
    return {
        "agency": "tax",
        "names": WORDS,
        "regime": "general",
        "standing": [standing | SINCE],
    } | more


def body(**more: Any) -> dict[str, Any]:
    """A national body of both parties."""
    return (
        {
            "names": WORDS,
            "kind": "council",
            "level": "national",
            "decides": ["operation"],
            "mandate": WORDS,
            "members": ["tax", "police"],
            "chair": "police",
            "quorum": 2,
            "rule": "own-decisions",
        }
        | SINCE
        | more
    )


def condition(owner: str, start: str, **more: Any) -> dict[str, Any]:
    """A condition of a company."""
    return {
        "party": owner,
        "subject": "company",
        "start": start,
        "names": WORDS,
        "meaning": WORDS,
    } | more


def typology(**more: Any) -> dict[str, Any]:
    """A typology over the two conditions."""
    return {
        "names": WORDS,
        "crime_area": "welfare",
        "source": ["T1"],
        "subject": "company",
        "starts_from": "provider",
        "first": "tax:provider",
        "conditions": ["tax:provider", "police:site"],
        "threshold": 2,
        "ceiling": 50,
        "basis": "duty",
        "next_step": WORDS,
        "false_positives": WORDS,
    } | more


def basis(**more: Any) -> dict[str, Any]:
    """A duty that presupposes a cooperation."""
    return (
        {
            "statute": "1:1",
            "section": "2",
            "names": WORDS,
            "obligation": "must",
            "needs_cooperation": "true",
            "on_request_only": "false",
            "threshold": "overriding-reasons",
            "need": WORDS,
            "test": WORDS,
            "journal": WORDS,
        }
        | SINCE
        | more
    )


def person_number(**more: Any) -> dict[str, Any]:
    """Day first, five digits after it."""
    return {"date": "ddmmyy", "serial": 4, "signs": {}, "day_shifts": [40], "oldest": 120} | more


def company_number(**more: Any) -> dict[str, Any]:
    """Three and three digits and three."""
    told = {"tells": 1, "least": 8}
    return {"groups": [3, 3, 3], "sign": ".", "prefixes": []} | told | more


def writing(**more: Any) -> dict[str, Any]:
    """A country that writes day first, and whose company numbers have nine digits."""
    return {
        "version": 1,
        "check": {"kind": "luhn", "shift": {"live": 0, "synthetic": 3}},
        "person_number": person_number(),
        "company_number": company_number(),
        "accounts": {"giro": {"words": ["giro"], "least": 4, "most": 6}},
        "phone": {"country": "999", "trunk": "8", "international": "00"},
        "postcode": {"digits": 4, "first": "1234", "prefixes": []},
        "area_digits": 3,
        "street": {"care_of": [], "flat": ["fl?t"], "endings": {"str.": "street"}},
        "letters": {"ø": "oe"},
        "company_words": ["ltd"],
        "sounds": {
            "rules": [
                {"spell": ["ph"], "put": "f"},
                {"spell": ["g"], "where": "start", "unless": "aou", "put": "j"},
            ],
            "drop": "aeiou",
            "length": 5,
        },
    } | more


def sections(**more: Any) -> dict[str, Any]:
    """Every section that a pack must have; `more` takes the place of some."""
    return _who() | _law() | _matched() | _work() | more


def _who() -> dict[str, Any]:
    head = {
        "id": "xx",
        "version": 1,
        "stamp": "synthetic",
        "languages": ["sv", "en"],
        "names": WORDS,
        "timezone": "UTC",
        "currency": "SEK",
        "law_as_of": "2026-04-01",
    }
    tenure = {"tier": "member"} | SINCE
    return {
        "pack": head,
        "agencies": {
            "tax": {"names": WORDS, "abbreviation": "T", "membership": [tenure]},
            "police": {"names": WORDS, "abbreviation": "P", "membership": [tenure]},
        },
        "parties": {"tax": party(), "police": party(agency="police")},
        "counties": {"01": NAMED},
        "municipalities": {"0101": {"name": "Stad", "county": "01"}},
        "writing": writing(),
        "regions": {"north": {"names": WORDS, "owner": "tax", "counties": ["01"]} | SINCE},
        "bodies": {"council": body()},
        "roles": {role.value: {"names": WORDS, "duty": WORDS} for role in Role},
        "actions": {action.value: NAMED for action in Action},
    }


def _law() -> dict[str, Any]:
    purpose = {"names": WORDS, "regime": "general", "cooperation": "duty", "grounds": ["gravity"]}
    return {
        "statutes": {"1:1": NAMED | {"since": "2019-01-01"}},
        "bases": {"duty": basis()},
        "purposes": {"crime": purpose, "taxation": {"names": WORDS, "regime": "general"}},
        "grounds": {"serious": NAMED | {"kind": "gravity"}, "group": NAMED | {"kind": "manner"}},
        "classifications": {"secret": NAMED | {"statute": "1:1", "section": "3"}},
        "retention": {},
        "never_enrolled": {"informants": NAMED | {"marks": ["source"], "because": WORDS}},
        "one_by_one": {
            "child": NAMED | {"because": WORDS, "younger_than": 18},
            "victim": NAMED | {"because": WORDS, "roles": ["victim"]},
        },
        "enrolment": {
            "whole_share": "0.5",
            "whole_least": 10,
            "dwell_days": 30,
            "asked_a_day": 2,
        },
    }


def _matched() -> dict[str, Any]:
    slot = NAMED | {"m": "0.9", "u": "0.01"}
    key_type = NAMED | {"kind": "person", "props": ["idNumber"], "per_subject": "1.0"}
    return {
        "key_types": {"P1": key_type},
        "comparison": {"person": {"cut_off": "5.0", "strengths": {}, "slots": {"id": slot}}},
        "rarity": {"rare": NAMED | {"least": "0.0", "factor": "0.1"}},
        "size_classes": {"s": NAMED | {"most": 10}},
        "conditions": {
            "tax:provider": condition("tax", "provider"),
            "police:site": condition("police", "worksite"),
        },
        "typologies": {"paper": typology()},
        "crime_areas": {"welfare": NAMED},
    }


def _work() -> dict[str, Any]:
    empty = (
        "targets",
        "criteria",
        "surfaces",
        "measure_kinds",
        "work_kinds",
        "measures",
        "units",
        "stages",
    )
    reasons = {"need": {"identify": NAMED}}
    return {name: {} for name in (*empty, "indicators")} | {"reasons": reasons}


def read(*deliveries: dict[str, Any], **more: Any) -> Pack | tuple[PackError, ...]:
    """Read the pack with these sections in place of its own, and these delivery files."""
    files = [Source("pack.yaml", lined(sections(**more)))]
    files += [Source(f"deliveries/{no}.yaml", lined(d)) for no, d in enumerate(deliveries)]
    return read_pack(files, VOCABULARY)


def small() -> Pack:
    """The pack without faults."""
    pack = read()
    assert isinstance(pack, Pack), [str(error) for error in pack]
    return pack


def with_variants(pack: Pack, *variants: Variant) -> Pack:
    """The pack as if these variants came with it."""
    return replace(pack, variants={one.id: one for one in variants})
