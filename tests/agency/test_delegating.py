"""A delegation gives the own officer a mandate for that body alone, while it lasts; no other party
learns who it is."""

from __future__ import annotations

from datetime import date, timedelta

from samverkan.agency import delegating
from samverkan.agency.ports import Work
from samverkan.domain.org import Role
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Event
from samverkan.wire.seating import Delegate
from samverkan.wire.v1 import to_body
from tests.agency.localities import FIRST, LAST, answer, begin, officer, seat
from tests.agency.model import CRIME, DEBTS, POLICE
from tests.agency.world import World
from tests.wire.test_joining import BY


def may(world: World, party: str, user: UserId, action: Action, body: str) -> bool:
    return isinstance(world.node(party).permit(user, action, body), Permit)


def test_the_officer_may_sit_in_that_body_while_the_delegation_lasts(founded: World) -> None:
    local = begin(founded)
    answer(founded, local, DEBTS, "from-afar")
    user = officer(founded, DEBTS)
    assert not may(founded, DEBTS, user, Action.READ_COUNCIL, local)
    seat(founded, local, DEBTS)
    assert not may(founded, DEBTS, user, Action.READ_COUNCIL, local)
    founded.clock.advance(timedelta(days=9))
    assert may(founded, DEBTS, user, Action.READ_COUNCIL, local)
    assert may(founded, DEBTS, user, Action.WORK_LOCAL, local)
    assert not may(founded, DEBTS, user, Action.LEAD_LOCAL, local)
    assert not may(founded, DEBTS, user, Action.READ_COUNCIL, "loc-" + "1" * 26)
    founded.clock.advance(timedelta(days=300))
    assert not may(founded, DEBTS, user, Action.READ_COUNCIL, local)


def test_a_delegate_decides_on_no_cooperation_for_the_agency(founded: World) -> None:
    local = begin(founded)
    answer(founded, local, DEBTS, "takes-part")
    seat(founded, local, DEBTS)
    with founded.look(DEBTS) as reading:
        held = reading.people.get(officer(founded, DEBTS))
    assert held is not None
    assert {one.role for one in held.mandates if one.body == local} == {Role.LOCAL_MEMBER}


def test_nobody_else_learns_who_it_is(founded: World) -> None:
    local = begin(founded)
    answer(founded, local, DEBTS, "takes-part")
    named = seat(founded, local, DEBTS)
    with founded.look(DEBTS) as reading:
        assert reading.seats.named(named) == officer(founded, DEBTS)
    for party in (POLICE, CRIME):
        with founded.look(party) as reading:
            assert reading.seats.named(named) is None
            (event,) = [e for e in reading.feed.all() if e.kind == "seat.delegate"]
        assert officer(founded, DEBTS) not in str({**event.body, "by": ""})


def test_two_delegates_for_one_seat_on_one_day_are_refused_and_nobody_is_given_anything(
    founded: World,
) -> None:
    local = begin(founded)
    answer(founded, local, DEBTS, "takes-part")
    seat(founded, local, DEBTS)
    second = officer(founded, DEBTS, 1)
    done = seat(founded, local, DEBTS, user=second, since=LAST, until=date(2027, 12, 31))
    assert isinstance(done, Refused)
    assert done.code is Code.SEAT_TAKEN
    founded.clock.advance(timedelta(days=9))
    assert not may(founded, DEBTS, second, Action.READ_COUNCIL, local)


def test_a_hand_over_ends_the_mandate_and_the_next_one_begins_the_day_after(
    founded: World,
) -> None:
    local = begin(founded)
    answer(founded, local, DEBTS, "takes-part")
    named = seat(founded, local, DEBTS)
    pack, until = founded.node(DEBTS).pack, date(2027, 1, 10)
    done = founded.act(
        DEBTS, Action.ANSWER_LOCAL, delegating.hand_over, pack, named, (until, "Två frågor.")
    )
    assert done is None
    founded.house.settle()
    first, second = officer(founded, DEBTS), officer(founded, DEBTS, 1)
    seat(founded, local, DEBTS, user=second, since=date(2027, 1, 11))
    founded.clock.advance(timedelta(days=47))
    assert may(founded, DEBTS, first, Action.READ_COUNCIL, local)
    assert not may(founded, DEBTS, second, Action.READ_COUNCIL, local)
    founded.clock.advance(timedelta(days=1))
    assert not may(founded, DEBTS, first, Action.READ_COUNCIL, local)
    assert may(founded, DEBTS, second, Action.READ_COUNCIL, local)


def test_what_steering_says_alone_gives_nobody_a_mandate(founded: World) -> None:
    local = begin(founded)
    answer(founded, local, DEBTS, "takes-part")
    body = Delegate(
        by=BY,
        delegation="del-" + "1" * 26,
        body=local,
        seat="coordinator",
        since=FIRST.isoformat(),
        until=LAST.isoformat(),
    )
    event = Event(party=DEBTS, at="2026-11-24T12:00:00Z", kind="seat.delegate", body=to_body(body))
    with founded.look(DEBTS) as reading:
        before = reading.people.all()
    founded.hear(DEBTS, _decided, event)
    with founded.look(DEBTS) as reading:
        assert reading.people.all() == before


def _decided(work: Work, event: Event) -> None:
    delegating.decided(work, event)
    work.log(Entry("feed.event", "steering", local_of(event)))


def local_of(event: Event) -> str:
    return str(event.body["body"])


def test_nobody_is_delegated_to_a_body_that_the_party_has_declined(founded: World) -> None:
    local = begin(founded)
    answer(founded, local, CRIME, "declines", "later")
    done = seat(founded, local, CRIME)
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_A_MEMBER


def test_a_seat_in_the_permanent_group_is_filled_in_the_same_way(founded: World) -> None:
    since = founded.clock().date()
    done = seat(founded, "permanenta-gruppen", POLICE, since=since)
    assert not isinstance(done, Refused), done
    user = officer(founded, POLICE)
    assert may(founded, POLICE, user, Action.READ_COUNCIL, "permanenta-gruppen")
