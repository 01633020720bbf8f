from __future__ import annotations

import pytest

from samverkan.agency.proof import Verified
from samverkan.agency.sql.commands import ReadOnly
from samverkan.agency.sql.work import SqlWork
from samverkan.domain.policy import Action
from samverkan.infra.store import Unlogged
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire.joining import Accept
from tests.agency.model import DEBTS, POLICE
from tests.agency.sql.rows import BY, USER, case, ident
from tests.agency.world import World

BODY = Accept(by=BY, cooperation=ident("coo", 1))
PROOF = Verified(POLICE, "any")


class LedgerDown(SamverkanError):
    """What a ledger that cannot be written raises in these tests."""


def test_a_read_is_logged_before_anything_is_seen(founded: World) -> None:
    permit = founded.permit(POLICE, Action.READ_HITS)
    unit = founded.node(POLICE).unit
    with unit.read(permit, Entry("read.hits", permit.user, "hits")) as reading:
        assert founded.entries(POLICE)[-1] == "read.hits"
        assert reading.register.counts() == {"Person": 3, "Company": 1}


def test_a_read_that_cannot_be_logged_gives_nothing(
    founded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    permit = founded.permit(POLICE, Action.READ_HITS)
    node = founded.node(POLICE)

    def broken(*_: object, **__: object) -> None:
        raise LedgerDown

    monkeypatch.setattr(node.opened.store.ledger, "append", broken)
    seen = []
    with pytest.raises(LedgerDown), node.read(permit, "hits") as reading:
        seen.append(reading)
    assert seen == []


def test_a_read_without_an_entry_gives_nothing(founded: World) -> None:
    permit = founded.permit(POLICE, Action.READ_HITS)
    seen = []
    with pytest.raises(Unlogged), founded.node(POLICE).unit.read(permit) as reading:
        seen.append(reading)
    assert seen == []


def test_a_look_can_neither_send_nor_post(founded: World) -> None:
    permit = founded.permit(POLICE, Action.READ_HITS)
    unit = founded.node(POLICE).unit
    with unit.read(permit, Entry("read.hits", permit.user, "hits")) as reading:
        assert not hasattr(reading, "post")
        with pytest.raises(ReadOnly):
            reading.commands.send("x.y", ident("coo", 1), BODY, officer=USER)


def test_what_is_changed_logged_and_posted_happens_together(founded: World) -> None:
    with founded.node(POLICE).unit.write(PROOF) as work:
        work.cases.open(case(1))
        work.post(DEBTS, "cooperation.accept", BODY)
        work.log(Entry("test.done", USER, ident("cas", 1)))
    with founded.look(POLICE) as reading:
        assert reading.cases.get(case(1).id) == case(1)
    assert founded.outbox(POLICE)[-1] == (DEBTS, "cooperation.accept")
    assert founded.entries(POLICE)[-1] == "test.done"


def test_what_breaks_off_or_is_not_logged_leaves_nothing(founded: World) -> None:
    sent, logged = founded.outbox(POLICE), founded.entries(POLICE)
    with pytest.raises(LedgerDown), founded.node(POLICE).unit.write(PROOF) as work:
        _break_off(work)
    with pytest.raises(Unlogged), founded.node(POLICE).unit.write(PROOF) as work:
        work.cases.open(case(1))
    with founded.look(POLICE) as reading:
        assert reading.cases.all() == []
    assert (founded.outbox(POLICE), founded.entries(POLICE)) == (sent, logged)


def _break_off(work: SqlWork) -> None:
    work.cases.open(case(1))
    work.post(DEBTS, "cooperation.accept", BODY)
    work.log(Entry("test.done", USER, ident("cas", 1)))
    raise LedgerDown


def test_a_work_signs_with_the_partys_key_and_draws_what_is_injected(founded: World) -> None:
    with founded.node(POLICE).unit.write(PROOF) as work:
        assert len(work.sign(b"data")) == 64
        assert work.randomness is founded.node(POLICE).opened.store.randomness
        work.log(Entry("test.done", USER, POLICE))
