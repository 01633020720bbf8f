"""Rows of a party over two blocks, as the tests of its forms read them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from samverkan.agency.ingest import DeliveryMapping, parse_mapping
from samverkan.synth.registers import Cells, rows
from samverkan.synth.schemes import Subject
from tests.synth.scenes import BY_PARTY, DAY, stage


@cache
def written(party: str) -> list[tuple[str, Cells]]:
    return [
        seen
        for number in range(2)
        for seen in rows(Random(number), BY_PARTY[party], stage(number), DAY)
    ]


@cache
def node(party: str) -> dict[str, Any]:
    text = Path(f"packs/se/deliveries/{party}.yaml")
    found: dict[str, Any] = YAML(typ="safe").load(text)
    return found


@cache
def mapping(party: str) -> DeliveryMapping:
    found = parse_mapping(node(party))
    assert isinstance(found, DeliveryMapping)
    return found


def conditions(party: str) -> dict[str, set[str]]:
    """What the rows say that each entity meets, read by the pack's mapping."""
    met: dict[str, set[str]] = {}
    for entity, cells in written(party):
        shape = next(s for s in mapping(party).shapes if s.when is None or s.when.holds(cells))
        for rule in shape.conditions:
            if rule.test.holds(cells):
                met.setdefault(entity, set()).add(rule.code)
                assert not rule.months or cells[rule.months]
    return met


def cast(party: str) -> dict[str, set[str]]:
    """What they were to meet."""
    met: dict[str, set[str]] = {}
    for number in range(2):
        for subject in Subject:
            for at, codes in stage(number).side(subject).meets.get(party, {}).items():
                met[stage(number).entity(subject, at)] = set(codes)
    return met
