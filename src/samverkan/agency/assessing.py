"""Hits: taken in only when they prove themselves, then judged by a person.

A hit is a lead, never a decision. Its receiver judges same, different or unsure, with a note;
a judgement can be withdrawn, and nothing is ever accepted by itself (BDL 2:19).
"""

from __future__ import annotations

from samverkan.agency.facts import HitFacts, Note
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.domain.bundle import Claim, Origin, open_handle, proves
from samverkan.domain.graph import Judgement, Verdict, standing
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import HitId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from samverkan.wire.matching import HitsTold, HitTold

LONGEST_NOTE = 2_000


def told(work: Work, sender: str, body: HitsTold) -> Refused | None:
    """Take in hits whose proof only a holder of the shared value can have made.

    One that proves nothing, or was told before, is logged with its code; the others stand.
    """
    if sender != v1.EXCHANGE:
        return refuse(Code.NOT_FOUND)
    refused: list[Refused] = []
    for hit in body.hits:
        answer = _told(work, hit)
        if answer is not None:
            work.log(Entry("hit.refused", v1.EXCHANGE, hit.hit, answer.code.value))
            refused.append(answer)
    return refused[0] if refused and len(refused) == len(body.hits) else None


def _told(work: Work, told: HitTold) -> Refused | None:
    own = work.enrolments.entry(told.own_entry)
    place = (told.scope, told.epoch, told.key_type)
    if own is None or (own.scope, own.epoch, own.key_type) != place:
        return refuse(Code.HIT_UNPROVEN)
    claim = Claim(told.entry, told.handle, told.proof)
    if not proves(claim, own.lock, Origin(told.party, told.epoch)):
        return refuse(Code.HIT_UNPROVEN)
    handle = open_handle(claim, own.lock)
    if work.hits.told(told, own.subject, handle):
        return refuse(Code.MESSAGE_REPLAYED)
    work.hits.add(told, own.subject, handle, at=work.now)
    work.log(Entry("hit.told", v1.EXCHANGE, told.hit, told.scope, (told.party, told.key_type)))
    return None


def judge(
    work: Work, permit: Permit, hit: HitId, verdict: Verdict, note: str
) -> HitFacts | Refused:
    """Judge the pair behind a hit. A note is required: who comes after must understand why."""
    require(permit, Action.JUDGE_HIT)
    found = work.hits.get(hit)
    if found is None:
        return refuse(Code.NOT_FOUND)
    if not note.strip():
        return refuse(Code.REASON_MISSING)
    if len(note) > LONGEST_NOTE:
        return refuse(Code.FIELD_TOO_LONG, field="note")
    if verdict is Verdict.WITHDRAWN and judgement(work, found) is None:
        return refuse(Code.WRONG_STATE)
    made = Judgement(found.subject, found.party, found.handle, verdict, permit.user, work.now)
    work.hits.judge(found.scope, Note(made, note.strip()))
    codes = (permit.policy, verdict.value)
    work.log(Entry("hit.judged", permit.user, found.id, found.scope, codes))
    return found


def judgement(reading: Reading, hit: HitFacts) -> Judgement | None:
    """The judgement in force on a pair."""
    return standing(note.judgement for note in reading.hits.notes(hit))
