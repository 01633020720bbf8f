from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import joining
from samverkan.agency.following import cooperations
from samverkan.agency.proof import WrongPermit
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Draft
from samverkan.wire.v1 import decode
from tests.agency.model import CRIME, DEBTS, POLICE, SCOPE, TAX
from tests.agency.world import World

DECIDE = Action.DECIDE_COOPERATION
NOWHERE = CooperationId("coo-" + "1" * 26)


def outgoing(world: World) -> list[Any]:
    """What the police have in their outbox."""
    store = world.node(POLICE).opened.store
    with store.view() as connection:
        return list(connection.execute(store.tables.outbox.select()).all())


def wish(**other: Any) -> joining.Wish:
    base: dict[str, Any] = {
        "parent": None,
        "purpose": "serious-organised-crime",
        "grounds": ("serious", "organised"),
        "region": "bergslagen",
        "parties": (POLICE, DEBTS),
        "typologies": (),
        "key_types": (),
        "sizes": {},
        "operator": POLICE,
        "since": date(2026, 11, 24),
        "until": date(2027, 11, 24),
    }
    return joining.Wish(**base | other)


@pytest.mark.parametrize(
    ("do", "details"),
    [(joining.propose, (wish(),)), (joining.accept, (NOWHERE,)), (joining.end, (NOWHERE,))],
)
def test_deciding_on_a_cooperation_needs_its_own_permit(
    founded: World, do: Any, details: tuple[Any, ...]
) -> None:
    with pytest.raises(WrongPermit):
        founded.act(POLICE, Action.ASK, do, *details)


def test_nobody_drafts_a_cooperation_for_others(founded: World) -> None:
    refused = founded.act(POLICE, DECIDE, joining.propose, wish(parties=(DEBTS, CRIME)))
    assert refused == Refused(Code.NOT_A_PARTY)


def test_a_scope_has_all_its_parties_as_holders_and_needs_them_all(founded: World) -> None:
    assert founded.scope.draft.holders == list(SCOPE)
    assert founded.scope.draft.threshold == 3
    assert founded.framework.draft.holders == []


def test_a_scope_may_name_some_of_its_parties_as_holders(founded: World) -> None:
    wished = wish(parent=founded.framework.id, parties=SCOPE, holders=(POLICE, DEBTS))
    founded.act(POLICE, DECIDE, joining.propose, wished)
    body = next(
        decode(row.body, Draft)
        for row in outgoing(founded)
        if row.kind == "cooperation.draft" and row.body is not None
    )
    assert (body.holders, body.threshold) == ([POLICE, DEBTS], 2)


def test_who_is_no_party_holds_no_key(founded: World) -> None:
    wished = wish(parent=founded.framework.id, parties=SCOPE, holders=(POLICE, TAX))
    assert founded.act(POLICE, DECIDE, joining.propose, wished) == Refused(Code.NOT_A_PARTY)


def test_it_is_in_force_only_when_each_has_decided_for_itself(founded: World) -> None:
    drafted = founded.act(POLICE, DECIDE, joining.propose, wish())
    founded.house.settle()
    founded.act(POLICE, DECIDE, joining.accept, drafted)
    founded.house.settle()
    with founded.look(DEBTS) as reading:
        assert not cooperations(reading.feed.all())[drafted].in_force
    founded.act(DEBTS, DECIDE, joining.accept, drafted)
    founded.house.settle()
    with founded.look(POLICE) as reading:
        assert cooperations(reading.feed.all())[drafted].holds(date(2026, 11, 24))


def test_a_party_decides_once(founded: World) -> None:
    refused = founded.act(DEBTS, DECIDE, joining.accept, founded.scope.id)
    assert refused == Refused(Code.ALREADY_DECIDED)


def test_a_decision_on_its_way_is_not_sent_twice(founded: World) -> None:
    drafted = founded.act(POLICE, DECIDE, joining.propose, wish())
    founded.house.settle()
    assert founded.act(DEBTS, DECIDE, joining.accept, drafted) is None
    assert founded.act(DEBTS, DECIDE, joining.accept, drafted) == Refused(Code.ALREADY_DECIDED)
    sent = [kind for _, kind in founded.outbox(DEBTS)]
    assert sent.count("cooperation.accept") == 3


def test_ending_is_sent_once_and_what_has_ended_stays_ended(founded: World) -> None:
    scope = founded.scope.id
    assert founded.act(DEBTS, DECIDE, joining.end, scope) is None
    assert founded.act(DEBTS, DECIDE, joining.end, scope) == Refused(Code.ALREADY_DECIDED)
    founded.house.settle()
    for do in (joining.accept, joining.end):
        assert founded.act(POLICE, DECIDE, do, scope) == Refused(Code.COOPERATION_ENDED)


def test_a_cooperation_of_others_is_as_if_it_were_not(founded: World) -> None:
    for do in (joining.accept, joining.end):
        foreign = founded.act(TAX, DECIDE, do, founded.scope.id)
        assert foreign == founded.act(TAX, DECIDE, do, NOWHERE) == Refused(Code.NOT_FOUND)


def test_every_decision_is_logged_with_its_policy(founded: World) -> None:
    assert founded.entries(POLICE).count("cooperation.draft") == 2
    assert founded.entries(POLICE).count("cooperation.accept") == 2
    founded.act(POLICE, DECIDE, joining.propose, wish(parties=(DEBTS,)))
    assert founded.entries(POLICE)[-1] == "refused.decide_cooperation"
