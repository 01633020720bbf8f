"""The index keeps scopes, batches, entries and tags apart, and drops a scope whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from samverkan.domain.bundle import Entry
from samverkan.exchange.app import SCHEMA
from samverkan.exchange.ports import Known, ScopeFacts, TagPlace
from samverkan.exchange.sql import tables
from samverkan.exchange.sql.index import SqlIndex
from samverkan.exchange.sql.lists import SqlLists
from samverkan.infra.migrate import upgrade
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, EnrolmentId, FiringId, HitId, RuleId
from samverkan.kernel.outcome import RefusedError
from samverkan.wire.matching import Upload
from tests.instruments import NOON, seeded

DICE = seeded()
SCOPE, OTHER = CooperationId.draw(DICE), CooperationId.draw(DICE)
RULE = RuleId.draw(DICE)
FACTS = ScopeFacts(
    scope=SCOPE,
    epoch=1,
    until="2027-11-24",
    sizes={"fk": "s", "polisen": "m"},
    key_types=frozenset({"p1", "p2"}),
    typologies=frozenset({"paper-assistance"}),
    opens=frozenset({"fk"}),
)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A transaction of an exchange's store."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    with engine.execution_options(writing=True).begin() as opened:
        yield opened


@pytest.fixture
def index(connection: Connection) -> SqlIndex:
    """An index with one scope in force."""
    made = SqlIndex(connection, NOON, {"p1", "p2"})
    made.open_scope(FACTS)
    return made


def upload(*, scope: str = SCOPE, count: int = 2, **changes: object) -> Upload:
    """A batch of its own enrolment."""
    values: dict[str, Any] = {
        "scope": scope,
        "epoch": 1,
        "enrolment": EnrolmentId.draw(DICE),
        "key_type": "p1",
        "rule": RULE,
        "open_to": ["polisen"],
        "open_fields": ["phone"],
        "collisions": {},
        "until": date(2027, 1, 1).isoformat(),
        "count": count,
        "root": bytes(32),
        "batch": b"",
    }
    return Upload(**(values | changes))


def entry(block: int) -> Entry:
    """An entry under that index, with a number and bundle of its own."""
    return Entry(block.to_bytes(8, "big"), DICE(16), DICE(40))


BLOCKS = [number.to_bytes(8, "big") for number in range(10)]


def test_a_scope_in_force_is_told_as_it_was_opened(index: SqlIndex) -> None:
    assert index.scope(SCOPE) == FACTS
    assert index.scope(OTHER) is None


def test_a_scope_without_parties_or_words_is_kept_all_the_same(index: SqlIndex) -> None:
    empty = ScopeFacts(OTHER, 1, "2027-01-01", {}, frozenset(), frozenset())
    index.open_scope(empty)
    assert index.scope(OTHER) == empty


def test_entries_are_found_by_index_with_what_their_batch_says(index: SqlIndex) -> None:
    one, two, three = entry(1), entry(2), entry(3)
    sent = upload(count=3)
    assert index.add("fk", sent, [one, two, three])
    (found,) = index.blocks(sent, {BLOCKS[2]})
    assert found.entry == two
    assert (found.party, found.rule) == ("fk", RULE)
    assert (set(found.open_to), set(found.open_fields)) == ({"polisen"}, {"phone"})


def test_a_silent_batch_opens_nothing(index: SqlIndex) -> None:
    sent = upload(rule=None, open_to=[], open_fields=[])
    index.add("fk", sent, [entry(1)])
    (found,) = index.blocks(sent, {BLOCKS[1]})
    assert (found.rule, found.open_to, found.open_fields) == (None, frozenset(), frozenset())


def test_key_types_epochs_and_scopes_do_not_meet(index: SqlIndex) -> None:
    index.open_scope(ScopeFacts(OTHER, 1, "2027-01-01", {}, frozenset(), frozenset()))
    index.add("fk", upload(), [entry(1)])
    index.add("fk", upload(key_type="p2"), [entry(1)])
    index.add("fk", upload(epoch=2), [entry(1)])
    index.add("fk", upload(scope=OTHER), [entry(1)])
    for asked in (upload(), upload(key_type="p2"), upload(epoch=2), upload(scope=OTHER)):
        assert len(index.blocks(asked, {BLOCKS[1]})) == 1


def test_an_enrolment_is_taken_once_for_each_key_type(index: SqlIndex) -> None:
    sent = upload()
    assert index.add("fk", sent, [entry(1)])
    assert not index.add("fk", sent, [entry(1)])
    assert len(index.blocks(sent, {BLOCKS[1]})) == 1


def test_an_enrolment_is_its_partys_own(index: SqlIndex) -> None:
    sent = upload()
    index.add("fk", sent, [entry(1)])
    with pytest.raises(RefusedError) as refused:
        index.add("polisen", sent, [entry(2)])
    assert refused.value.refused.code is Code.MESSAGE_REPLAYED


def test_sums_are_told_by_party_and_key_type(index: SqlIndex) -> None:
    index.add("fk", upload(count=2), [entry(1), entry(2)])
    index.add("fk", upload(count=3), [entry(3), entry(4), entry(5)])
    index.add("fk", upload(count=7, key_type="p2"), [])
    index.add("polisen", upload(count=1), [entry(6)])
    assert index.enrolled(SCOPE, "fk", "p1") == 5
    assert index.enrolled(SCOPE, "polisen", "p2") == 0


def test_a_number_that_is_anothers_refuses_the_batch_and_not_the_post(index: SqlIndex) -> None:
    """A hit tells its receiver the other entry's number, so it is no secret."""
    mine = entry(1)
    index.add("fk", upload(), [mine])
    with pytest.raises(RefusedError) as refused:
        index.add("polisen", upload(), [entry(2), Entry(BLOCKS[3], mine.number, DICE(40))])
    assert refused.value.refused.code is Code.MESSAGE_REPLAYED
    assert index.blocks(upload(), {BLOCKS[2], BLOCKS[3]}) == []


def test_a_pair_is_told_once(index: SqlIndex) -> None:
    one, two = DICE(16), DICE(16)
    assert index.tell(HitId.draw(DICE), "fk", one, two)
    assert not index.tell(HitId.draw(DICE), "fk", one, two)
    assert index.tell(HitId.draw(DICE), "polisen", two, one)


def test_when_a_scope_ends_its_table_is_dropped_and_no_others(
    index: SqlIndex, connection: Connection
) -> None:
    index.open_scope(ScopeFacts(OTHER, 1, "2027-01-01", {"fk": "s"}, frozenset(), frozenset()))
    for scope in (SCOPE, OTHER):
        mine = entry(1)
        index.add("fk", upload(scope=scope), [mine])
        index.tell(HitId.draw(DICE), "fk", mine.number, DICE(16))
        lists = SqlLists(connection, NOON)
        lists.put(TagPlace(scope, 1, "unfair-labour", "skv:none"), "fk", "2027-01-01", b"")
        told = Known(FiringId.draw(DICE), 2, frozenset({("fk", bytes(8))}))
        lists.tell(told, scope, 1, "unfair-labour")
    index.end_scope(SCOPE)
    assert index.scope(SCOPE) is None
    assert index.blocks(upload(), set(BLOCKS)) == []
    assert len(index.blocks(upload(scope=OTHER), set(BLOCKS))) == 1
    left = ("batch", "batch_open", "batch_field", "entry", "told", "tag_list")
    for name in (*left, "firing", "firing_party", "firing_handle"):
        assert len(connection.execute(tables.metadata.tables[name].select()).all()) == 1, name


def test_a_rule_opens_its_records_to_its_last_day_and_no_longer(connection: Connection) -> None:
    last = upload(until="2026-12-01")
    entries = [entry(1), entry(2)]
    at = SqlIndex(connection, NOON, {"p1", "p2"})
    at.open_scope(FACTS)
    at.add("fk", last, entries)
    wanted = {entry.index for entry in entries}
    on_the_day = SqlIndex(connection, NOON.replace(month=12, day=1), {"p1", "p2"})
    after = SqlIndex(connection, NOON.replace(month=12, day=2), {"p1", "p2"})
    assert len(on_the_day.blocks(last, wanted)) == len(entries)
    assert after.blocks(last, wanted) == []


def test_a_scope_that_has_run_out_is_as_one_that_has_ended(connection: Connection) -> None:
    at = SqlIndex(connection, NOON, {"p1", "p2"})
    at.open_scope(FACTS)
    later = SqlIndex(connection, NOON + timedelta(days=400), {"p1", "p2"})
    assert at.scope(SCOPE) is not None
    assert later.scope(SCOPE) is None
    assert later.ended(SCOPE)
