"""Sound wishes of the enforcement agency: a rule, an enrolment; but for what a test says."""

from __future__ import annotations

from datetime import date
from typing import Any

from samverkan.agency import enquiring, enrolling, listing, releasing
from samverkan.agency.proof import Verified
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop, Schema, Statement
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DeliveryId, PartyId, StatementId, UserId
from tests.agency.model import ANNA, DEBTS, POLICE, TYPOLOGY, small_pack
from tests.agency.world import World
from tests.instruments import seeded

NOWHERE = "coo-" + "1" * 26
PERSONS = "large-debt-persons"
COLLEAGUE = "Kim Kollega"
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


def sign(world: World, model: Pack | None = None, **other: Any) -> Any:
    wish = rule(world, **other)
    return world.act(DEBTS, Action.SIGN_RULE, releasing.sign_rule, model or small_pack(), wish)


def enrol(world: World, **other: Any) -> Any:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "query": PERSONS,
        "rule": None,
        "necessity": "scope-subjects",
    }
    wish = enrolling.EnrolWish(**base | other)
    return world.act(DEBTS, Action.ENROL, enrolling.enrol, world.node(DEBTS).means, wish)


def enrol_list(world: World, *items: tuple[str, str], **other: Any) -> Any:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "items": tuple(listing.Listed(*item) for item in items),
        "rule": None,
    }
    wish = listing.ListWish(**base | other)
    return world.act(DEBTS, Action.ENROL, listing.enrol, world.node(DEBTS).means, wish)


def ask_about(world: World, **other: Any) -> Any:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "record": ANNA,
        "case": "KFM 2026-17",
        "necessity": "single-subject",
        "rule": None,
    }
    wish = enquiring.AskWish(**base | other)
    return world.act(DEBTS, Action.ENROL, enquiring.ask, world.node(DEBTS).means, wish)


def colleague(world: World, party: str) -> UserId:
    """One more officer of the party, appointed on first mention."""
    node, user = world.node(party), UserId.draw(seeded(77))
    if node.officer(user) is None:
        me = PartyId(party)
        mandate = Mandate(user, me, Role.OFFICER, date(2026, 1, 1), date(2028, 1, 1))
        with node.write(world.permit(party, Action.ENROL)) as work:
            work.people.add(Officer(user, me, COLLEAGUE, "sv", (mandate,)))
            work.log(Entry("officer.appointed", party, user))
    return user


def say(world: World, number: str, prop: Prop, value: str) -> None:
    """One statement more of a person whom the enforcement agency knows."""
    subject = world.subject(DEBTS, number)
    node = world.node(DEBTS)
    with node.unit.write(Verified(DEBTS, "test")) as work:
        said = Statement(
            id=StatementId.draw(work.randomness),
            subject=subject,
            schema=Schema.PERSON,
            prop=prop,
            value=value,
            original=value,
            delivery=DeliveryId.draw(work.randomness),
            row=1,
            said_at=work.now,
            basis="2001:184 2:1",
            purpose="enforcement",
            classification="osl-34-1",
            expires_on=date(2028, 1, 1),
        )
        work.register.add([said], party=DEBTS)
        work.log(Entry("test.said", DEBTS, subject))
