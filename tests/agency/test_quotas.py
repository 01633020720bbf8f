"""Holders count what they evaluate, and refuse above what the size class and the key type allow."""

from __future__ import annotations

from dataclasses import replace

from samverkan.agency import enrolling
from samverkan.agency.sql import tables as t
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Evaluated
from tests.agency.model import CRIME, DEBTS, POLICE
from tests.agency.test_keymaking import batch, evaluate
from tests.agency.world import World


def narrowed(world: World, most: int) -> None:
    """The enforcement agency's model lets a party of class s enrol so many."""
    node = world.node(DEBTS)
    small = replace(node.pack.size_classes["s"], most=most)
    node.pack = replace(node.pack, size_classes={**node.pack.size_classes, "s": small})


def test_a_quota_holds_over_all_calls_together(founded: World) -> None:
    narrowed(founded, 2)  # two subjects, two numbers each: four evaluations
    assert isinstance(evaluate(founded, batch(founded)), Evaluated)
    assert isinstance(evaluate(founded, batch(founded, total=4)), Evaluated)
    assert evaluate(founded, batch(founded, total=6)) == Refused(Code.TOO_MANY)
    assert isinstance(evaluate(founded, batch(founded), sender=CRIME), Evaluated)
    with founded.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(t.served.select()).all()
    assert {row.party: row._mapping["count"] for row in rows} == {POLICE: 4, CRIME: 2}


def test_what_was_evaluated_elsewhere_counts_by_the_total_that_is_signed(founded: World) -> None:
    narrowed(founded, 2)
    assert evaluate(founded, batch(founded, total=5)) == Refused(Code.TOO_MANY)


def test_a_total_below_what_was_evaluated_here_is_a_lie(founded: World) -> None:
    evaluate(founded, batch(founded))
    assert evaluate(founded, batch(founded, total=3)) == Refused(Code.MESSAGE_MALFORMED)
    assert evaluate(founded, batch(founded, key_type="p2", total=1)) == Refused(
        Code.MESSAGE_MALFORMED
    )


def test_calls_may_come_in_another_order_than_they_were_sent(founded: World) -> None:
    assert isinstance(evaluate(founded, batch(founded, total=4)), Evaluated)
    assert isinstance(evaluate(founded, batch(founded, total=2)), Evaluated)


def test_a_party_hears_which_holder_refused_and_why(founded: World) -> None:
    narrowed(founded, 0)
    wish = enrolling.EnrolWish(founded.scope.id, "crime-persons", None, "scope-subjects")
    founded.act(CRIME, Action.ENROL, enrolling.enrol, founded.node(CRIME).means, wish)
    founded.house.settle()
    with founded.look(CRIME) as reading:
        assert reading.selections.refusals(founded.scope.id) == [(DEBTS, "too_many")]
        assert reading.enrolments.waiting(founded.scope.id) > 0
