from __future__ import annotations

from samverkan.agency.sql import tables as t
from samverkan.wire.joining import Evaluate
from samverkan.wire.v1 import decode
from tests.agency.model import ANNA, BO, CRIME, DEBTS, DEBTS_STREET, POLICE
from tests.agency.wishes import enrol, enrol_list
from tests.agency.world import World


def test_each_holder_gets_the_same_blinded_batch_and_no_value(founded: World) -> None:
    enrol(founded)
    table = founded.node(DEBTS).opened.store.tables.outbox
    with founded.node(DEBTS).opened.store.view() as connection:
        asked = connection.execute(table.select().where(table.c.kind == "oprf.evaluate")).all()
    by_body: dict[bytes, set[str]] = {}
    for row in asked:
        by_body.setdefault(row.body, set()).add(row.recipient)
        assert DEBTS_STREET.encode() not in row.body
    assert all(sent == {POLICE, DEBTS, CRIME} for sent in by_body.values())


def test_a_protected_identity_enters_by_its_number_alone(founded: World) -> None:
    enrol(founded)
    founded.house.settle()
    protected = founded.subject(DEBTS, BO)
    with founded.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(t.entry.select().where(t.entry.c.subject == protected)).all()
    assert [row.key_type for row in rows] == ["p1"]


def test_each_batch_signs_the_running_total_of_its_key_type(founded: World) -> None:
    enrol(founded)
    enrol(founded, query="large-debt-companies")
    enrol_list(founded, (ANNA, "single-subject"))
    table = founded.node(DEBTS).opened.store.tables.outbox
    with founded.node(DEBTS).opened.store.view() as connection:
        mine = table.select().where(table.c.kind == "oprf.evaluate", table.c.recipient == DEBTS)
        rows = connection.execute(mine.order_by(table.c.no)).all()
    sums: dict[str, int] = {}
    for row in rows:
        for batch in decode(row.body, Evaluate).batches:
            sums[batch.key_type] = sums.get(batch.key_type, 0) + batch.count
            assert batch.total == sums[batch.key_type]
    assert sums["p1"] == 3
