"""Layouts and models as the pack words them: how bundles are laid out and how patterns weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.domain.bundle import Layout
from samverkan.domain.match import Level, Model, Slot
from samverkan.domain.pack import Comparison, Kind, Pack
from samverkan.domain.taglist import COMPANY, PERSON
from samverkan.domain.typology import Condition, Typology

LAYOUT_VERSION = 2
_PLAIN = {Kind.PERSON: PERSON, Kind.COMPANY: COMPANY}


@dataclass(frozen=True, slots=True)
class Weighing:
    """One kind of subject: its bundle layout, and the model that weighs its patterns."""

    kind: Kind
    layout: Layout
    model: Model


def weighings(pack: Pack) -> dict[str, Weighing]:
    """By key type, as wire and ledger write it."""
    kinds = {
        kind: _weighing(kind, comparison, pack) for kind, comparison in pack.comparison.items()
    }
    return {key_type.code: kinds[key_type.kind] for key_type in pack.key_types.values()}


def _weighing(kind: Kind, comparison: Comparison, pack: Pack) -> Weighing:
    slots = comparison.slots
    rare = tuple(name for name, slot in slots.items() if slot.rarity)
    levels = sorted(
        (
            (Level(name.replace("-", "_")), strength.least)
            for name, strength in comparison.strengths.items()
        ),
        key=lambda pair: -pair[1],
    )
    model = Model(
        slots={
            name: Slot(m=slot.m, u=slot.u, identity=slot.identity, group=slot.group)
            for name, slot in slots.items()
        },
        rarity=tuple(rarity.factor for rarity in pack.rarity.values()),
        classes=tuple(pack.rarity),
        cut_off=comparison.cut_off,
        levels=tuple(levels),
    )
    return Weighing(kind, Layout(LAYOUT_VERSION, tuple(slots), rare), model)


def typologies(pack: Pack) -> Mapping[str, Typology]:
    """The pack's typologies as the exchange counts them."""
    return {
        name: Typology(
            id=name,
            conditions=tuple(
                Condition(code, pack.conditions[code].party) for code in typology.conditions
            ),
            threshold=typology.threshold,
            ceiling=typology.ceiling,
            plain=_PLAIN[typology.subject],
            window=typology.window,
            timed=sum(pack.conditions[code].months for code in typology.conditions) > 1,
        )
        for name, typology in pack.typologies.items()
    }
