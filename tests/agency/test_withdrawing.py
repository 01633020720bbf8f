from __future__ import annotations

import pytest

from samverkan.agency import asking, enrolling, withdrawing
from samverkan.agency.facts import EnrolmentFacts, RuleFacts
from samverkan.agency.proof import WrongPermit
from samverkan.agency.sql import tables as t
from samverkan.domain.policy import Action
from samverkan.exchange.sql import tables as hub
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import EnrolmentId, RuleId
from samverkan.kernel.outcome import Refused
from samverkan.wire.matching import Gone
from samverkan.wire.v1 import EXCHANGE
from tests.agency.model import ANNA, CRIME, DEBTS, POLICE
from tests.agency.wishes import PERSONS, TAGS
from tests.agency.world import World, question


def standing(world: World, query: str) -> EnrolmentFacts:
    with world.look(DEBTS) as reading:
        found = reading.enrolments.all(world.scope.id)
    return next(one for one in found if one.query == query and one.stands)


def rule_of(world: World, query: str) -> RuleFacts:
    with world.look(DEBTS) as reading:
        return next(one for one in reading.enrolments.rules(world.scope.id) if one.query == query)


def batches(world: World, enrolment: EnrolmentId) -> list[tuple[str | None, int]]:
    """Rule and number of receivers of each batch that the exchange has of the enrolment."""
    with world.house.exchange.opened.store.view() as connection:
        rows = connection.execute(
            hub.batch.select().where(hub.batch.c.enrolment == enrolment)
        ).all()
        opened = connection.execute(hub.batch_open.select()).all()
    return [(row.rule, sum(one.batch == row.no for one in opened)) for row in rows]


def gone(world: World, party: str, other: str) -> bool:
    return world.hit(party, ANNA, other).gone


def withdraw(world: World, query: str) -> object:
    rule = rule_of(world, query).id
    answer = world.act(DEBTS, Action.SIGN_RULE, withdrawing.withdraw_rule, rule)
    world.house.settle()
    return answer


def test_an_enrolment_that_is_taken_back_leaves_and_its_hits_are_gone(asked: World) -> None:
    enrolment = standing(asked, PERSONS)
    assert not gone(asked, POLICE, DEBTS)
    assert asked.act(DEBTS, Action.ENROL, withdrawing.take_back, enrolment.id) is None
    asked.house.settle()
    assert batches(asked, enrolment.id) == []
    with asked.node(DEBTS).opened.store.view() as connection:
        mine = t.entry.select().where(t.entry.c.enrolment == enrolment.id)
        assert connection.execute(mine).first() is None
    assert gone(asked, POLICE, DEBTS)
    assert gone(asked, DEBTS, POLICE)
    assert not gone(asked, POLICE, CRIME)
    again = asked.act(POLICE, Action.ASK, asking.ask, asked.node(POLICE).pack, question(asked))
    assert again == Refused(Code.TAKEN_BACK)
    twice = asked.act(DEBTS, Action.ENROL, withdrawing.take_back, enrolment.id)
    assert twice == Refused(Code.TAKEN_BACK)
    _again(asked, enrolment)
    assert not gone(asked, POLICE, DEBTS)


def _again(world: World, enrolment: EnrolmentFacts) -> None:
    """What was taken back can be enrolled anew, and is told anew."""
    wish = enrolling.EnrolWish(
        enrolment.scope, enrolment.query, enrolment.rule, enrolment.necessity
    )
    made = world.act(DEBTS, Action.ENROL, enrolling.enrol, world.node(DEBTS).means, wish)
    assert not isinstance(made, Refused)
    world.house.settle()


def test_records_under_a_withdrawn_rule_are_silent_from_then_on(enrolled: World) -> None:
    enrolment = standing(enrolled, PERSONS)
    assert all(opened == 2 for _, opened in batches(enrolled, enrolment.id))
    assert withdraw(enrolled, PERSONS) is None
    kept = batches(enrolled, enrolment.id)
    assert kept
    assert set(kept) == {(None, 0)}
    assert gone(enrolled, POLICE, DEBTS)
    assert not gone(enrolled, DEBTS, POLICE)  # what others open is still told
    assert withdraw(enrolled, PERSONS) == Refused(Code.TAKEN_BACK)
    with enrolled.look(DEBTS) as reading:
        kept_rule = reading.enrolments.rule(rule_of(enrolled, PERSONS).id)
    assert kept_rule is not None
    assert not kept_rule.holds(enrolled.clock().date())


def test_a_withdrawn_rule_opens_nothing_that_was_still_on_its_way(enrolled: World) -> None:
    enrolment = standing(enrolled, PERSONS)
    enrolled.act(DEBTS, Action.ENROL, withdrawing.take_back, enrolment.id)
    enrolled.house.settle()
    rule = rule_of(enrolled, PERSONS)
    wish = enrolling.EnrolWish(enrolment.scope, PERSONS, rule.id, enrolment.necessity)
    made = enrolled.act(DEBTS, Action.ENROL, enrolling.enrol, enrolled.node(DEBTS).means, wish)
    assert withdraw(enrolled, PERSONS) is None
    assert {opened for _, opened in batches(enrolled, made)} == {0}


def test_a_typologys_tags_leave_with_their_rule(enrolled: World) -> None:
    with enrolled.node(DEBTS).opened.store.view() as connection:
        assert connection.execute(t.own_tag.select()).first() is not None
    assert withdraw(enrolled, TAGS) is None
    with enrolled.node(DEBTS).opened.store.view() as connection:
        assert connection.execute(t.own_tag.select()).first() is None
    with enrolled.house.exchange.opened.store.view() as connection:
        mine = hub.tag_list.select().where(hub.tag_list.c.party == DEBTS)
        assert connection.execute(mine).first() is None
    with enrolled.look(DEBTS) as reading:
        (facts,) = [e for e in reading.enrolments.all(enrolled.scope.id) if e.query == TAGS]
    assert not facts.stands


def test_what_is_not_there_cannot_be_taken_back(enrolled: World) -> None:
    rule, enrolment = RuleId("rul-" + "1" * 26), EnrolmentId("enr-" + "1" * 26)
    absent = enrolled.act(DEBTS, Action.SIGN_RULE, withdrawing.withdraw_rule, rule)
    assert absent == Refused(Code.NOT_FOUND)
    absent = enrolled.act(DEBTS, Action.ENROL, withdrawing.take_back, enrolment)
    assert absent == Refused(Code.NOT_FOUND)
    with pytest.raises(WrongPermit):
        enrolled.act(DEBTS, Action.ENROL, withdrawing.withdraw_rule, rule)
    with pytest.raises(WrongPermit):
        enrolled.act(DEBTS, Action.SIGN_RULE, withdrawing.take_back, enrolment)


def test_the_exchange_alone_says_that_a_hit_is_gone(enrolled: World) -> None:
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    body = Gone(scope=hit.scope, hits=[hit.told.hit])
    assert enrolled.hear(POLICE, withdrawing.gone, CRIME, body) == Refused(Code.NOT_FOUND)
    assert not gone(enrolled, POLICE, DEBTS)
    enrolled.hear(POLICE, withdrawing.gone, EXCHANGE, body)
    weaker = enrolled.hit(POLICE, ANNA, DEBTS)
    assert weaker.blocks == hit.blocks - 1
