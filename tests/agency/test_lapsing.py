from __future__ import annotations

from datetime import date, timedelta

from samverkan.agency import enrolling, keymaking
from samverkan.agency.sql import tables as t
from samverkan.domain.policy import Action
from samverkan.domain.token import index_of, oprf_input
from samverkan.exchange.sql import tables as hub
from samverkan.infra import oprf
from tests.agency.model import ANNA, DEBTS, SCOPE
from tests.agency.wishes import PERSONS, sign
from tests.agency.world import World
from tests.instruments import seeded
from tests.national import forms

KEPT = (t.share, t.entry, t.own_tag, t.evaluation, t.partial)
"""What a scope's matching leaves at a party."""
TABLE = (
    hub.entry,
    hub.batch,
    hub.batch_open,
    hub.batch_field,
    hub.told,
    hub.tag_list,
    hub.firing,
    hub.firing_party,
    hub.firing_handle,
)


def indexes(world: World) -> set[bytes]:
    """The exchange's table, as a copy of it would show it."""
    with world.house.exchange.opened.store.view() as connection:
        rows = connection.execute(hub.entry.select())
        return {row._mapping["index"] for row in rows}


def shares(world: World) -> dict[str, bytes | None]:
    """Each holder's share of the key of identity numbers."""
    found = {}
    for party in SCOPE:
        with world.look(party) as reading:
            found[party] = reading.keys.share(world.scope.id, 1, "p1")
    return found


def guess(world: World, known: list[bytes]) -> bytes:
    """The index of Anna's number, as who knows these shares would compute it."""
    value = "19" + ANNA.replace("-", "")
    data = [oprf_input(world.scope.id, "p1", forms().version, value)]
    blinded = oprf.blind(data, seeded())
    parts = [oprf.evaluate(share, keymaking.ONE, blinded.points) for share in known]
    masks = oprf.masks_of(blinded.seed, 1)
    (token,) = oprf.finalize(data, masks, oprf.combine(parts))
    return index_of(token)


def test_a_scope_that_runs_out_loses_shares_and_table_on_the_day(enrolled: World) -> None:
    scope, table = enrolled.scope, indexes(enrolled)
    known = [share for share in shares(enrolled).values() if share is not None]
    assert len(known) == len(SCOPE)
    assert guess(enrolled, known) in table  # whoever had every share could open the table
    assert guess(enrolled, known[1:]) not in table
    last = date.fromisoformat(scope.draft.until)
    enrolled.clock.advance(last - enrolled.clock().date())
    enrolled.house.settle()
    assert indexes(enrolled) == table  # its last day is a day
    enrolled.clock.advance(timedelta(days=1))
    assert enrolled.house.settle()
    _nothing_left(enrolled)
    assert not enrolled.house.settle()


def _nothing_left(world: World) -> None:
    """Neither table nor share: the hub, with any of the holders, has nothing to match with."""
    assert set(shares(world).values()) == {None}
    for party in SCOPE:
        with world.node(party).opened.store.view() as connection:
            assert not any(connection.execute(one.select()).first() for one in KEPT)
        assert "keys.destroyed" in world.entries(party)
    with world.house.exchange.opened.store.view() as connection:
        assert not any(connection.execute(one.select()).first() for one in TABLE)


def test_records_leave_the_day_after_their_rules_last(founded: World) -> None:
    rule = sign(founded, until=date(2026, 11, 30))
    wish = enrolling.EnrolWish(founded.scope.id, PERSONS, rule, "scope-subjects")
    founded.act(DEBTS, Action.ENROL, enrolling.enrol, founded.node(DEBTS).means, wish)
    founded.house.settle()
    assert indexes(founded)
    founded.clock.advance(date(2026, 12, 1) - founded.clock().date())
    founded.house.settle()
    assert indexes(founded) == set()
    with founded.look(DEBTS) as reading:
        assert not any(one.stands for one in reading.enrolments.all(founded.scope.id))
        assert reading.keys.share(founded.scope.id, 1, "p1") is not None
    assert "enrolment.run_out" in founded.entries(DEBTS)
