"""Outcome (utfall): one decision's effect along its life, whose it is, and whether it is told twice.

Stages (decided, appealed, final, paid) are events of one outcome, never outcomes of their own.
An outcome is not changed: what was too much is taken back by a negative one. Shares are
thousandths of other parties, the rest is the owner's; each party answers for its own share.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from samverkan.domain.pack import Indicator
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.crediting import AdvanceOutcome, Alike, AnswerShare, SettleAlike
from samverkan.wire.deciding import RecordOutcome

RECORD, ADVANCE, SHARE = "outcome.record", "outcome.advance", "outcome.share"
ALIKE, SETTLE, MARK = "outcome.alike", "outcome.settle", "outcome.mark"
KINDS = frozenset({RECORD, ADVANCE, SHARE, ALIKE, SETTLE, MARK})
WHOLE = 1000
SAME, DIFFERENT, CONFIRMED, DECLINED = "same", "different", "confirmed", "declined"


@dataclass(frozen=True, slots=True)
class Step:
    """An outcome at one stage: how much, on what day, and when it was told."""

    stage: str
    amount: int
    decided: str
    at: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """One outcome with its later stages and what others have said of it, as it was told.

    `answers` are of those with a share. `alike` are other outcomes of one mark; `verdicts` by
    the other outcome and the party that has spoken.
    """

    party: str
    at: str
    outcome: RecordOutcome
    later: tuple[Step, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[str, ...] = ()
    verdicts: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.outcome.outcome

    @property
    def steps(self) -> tuple[Step, ...]:
        """All stages that it has passed, oldest first."""
        first = self.outcome
        return (Step(first.stage, first.amount, first.decided, self.at), *self.later)

    @property
    def unconfirmed(self) -> list[str]:
        """Parties that are said to have a share and have not said so themselves."""
        return [p for p in self.outcome.shared if self.answers.get(p) != CONFIRMED]

    def asked_of(self, party: str) -> list[str]:
        """Other outcomes of which this party has not yet said whether they are this one."""
        return [other for other in self.alike if (other, party) not in self.verdicts]


def advanced(known: Sequence[Recorded], body: AdvanceOutcome, at: str) -> list[Recorded]:
    """The outcomes after one has come to a later stage."""
    step = Step(body.stage, body.amount, body.decided, at)
    return [
        replace(one, later=(*one.later, step)) if one.id == body.outcome else one for one in known
    ]


def answered(known: Sequence[Recorded], party: str, body: AnswerShare) -> list[Recorded]:
    """The outcomes after a party has answered for its share; its latest word counts."""
    return [
        replace(one, answers={**one.answers, party: body.answer}) if one.id == body.outcome else one
        for one in known
    ]


def found_alike(known: Sequence[Recorded], body: Alike) -> list[Recorded]:
    """Both outcomes after they have been found alike. The one told later would be the repeat."""
    pair = {body.outcome: body.other, body.other: body.outcome}
    return [
        replace(one, alike=(*one.alike, pair[one.id])) if one.id in pair else one for one in known
    ]


def settled(known: Sequence[Recorded], party: str, body: SettleAlike) -> list[Recorded]:
    """The outcomes after one party's word on two that are alike."""
    pair = {body.outcome: body.other, body.other: body.outcome}
    return [_spoken(one, party, pair[one.id], body) if one.id in pair else one for one in known]


def _spoken(one: Recorded, party: str, other: str, body: SettleAlike) -> Recorded:
    return replace(one, verdicts={**one.verdicts, (other, party): body.verdict})


def repeats(one: Recorded) -> str | None:
    """The outcome that this one repeats, if both parties have said that they are the same.

    Of two, the one with the greater identifier gives way; both stay in the record.
    """
    for other in one.alike:
        said = [verdict for (about, _), verdict in one.verdicts.items() if about == other]
        if len(said) == 2 and set(said) == {SAME} and other < one.id:
            return other
    return None


def advance(
    one: Recorded | None, party: str, body: AdvanceOutcome, indicator: Indicator | None, on: date
) -> Refused | None:
    """A later stage of the own outcome, of its indicator, once, not before the last, within claim."""
    if one is None:
        return refuse(Code.NOT_FOUND)
    if one.party != party:
        return refuse(Code.NOT_THE_OWNER)
    if indicator is None or body.stage not in indicator.stages:
        return refuse(Code.NOT_IN_PACK)
    order = indicator.stages.index
    if any(order(step.stage) >= order(body.stage) for step in one.steps):
        return refuse(Code.STAGE_PASSED)
    if not one.steps[-1].decided <= body.decided <= on.isoformat():
        return refuse(Code.FIELD_NOT_A_DATE)
    return within_claim(body.amount, one.outcome.claim)


def within_claim(amount: int, claim: int | None) -> Refused | None:
    """What was given is no more than what was claimed."""
    return refuse(Code.OVER_CLAIM) if claim is not None and amount > claim else None


def answer(one: Recorded | None, party: str, said: str) -> Refused | None:
    """Only a party that is said to have a share answers for it: it has, or it has not."""
    if one is None or party not in one.outcome.shares:
        return refuse(Code.NOT_FOUND)
    return None if said in (CONFIRMED, DECLINED) else refuse(Code.FIELD_NOT_A_CHOICE)


def settle(one: Recorded | None, party: str, body: SettleAlike) -> Refused | None:
    """Only the two parties of two outcomes that were found alike speak of them, once."""
    if one is None or body.other not in one.alike:
        return refuse(Code.NOT_FOUND)
    if one.party != party:
        return refuse(Code.NOT_THE_OWNER)
    if body.verdict not in (SAME, DIFFERENT):
        return refuse(Code.FIELD_NOT_A_CHOICE)
    done = (body.other, party) in one.verdicts
    return refuse(Code.ALREADY_DECIDED) if done else None


def shares(command: RecordOutcome, party: str, parties: frozenset[str]) -> Refused | None:
    """Shares are of other parties of the operation and leave something to the owner."""
    if not set(command.shares) <= parties - {party}:
        return refuse(Code.NOT_A_PARTY)
    return None if sum(command.shares.values()) < WHOLE else refuse(Code.SHARES_NOT_ONE)


def mark(key: bytes, *, number: str, amount: int, decided: str) -> bytes:
    """HMAC-SHA256 of a decision's number, sum and day. Spaces, case and signs do not tell apart."""
    folded = unicodedata.normalize("NFKC", number).casefold()
    plain = "".join(char for char in folded if char.isalnum())
    return hmac.new(key, f"{plain}\0{amount}\0{decided}".encode(), hashlib.sha256).digest()
