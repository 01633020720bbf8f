"""Firings: taken in only on own tags, then assessed by a person, relevant or not.

A firing is a lead, never a decision (BDL 2:19). Its assessment needs a note, can be withdrawn, and
is what a request about it rests on: nobody is asked about a lead that no person has looked at.
"""

from __future__ import annotations

from samverkan.agency.facts import FiringFacts, FiringNote
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.domain.graph import Appraisal, Relevance, in_force
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import FiringId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from samverkan.wire.matching import Fired

LONGEST_NOTE = 2_000


def fired(work: Work, sender: str, body: Fired) -> Refused | None:
    """Take in a firing on own subjects; it discloses own conditions and the number that met."""
    if sender != v1.EXCHANGE:
        return refuse(Code.NOT_FOUND)
    subjects = work.enrolments.tagged(body.scope, body.epoch, body.typology, body.tag)
    if not subjects:
        return refuse(Code.HIT_UNPROVEN)
    if work.firings.get(FiringId(body.firing)):
        return refuse(Code.MESSAGE_REPLAYED)
    for subject in subjects:
        work.firings.add(body, subject, at=work.now)
    work.log(Entry("typology.fired", v1.EXCHANGE, body.firing, body.scope, (body.typology,)))
    return None


def assess(
    work: Work, permit: Permit, firing: FiringId, relevance: Relevance, note: str
) -> FiringFacts | Refused:
    """Assess a firing. A note is required: who comes after must understand why."""
    require(permit, Action.JUDGE_HIT)
    found = next(iter(work.firings.get(firing)), None)
    if found is None:
        return refuse(Code.NOT_FOUND)
    if not note.strip():
        return refuse(Code.REASON_MISSING)
    if len(note) > LONGEST_NOTE:
        return refuse(Code.FIELD_TOO_LONG, field="note")
    if relevance is Relevance.WITHDRAWN and assessment(work, firing) is None:
        return refuse(Code.WRONG_STATE)
    made = Appraisal(firing, relevance, permit.user, work.now)
    work.firings.assess(FiringNote(made, note.strip()))
    codes = (permit.policy, relevance.value)
    work.log(Entry("firing.assessed", permit.user, firing, found.scope, codes))
    return found


def assessment(reading: Reading, firing: FiringId) -> Appraisal | None:
    """The assessment in force of a firing."""
    return in_force(note.appraisal for note in reading.firings.notes(firing))
