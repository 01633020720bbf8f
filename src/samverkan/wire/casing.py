"""Joint headers of cases (ärenden): codes, days and numbers; what a case is about stays at home.

Each command is also the body of the event that tells of it, save `case.open`: what steering tells
is `case.opened`, with the code name that it has drawn.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Day, Ident
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

OwnNumber = Annotated[str, Meta(pattern=r"^[a-z]{1,3}-20[0-9]{2}-[1-9][0-9]{0,5}\Z")]
"""A party's own number of its file: series, year, serial. Too short for an identity number or a
phone, and without room for a name."""


class OpenCase(Message, frozen=True, kw_only=True):
    """`case.open`: a party of a scope opens a joint header and leads it.

    Purpose, crime area and priority are words of the pack; `review` is the day of the next review.
    """

    by: By
    case: Ident
    scope: Ident
    purpose: Code
    crime_area: Code
    priority: Code
    review: Day
    number: OwnNumber | None = None


class CaseOpened(Message, frozen=True, kw_only=True):
    """Event `case.opened`: the header and its code name, drawn at random from the pack's words.

    `model` is the version of the way of working that its region's council had at that moment.
    """

    case: Ident
    name: Code
    opening: OpenCase
    model: Code | None = None


class JoinCase(Message, frozen=True, kw_only=True):
    """`case.join`: another party of the scope keeps a file of its own under the header."""

    by: By
    case: Ident
    number: OwnNumber | None = None


class NumberCase(Message, frozen=True, kw_only=True):
    """`case.number`: the party's own number of its file; a later one replaces it."""

    by: By
    case: Ident
    number: OwnNumber


class MarkCase(Message, frozen=True, kw_only=True):
    """`case.phase`, `case.prioritise`, `case.pause`, `case.close`: the lead says it with a code.

    The code is a phase, a priority, a reason to pause, or an outcome.
    """

    by: By
    case: Ident
    code: Code


class ResumeCase(Message, frozen=True, kw_only=True):
    """`case.resume`: the work goes on."""

    by: By
    case: Ident


class ReviewCase(Message, frozen=True, kw_only=True):
    """`case.review`: the lead has reviewed whether the case is still needed (BDL 2:18)."""

    by: By
    case: Ident
    next: Day
