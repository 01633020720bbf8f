"""Meetings of a local body: the series of days, what is on the agenda, what became of it, minutes.

What stands in the open part is told to every party; what stands in the closed part to those that
take part. Persons are spoken of in papers that go sealed from party to party alone.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Day, Ident, Party, PublicText, SealedText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

Weeks = Annotated[int, Meta(ge=1, le=52)]
Weekday = Annotated[int, Meta(ge=1, le=5)]


class PlanMeetings(Message, frozen=True, kw_only=True):
    """`meeting.plan`: days by the rhythm (every `weeks` weeks on `weekday`, 1 is Monday), moved on
    to the next working day where they would fall on a holiday."""

    by: By
    series: Ident
    local: Ident
    weeks: Weeks
    weekday: Weekday
    since: Day
    days: list[Day]


class AddItem(Message, frozen=True, kw_only=True):
    """`meeting.item`: a point for a meeting, in its open or closed part, with who answers for it.

    `scope` names the cooperation whose parties may have its sealed papers.
    """

    by: By
    item: Ident
    local: Ident
    meeting: Day
    part: Code
    title: PublicText
    owner: Party
    due: Day | None = None
    scope: Ident | None = None


class MarkItem(Message, frozen=True, kw_only=True):
    """`meeting.mark`: where a point stands, from the party that answers for it."""

    by: By
    item: Ident
    local: Ident
    state: Code


class WriteMinutes(Message, frozen=True, kw_only=True):
    """`meeting.minutes`: what one part of a meeting came to; a later text stands beside it."""

    by: By
    minutes: Ident
    local: Ident
    meeting: Day
    part: Code
    present: list[Party]
    text: PublicText


class Paper(Message, frozen=True, kw_only=True):
    """`meeting.paper`: sealed, from party to party, to those of the item's scope alone."""

    paper: Ident
    item: Ident
    local: Ident
    scope: Ident
    text: SealedText
