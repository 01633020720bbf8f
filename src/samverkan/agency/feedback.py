"""Feedback (need N12): everyone who contributes hears what came of it, in a code that names nobody.

A contribution is an answer in which something was let out. Who asked owes it feedback from the day
on which an operation came of the case; a later word counts instead, and both are kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from samverkan.agency import following
from samverkan.agency.accounts import Said
from samverkan.agency.facts import RequestFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.domain.disclosure import Fate
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MalformedId, RequestId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.feedback import Feedback

UNUSABLE = "not-usable"


@dataclass(frozen=True, slots=True)
class Contribution:
    """An answer that let something out: what was asked, what has been said of it, whether it is due."""

    request: RequestFacts
    said: Said | None
    due: bool

    @property
    def open(self) -> bool:
        """Whether feedback is owed and has not been given."""
        return self.due and self.said is None


def given_to_us(reading: Reading) -> list[Contribution]:
    """What others have contributed here, newest first."""
    operating = _cases_that_led_somewhere(reading)
    return _contributions(reading, outgoing=True, operating=operating)


def given_by_us(reading: Reading) -> list[Contribution]:
    """What this party has contributed elsewhere, newest first."""
    return _contributions(reading, outgoing=False, operating=())


def _contributions(
    reading: Reading, *, outgoing: bool, operating: Collection[str]
) -> list[Contribution]:
    said = reading.accounts.feedback()
    return [
        Contribution(one, said.get(one.id), one.case in operating)
        for one in reading.cases.requests()
        if one.outgoing is outgoing and _let_out(reading, one.id)
    ]


def _let_out(reading: Reading, request: RequestId) -> bool:
    answer = reading.cases.disclosure(request)
    items = () if answer is None else answer.items
    return any(item.outcome == Fate.RELEASED.value for item in items)


def _cases_that_led_somewhere(reading: Reading) -> frozenset[str]:
    """Own cases of which a proposal was approved, so that an operation came of them."""
    decided = {one.header.proposal for one in following.operations(reading).values()}
    return frozenset(
        case.id
        for case in reading.cases.all()
        if decided.intersection(reading.cases.proposed(case.id))
    )


def give(work: Work, permit: Permit, pack: Pack, *, request: str, said: Said) -> Refused | None:
    """Tell the contributor what came of it. The subject of the request is not named."""
    require(permit, Action.ASK)
    found = _request(work, request)
    if found is None or not found.outgoing or not _let_out(work, found.id):
        return refuse(Code.NOT_FOUND)
    refused = _worded(pack, said)
    if refused is not None:
        return refused
    work.post(found.peer, "feedback.give", Feedback(request=request, code=said.code, why=said.why))
    work.accounts.say(found.id, said, officer=permit.user)
    codes = (permit.policy, said.code)
    work.log(Entry("feedback.given", permit.user, found.id, codes=codes))
    return None


def heard(work: Work, pack: Pack, sender: str, body: Feedback) -> Refused | None:
    """Keep what the receiver of an own disclosure says; of nothing else is it believed."""
    found = _request(work, body.request)
    if found is None or found.outgoing or found.peer != sender or not _let_out(work, found.id):
        return refuse(Code.NOT_FOUND)
    said = Said(body.code, body.why)
    refused = _worded(pack, said)
    if refused is not None:
        return refused
    work.accounts.say(found.id, said, officer=None)
    work.log(Entry("feedback.heard", sender, found.id, codes=(body.code,)))
    return None


def _worded(pack: Pack, said: Said) -> Refused | None:
    """A code of the pack, and with it why where it could not be used."""
    if said.code not in pack.reasons.get("feedback", {}):
        return refuse(Code.NOT_IN_PACK)
    if (said.code == UNUSABLE) != (said.why is not None):
        return refuse(Code.REASON_MISSING)
    known = said.why is None or said.why in pack.reasons.get("not-usable", {})
    return None if known else refuse(Code.NOT_IN_PACK)


def _request(reading: Reading, named: str) -> RequestFacts | None:
    try:
        return reading.cases.request(RequestId.parse(named))
    except MalformedId:
        return None
