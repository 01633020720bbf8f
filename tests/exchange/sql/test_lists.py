"""Lists of tags come and go as a whole; a firing is known by its members until it is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine

from samverkan.domain.taglist import COMPANY, Kind, Tagged, pack_tags, pad, read_tags
from samverkan.exchange.app import SCHEMA
from samverkan.exchange.ports import Known, ScopeFacts, TagPlace
from samverkan.exchange.sql import tables as t
from samverkan.exchange.sql.index import SqlIndex
from samverkan.exchange.sql.lists import SqlLists
from samverkan.infra.migrate import upgrade
from samverkan.kernel.ids import CooperationId, FiringId
from tests.instruments import NOON, seeded

DICE = seeded()
SCOPE, OTHER = CooperationId.draw(DICE), CooperationId.draw(DICE)
CONDITION = "fk:assistance-provider"
PAPER = (SCOPE, 1, "paper-assistance")
PLACE = TagPlace(*PAPER, CONDITION)
LAST = "2026-12-01"


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A transaction of an exchange's store with two scopes."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    with engine.execution_options(writing=True).begin() as opened:
        for scope in (SCOPE, OTHER):
            facts = ScopeFacts(scope, 1, "2027-01-01", {}, frozenset(), frozenset())
            SqlIndex(opened, NOON, set()).open_scope(facts)
        yield opened


@pytest.fixture
def lists(connection: Connection) -> SqlLists:
    """Nothing is listed yet."""
    return SqlLists(connection, NOON)


def known(number: int = 1, *members: tuple[str, bytes], met: int = 2) -> Known:
    return Known(FiringId(f"fir-{number:0>26}"), met, frozenset(members or {("fk", b"handle-1")}))


def test_a_list_replaces_the_one_before_and_stands_beside_others(lists: SqlLists) -> None:
    lists.put(PLACE, "fk", LAST, b"one")
    lists.put(PLACE, "polisen", LAST, b"two")
    lists.put(PLACE, "fk", LAST, b"three")
    lists.put(TagPlace(OTHER, *PAPER[1:], CONDITION), "fk", LAST, b"four")
    assert lists.all(*PAPER) == {(CONDITION, "fk"): b"three", (CONDITION, "polisen"): b"two"}
    assert lists.all(SCOPE, 2, "paper-assistance") == {}
    assert lists.all(SCOPE, 1, "unfair-labour") == {}


def test_a_list_counts_to_the_last_day_of_its_rule_and_no_longer(connection: Connection) -> None:
    SqlLists(connection, NOON).put(PLACE, "fk", LAST, b"one")
    on_the_day = SqlLists(connection, NOON.replace(month=12, day=1))
    after = SqlLists(connection, NOON.replace(month=12, day=2))
    assert list(on_the_day.all(*PAPER)) == [(CONDITION, "fk")]
    assert after.all(*PAPER) == {}


def test_a_firing_that_is_told_again_keeps_its_number_and_its_day(connection: Connection) -> None:
    first, more = known(), known(1, ("fk", b"handle-1"), ("kfm", b"handle-2"), met=3)
    SqlLists(connection, NOON).tell(first, *PAPER)
    later = SqlLists(connection, NOON + timedelta(days=9))
    later.tell(more, *PAPER)
    later.tell(known(2, ("kfm", b"handle-3")), *PAPER)
    assert sorted(later.told(*PAPER), key=lambda one: one.id) == [
        more,
        known(2, ("kfm", b"handle-3")),
    ]
    assert later.stale(NOON + timedelta(days=1)) == [first.id]


def test_only_who_was_told_can_have_assessed(lists: SqlLists) -> None:
    lists.tell(known(), *PAPER)
    assert lists.assess(known().id, "fk", assessed=True)
    assert not lists.assess(known().id, "kfm", assessed=True)
    assert not lists.assess(known(2).id, "fk", assessed=True)


def test_what_one_owner_has_assessed_is_not_stale_until_it_takes_that_back(
    lists: SqlLists,
) -> None:
    later = NOON + timedelta(seconds=1)
    both = known(1, ("fk", b"handle-1"), ("kfm", b"handle-2"))
    lists.tell(both, *PAPER)
    assert (lists.stale(NOON), lists.stale(later)) == ([], [both.id])
    lists.assess(both.id, "kfm", assessed=True)
    assert lists.stale(later) == []
    lists.tell(known(1, *both.members, met=3), *PAPER)
    assert lists.stale(later) == [], "told again, it stays assessed"
    lists.assess(both.id, "kfm", assessed=False)
    assert lists.stale(later) == [both.id]


def test_erasing_a_firing_takes_it_out_of_the_lists_and_leaves_the_rest(
    lists: SqlLists, connection: Connection
) -> None:
    mine = [Tagged(DICE(8), b"handle-1", kind) for kind in (Kind.NUMBER, Kind.NAME)]
    packed = pack_tags(pad(mine, COMPANY, DICE))
    for party in ("fk", "polisen"):
        lists.put(PLACE, party, LAST, packed)
    lists.put(TagPlace(SCOPE, 1, "unfair-labour", CONDITION), "fk", LAST, packed)
    lists.tell(known(), *PAPER)
    lists.tell(known(2, ("kfm", b"handle-3")), *PAPER)
    lists.erase(known().id)
    assert [one.id for one in lists.told(*PAPER)] == [known(2).id]
    left = lists.all(*PAPER)
    assert not set(mine) & set(read_tags(left[CONDITION, "fk"]))
    assert left[CONDITION, "polisen"] == packed, "another party's handle is another's"
    assert lists.all(SCOPE, 1, "unfair-labour") == {(CONDITION, "fk"): packed}
    for table in (t.firing_party, t.firing_handle):
        assert {row.firing for row in connection.execute(table.select())} == {known(2).id}


def test_the_end_of_a_scope_leaves_the_other_s_lists(lists: SqlLists) -> None:
    for place, number in (((SCOPE, 1, "x-y"), 1), ((OTHER, 1, "x-y"), 2)):
        lists.put(TagPlace(*place, CONDITION), "fk", LAST, b"one")
        lists.tell(known(number), *place)
    lists.end(SCOPE)
    assert (lists.all(SCOPE, 1, "x-y"), lists.told(SCOPE, 1, "x-y")) == ({}, [])
    assert list(lists.all(OTHER, 1, "x-y")) == [(CONDITION, "fk")]
    assert lists.told(OTHER, 1, "x-y") == [known(2)]
