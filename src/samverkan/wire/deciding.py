"""Proposals, positions, operations, results: codes, dates and sums, and nobody's name.

Each command is also the body of the event that tells the parties of it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from samverkan.wire.forms import Amount, Blob, Code, Count, Day, Digest, Ident, Party
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

Period = Annotated[str, Meta(pattern=r"^[0-9]{4}-[wm][0-9]{2}\Z")]


class Goal(Message, frozen=True, kw_only=True):
    """What is to be reached: an indicator of the pack and its baseline and target."""

    indicator: Code
    baseline: Amount
    target: Amount


class PlannedMeasure(Message, frozen=True, kw_only=True):
    """A measure of the catalogue that one party is thought to take."""

    party: Party
    measure: Code


class Propose(Message, frozen=True, kw_only=True):
    """`proposal.make`: the header for the whole body; persons are in the sealed annex alone.

    `model` is the version of the way of working that the form was filled in under; steering fills
    it in where the sender has not, and the proposal is finished under it. `answers` are to the
    questions that the body asks beside the common ones.

    `case` is the joint header of the case that it comes from, if there is one.
    """

    by: By
    proposal: Ident
    scope: Ident
    case: Ident | None = None
    body: Code
    target: Code
    region: Code
    crime_area: Code
    criteria: dict[Code, Count]
    measures: list[PlannedMeasure]
    goals: list[Goal]
    until: Day
    model: Code | None = None
    answers: dict[Code, Code] = field(default_factory=dict)


class TakePosition(Message, frozen=True, kw_only=True):
    """`position.take`: for, against, abstain or no-mandate; a later one is appended, not put over.

    `reason` is a code of the pack, demanded where the position is not `for`.
    """

    by: By
    proposal: Ident
    position: Code
    reason: Code | None = None


class CloseProposal(Message, frozen=True, kw_only=True):
    """`proposal.close`: the chair's party ends the round; `present` are those who sat."""

    by: By
    proposal: Ident
    present: list[Party]


class Decided(Message, frozen=True, kw_only=True):
    """Event `proposal.decided`: the outcome, and the operation that it opens, if any."""

    proposal: Ident
    outcome: Code
    present: list[Party]
    positions: dict[Party, Code]
    dissent: list[Party]
    operation: Ident | None = None
    model: Code | None = None


class PlanMeasure(Message, frozen=True, kw_only=True):
    """`measure.plan`: the sending party takes this measure in the operation."""

    by: By
    measure: Ident
    operation: Ident
    kind: Code
    due: Day


class CloseMeasure(Message, frozen=True, kw_only=True):
    """`measure.close`: done, or not done, by code."""

    by: By
    measure: Ident
    result: Code


class HoursLine(Message, frozen=True, kw_only=True):
    """Whole hours at a level, of a kind of work; their cost where the party tells it."""

    level: Code
    kind: Code
    hours: Annotated[int, Meta(ge=0, le=100_000)]
    cost: Count | None = None


class ReportHours(Message, frozen=True, kw_only=True):
    """`hours.report`: the sums of the sending party in one week or month, all of them.

    A later report of the same period replaces it. Weeks in which few have worked are in the
    month's sum alone (`domain.hours`), so no sum is one person's week.
    """

    by: By
    operation: Ident
    period: Period
    lines: list[HoursLine]


class RecordOutcome(Message, frozen=True, kw_only=True):
    """`outcome.record`: what a measure brought, in the indicator's unit, at a stage, on a day.

    `version` is that of the indicator's definition. `shares` are the shares of other parties, in
    thousandths; the rest is the owner's, and the outcome counts once in every sum. `claim` is
    what was claimed. `mark` is a keyed digest of the decision's number, sum and day: steering
    compares it, has no key to it and tells it to nobody.
    """

    by: By
    outcome: Ident
    operation: Ident
    measure: Ident | None = None
    indicator: Code
    version: Annotated[int, Meta(ge=1, le=999)] = 1
    stage: Code
    amount: Amount
    claim: Amount | None = None
    decided: Day
    shares: dict[Party, Annotated[int, Meta(ge=1, le=999)]]
    mark: Digest | None = None

    @property
    def shared(self) -> list[str]:
        """The other parties that have a share."""
        return sorted(self.shares)


class Freeze(Message, frozen=True, kw_only=True):
    """`report.freeze`: the yearly report as of a day.

    `kind` is final, of a year that is over, or interim, which closes nothing. `region` narrows it
    to a region of the pack, `operation` to one operation.
    """

    by: By
    report: Ident
    year: Annotated[int, Meta(ge=2009, le=2999)]
    on: Day
    kind: Code = "interim"
    region: Code | None = None
    operation: Ident | None = None


class Frozen(Message, frozen=True, kw_only=True):
    """Event `report.frozen`: digests of the report's rows and files, and the files."""

    report: Ident
    year: Count
    on: Day
    kind: Code
    region: Code | None = None
    operation: Ident | None = None
    rows: Digest
    pdf: Blob
    docx: Blob
    xlsx: Blob
    zip: Blob
