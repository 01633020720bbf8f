from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samverkan.agency import following, joining
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Accept, By, End, Event
from samverkan.wire.v1 import EXCHANGE, STEERING, Malformed, to_body
from tests.agency.model import CRIME, DEBTS, POLICE, SCOPE, TAX
from tests.agency.world import World

BY = By(user="usr-" + "1" * 26, role="council_member", policy="decide-for-own-party")
NOWHERE = "coo-" + "1" * 26


def event(kind: str, body: dict[str, Any], party: str = DEBTS) -> Event:
    return Event(party=party, at="2026-11-24T12:00:00.000000Z", kind=kind, body=body)


def follow(world: World, said: Event, sender: str = STEERING) -> Any:
    return world.hear(POLICE, following.follow, sender, said)


def ended(world: World, cooperation: str) -> Event:
    return event("cooperation.end", to_body(End(by=BY, cooperation=cooperation)))


@pytest.mark.parametrize("sender", [DEBTS, EXCHANGE, TAX, POLICE])
def test_events_from_anybody_but_steering_are_not_believed(founded: World, sender: str) -> None:
    said = ended(founded, founded.scope.id)
    assert follow(founded, said, sender) == Refused(Code.NOT_FOUND)
    assert not founded.scope.ended


def test_an_event_is_kept_as_it_came_and_logged(founded: World) -> None:
    said = ended(founded, founded.scope.id)
    assert follow(founded, said) is None
    with founded.look(POLICE) as reading:
        assert reading.feed.all()[-1] == said
        assert reading.feed.about(founded.scope.id)[-1] == said
    assert founded.entries(POLICE)[-1] == "feed.event"


@pytest.mark.parametrize(
    "kind", ["cooperation.draft", "cooperation.accept", "cooperation.in-force"]
)
def test_a_cooperation_of_another_shape_is_never_kept(founded: World, kind: str) -> None:
    with pytest.raises(Malformed):
        follow(founded, event(kind, {"cooperation": NOWHERE}))
    with founded.look(POLICE) as reading:
        assert following.cooperations(reading.feed.all())


@pytest.mark.parametrize(
    "said",
    [
        event("measure.close", {"measure": "mea-1"}),
        event("hours.report", {"operation": "ope-1"}),
        event("unheard.of", {}),
        event("unheard.of", {"proposal": 7}),
    ],
)
def test_an_event_that_belongs_to_nothing_known_is_refused(founded: World, said: Event) -> None:
    assert follow(founded, said) == Refused(Code.MESSAGE_MALFORMED)


def test_what_is_said_of_an_unknown_cooperation_changes_nothing(founded: World) -> None:
    with founded.look(POLICE) as reading:
        before = following.cooperations(reading.feed.all())
    follow(founded, ended(founded, NOWHERE))
    accepting = to_body(Accept(by=BY, cooperation=NOWHERE))
    follow(founded, event("cooperation.accept", accepting))
    with founded.look(POLICE) as reading:
        assert following.cooperations(reading.feed.all()) == before


def test_what_happens_in_an_operation_belongs_to_its_proposal(operating: World) -> None:
    proposal, operation = operating.proposal(), operating.operation()
    with operating.look(POLICE) as reading:
        feed = reading.feed.all()
        measure = next(e.body["measure"] for e in feed if e.kind == "measure.plan")
    hours = event("hours.report", {"operation": operation})
    done = event("measure.close", {"measure": measure})
    assert following.chain_of(hours, feed) == proposal
    assert following.chain_of(done, feed) == proposal


def test_one_is_the_same_as_among_all(operating: World) -> None:
    with operating.look(DEBTS) as reading:
        for all_, one in (
            (following.proposals(reading), following.proposal),
            (following.operations(reading), following.operation),
        ):
            assert all_
            assert {id_: one(reading, id_) for id_ in all_} == all_
            assert one(reading, NOWHERE) is None
            assert one(reading, "no identifier at all") is None


def scope_in_force(world: World, scope: str, party: str = POLICE) -> Any:
    with world.look(party) as reading:
        return following.scope_in_force(reading, scope)


def test_a_scope_holds_for_its_parties(founded: World) -> None:
    found = scope_in_force(founded, founded.scope.id)
    assert found.accepted == frozenset(SCOPE)


def test_absent_and_foreign_scopes_look_the_same(founded: World) -> None:
    foreign = scope_in_force(founded, founded.scope.id, party=TAX)
    assert foreign == scope_in_force(founded, NOWHERE) == Refused(Code.NO_COOPERATION)


def test_a_framework_is_no_scope(founded: World) -> None:
    found = scope_in_force(founded, founded.framework.id)
    assert found == Refused(Code.NO_COOPERATION)


def test_a_scope_ends_with_its_framework(founded: World) -> None:
    scope = founded.scope.id
    follow(founded, ended(founded, founded.framework.id))
    assert scope_in_force(founded, scope) == Refused(Code.COOPERATION_ENDED)


@pytest.mark.parametrize(
    ("days", "code"),
    [(-1, Code.NO_COOPERATION), (400, Code.COOPERATION_ENDED), (900, Code.COOPERATION_ENDED)],
)
def test_a_scope_holds_only_between_its_days(founded: World, days: int, code: Code) -> None:
    scope = founded.scope.id
    founded.clock.advance(timedelta(days=days))
    assert scope_in_force(founded, scope) == Refused(code)


def test_a_message_about_a_scope_that_may_be_on_its_way_waits(founded: World) -> None:
    scope = founded.scope.id
    with founded.look(POLICE) as reading:
        assert following.scope_of_message(reading, NOWHERE) == Refused(Code.NOT_YET)
        found = following.scope_of_message(reading, scope)
    assert not isinstance(found, Refused)
    founded.clock.advance(timedelta(days=900))
    with founded.look(POLICE) as reading:
        late = following.scope_of_message(reading, scope)
    assert late == Refused(Code.COOPERATION_ENDED)


def test_refused_commands_are_told_newest_first(founded: World) -> None:
    for subject in ("coo-" + "3" * 26, "coo-" + "4" * 26):
        body = {"command": "cooperation.end", "subject": subject, "code": "not_found"}
        follow(founded, event("command.refused", body))
    with founded.look(POLICE) as reading:
        found = following.refusals(reading)
    assert [one.subject[-1] for one in found] == ["4", "3"]


def test_a_council_member_outside_the_scope_hears_the_headers_and_no_more(
    operating: World,
) -> None:
    with operating.look(TAX) as reading:
        assert list(following.proposals(reading)) == [operating.proposal()]
        assert reading.cases.annexes(operating.proposal()) == {}
        assert following.operations(reading) == {}
        assert {event.kind.split(".")[0] for event in reading.feed.all()} <= {
            "case",
            "proposal",
            "position",
        }
    with operating.look(DEBTS) as reading:
        found = following.operations(reading)[operating.operation()]
    assert found.parties == {POLICE, DEBTS}
    assert CRIME in found.decided.positions


def test_the_end_is_heard_by_every_party(founded: World) -> None:
    founded.act(POLICE, Action.DECIDE_COOPERATION, joining.end, founded.scope.id)
    founded.house.settle()
    for party in SCOPE:
        with founded.look(party) as reading:
            assert following.cooperations(reading.feed.all())[founded.scope.id].ended
