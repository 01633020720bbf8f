"""Outcomes along their life at a party: marks, later stages, shares, what may be told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from samverkan.agency import acting, crediting
from samverkan.agency.following import cooperations, operations
from samverkan.domain.outcome import Recorded
from samverkan.domain.policy import Action
from samverkan.kernel.ids import OutcomeId
from samverkan.kernel.outcome import Refused
from samverkan.wire.crediting import MarkKey
from tests.agency.model import CRIME, DEBTS, POLICE, SCOPE
from tests.agency.world import World

EFFECT = acting.Effect(
    None, "permits-revoked", "decided", 900, date(2026, 11, 24), {DEBTS: 400}, claim=1000
)


def record(world: World, effect: acting.Effect = EFFECT, party: str = POLICE) -> Any:
    made = world.act(party, Action.RECORD_OUTCOME, acting.record, world.operation(), effect)
    world.house.settle()
    return made


def do(world: World, use_case: Any, party: str, outcome: str, *more: Any, **named: Any) -> Any:
    said = world.act(
        party, Action.RECORD_OUTCOME, use_case, world.operation(), outcome, *more, **named
    )
    world.house.settle()
    return said


def known(world: World, outcome: str, party: str = POLICE) -> Recorded:
    with world.look(party) as reading:
        found = operations(reading)[world.operation()].recorded(outcome)
    assert found is not None
    return found


def keys(world: World) -> dict[str, bytes | None]:
    found = {}
    for party in SCOPE:
        with world.look(party) as reading:
            found[party] = reading.accounts.mark_key(world.framework.id)
    return found


def test_the_parties_of_a_framework_have_one_key_of_marks(founded: World) -> None:
    (key,) = set(keys(founded).values())
    assert key is not None
    assert len(key) == crediting.KEY_BYTES


def test_a_key_from_another_than_the_frameworks_first_party_is_none(founded: World) -> None:
    with founded.look(POLICE) as reading:
        first = cooperations(reading.feed.all())[founded.framework.id].draft.parties[0]
    body = MarkKey(framework=founded.framework.id, key=bytes(32))
    other = next(party for party in (POLICE, DEBTS) if party != first)
    refused = founded.hear(CRIME, crediting.keyed, other, body)
    assert refused.code.value == "not_found"
    absent = elsewhere(body)
    assert founded.hear(CRIME, crediting.keyed, first, absent).code.value == "not_yet"


def elsewhere(body: MarkKey) -> MarkKey:
    return MarkKey(framework="coo-" + "1" * 26, key=body.key)


def test_a_decisions_number_leaves_as_a_mark_alone(operating: World) -> None:
    number = "A-77-Kallt-2026"
    made = record(operating, replace(EFFECT, number=number))
    assert known(operating, made, DEBTS).outcome.mark is None
    for opened in operating.house.openings().values():
        with opened.store.view() as connection:
            for table in opened.store.tables.outbox.metadata.sorted_tables:
                rows = connection.execute(table.select()).all()
                assert number not in repr(rows), table.name


def test_an_outcome_comes_to_a_later_stage_and_stays_one(operating: World) -> None:
    made = record(operating)
    paid = crediting.Later("final", 800, date(2026, 11, 24))
    assert do(operating, crediting.advance, POLICE, made, paid) is None
    steps = [(step.stage, step.amount) for step in known(operating, made, DEBTS).steps]
    assert steps == [("decided", 900), ("final", 800)]
    assert do(operating, crediting.advance, DEBTS, made, paid).code.value == "not_found"


def test_who_has_a_share_is_asked_and_answers(operating: World) -> None:
    made = record(operating)
    with operating.look(DEBTS) as reading:
        assert [one.id for _, one in crediting.shares_to_answer(reading)] == [made]
    assert known(operating, made).unconfirmed == [DEBTS]
    assert do(operating, crediting.answer_share, POLICE, made, confirmed=True) is not None
    assert do(operating, crediting.answer_share, DEBTS, made, confirmed=True) is None
    assert known(operating, made).unconfirmed == []
    with operating.look(DEBTS) as reading:
        assert list(crediting.shares_to_answer(reading)) == []


def test_what_two_have_told_is_asked_of_both(operating: World) -> None:
    ours = record(operating, replace(EFFECT, shares={}, number="T 12-26"))
    theirs = record(
        operating,
        replace(EFFECT, shares={}, number="t12 26", indicator="distrained"),
        DEBTS,
    )
    with operating.look(POLICE) as reading:
        assert [(one.id, other) for _, one, other in crediting.alike_to_settle(reading)] == [
            (ours, theirs)
        ]
    for party, mine, other in ((POLICE, ours, theirs), (DEBTS, theirs, ours)):
        assert do(operating, crediting.settle, party, mine, other=other, same=True) is None
        again = do(operating, crediting.settle, party, mine, other=other, same=True)
        assert isinstance(again, Refused)
    for party in (POLICE, DEBTS):
        with operating.look(party) as reading:
            assert list(crediting.alike_to_settle(reading)) == []


def test_an_outcome_that_is_none_is_not_there(operating: World) -> None:
    nothing = OutcomeId("out-" + "1" * 26)
    paid = crediting.Later("final", 800, date(2026, 11, 24))
    assert do(operating, crediting.advance, POLICE, nothing, paid).code.value == "not_found"
    assert (
        do(operating, crediting.settle, POLICE, nothing, other=nothing, same=True).code.value
        == "not_found"
    )
