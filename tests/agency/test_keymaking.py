from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import enrolling, joining, keymaking
from samverkan.agency.following import Cooperation, cooperations, follow
from samverkan.agency.proof import Verified
from samverkan.agency.sql import tables as t
from samverkan.domain.policy import Action
from samverkan.infra import oprf
from samverkan.infra.store import Unlogged
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import (
    Blinded,
    Contribution,
    Contributions,
    Draft,
    Evaluate,
    Evaluated,
    Event,
    InForce,
    Transcript,
)
from samverkan.wire.v1 import STEERING, to_body
from tests.agency.model import CRIME, DEBTS, POLICE, SCOPE, TAX, TYPOLOGY, small_pack
from tests.agency.world import World
from tests.instruments import seeded

OTHER = "coo-" + "2" * 26


def points(count: int = 2) -> bytes:
    return oprf.blind([bytes([n]) for n in range(count)], seeded()).points


def batch(world: World, **other: Any) -> Evaluate:
    """A sound batch in the scope, but for `other`."""
    draft, blinded = world.scope.draft, other.get("points", points())
    place: dict[str, Any] = {"scope": draft.cooperation, "epoch": draft.epoch}
    place |= {name: other.pop(name) for name in tuple(other) if name in place}
    base: dict[str, Any] = {
        "key_type": "p1",
        "holders": draft.holders,
        "threshold": draft.threshold,
        "factors": [keymaking.ONE] * 3,
        "count": 2,
        "batch": hashlib.sha256(blinded).digest(),
        "total": 2,
        "points": blinded,
    }
    return Evaluate(batches=[Blinded(**base | other)], **place)


def evaluate(world: World, body: Evaluate, sender: str = POLICE) -> Evaluated | Refused:
    node = world.node(DEBTS)
    holding = keymaking.Holding(node.oprf, node.pack)
    answer = world.hear(DEBTS, keymaking.evaluate, holding, sender, body)
    assert isinstance(answer, Evaluated | Refused)
    return answer


def test_every_key_of_a_scope_has_a_share_at_each_holder_and_no_two_are_alike(
    founded: World,
) -> None:
    draft = founded.scope.draft
    wanted = keymaking.key_types(draft)
    assert [one for one in wanted if TYPOLOGY in one]
    shares = []
    for party in SCOPE:
        with founded.look(party) as reading:
            shares += [reading.keys.share(draft.cooperation, 1, kind) for kind in wanted]
    assert None not in shares
    assert len(set(shares)) == 3 * len(wanted)


def test_who_is_no_holder_makes_no_share(founded: World) -> None:
    draft = msgspec.structs.replace(founded.scope.draft, cooperation=OTHER)
    with founded.node(TAX).opened.store.view() as connection:
        assert connection.execute(t.share.select()).all() == []
    with pytest.raises(Unlogged):  # nothing was done
        founded.hear(TAX, keymaking.begin, founded.node(TAX).maker, draft)


def test_who_holds_nothing_learns_that_the_keys_are_ready_and_uses_them(founded: World) -> None:
    scope = _held_by(founded, POLICE, DEBTS)
    wish = enrolling.EnrolWish(scope.id, "crime-persons", None, "scope-subjects")
    with founded.look(CRIME) as reading:
        assert keymaking.ready(reading, scope.draft)
        assert reading.keys.share(scope.id, 1, "p1") is None
    made = founded.act(CRIME, Action.ENROL, enrolling.enrol, founded.node(CRIME).means, wish)
    founded.house.settle()
    with founded.look(CRIME) as reading:
        assert reading.enrolments.all(scope.id)[0].id == made
        assert reading.enrolments.waiting(scope.id) == 0
    with founded.node(DEBTS).opened.store.view() as connection:
        asked = connection.execute(t.served.select().where(t.served.c.scope == scope.id)).first()
        assert asked is not None
        assert asked.party == CRIME


def test_a_framework_has_no_keys(founded: World) -> None:
    with founded.look(POLICE) as reading:
        assert reading.keys.contributions(founded.framework.id, 1) == {}


def test_a_scope_that_begins_twice_keeps_its_first_shares(founded: World) -> None:
    scope = founded.scope
    with founded.look(POLICE) as reading:
        before = reading.keys.share(scope.id, 1, "p1")

    def again(work: Any) -> None:
        keymaking.begin(work, founded.node(POLICE).maker, scope.draft)
        keymaking.destroy(work, OTHER)

    founded.hear(POLICE, again)
    with founded.look(POLICE) as reading:
        assert reading.keys.share(scope.id, 1, "p1") == before


def test_a_wrong_proof_is_refused_and_the_keys_are_not_used(founded: World) -> None:
    draft = msgspec.structs.replace(founded.scope.draft, cooperation=OTHER)
    told = _fresh(founded, draft)
    items = told[DEBTS]
    forged = msgspec.structs.replace(items[0], proof=bytes(64))
    body = Contributions(scope=OTHER, epoch=1, items=[forged, *items[1:]])
    refused = _contribute(founded, draft, DEBTS, body)
    assert refused == Refused(Code.KEYGEN_FAILED, {"holder": DEBTS})
    with founded.look(POLICE) as reading:
        assert not keymaking.ready(reading, draft)


def test_contributions_to_other_keys_than_the_scopes_are_refused(founded: World) -> None:
    draft = msgspec.structs.replace(founded.scope.draft, cooperation=OTHER)
    told = _fresh(founded, draft)
    body = Contributions(scope=OTHER, epoch=1, items=told[DEBTS][1:])
    assert _contribute(founded, draft, DEBTS, body) == Refused(
        Code.KEYGEN_FAILED, {"holder": DEBTS}
    )


def test_the_same_key_twice_in_one_contribution_is_refused(founded: World) -> None:
    item = _shown(founded, DEBTS)[0]
    body = Contributions(scope=OTHER, epoch=1, items=[item, item])
    refused = founded.hear(POLICE, keymaking.contributed, founded.node(POLICE).maker, DEBTS, body)
    assert refused == Refused(Code.MESSAGE_MALFORMED)


def test_an_outsider_cannot_hold_up_the_making_of_keys(founded: World) -> None:
    scope = founded.scope
    outsider = Contributions(scope=scope.id, epoch=1, items=_shown(founded, DEBTS))
    said = Transcript(scope=scope.id, epoch=1, digest=bytes(32))
    founded.hear(POLICE, keymaking.contributed, founded.node(POLICE).maker, TAX, outsider)
    founded.hear(POLICE, keymaking.confirmed, TAX, said)
    with founded.look(POLICE) as reading:
        assert keymaking.ready(reading, scope.draft)


def test_a_holder_that_has_seen_something_else_stops_the_keys(founded: World) -> None:
    scope = founded.scope
    with founded.node(DEBTS).unit.write(_proof()) as work:
        changed = t.transcript.update().where(t.transcript.c.holder == CRIME)
        work.connection.execute(changed.values(digest=bytes(32)))
        keymaking.destroy(work, OTHER)
    with founded.look(DEBTS) as reading:
        assert not keymaking.ready(reading, scope.draft)
    assert evaluate(founded, batch(founded)) == Refused(Code.NOT_YET)


def test_what_a_holder_first_said_stands(founded: World) -> None:
    scope = founded.scope
    said = Transcript(scope=scope.id, epoch=1, digest=bytes(32))
    founded.hear(POLICE, keymaking.confirmed, DEBTS, said)
    with founded.look(POLICE) as reading:
        assert len(set(reading.keys.transcripts(scope.id, 1).values())) == 1


def test_a_sound_batch_is_answered_and_counted(founded: World) -> None:
    answer = evaluate(founded, batch(founded))
    assert isinstance(answer, Evaluated)
    (part,) = answer.batches
    assert len(part.points) == 64
    assert part.points != points()
    evaluate(founded, batch(founded, total=4))
    with founded.node(DEBTS).opened.store.view() as connection:
        row = connection.execute(t.served.select()).one()
    told = {name: row._mapping[name] for name in ("party", "key_type", "count")}
    assert told == {"party": POLICE, "key_type": "p1", "count": 4}


def test_one_call_carries_a_batch_of_each_key_type_and_all_are_answered_or_none(
    founded: World,
) -> None:
    one, two = batch(founded), batch(founded, key_type="p2")
    both = msgspec.structs.replace(one, batches=[*one.batches, *two.batches])
    answer = evaluate(founded, both)
    assert isinstance(answer, Evaluated)
    assert [part.key_type for part in answer.batches] == ["p1", "p2"]
    assert answer.batches[0].points != answer.batches[1].points
    bad = batch(founded, key_type="p3", count=3)
    worse = msgspec.structs.replace(one, batches=[*one.batches, *bad.batches])
    assert evaluate(founded, worse) == Refused(Code.MESSAGE_MALFORMED)
    with founded.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(t.served.select()).all()
    assert {row.key_type: row._mapping["count"] for row in rows} == {"p1": 2, "p2": 2}


def test_one_call_carries_each_key_type_once(founded: World) -> None:
    one = batch(founded)
    twice = msgspec.structs.replace(one, batches=one.batches * 2)
    assert evaluate(founded, twice) == Refused(Code.MESSAGE_MALFORMED)


def test_evaluation_refuses_a_party_outside_the_scope(founded: World) -> None:
    assert evaluate(founded, batch(founded), sender=TAX) == Refused(Code.NO_COOPERATION)


def test_evaluation_waits_for_a_scope_that_may_be_on_its_way(founded: World) -> None:
    assert evaluate(founded, batch(founded, scope=OTHER)) == Refused(Code.NOT_YET)


@pytest.mark.parametrize("other", [{"epoch": 2}, {"key_type": "p9"}, {"key_type": "x"}])
def test_evaluation_refuses_another_epoch_or_key(founded: World, other: dict[str, Any]) -> None:
    assert evaluate(founded, batch(founded, **other)) == Refused(Code.KEY_TYPE_UNKNOWN)


@pytest.mark.parametrize(
    "other",
    [
        {"factors": [(2).to_bytes(32, "little"), keymaking.ONE, keymaking.ONE]},
        {"holders": [POLICE, DEBTS]},
        {"threshold": 2},
        {"batch": bytes(32)},
        {"count": 3},
        {"points": b"\xff" * 64},
    ],
)
def test_evaluation_refuses_other_factors_holders_or_bytes(
    founded: World, other: dict[str, Any]
) -> None:
    assert evaluate(founded, batch(founded, **other)) == Refused(Code.MESSAGE_MALFORMED)


def test_evaluation_refuses_before_the_keys_are_agreed(founded: World) -> None:
    with founded.node(DEBTS).unit.write(_proof()) as work:
        work.connection.execute(t.transcript.delete().where(t.transcript.c.holder == CRIME))
        keymaking.destroy(work, OTHER)
    assert evaluate(founded, batch(founded)) == Refused(Code.NOT_YET)


def test_evaluation_refuses_after_the_scope_has_ended_or_run_out(founded: World) -> None:
    body = batch(founded)
    founded.clock.advance(timedelta(days=800))
    assert evaluate(founded, body) == Refused(Code.COOPERATION_ENDED)
    founded.clock.advance(timedelta(days=-800))
    founded.act(CRIME, Action.DECIDE_COOPERATION, joining.end, founded.scope.id)
    founded.house.settle()
    assert evaluate(founded, body) == Refused(Code.COOPERATION_ENDED)


def test_a_typologys_key_serves_only_parties_with_a_condition_in_it(founded: World) -> None:
    draft, pack = founded.scope.draft, small_pack()
    key = next(one for one in keymaking.key_types(draft) if TYPOLOGY in one)
    assert keymaking.may_use(pack, draft, DEBTS, key)
    assert not keymaking.may_use(pack, draft, CRIME, key)
    assert keymaking.may_use(pack, draft, CRIME, "p1")


@pytest.mark.parametrize("key", ["x", "t:unheard-of:1", "p9"])
def test_a_key_that_the_scope_lacks_serves_nobody(founded: World, key: str) -> None:
    assert not keymaking.may_use(small_pack(), founded.scope.draft, POLICE, key)


def test_ending_a_scope_destroys_shares_locks_and_tags_everywhere(enrolled: World) -> None:
    tables = (t.share, t.entry, t.own_tag, t.evaluation, t.partial)
    with enrolled.node(DEBTS).opened.store.view() as connection:
        assert all(connection.execute(one.select()).first() for one in tables[:3])
    enrolled.act(POLICE, Action.DECIDE_COOPERATION, joining.end, enrolled.scope.id)
    enrolled.house.settle()
    for party in SCOPE:
        with enrolled.node(party).opened.store.view() as connection:
            assert not any(connection.execute(one.select()).first() for one in tables)
        assert "keys.destroyed" in enrolled.entries(party)


def _held_by(world: World, *holders: str) -> Cooperation:
    """A scope of the three whose keys these alone hold, in force."""
    usual = world.scope.draft
    wish = joining.Wish(
        parent=world.framework.id,
        purpose=usual.purpose,
        grounds=tuple(usual.grounds),
        region=usual.region,
        parties=SCOPE,
        typologies=(),
        key_types=tuple(usual.key_types),
        sizes=usual.sizes,
        operator=POLICE,
        since=world.clock().date(),
        until=world.clock().date() + timedelta(days=30),
        holders=holders,
    )
    drafted = world.act(POLICE, Action.DECIDE_COOPERATION, joining.propose, wish)
    world.house.settle()
    for party in SCOPE:
        world.act(party, Action.DECIDE_COOPERATION, joining.accept, drafted)
    world.house.settle()
    with world.look(POLICE) as reading:
        return cooperations(reading.feed.all())[drafted]


def _proof() -> Verified:
    return Verified(POLICE, "any")


def _shown(world: World, party: str, draft: Draft | None = None) -> list[Contribution]:
    scope = (draft or world.scope.draft).cooperation
    with world.look(party) as reading:
        return reading.keys.contributions(scope, 1)[party]


def _fresh(world: World, draft: Draft) -> dict[str, list[Contribution]]:
    """Contributions of all holders to a scope that has just come into force; police begin."""
    told = {}
    for party in SCOPE:
        maker = world.node(party).maker
        world.hear(party, keymaking.begin, maker, draft)
        told[party] = _shown(world, party, draft)
    return told


def _contribute(world: World, draft: Draft, sender: str, body: Contributions) -> Any:
    """The last holder's contribution reaches the police, who know that the scope is in force."""
    event = Event(
        party=POLICE,
        at="2026-11-24T12:00:00Z",
        kind="cooperation.in-force",
        body=to_body(InForce(draft=draft)),
    )
    maker = world.node(POLICE).maker
    world.hear(POLICE, follow, STEERING, event)
    theirs = Contributions(scope=draft.cooperation, epoch=1, items=_shown(world, CRIME, draft))
    world.hear(POLICE, keymaking.contributed, maker, CRIME, theirs)
    return world.hear(POLICE, keymaking.contributed, maker, sender, body)
