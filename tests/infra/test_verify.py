"""A changed, dropped, moved or foreign entry is found, and a history that others saw otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from samverkan.infra.ledger import EMPTY, GENESIS, Head, encode, head_bytes, link
from samverkan.infra.seal import sign_bytes
from samverkan.infra.sql import open_file
from samverkan.infra.store import Store
from samverkan.infra.verify import Fault, Row, Verdict, check_chunks, check_rows, conclude
from samverkan.kernel.entry import Entry
from tests.infra.stores import READ, common, judge, judge_store, keys_of, make_store

NAME = "polisen"
AT = "2026-11-24T12:00:00.000000Z"


@dataclass(frozen=True)
class Sealed:
    """A ledger as it lies in a store: rows, head, the head's signature."""

    rows: list[Row]
    head: Head
    signature: bytes

    def verdict(self, seen: dict[str, Head] | None = None) -> Verdict:
        """What the verification says of it."""
        keys = keys_of(NAME).public
        return judge(NAME, self.rows, self.head, self.signature, public=keys, seen=seen)


def sealed(rows: list[Row], name: str = NAME) -> Sealed:
    """Rows under a head that is signed as the ledger's owner would."""
    head = Head(rows[-1].seq, rows[-1].hash)
    return Sealed(rows, head, sign_bytes(head_bytes(name, head), keys_of(name)))


def chain(length: int, name: str = NAME, *, first: str = "case.read") -> list[Row]:
    """A sound chain whose first entry says `first`."""
    rows, before = [], GENESIS
    for seq in range(1, length + 1):
        entry = Entry(first if seq == 1 else "case.read", READ.actor, READ.subject, f"n{seq}")
        body = encode(name, seq, AT, entry)
        before = link(before, body)
        rows.append(Row(seq, body, before))
    return rows


def relinked(bodies: Iterable[bytes]) -> list[Row]:
    """Bodies chained anew, as somebody would who can write every hash."""
    rows, before = [], GENESIS
    for seq, body in enumerate(bodies, start=1):
        before = link(before, body)
        rows.append(Row(seq, body, before))
    return rows


SOUND = sealed(chain(6))


def test_a_sound_ledger_verifies() -> None:
    assert SOUND.verdict() == Verdict(NAME, 6)
    assert SOUND.verdict().ok


def test_an_empty_ledger_verifies() -> None:
    assert check_rows(NAME, [], EMPTY) == (EMPTY, None, 0)


@pytest.mark.parametrize("at", range(6))
def test_each_changed_byte_of_a_body_or_hash_is_found(at: int) -> None:
    row = SOUND.rows[at]
    for place in range(len(row.body)):
        body = bytearray(row.body)
        body[place] ^= 1
        assert put(at, row._replace(body=bytes(body))).verdict().at == at + 1
    for place in range(32):
        changed = bytearray(row.hash)
        changed[place] ^= 0x80
        verdict = put(at, row._replace(hash=bytes(changed))).verdict()
        assert (verdict.fault, verdict.at) == (Fault.CHANGED, at + 1)


def put(at: int, row: Row) -> Sealed:
    return replace(SOUND, rows=[*SOUND.rows[:at], row, *SOUND.rows[at + 1 :]])


@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_dropped_entry_is_found(at: int) -> None:
    dropped = replace(SOUND, rows=[*SOUND.rows[:at], *SOUND.rows[at + 1 :]])
    assert (dropped.verdict().fault, dropped.verdict().at) == (Fault.DROPPED, at + 1)


def test_a_dropped_last_entry_no_longer_reaches_the_signed_head() -> None:
    verdict = replace(SOUND, rows=SOUND.rows[:-1]).verdict()
    assert (verdict.fault, verdict.at) == (Fault.DROPPED, 6)


@pytest.mark.parametrize("at", [0, 2, 4])
def test_entries_that_changed_places_are_found(at: int) -> None:
    one, two = SOUND.rows[at], SOUND.rows[at + 1]
    swapped = put(at, Row(one.seq, two.body, two.hash))
    rows = [*swapped.rows[: at + 1], Row(two.seq, one.body, one.hash), *swapped.rows[at + 2 :]]
    verdict = replace(SOUND, rows=rows).verdict()
    assert (verdict.fault, verdict.at) == (Fault.REORDERED, at + 1)


def test_entries_that_changed_places_are_found_even_when_all_is_chained_and_signed_anew() -> None:
    bodies = [row.body for row in SOUND.rows]
    bodies[1], bodies[2] = bodies[2], bodies[1]
    verdict = sealed(relinked(bodies)).verdict()
    assert (verdict.fault, verdict.at) == (Fault.REORDERED, 2)


def test_an_entry_of_another_ledger_is_found_even_when_chained_and_signed_anew() -> None:
    bodies = [row.body for row in SOUND.rows]
    bodies[3] = encode("fk", 4, AT, READ)
    verdict = sealed(relinked(bodies)).verdict()
    assert (verdict.fault, verdict.at) == (Fault.REORDERED, 4)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"ledger":"polisen"}', b"\xff\xfe"])
def test_a_body_that_is_no_entry_is_a_fault_and_not_a_failure(body: bytes) -> None:
    bodies = [row.body for row in SOUND.rows]
    bodies[2] = body
    verdict = sealed(relinked(bodies)).verdict()
    assert (verdict.fault, verdict.at) == (Fault.CHANGED, 3)
    assert put(2, SOUND.rows[2]._replace(body=body)).verdict().fault is Fault.CHANGED


def test_an_entry_beyond_the_signed_head_is_found() -> None:
    longer = replace(SOUND, rows=chain(7))
    assert (longer.verdict().fault, longer.verdict().at) == (Fault.HEAD, 7)


@pytest.mark.parametrize("place", range(64))
def test_each_changed_byte_of_the_heads_signature_is_found(place: int) -> None:
    signature = bytearray(SOUND.signature)
    signature[place] ^= 1
    assert replace(SOUND, signature=bytes(signature)).verdict().fault is Fault.SIGNATURE


def test_a_head_signed_by_somebody_else_is_found() -> None:
    other = sign_bytes(head_bytes(NAME, SOUND.head), keys_of("fk"))
    assert replace(SOUND, signature=other).verdict().fault is Fault.SIGNATURE


def test_a_shortened_chain_under_its_old_head_is_behind_what_a_witness_saw() -> None:
    old = sealed(SOUND.rows[:4])
    assert old.verdict().ok, "alone it is a sound ledger"
    verdict = old.verdict({"fk": SOUND.head})
    assert (verdict.fault, verdict.at) == (Fault.BEHIND_WITNESS, 5)


def test_a_rewritten_history_is_not_what_a_witness_saw_though_its_head_is_higher() -> None:
    forked = sealed(chain(9, first="case.hide"))
    assert forked.verdict().ok, "alone it is a sound ledger"
    assert forked.verdict({"fk": SOUND.head}).fault is Fault.FORKED
    assert forked.verdict({"kfm": forked.head, "fk": SOUND.head}).fault is Fault.FORKED


def test_witnesses_who_saw_this_very_chain_contradict_nothing() -> None:
    earlier = Head(SOUND.rows[1].seq, SOUND.rows[1].hash)
    assert SOUND.verdict({"fk": earlier, "kfm": SOUND.head}).ok


def test_a_missing_signature_is_a_fault_also_when_the_chain_is_sound() -> None:
    verdict = conclude(NAME, SOUND.head, head=SOUND.head, signed=False, witnesses={})
    assert verdict.fault is Fault.SIGNATURE
    assert not verdict.ok


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_single_mutation_of_a_sound_ledger_is_found(data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 12))
    rows = chain(length)
    whole = sealed(rows)
    at = data.draw(st.integers(0, length - 1))
    row = rows[at]
    kinds = ["body", "hash", "number", "drop", "double", "insert", "head", "move"]
    match data.draw(st.sampled_from(kinds)):
        case "body":
            changed = data.draw(st.binary(max_size=200).filter(lambda b: b != row.body))
            rows[at] = row._replace(body=changed)
        case "hash":
            changed = data.draw(st.binary(min_size=32, max_size=32).filter(lambda b: b != row.hash))
            rows[at] = row._replace(hash=changed)
        case "number":
            number = data.draw(st.integers(-5, 20).filter(lambda n: n != row.seq))
            rows[at] = row._replace(seq=number)
        case "drop":
            del rows[at]
        case "double":
            rows.insert(at, row)
        case "insert":
            rows.insert(at, Row(at + 1, data.draw(st.binary(max_size=50)), row.hash))
        case "head":
            seq = data.draw(st.integers(0, 20).filter(lambda n: n != whole.head.seq))
            whole = replace(whole, head=Head(seq, whole.head.hash))
        case _:
            rows.append(rows.pop(at)) if at < length - 1 else rows.insert(0, row)
    assert not replace(whole, rows=rows).verdict().ok


def in_chunks(rows: list[Row], chunk: int) -> tuple[Head, Fault | None, int]:
    """The pool's work in threads: the ranges are what this tests, not the processes."""
    with ThreadPoolExecutor(2) as pool:
        return check_chunks(NAME, rows, pool, chunk=chunk)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_parallel_ranges_give_the_same_verdict(data: st.DataObject) -> None:
    rows = chain(data.draw(st.integers(0, 17)))
    for at in data.draw(st.lists(st.integers(0, 16), max_size=3)):
        if at >= len(rows):
            continue
        row = rows[at]
        match data.draw(st.sampled_from(["body", "hash", "drop", "number"])):
            case "body":
                rows[at] = row._replace(body=row.body + b" ")
            case "hash":
                rows[at] = row._replace(hash=bytes(32))
            case "drop":
                del rows[at]
            case _:
                rows[at] = row._replace(seq=row.seq + 1)
    alone = check_rows(NAME, rows, EMPTY)
    assert in_chunks(rows, data.draw(st.integers(1, 6))) == alone


@pytest.fixture
def store(engine: Engine) -> Store:
    """A store with a ledger of five entries."""
    kept = make_store(engine)
    kept.record(*[READ] * 5)
    return kept


def test_tampering_in_the_database_itself_is_found(store: Store) -> None:
    assert judge_store(store).ok
    table = common.ledger.entries
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.execute(table.delete().where(table.c.seq == 3))
    assert (judge_store(store).fault, judge_store(store).at) == (Fault.DROPPED, 3)


def test_a_store_restored_from_an_old_copy_is_behind_its_witness(tmp_path: Path) -> None:
    first = make_store(open_file(tmp_path / "a.db", bytes(32)))
    again = make_store(open_file(tmp_path / "b.db", bytes(32)))
    first.record(READ, READ, READ)
    again.record(READ, READ)
    assert judge_store(again, {"fk": first.head()}).fault is Fault.BEHIND_WITNESS
