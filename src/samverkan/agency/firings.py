"""Firings: taken in only on own tags, then assessed by a person, relevant or not.

A firing is a lead, never a decision (BDL 2:19). Its assessment needs a note, can be withdrawn, and
is what a request about it rests on: nobody is asked about a lead that no person has looked at.
"""

from __future__ import annotations

from datetime import timedelta

from samverkan.agency.facts import FiringDisclosure, FiringFacts, FiringNote
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import condition_query
from samverkan.domain.graph import Appraisal, Relevance, in_force
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DisclosureId, FiringId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from samverkan.wire.matching import Assessed, Fired

LONGEST_NOTE = 2_000
PATIENCE = timedelta(days=90)
"""How long a firing that nobody has assessed is kept (DESIGN section 5)."""


def fired(work: Work, sender: str, body: Fired) -> Refused | None:
    """Take in a firing on own subjects, and enter into the journal what it told the others of them.

    Told again with the same number, more conditions meet or more parties are told.
    """
    if sender != v1.EXCHANGE:
        return refuse(Code.NOT_FOUND)
    subjects = work.enrolments.tagged(body.scope, body.epoch, body.typology, body.handles)
    if not subjects or work.me not in body.parties:
        return refuse(Code.HIT_UNPROVEN)
    known = {one.subject: one.fired for one in work.firings.get(FiringId(body.firing))}
    if any(before == body for before in known.values()):
        return refuse(Code.MESSAGE_REPLAYED)
    if any((b.scope, b.typology) != (body.scope, body.typology) for b in known.values()):
        return refuse(Code.HIT_UNPROVEN)
    for subject in {**known, **dict.fromkeys(subjects)}:
        _disclose(work, body, subject, known.get(subject))
        work.firings.put(body, subject, at=work.now)
    work.log(Entry("typology.fired", v1.EXCHANGE, body.firing, body.scope, (body.typology,)))
    return None


def _disclose(work: Work, body: Fired, subject: SubjectId, before: Fired | None) -> None:
    """A firing is a disclosure of the own conditions to everyone in it (MATCHING section 5)."""
    heard = set() if before is None else set(before.parties)
    receivers = tuple(sorted(set(body.parties) - heard - {work.me}))
    if not receivers:
        return
    disclosure = FiringDisclosure(
        id=DisclosureId.draw(work.randomness),
        firing=FiringId(body.firing),
        scope=body.scope,
        typology=body.typology,
        subject=subject,
        conditions=tuple(body.conditions),
        receivers=receivers,
        rule=_rule(work, body),
        at=work.now,
    )
    work.firings.disclose(disclosure)
    codes = (body.typology, *receivers)
    work.log(Entry("disclosure.fired", work.me, disclosure.id, body.firing, codes))


def _rule(work: Work, body: Fired) -> str | None:
    """The signed rule under which the own condition was listed."""
    named = {condition_query(body.typology, code) for code in body.conditions}
    made = (one for one in work.enrolments.all(body.scope) if one.query in named)
    return next((one.rule for one in made if one.rule is not None), None)


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
    stands = relevance is not Relevance.WITHDRAWN
    work.post(v1.EXCHANGE, "firing.assessed", Assessed(firing=firing, assessed=stands))
    codes = (permit.policy, relevance.value)
    work.log(Entry("firing.assessed", permit.user, firing, found.scope, codes))
    return found


def assessment(reading: Reading, firing: FiringId) -> Appraisal | None:
    """The assessment in force of a firing."""
    return in_force(note.appraisal for note in reading.firings.notes(firing))


def stale(reading: Reading) -> list[FiringId]:
    """The firings that no own officer has assessed in 90 days."""
    due = reading.now - PATIENCE
    old = {one.id for one in reading.firings.all() if one.at < due}
    return sorted(number for number in old if assessment(reading, number) is None)


def forget(work: Work) -> None:
    """Erase what is stale; the journal keeps what was told."""
    for number in stale(work):
        work.firings.erase(number)
        work.log(Entry("firing.erased", work.me, number))
