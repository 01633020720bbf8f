"""Which size class the demo's cooperations decide for each party, before anybody has enrolled.

A party says how many rows its delivery has (its manifest does), and the class is the least that
holds what one scope may come to hold of them. Nothing of the world's scale is known here.
"""

from __future__ import annotations

import json
from pathlib import Path

from samverkan.domain import pack as model
from samverkan.domain.pack import Pack


def sizes(pack: Pack, plan: model.Plan, deliveries: Path) -> dict[str, str]:
    """By party: what the plan names, else the least class from `plan.size` that holds its part."""
    return {
        str(party): plan.sizes.get(party) or _class(pack, plan, rows(deliveries / party))
        for party in plan.parties
    }


def _class(pack: Pack, plan: model.Plan, held: int) -> str:
    """The largest there is where none is large enough: the enrolment itself is then refused."""
    known = sorted(pack.size_classes, key=lambda name: pack.size_classes[name].most)
    above = known[known.index(plan.size) :]
    wanted = held * plan.share
    return next((name for name in above if pack.size_classes[name].most >= wanted), above[-1])


def rows(delivery: Path) -> int:
    """How many rows the deliveries in a party's folder have, as their manifests say; 0 if none does."""
    said = (json.loads(path.read_bytes()) for path in delivery.glob("manifest.json"))
    return sum(int(one.get("rows", 0)) for one in said)
