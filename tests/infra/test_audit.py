"""The verdict on an opened store: what was changed, dropped or shown otherwise to others is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from samverkan.infra.addressbook import Pin
from samverkan.infra.audit import verify
from samverkan.infra.ledger import Head
from samverkan.infra.opening import Ambient, Opened, open_role, pin_all
from samverkan.infra.settings import RoleSettings
from samverkan.infra.verify import Fault
from samverkan.kernel.purpose import Stamp
from tests.infra.stores import READ, keys_of
from tests.infra.test_opening import SCHEMA
from tests.instruments import FixedClock, seeded

ENTRIES = 6


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A store with six entries, whose own card is pinned."""
    settings = RoleSettings("agency", "fk", tmp_path / "fk", Stamp.SYNTHETIC, "se")
    made = open_role(settings, SCHEMA, Ambient(FixedClock(), seeded()))
    pin_all(made, [Pin("fk", 1, made.ring.current.public, bytes(32))])
    while made.store.head().seq < ENTRIES:
        made.store.record(READ)
    yield made
    made.store.close()


def harm(opened: Opened, do: Callable[[Connection], object]) -> None:
    with opened.store.write() as transaction:
        transaction.log(READ)
        do(transaction.connection)


def head_at(opened: Opened, seq: int) -> Head:
    table = opened.store.tables.ledger.entries
    with opened.store.view() as connection:
        row = connection.execute(table.select().where(table.c.seq == seq)).one()
    return Head(row.seq, row.hash)


def test_an_untouched_ledger_verifies_to_its_last_entry(opened: Opened) -> None:
    verdict = verify(opened, {})
    assert (verdict.ledger, verdict.entries, verdict.ok) == ("fk", ENTRIES, True)


def rewrite(connection: Connection) -> None:
    """Another actor in entry 4."""
    body = bytes(connection.execute(text("SELECT body FROM ledger WHERE seq = 4")).scalar_one())
    other = body.replace(b"case.read", b"case.rear", 1)
    assert other != body
    connection.execute(text("UPDATE ledger SET body = :b WHERE seq = 4"), {"b": other})


def drop(connection: Connection) -> None:
    """Entry 4 is gone."""
    connection.execute(text("DELETE FROM ledger WHERE seq = 4"))


def swap(connection: Connection) -> None:
    """Entries 4 and 5 in each other's place."""
    for at, to in ((4, -1), (5, 4), (-1, 5)):
        connection.execute(
            text("UPDATE ledger SET seq = :to WHERE seq = :at"), {"at": at, "to": to}
        )


@pytest.mark.parametrize(
    ("change", "fault"),
    [(rewrite, Fault.CHANGED), (drop, Fault.DROPPED), (swap, Fault.REORDERED)],
)
def test_harm_to_an_entry_is_found_with_its_number(
    opened: Opened, change: Callable[[Connection], object], fault: Fault
) -> None:
    harm(opened, change)
    verdict = verify(opened, {})
    assert (verdict.fault, verdict.at) == (fault, 4)
    assert not verdict.ok


def test_a_chain_cut_off_at_its_end_is_found_by_the_signed_head(opened: Opened) -> None:
    last = text("DELETE FROM ledger WHERE seq = :last")
    harm(opened, lambda connection: connection.execute(last, {"last": ENTRIES}))
    verdict = verify(opened, {})
    assert (verdict.fault, verdict.at) == (Fault.DROPPED, ENTRIES)


def test_a_head_that_another_key_signed_is_found(opened: Opened) -> None:
    opened.ring.renew(keys_of("thief"))
    opened.store.record(READ)
    assert verify(opened, {}).fault is Fault.SIGNATURE


def test_a_head_signed_by_any_pinned_version_of_the_own_keys_holds(opened: Opened) -> None:
    with opened.store.write() as transaction:
        transaction.log(READ)
        newer = Pin("fk", 2, keys_of("fk2").public, bytes(range(32)))
        opened.book.pin(transaction.connection, newer)
    assert verify(opened, {}).ok


def test_what_others_saw_of_the_same_chain_is_no_fault(opened: Opened) -> None:
    seen = {"kfm": [head_at(opened, 2), head_at(opened, 5)], "polisen": [opened.store.head()]}
    assert verify(opened, seen).ok


def test_a_ledger_shorter_than_a_witness_saw_is_found(opened: Opened) -> None:
    ahead = Head(ENTRIES + 3, bytes(32))
    verdict = verify(opened, {"kfm": [ahead]})
    assert (verdict.fault, verdict.at) == (Fault.BEHIND_WITNESS, ENTRIES + 1)


@pytest.mark.parametrize("seq", [2, ENTRIES])
def test_a_chain_rewritten_after_somebody_saw_it_is_found_also_at_a_head_in_between(
    opened: Opened, seq: int
) -> None:
    other = Head(seq, bytes(range(32)))
    assert verify(opened, {"kfm": [other, opened.store.head()]}).fault is Fault.FORKED
