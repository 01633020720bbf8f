"""What local bodies and the method library are made of: grades of evidence, methods, holidays, agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from samverkan.domain.pack.agencies import PartyRef
from samverkan.domain.pack.processes import MeetingPart
from samverkan.domain.pack.shapes import Form, Id, Ref, Within, Words


@dataclass(frozen=True, slots=True)
class Grade:
    """A step on the ladder of evidence, lowest first in the file; `meaning` says what it takes."""

    names: Words
    meaning: Words


@dataclass(frozen=True, slots=True)
class Tried:
    """A method that the pack itself tells of: only what its sources say, and what nobody knows.

    `hours` and `months` are what it took; absent where no source says so.
    """

    id: Id
    names: Words
    problem: Words
    approach: Words
    organisation: Words
    result: Words
    unknown: Words
    agencies: tuple[PartyRef, ...]
    grade: Annotated[str, Ref("grades")]
    since: date
    sources: tuple[str, ...]
    area: Annotated[str, Ref("municipalities")] | None = None
    hours: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day without meetings: `day` of every year (MM-DD), days after Easter Sunday, or the weekday
    (1 is Monday) that falls first on or after `day`."""

    names: Words
    day: Annotated[str, Form(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")] | None = None
    easter: Annotated[int, Within(-60, 120)] | None = None
    weekday: Annotated[int, Within(1, 7)] | None = None


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of a local body's first agenda."""

    names: Words
    part: MeetingPart
