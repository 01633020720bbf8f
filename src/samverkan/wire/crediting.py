"""Outcomes along their life: stages, shares that others confirm, and what may be counted twice.

Codes, days, sums and a digest; each command is also the body of the event that tells of it.
"""

from __future__ import annotations

from samverkan.wire.forms import Amount, Code, Day, Digest, Ident, Party
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message


class AdvanceOutcome(Message, frozen=True, kw_only=True):
    """`outcome.advance`: an outcome has come to a later stage; it stays the one outcome."""

    by: By
    outcome: Ident
    operation: Ident
    stage: Code
    amount: Amount
    decided: Day


class AnswerShare(Message, frozen=True, kw_only=True):
    """`outcome.share`: who is said to have a share says whether it has: confirmed or declined."""

    by: By
    outcome: Ident
    operation: Ident
    answer: Code


class Marked(Message, frozen=True, kw_only=True):
    """Event `outcome.mark`: that an outcome has this mark. It is told to nobody."""

    outcome: Ident
    party: Party
    mark: Digest


class Alike(Message, frozen=True, kw_only=True):
    """Event `outcome.alike`: two outcomes of different parties have one mark. Both are asked."""

    operation: Ident
    outcome: Ident
    party: Party
    other: Ident
    other_party: Party


class SettleAlike(Message, frozen=True, kw_only=True):
    """`outcome.settle`: what the sending party says of two outcomes that are alike.

    `operation` is that of the own one, `outcome`; `other` is the other party's. The verdict is
    same or different.
    """

    by: By
    outcome: Ident
    operation: Ident
    other: Ident
    verdict: Code


class MarkKey(Message, frozen=True, kw_only=True):
    """`outcome.key`: the key of marks in a framework, from party to party; no hub role has it."""

    framework: Ident
    key: Digest
