"""The plan of the pack, as the demo's officers set out to follow it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samverkan.domain.pack import Level, Opening, Pack
from samverkan.embedded.house import read_pack
from samverkan.embedded.intent import Part, intend, nodes
from samverkan.embedded.officers import Plan
from samverkan.kernel.purpose import Stamp

PACK = read_pack("se", Stamp.SYNTHETIC)
DELIVERIES = Path("deliveries")


def intended(pack: Pack, *regions: str) -> Plan:
    assert pack.plan is not None
    return intend(pack, pack.plan, DELIVERIES, Part(regions))


def test_every_owner_of_a_condition_that_is_sought_takes_part() -> None:
    for sector in intended(PACK).sectors:
        conditions = [c for name in sector.typologies for c in PACK.typologies[name].conditions]
        assert {PACK.conditions[code].party for code in conditions} <= set(sector.parties)


def test_who_has_no_part_in_a_scope_is_not_of_the_cooperation() -> None:
    plan = intended(PACK)
    assert "skv-brott" not in plan.parties
    assert plan.lead in plan.parties
    assert set(plan.holders) <= set(plan.parties)


def test_the_scopes_are_decided_by_the_body_of_their_region() -> None:
    plan = intended(PACK)
    for sector in plan.sectors:
        body = PACK.bodies[sector.body]
        assert (body.level, body.region) == (Level.REGIONAL, sector.region)
    regions = [sector.region for sector in plan.sectors]
    assert len(set(regions)) == len(regions)


def test_only_the_regions_that_are_named_get_a_scope() -> None:
    first = intended(PACK).sectors[0]
    assert intended(PACK, first.region).sectors == (first,)
    assert intended(PACK, first.region).bodies(first.parties[0]) == (first.body,)


def test_a_query_that_is_silent_is_open_to_nobody() -> None:
    plan = PACK.plan
    assert plan is not None
    name = next(iter(plan.queries))
    silent = replace(plan, queries={name: Opening(silent="intelligence")})
    assert intend(PACK, silent, DELIVERIES, Part()).openings == {name: ()}


def test_with_few_typologies_only_who_is_needed_has_a_node() -> None:
    assert PACK.plan is not None
    part = Part(typologies=("paper-assistance",))
    plan = intend(PACK, PACK.plan, DELIVERIES, part)
    assert {typology for sector in plan.sectors for typology in sector.typologies} == {
        "paper-assistance"
    }
    assert nodes(PACK, PACK.plan, part) == plan.parties
    assert set(nodes(PACK, PACK.plan, Part())) == set(PACK.plan.parties)


def test_a_part_that_the_plan_does_not_have_does_not_fit() -> None:
    assert PACK.plan is not None
    assert Part(("bergslagen",), ("unfair-labour",)).fits(PACK.plan)
    assert not Part(("atlantis",)).fits(PACK.plan)
    assert not Part(typologies=("honest-work",)).fits(PACK.plan)
