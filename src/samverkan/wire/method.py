"""The method library: what was tried where, who took it up, and what happened there.

Texts are of ways of working and never of a person (`PublicText`, ADR 22); the rest are codes, days
and numbers. Each command is also the body of the event that tells every party of it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Day, Ident, Party, PublicText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

_PLACE = r"^(?:[0-9]{2,4}|[a-z][a-z0-9]*(?:[:._-][a-z0-9]+)*)\Z"
Place = Annotated[str, Meta(pattern=_PLACE, max_length=64)]
"""A municipality's code, or a named area's."""
Hours = Annotated[int, Meta(ge=0, le=10_000_000)]
Months = Annotated[int, Meta(ge=0, le=600)]
Version = Annotated[int, Meta(ge=1, le=999)]


class PublishMethod(Message, frozen=True, kw_only=True):
    """`method.publish`: a version of an entry; the first begins it, a later one erases none.

    `hours` and `months` are what it took, absent where nobody counted. `area` and `body` say where
    it was tried.
    """

    by: By
    method: Ident
    version: Version
    title: PublicText
    problem: PublicText
    approach: PublicText
    organisation: PublicText
    result: PublicText
    agencies: list[Party]
    grade: Code
    hours: Hours | None = None
    months: Months | None = None
    area: Place | None = None
    body: Code | None = None


class AdoptMethod(Message, frozen=True, kw_only=True):
    """`method.adopt`: a body works by that version from a day on."""

    by: By
    adoption: Ident
    method: Code
    version: Version
    body: Code
    since: Day


class ReportMethod(Message, frozen=True, kw_only=True):
    """`method.report-back`: what happened where it was adopted; a later report stands beside it."""

    by: By
    adoption: Ident
    on: Day
    result: PublicText
    grade: Code
    hours: Hours | None = None
