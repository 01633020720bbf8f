"""Variants before the council of the small country."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samverkan.domain import adoption as rules
from samverkan.domain.pack import Pack, Variant
from samverkan.domain.variant import digest, parse
from samverkan.kernel.ids import VariantId
from samverkan.steering import varying
from samverkan.wire.varying import DraftVariant, StandVariant
from tests.domain import varied
from tests.domain.packing import WORDS
from tests.steering.world import SITS, Room, by, new, small_pack

CHAIRS = by("chair", "vary-own-body")
PROPOSAL = {
    "names": WORDS,
    "meaning": WORDS,
    "effect": "decides",
    "effected_by": "decide",
    "steps": {
        "propose": {"names": WORDS, "kind": "core", "events": ["proposal.make"]},
        "positions": varied.legal(events=["position.take"]),
        "close": {"names": WORDS, "kind": "core", "events": ["proposal.close"]},
        "decide": {"names": WORDS, "kind": "core", "events": ["proposal.decided"]},
    },
}
DATED = {"since": "2026-02-01", "decided": "2026-01-20", "by": "council", "why": WORDS}


def pack() -> Pack:
    """The small country with a process and what may vary."""
    core = varied.core(processes={"proposal": PROPOSAL})
    return replace(
        small_pack(),
        roles=core.roles,
        actions=core.actions,
        processes=core.processes,
        openness=core.openness,
        rhythms=core.rhythms,
        forms=core.forms,
    )


def step(code: str = "look", after: str = "propose", role: str = "analyst") -> dict[str, Any]:
    """A step of the council's own."""
    at = {"process": "proposal", "step": code, "after": after, "role": role, "names": WORDS}
    return {"insert": at}


def variant(core: Pack, *changes: dict[str, Any], **more: Any) -> Variant:
    """A variant of the council, held against nothing but the form."""
    data: dict[str, Any] = {
        "id": "north", "names": WORDS, "level": "regional", "body": "council", "core": 1,
        "changes": {f"c{no}": DATED | change for no, change in enumerate(changes)},
    }  # fmt: skip
    read = parse(data | more, core)
    assert isinstance(read, Variant), read
    return read


def draft(way: Variant, **more: Any) -> DraftVariant:
    """The command that puts it before its body."""
    cut = rules.pieces(way)
    assert isinstance(cut, tuple)
    body: dict[str, Any] = {
        "by": CHAIRS, "variant": new(VariantId), "body": way.body, "code": way.id,
        "digest": digest(way), "head": cut[0], "changes": list(cut[1]),
    }  # fmt: skip
    return DraftVariant(**body | more)


def stand(command: DraftVariant, **more: Any) -> StandVariant:
    """A member's own decision on it."""
    body: dict[str, Any] = {"by": SITS, "variant": command.variant, "digest": command.digest}
    return StandVariant(**body | more)


def adopted(room: Room, way: Variant, *parties: str) -> DraftVariant:
    """Draft it and let these members be for it."""
    command = draft(way)
    room.hear(varying.draft, parties[0], command)
    for party in parties:
        room.hear(varying.adopt, party, stand(command))
    return command
