"""From the pack's plan to what each scripted officer sets out to do.

Who takes part in a scope follows from the pack: its lead, its holders, and every party that has
a condition of one of its typologies or a query that the plan enrols.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from samverkan.domain import pack as model
from samverkan.domain.pack import Pack, ScopePlan
from samverkan.embedded.officers import Plan, Sector
from samverkan.embedded.sizing import sizes


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan: scopes of these regions, these typologies. None named: all."""

    regions: tuple[str, ...] = ()
    typologies: tuple[str, ...] = ()

    def fits(self, plan: model.Plan) -> bool:
        """Whether the plan has all that is named."""
        regions = {scope.region for scope in plan.scopes.values()}
        sought = {name for scope in plan.scopes.values() for name in scope.typologies}
        return set(self.regions) <= regions and set(self.typologies) <= sought

    def of(self, scope: ScopePlan) -> ScopePlan:
        """The scope with the part's typologies alone."""
        kept = (one for one in scope.typologies if not self.typologies or one in self.typologies)
        return replace(scope, typologies=tuple(kept))


def intend(pack: Pack, plan: model.Plan, deliveries: Path, part: Part) -> Plan:
    """The scopes of this part of the plan, with their parties."""
    sectors = tuple(
        Sector(scope.region, scope.body, tuple(_parties(pack, plan, scope, part)), scope.typologies)
        for scope in map(part.of, plan.scopes.values())
        if not part.regions or scope.region in part.regions
    )
    return Plan(
        lead=str(plan.lead),
        purpose=plan.purpose,
        grounds=plan.grounds,
        basis=plan.basis,
        holders=tuple(map(str, plan.holders)),
        sizes=sizes(pack, plan, deliveries),
        sectors=sectors,
        openings={name: tuple(map(str, opening.open_to)) for name, opening in plan.queries.items()},
        deliveries=deliveries,
    )


def nodes(pack: Pack, plan: model.Plan, part: Part) -> tuple[str, ...]:
    """Who has a node: everybody in the plan; with few typologies, only those who are needed."""
    if not part.typologies:
        return tuple(map(str, plan.parties))
    return intend(pack, plan, Path(), part).parties


def _parties(pack: Pack, plan: model.Plan, scope: ScopePlan, part: Part) -> Iterator[str]:
    """In the plan's order. With few typologies, no party comes for the sake of its queries alone."""
    wanted = {plan.lead, *plan.holders}
    wanted |= {
        pack.conditions[code].party
        for name in scope.typologies
        for code in pack.typologies[name].conditions
    }
    if not part.typologies:
        wanted |= {pack.queries[name].party for name in plan.queries}
    return (str(party) for party in plan.parties if party in wanted)
