"""A body's officer decides over named areas; steering hears it after the same checks as here.

What is checked here is said with its place (which area, where); by wire a refusal is a code alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.agency.areas import areas
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.domain import area as events
from samverkan.domain import bounding as rules
from samverkan.domain.bounding import Ground
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.identifying import identifying
from samverkan.domain.outline import Shapes
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import AreaId, BatchId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.territory import (
    CloseArea,
    DefineAreas,
    MergeAreas,
    NamedOutline,
    Outline,
    ReviseArea,
    SplitArea,
)
from samverkan.wire.v1 import Message, public_texts


@dataclass(frozen=True, slots=True)
class Means:
    """What outlines are checked with: the model and geometry."""

    pack: Pack
    shapes: Shapes


@dataclass(frozen=True, slots=True)
class Wish:
    """What is not in a file: which kind of area, from where the file is, a name if it has one area."""

    kind: str
    source: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A file's areas as outlines, and how it was understood: format, coordinate system, by what."""

    outlines: tuple[Outline, ...]
    format: str
    system: str
    by: str


def define(
    work: Work, permit: Permit, means: Means, *, outlines: Sequence[Outline], since: date
) -> BatchId | Refused:
    """New areas from a day, in the matters of the permit's body; all of them, or none."""
    require(permit, Action.DECIDE_AREA)
    batch = BatchId.draw(work.randomness)
    command = DefineAreas(
        by=vouch(permit),
        batch=batch,
        body=permit.body or "",
        since=since.isoformat(),
        areas=_numbered(work, outlines),
    )
    refused = rules.define(_ground(work, means), work.me, command)
    return refused or _send(work, permit, means, events.DEFINE, batch, command) or batch


def revise(
    work: Work, permit: Permit, means: Means, *, area: str, outline: Outline, since: date
) -> Refused | None:
    """The area lies otherwise from a day."""
    require(permit, Action.DECIDE_AREA)
    command = ReviseArea(
        by=vouch(permit),
        body=permit.body or "",
        since=since.isoformat(),
        area=area,
        outline=outline,
    )
    refused = rules.revise(_ground(work, means), work.me, command)
    return refused or _send(work, permit, means, events.REVISE, area, command)


def split(
    work: Work, permit: Permit, means: Means, *, area: str, into: Sequence[Outline], since: date
) -> Refused | None:
    """The area becomes several from a day."""
    require(permit, Action.DECIDE_AREA)
    if len(into) < 2:
        return refuse(Code.FIELD_TOO_FEW, least="2")
    command = SplitArea(
        by=vouch(permit),
        body=permit.body or "",
        since=since.isoformat(),
        area=area,
        into=_numbered(work, into),
    )
    refused = rules.split(_ground(work, means), work.me, command)
    return refused or _send(work, permit, means, events.SPLIT, area, command)


def merge(
    work: Work, permit: Permit, means: Means, *, of: Sequence[str], outline: Outline, since: date
) -> AreaId | Refused:
    """Several areas become one from a day."""
    require(permit, Action.DECIDE_AREA)
    if len(of) < 2:
        return refuse(Code.FIELD_TOO_FEW, least="2")
    area = AreaId.draw(work.randomness)
    command = MergeAreas(
        by=vouch(permit),
        body=permit.body or "",
        since=since.isoformat(),
        area=area,
        outline=outline,
        of=list(of),
    )
    refused = rules.merge(_ground(work, means), work.me, command)
    return refused or _send(work, permit, means, events.MERGE, area, command) or area


def close(work: Work, permit: Permit, means: Means, *, area: str, until: date) -> Refused | None:
    """The area's last day."""
    require(permit, Action.DECIDE_AREA)
    command = CloseArea(
        by=vouch(permit), body=permit.body or "", until=until.isoformat(), area=area
    )
    refused = rules.close(_ground(work, means), work.me, command)
    return refused or _send(work, permit, means, events.CLOSE, area, command)


def _ground(work: Work, means: Means) -> Ground:
    return Ground(means.pack, areas(work), means.shapes, work.now.date())


def _numbered(work: Work, outlines: Sequence[Outline]) -> list[NamedOutline]:
    return [NamedOutline(area=AreaId.draw(work.randomness), outline=one) for one in outlines]


def _send(
    work: Work, permit: Permit, means: Means, kind: str, subject: str, command: Message
) -> Refused | None:
    """Post the command, unless one of its texts points somebody out."""
    forms = forms_of(means.pack.writing)
    if any(identifying(text, forms) for text in public_texts(command)):
        return refuse(Code.TEXT_IDENTIFIES)
    work.commands.send(kind, subject, command, officer=permit.user)
    work.log(Entry(kind, permit.user, subject, codes=(permit.policy, permit.body or "")))
    return None
