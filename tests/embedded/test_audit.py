"""All ledgers of a house are verified against heads that others have seen, also those in between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from samverkan.embedded import data
from samverkan.embedded.audit import verify_all, verify_folder
from samverkan.embedded.house import House
from samverkan.infra.ledger import Head, link
from samverkan.infra.opening import Opened
from samverkan.infra.verify import Fault, Verdict
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.agency.model import DEBTS, POLICE
from tests.agency.world import World
from tests.embedded.conftest import PAIR

AS_TEXT = "UPDATE ledger SET body = replace(body, 'ledger', 'ledgar') WHERE seq = 5"
AS_BYTES = "UPDATE ledger SET body = CAST(replace(body, 'ledger', 'ledgar') AS BLOB) WHERE seq = 5"
"""Another word in the body; a text is what SQLite lets an operator put in place of bytes."""


def of(verdicts: list[Verdict], name: str) -> Verdict:
    return next(one for one in verdicts if one.ledger == name)


def harm(opened: Opened, statement: str, **values: object) -> None:
    """As who operates the store could: past the code that keeps the ledger."""
    with opened.store.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(statement), values)


def test_an_untouched_house_verifies_ledger_by_ledger(enrolled: World) -> None:
    verdicts = verify_all(enrolled.house)
    assert [one.ledger for one in verdicts] == list(enrolled.house.openings())
    assert all(one.ok for one in verdicts)
    assert all(one.entries > 0 for one in verdicts)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (AS_BYTES, "changed"),
        (AS_TEXT, "changed"),
        ("DELETE FROM ledger WHERE seq = 5", "dropped"),
    ],
)
def test_harm_is_found_at_its_ledger_alone(enrolled: World, statement: str, fault: str) -> None:
    harm(enrolled.node(DEBTS).opened, statement)
    verdicts = verify_all(enrolled.house)
    bad = of(verdicts, DEBTS)
    assert (bad.fault, bad.at) == (Fault(fault), 5)
    assert all(one.ok for one in verdicts if one.ledger != DEBTS)


def rewrite(opened: Opened) -> None:
    """Another entry 3, and every hash and the head's signature made anew: by itself it is whole."""
    store, ledger = opened.store, opened.store.ledger
    with store.engine.execution_options(writing=True).begin() as connection:
        _rewrite(connection, ledger._put_head)


def _rewrite(connection: Connection, put_head: Callable[[Connection, Head], None]) -> None:
    rows = connection.execute(text("SELECT seq, body FROM ledger ORDER BY seq")).all()
    before = bytes(32)
    for seq, body in rows:
        now = bytes(body)
        if seq == 3:
            now = now.replace(b'"reason":"', b'"reason":"x', 1)
            assert now != bytes(body)
        before = link(before, now)
        connection.execute(
            text("UPDATE ledger SET body = :b, hash = :h WHERE seq = :s"),
            {"b": now, "h": before, "s": seq},
        )
    put_head(connection, Head(rows[-1].seq, before))


def test_a_chain_that_its_own_operator_made_anew_is_found_by_what_others_saw(
    enrolled: World,
) -> None:
    rewrite(enrolled.node(DEBTS).opened)
    verdict = of(verify_all(enrolled.house), DEBTS)
    assert verdict.fault is Fault.FORKED


def test_an_early_head_is_witness_enough(enrolled: World) -> None:
    """All but the earliest sight is lost: what was seen in between still tells."""
    rewrite(enrolled.node(DEBTS).opened)
    least = "SELECT min(seq) FROM witness WHERE ledger = :name AND seq >= 3"
    for name, opened in enrolled.house.openings().items():
        if name == DEBTS:
            continue
        lose = "DELETE FROM witness WHERE ledger = :name"
        keep = f" AND seq <> ({least})" if name == POLICE else ""
        harm(opened, lose + keep, name=DEBTS)
    assert {len(heads) for heads in enrolled.house.witnesses(DEBTS).values()} == {0, 1}
    assert of(verify_all(enrolled.house), DEBTS).fault is Fault.FORKED


def test_a_ledger_set_back_to_an_older_copy_is_behind_its_witnesses(enrolled: World) -> None:
    ahead = enrolled.node(DEBTS).opened.store.head().seq + 5
    harm(
        enrolled.node(POLICE).opened,
        "INSERT INTO witness (ledger, seq, hash) VALUES (:name, :seq, :hash)",
        name=DEBTS,
        seq=ahead,
        hash=bytes(32),
    )
    assert of(verify_all(enrolled.house), DEBTS).fault is Fault.BEHIND_WITNESS


def test_a_folder_is_verified_while_it_is_held(house: House, tmp_path: Path) -> None:
    house.close()
    verdicts = verify_folder(tmp_path)
    assert {one.ledger for one in verdicts} == {"exchange", "steering", *PAIR}
    assert all(one.ok for one in verdicts)
    with data.held(tmp_path), pytest.raises(RefusedError) as caught:
        verify_folder(tmp_path)
    assert caught.value.refused.code is Code.STORE_LOCKED


def test_a_folder_that_is_none_is_refused_and_nothing_is_made_in_it(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        verify_folder(tmp_path / "nothing")
    assert caught.value.refused.code is Code.DATA_FOLDER
    assert not (tmp_path / "nothing").exists()
