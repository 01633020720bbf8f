"""Sound wishes of the enforcement agency: a rule, an enrolment; but for what a test says."""

from __future__ import annotations

from datetime import date
from typing import Any

from samverkan.agency import enrolling, releasing
from samverkan.domain.policy import Action
from tests.agency.model import DEBTS, POLICE, TYPOLOGY, small_pack
from tests.agency.world import World

NOWHERE = "coo-" + "1" * 26
PERSONS = "large-debt-persons"
TAGS = f"{TYPOLOGY}:debt-over-100k"


def rule(world: World, **other: Any) -> releasing.RuleWish:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "query": PERSONS,
        "receivers": (POLICE,),
        "fields": (),
        "test": "övervägande skäl saknas",
        "until": date(2027, 6, 1),
    }
    return releasing.RuleWish(**base | other)


def sign(world: World, **other: Any) -> Any:
    return world.act(
        DEBTS, Action.SIGN_RULE, releasing.sign_rule, small_pack(), rule(world, **other)
    )


def enrol(world: World, **other: Any) -> Any:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "query": PERSONS,
        "rule": None,
        "necessity": "scope-subjects",
    }
    wish = enrolling.EnrolWish(**base | other)
    return world.act(DEBTS, Action.ENROL, enrolling.enrol, world.node(DEBTS).means, wish)
