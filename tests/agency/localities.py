"""A local body in a world of few parties: begun by the police, answered from afar, seats filled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from samverkan.agency import delegating, gathering, meeting
from samverkan.domain.meeting import Rule
from samverkan.domain.policy import Action
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused
from tests.agency.model import COUNCIL, CRIME, DEBTS, POLICE
from tests.agency.world import World

FIRST, LAST = date(2026, 12, 1), date(2027, 6, 30)
DAY = date(2026, 12, 3)


def officer(world: World, party: str, place: int = 0) -> UserId:
    """An officer of the party."""
    return world.node(party).officers()[place].user


def begin(world: World, **changes: Any) -> Any:
    """Begin a body over a municipality; gives its identifier or the refusal."""
    given: dict[str, Any] = {"name": "Vivalla", "area": "1880", "under": COUNCIL}
    given |= {"since": FIRST, "invite": (DEBTS, CRIME)}
    begun = gathering.Beginning(**(given | changes))
    pack = world.node(POLICE).pack
    done = world.act(POLICE, Action.START_LOCAL, gathering.start, pack, begun)
    world.house.settle()
    return done


def answer(world: World, local: str, party: str, said: str, reason: str | None = None) -> Any:
    """The party's answer."""
    pack = world.node(party).pack
    done = world.act(party, Action.ANSWER_LOCAL, gathering.answer, pack, local, (said, reason))
    world.house.settle()
    return done


def seat(world: World, local: str, party: str, seat: str = "member", **changes: Any) -> Any:
    """Fill a seat of the party."""
    given: dict[str, Any] = {"user": officer(world, party), "since": FIRST, "until": LAST}
    given |= changes
    filling = delegating.Filling(local, seat, given["user"], given["since"], given["until"])
    pack = world.node(party).pack
    done = world.act(party, Action.ANSWER_LOCAL, delegating.delegate, pack, filling)
    world.house.settle()
    return done


def at_work(world: World) -> str:
    """A body on its third day, with a coordinator, two members and a series of meetings."""
    local = begin(world)
    assert not isinstance(local, Refused), local
    answer(world, local, DEBTS, "from-afar")
    for party, role in ((POLICE, "coordinator"), (POLICE, "member"), (DEBTS, "member")):
        done = seat(world, local, party, role)
        assert not isinstance(done, Refused), done
    world.clock.advance(timedelta(days=9))
    rule = Rule(1, 4, FIRST)
    done = world.act(
        POLICE,
        Action.LEAD_LOCAL,
        meeting.plan,
        world.node(POLICE).pack,
        rule,
        local=local,
        count=5,
        council=local,
    )
    assert not isinstance(done, Refused), done
    world.house.settle()
    return str(local)
