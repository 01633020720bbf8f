"""Own outcomes along their life, shares in those of others, and what may be told twice.

A decision's number never leaves: only its mark does, a digest under a key that the parties of a
framework have and no hub role has. Steering compares marks, has no key and tells them to nobody;
who has the key sees no marks. So neither can find out a decision's number by trying (ADR 23).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samverkan.agency import following
from samverkan.agency.following import cooperations
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require, vouch
from samverkan.domain.operation import Operation
from samverkan.domain.outcome import Recorded, mark
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.crediting import AdvanceOutcome, AnswerShare, MarkKey, SettleAlike
from samverkan.wire.joining import Draft

KEY_BYTES = 32


def found(reading: Reading, operation: str, outcome: str) -> tuple[Operation, Recorded] | Refused:
    """An outcome of an operation in which this party has part."""
    here = following.operation(reading, operation)
    one = None if here is None or reading.me not in here.parties else here.recorded(outcome)
    return refuse(Code.NOT_FOUND) if here is None or one is None else (here, one)


@dataclass(frozen=True, slots=True)
class Later:
    """A later stage: how much, and decided on which day."""

    stage: str
    amount: int
    decided: date


def advance(
    work: Work, permit: Permit, operation: str, outcome: str, later: Later
) -> Refused | None:
    """Tell that an own outcome has come to a later stage. It stays the one outcome."""
    require(permit, Action.RECORD_OUTCOME)
    here = found(work, operation, outcome)
    if isinstance(here, Refused):
        return here
    if here[1].party != work.me:
        return refuse(Code.NOT_FOUND)
    body = AdvanceOutcome(
        by=vouch(permit),
        outcome=outcome,
        operation=operation,
        stage=later.stage,
        amount=later.amount,
        decided=later.decided.isoformat(),
    )
    work.commands.send("outcome.advance", outcome, body, officer=permit.user)
    work.log(Entry("outcome.advanced", permit.user, outcome, later.stage, (permit.policy,)))
    return None


def answer_share(
    work: Work, permit: Permit, operation: str, outcome: str, *, confirmed: bool
) -> Refused | None:
    """Say whether this party has the share that another says it has."""
    require(permit, Action.RECORD_OUTCOME)
    here = found(work, operation, outcome)
    if isinstance(here, Refused):
        return here
    if work.me not in here[1].outcome.shares:
        return refuse(Code.NOT_FOUND)
    answer = "confirmed" if confirmed else "declined"
    body = AnswerShare(by=vouch(permit), outcome=outcome, operation=operation, answer=answer)
    work.commands.send("outcome.share", outcome, body, officer=permit.user)
    work.log(Entry("share.answered", permit.user, outcome, answer, (permit.policy,)))
    return None


def settle(
    work: Work, permit: Permit, operation: str, outcome: str, *, other: str, same: bool
) -> Refused | None:
    """Say whether an own outcome and another party's are one. Neither goes away."""
    require(permit, Action.RECORD_OUTCOME)
    here = found(work, operation, outcome)
    if isinstance(here, Refused):
        return here
    if here[1].party != work.me or other not in here[1].asked_of(work.me):
        return refuse(Code.NOT_FOUND)
    verdict = "same" if same else "different"
    body = SettleAlike(
        by=vouch(permit), outcome=outcome, operation=operation, other=other, verdict=verdict
    )
    work.commands.send("outcome.settle", outcome, body, officer=permit.user)
    work.log(Entry("alike.settled", permit.user, outcome, verdict, (permit.policy, other)))
    return None


def shares_to_answer(reading: Reading) -> Iterator[tuple[Operation, Recorded]]:
    """Shares that others say this party has, of which it has said nothing."""
    for operation in following.operations(reading).values():
        for one in operation.outcomes if reading.me in operation.parties else ():
            if reading.me in one.outcome.shares and reading.me not in one.answers:
                yield operation, one


def alike_to_settle(reading: Reading) -> Iterator[tuple[Operation, Recorded, str]]:
    """Own outcomes that another party may have told as well, of which it has said nothing."""
    for operation in following.operations(reading).values():
        for one in operation.outcomes if reading.me in operation.parties else ():
            for other in one.asked_of(reading.me) if one.party == reading.me else ():
                yield operation, one, other


def begin(work: Work, draft: Draft) -> None:
    """A framework has come into force: its first party draws the key of marks for all of them."""
    if draft.parent is not None or draft.parties[0] != work.me:
        return
    if work.accounts.mark_key(draft.cooperation) is not None:
        return
    key = work.randomness(KEY_BYTES)
    work.accounts.keep_mark_key(draft.cooperation, key)
    for party in draft.parties[1:]:
        work.post(party, "outcome.key", MarkKey(framework=draft.cooperation, key=key))
    work.log(Entry("mark_key.drawn", work.me, draft.cooperation))


def keyed(work: Work, sender: str, body: MarkKey) -> Refused | None:
    """Keep the key that the framework's first party has drawn; from anybody else it is none."""
    known = cooperations(work.feed.all()).get(body.framework)
    if known is None or not known.in_force:
        return refuse(Code.NOT_YET)
    if known.is_scope or known.draft.parties[0] != sender or work.me not in known.draft.parties:
        return refuse(Code.NOT_FOUND)
    if work.accounts.mark_key(body.framework) is None:
        work.accounts.keep_mark_key(body.framework, body.key)
    work.log(Entry("mark_key.received", sender, body.framework))
    return None


def marked(
    reading: Reading, operation: Operation, *, number: str, amount: int, decided: date
) -> bytes | None:
    """The mark of a decision in the operation's framework; None without a number or a key."""
    scope = cooperations(reading.feed.all()).get(operation.header.scope)
    framework = None if scope is None else scope.draft.parent
    key = None if framework is None else reading.accounts.mark_key(framework)
    if key is None or not number.strip():
        return None
    return mark(key, number=number, amount=amount, decided=decided.isoformat())
