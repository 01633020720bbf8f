from __future__ import annotations

from samverkan.agency.sql import tables as t
from tests.agency.model import BO, CRIME, DEBTS, DEBTS_STREET, POLICE
from tests.agency.wishes import enrol
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
