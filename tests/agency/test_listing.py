from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from samverkan.agency import listing
from samverkan.agency.proof import WrongPermit
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.model import ANNA, BO, CILLA, DEBTS, DELTA
from tests.agency.wishes import enrol, enrol_list, say, sign
from tests.agency.world import World

WHY = "single-subject"


def members(world: World, enrolment: Any) -> dict[str, str]:
    with world.look(DEBTS) as reading:
        return {str(k): v for k, v in reading.selections.members(enrolment).items()}


def test_a_list_takes_each_record_with_its_own_necessity(founded: World) -> None:
    anna, delta = founded.subject(DEBTS, ANNA), founded.subject(DEBTS, DELTA)
    made = enrol_list(founded, (ANNA, WHY), (delta, "scope-subjects"))
    assert members(founded, made) == {anna: WHY, delta: "scope-subjects"}
    with founded.look(DEBTS) as reading:
        facts = reading.enrolments.get(made)
    assert facts is not None
    assert (facts.query, facts.subjects, facts.rule) == ("listed", 2, None)
    assert founded.entries(DEBTS)[-1] == "enrolment.made"


def test_who_was_listed_is_not_listed_twice(founded: World) -> None:
    enrol_list(founded, (ANNA, WHY))
    second = enrol_list(founded, (ANNA, WHY), (BO, WHY))
    assert list(members(founded, second)) == [founded.subject(DEBTS, BO)]
    assert enrol_list(founded, (ANNA, WHY)) == Refused(Code.ALREADY_DECIDED)


@pytest.mark.parametrize(
    ("items", "refused"),
    [
        ((), Refused(Code.FIELD_MISSING, {"field": "records"})),
        (((ANNA, WHY), (CILLA, WHY)), Refused(Code.RECORD_UNKNOWN, {"row": "2"})),
        (((ANNA, WHY), ("not a number", WHY)), Refused(Code.RECORD_UNKNOWN, {"row": "2"})),
        (((ANNA, "because"),), Refused(Code.NEED_MISSING)),
        (((ANNA, WHY),) * (listing.LONGEST + 1), Refused(Code.TOO_MANY)),
    ],
)
def test_a_list_is_refused_whole(
    founded: World, items: tuple[tuple[str, str], ...], refused: Refused
) -> None:
    assert enrol_list(founded, *items) == refused
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.all(founded.scope.id) == []


def test_listing_needs_its_own_permit(founded: World) -> None:
    wish = listing.ListWish(founded.scope.id, (), None)
    with pytest.raises(WrongPermit):
        founded.act(DEBTS, Action.ANSWER, listing.enrol, founded.node(DEBTS).means, wish)


def test_a_child_or_a_victim_enters_by_list_and_never_by_query(founded: World) -> None:
    say(founded, ANNA, Prop.ROLE, "victim")
    say(founded, BO, Prop.BIRTH_DATE, "2015-01-01")
    by_query = enrol(founded)
    with founded.look(DEBTS) as reading:
        facts = reading.enrolments.get(by_query)
    assert facts is not None
    assert (facts.subjects, facts.entries) == (0, 0)
    by_list = enrol_list(founded, (ANNA, WHY), (BO, WHY))
    assert len(members(founded, by_list)) == 2


def test_a_rule_for_lists_opens_lists_alone(founded: World) -> None:
    rule = sign(founded, query="listed")
    assert enrol(founded, rule=rule) == Refused(Code.NO_RELEASE_RULE)
    assert not isinstance(enrol_list(founded, (ANNA, WHY), rule=rule), Refused)


def test_a_list_that_is_a_whole_register_needs_a_statute(founded: World) -> None:
    node = founded.node(DEBTS)
    limits = replace(node.means.pack.enrolment, whole_least=2, whole_share=0.5)
    node.means = replace(node.means, pack=replace(node.means.pack, enrolment=limits))
    assert enrol_list(founded, (ANNA, WHY), (BO, WHY)) == Refused(Code.WHOLE_REGISTER)
    assert enrol(founded) == Refused(Code.WHOLE_REGISTER)
    queries = node.means.pack.queries
    lawful = replace(queries["large-debt-persons"], statute="2016:774")
    node.means = replace(
        node.means,
        pack=replace(node.means.pack, queries={**queries, "large-debt-persons": lawful}),
    )
    assert not isinstance(enrol(founded), Refused)
