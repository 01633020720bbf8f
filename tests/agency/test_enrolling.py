from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.agency import enrolling, joining
from samverkan.agency.proof import WrongPermit
from samverkan.domain.pack import SizeClass
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import RuleId
from samverkan.kernel.outcome import Refused
from tests.agency.model import CRIME, DEBTS, POLICE, small_pack
from tests.agency.wishes import NOWHERE, PERSONS, TAGS, enrol, sign
from tests.agency.world import World


def test_enrolling_needs_its_own_permit(founded: World) -> None:
    wish = enrolling.EnrolWish(founded.scope.id, PERSONS, None, "scope-subjects")
    with pytest.raises(WrongPermit):
        founded.act(DEBTS, Action.ANSWER, enrolling.enrol, founded.node(DEBTS).means, wish)


def test_the_number_is_seen_before_anything_is_enrolled(founded: World) -> None:
    permit = founded.permit(DEBTS, Action.ENROL)
    means, scope = founded.node(DEBTS).means, founded.scope.id
    with founded.look(DEBTS) as reading:
        found = enrolling.preview(reading, permit, means, scope=scope, query=PERSONS)
        assert isinstance(found, enrolling.Chosen)
        assert len(found.fields) == 2
        unknown = enrolling.preview(reading, permit, means, scope=scope, query="worksites")
        assert unknown == Refused(Code.NOT_IN_PACK)
        nowhere = enrolling.preview(reading, permit, means, scope=NOWHERE, query=PERSONS)
        assert nowhere == Refused(Code.NO_COOPERATION)
        wrong = founded.permit(DEBTS, Action.ANSWER)
        with pytest.raises(WrongPermit):
            enrolling.preview(reading, wrong, means, scope=scope, query=PERSONS)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"scope": NOWHERE}, Code.NO_COOPERATION),
        ({"query": "worksites"}, Code.NOT_IN_PACK),
        ({"necessity": "because"}, Code.NEED_MISSING),
        ({"rule": RuleId("rul-" + "1" * 26)}, Code.NO_RELEASE_RULE),
        ({"query": TAGS}, Code.NO_RELEASE_RULE),
    ],
)
def test_an_enrolment_is_refused(founded: World, other: dict[str, Any], code: Code) -> None:
    assert enrol(founded, **other) == Refused(code)
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.all(founded.scope.id) == []
        assert reading.enrolments.waiting(founded.scope.id) == 0


def test_a_rule_for_other_records_or_one_that_has_run_out_opens_nothing(founded: World) -> None:
    foreign = sign(founded, query="large-debt-companies")
    assert enrol(founded, rule=foreign) == Refused(Code.NO_RELEASE_RULE)
    old = sign(founded, until=date(2026, 11, 30))
    founded.clock.advance(timedelta(days=10))
    assert enrol(founded, rule=old) == Refused(Code.NO_RELEASE_RULE)


def test_a_typology_s_condition_needs_a_rule_that_opens_it_to_all_its_owners(
    founded: World,
) -> None:
    """A firing tells each owner's condition to all the others."""
    narrow = sign(founded, query=TAGS, receivers=(CRIME,))
    assert enrol(founded, query=TAGS, rule=narrow) == Refused(Code.NO_RELEASE_RULE)
    wide = sign(founded, query=TAGS, receivers=(POLICE,))
    assert not isinstance(enrol(founded, query=TAGS, rule=wide), Refused)


def test_nothing_is_enrolled_after_the_scope_has_ended(founded: World) -> None:
    founded.act(CRIME, Action.DECIDE_COOPERATION, joining.end, founded.scope.id)
    founded.house.settle()
    assert enrol(founded) == Refused(Code.COOPERATION_ENDED)
    assert sign(founded) == Refused(Code.COOPERATION_ENDED)


def test_a_query_is_enrolled_once(founded: World) -> None:
    assert not isinstance(enrol(founded), Refused)
    assert enrol(founded) == Refused(Code.ALREADY_DECIDED)


def test_more_than_the_size_class_is_refused(founded: World) -> None:
    node = founded.node(DEBTS)
    small = replace(small_pack().size_classes["s"], most=1)
    assert isinstance(small, SizeClass)
    pack = replace(small_pack(), size_classes={**small_pack().size_classes, "s": small})
    node.means = replace(node.means, pack=pack)
    assert enrol(founded) == Refused(Code.SIZE_CLASS_EXCEEDED)


def test_the_size_class_counts_all_enrolments_together(founded: World) -> None:
    node = founded.node(DEBTS)
    two = replace(small_pack().size_classes["s"], most=2)
    pack = replace(small_pack(), size_classes={**small_pack().size_classes, "s": two})
    node.means = replace(node.means, pack=pack)
    assert not isinstance(enrol(founded), Refused)
    assert enrol(founded, query="large-debt-companies") == Refused(Code.SIZE_CLASS_EXCEEDED)


def test_enrolling_is_logged_with_its_necessity(founded: World) -> None:
    enrol(founded)
    assert founded.entries(DEBTS)[-1] == "enrolment.made"
