from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import assessing, joining
from samverkan.agency.proof import WrongPermit
from samverkan.agency.sql import tables as t
from samverkan.domain.graph import Verdict
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import HitId
from samverkan.kernel.outcome import Refused
from samverkan.wire.matching import HitsTold, HitTold
from samverkan.wire.v1 import EXCHANGE, STEERING
from tests.agency.model import ANNA, DEBTS, POLICE, TAX
from tests.agency.world import World

NEW_HIT = "hit-" + "1" * 26


def told(world: World) -> HitTold:
    return world.hit(POLICE, ANNA, DEBTS).told


def hear(world: World, body: HitTold, sender: str = EXCHANGE) -> Any:
    return world.hear(POLICE, assessing.told, sender, HitsTold(hits=[body]))


def forget(world: World, *tables: Any) -> None:
    """Make the police forget what they were told, so that it can be told anew."""

    def gone(work: Any) -> None:
        for table in tables:
            work.connection.execute(table.delete())
        work.log(Entry("test.forgot", POLICE, POLICE))

    world.hear(POLICE, gone)


def judge(world: World, verdict: Verdict = Verdict.SAME, note: str = "samma", **other: Any) -> Any:
    hit = other.get("hit", world.hit(POLICE, ANNA, DEBTS).id)
    return world.act(POLICE, Action.JUDGE_HIT, assessing.judge, hit, verdict, note)


def test_a_proven_hit_is_taken_in_and_logged(enrolled: World) -> None:
    body = told(enrolled)
    forget(enrolled, t.hit)
    assert hear(enrolled, body) is None
    assert enrolled.hit(POLICE, ANNA, DEBTS).told == body
    assert enrolled.entries(POLICE)[-1] == "hit.told"


def test_of_several_hits_those_that_prove_themselves_stand(enrolled: World) -> None:
    good = told(enrolled)
    forged = msgspec.structs.replace(good, hit=NEW_HIT, proof=bytes(16))
    forget(enrolled, t.hit)
    both = HitsTold(hits=[forged, good])
    assert enrolled.hear(POLICE, assessing.told, EXCHANGE, both) is None
    assert enrolled.entries(POLICE)[-2:] == ["hit.refused", "hit.told"]
    with enrolled.look(POLICE) as reading:
        assert [one.told for one in reading.hits.all()] == [good]


@pytest.mark.parametrize("sender", [DEBTS, STEERING, TAX])
def test_only_the_exchange_tells_hits(enrolled: World, sender: str) -> None:
    hit = told(enrolled)
    forget(enrolled, t.hit)
    assert hear(enrolled, hit, sender) == Refused(Code.NOT_FOUND)


@pytest.mark.parametrize(
    "change",
    [
        {"proof": bytes(16)},
        {"handle": bytes(16)},
        {"entry": bytes(16)},
        {"party": TAX},
        {"epoch": 2},
        {"key_type": "p7"},
        {"scope": "coo-" + "1" * 26},
        {"own_entry": bytes(16)},
    ],
)
def test_a_hit_without_a_valid_proof_is_refused(enrolled: World, change: dict[str, object]) -> None:
    body = msgspec.structs.replace(told(enrolled), **change)
    forget(enrolled, t.hit)
    assert hear(enrolled, body) == Refused(Code.HIT_UNPROVEN)
    with enrolled.look(POLICE) as reading:
        assert reading.hits.all() == []


def test_a_replayed_hit_is_refused_also_under_a_new_number(enrolled: World) -> None:
    body = told(enrolled)
    blocks = enrolled.hit(POLICE, ANNA, DEBTS).blocks
    assert hear(enrolled, body) == Refused(Code.MESSAGE_REPLAYED)
    anew = msgspec.structs.replace(body, hit=NEW_HIT)
    assert hear(enrolled, anew) == Refused(Code.MESSAGE_REPLAYED)
    assert enrolled.hit(POLICE, ANNA, DEBTS).blocks == blocks


def test_a_hit_of_another_party_s_entries_is_refused(enrolled: World) -> None:
    with enrolled.look(DEBTS) as reading:
        foreign = reading.hits.all()[0].told
    assert hear(enrolled, foreign) == Refused(Code.HIT_UNPROVEN)


def test_a_hit_after_the_end_of_the_scope_opens_nothing(enrolled: World) -> None:
    body = told(enrolled)
    enrolled.act(POLICE, Action.DECIDE_COOPERATION, joining.end, enrolled.scope.id)
    enrolled.house.settle()
    forget(enrolled, t.hit)
    assert hear(enrolled, body) == Refused(Code.HIT_UNPROVEN)


def test_judging_needs_its_own_permit(enrolled: World) -> None:
    hit = enrolled.hit(POLICE, ANNA, DEBTS).id
    with pytest.raises(WrongPermit):
        enrolled.act(POLICE, Action.READ_HITS, assessing.judge, hit, Verdict.SAME, "samma")


def test_a_hit_that_is_not_there_and_one_of_others_get_one_answer(enrolled: World) -> None:
    with enrolled.look(DEBTS) as reading:
        foreign = reading.hits.all()[0].id
    for hit in (foreign, HitId(NEW_HIT)):
        assert judge(enrolled, hit=hit) == Refused(Code.NOT_FOUND)


@pytest.mark.parametrize(
    ("verdict", "note", "refused"),
    [
        (Verdict.SAME, "  ", Refused(Code.REASON_MISSING)),
        (Verdict.SAME, "x" * 2_001, Refused(Code.FIELD_TOO_LONG, {"field": "note"})),
        (Verdict.WITHDRAWN, "ånger", Refused(Code.WRONG_STATE)),
    ],
)
def test_a_judgement_is_refused(
    enrolled: World, verdict: Verdict, note: str, refused: Refused
) -> None:
    assert judge(enrolled, verdict, note) == refused


def test_nothing_is_accepted_by_itself(enrolled: World) -> None:
    with enrolled.look(POLICE) as reading:
        assert all(assessing.judgement(reading, hit) is None for hit in reading.hits.all())


def test_a_judgement_can_be_withdrawn_and_its_notes_stay(enrolled: World) -> None:
    judge(enrolled)
    enrolled.clock.advance(timedelta(minutes=1))
    judge(enrolled, Verdict.WITHDRAWN, "fel person")
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    with enrolled.look(POLICE) as reading:
        assert assessing.judgement(reading, hit) is None
        assert [note.note for note in reading.hits.notes(hit)] == ["samma", "fel person"]


def test_the_latest_judgement_holds_and_names_its_officer(enrolled: World) -> None:
    judge(enrolled, Verdict.UNSURE)
    enrolled.clock.advance(timedelta(minutes=1))
    judge(enrolled, Verdict.DIFFERENT)
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    with enrolled.look(POLICE) as reading:
        standing = assessing.judgement(reading, hit)
    assert standing is not None
    assert standing.verdict is Verdict.DIFFERENT
    assert standing.officer == enrolled.permit(POLICE, Action.JUDGE_HIT).user
    assert enrolled.entries(POLICE)[-1] == "hit.judged"
