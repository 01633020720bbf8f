"""How the work is done: processes and their steps, the rhythm of meetings, and what may vary.

A step is *legal* (a statute demands it), *core* (the national model keeps it so that regions can
be compared and held to account) or *open* (a variant may leave it out). An *added* step is a
variant's own. Each step names the act or the message by which the product carries it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from samverkan.domain.pack.agencies import BodyKind
from samverkan.domain.pack.law import StatuteRef
from samverkan.domain.pack.shapes import Id, Ref, Within, Words

RoleRef = Annotated[str, Ref("roles")]
ActionRef = Annotated[str, Ref("actions")]
ProcessRef = Annotated[str, Ref("processes")]
FormRef = Annotated[str, Ref("forms")]


class StepKind(StrEnum):
    """How firmly a step stands."""

    LEGAL = "legal"
    CORE = "core"
    OPEN = "open"
    ADDED = "added"  # by a variant


class Effect(StrEnum):
    """What a process brings about that cannot be taken back."""

    DISCLOSES = "discloses"
    DECIDES = "decides"
    DISPOSES = "disposes"


class Openness(StrEnum):
    """How much a variant may change."""

    OPEN = "open"
    BOUNDED = "bounded"
    FIXED = "fixed"  # by law


class MeetingPart(StrEnum):
    """The parts of a meeting. Persons are spoken of in the closed part alone."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `demand` is what would be lost without it, as the sentence of a refusal says it.

    `roles` do it; without any, the party's own node does. `events` are messages or ledger entries
    that tell that it was done; `action` is what an officer's mandate must allow.
    """

    id: Id
    names: Words
    kind: StepKind
    roles: tuple[RoleRef, ...] = ()
    body: BodyKind | None = None
    action: ActionRef | None = None
    events: tuple[Id, ...] = ()
    statute: StatuteRef | None = None
    section: str | None = None
    demand: Words | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """A process: its steps in order, and the step by which it takes effect, if it does."""

    id: Id
    names: Words
    meaning: Words
    steps: Mapping[Id, Step]
    effect: Effect | None = None
    effected_by: Id | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A meeting every so many weeks, on that weekday (1 is Monday)."""

    weeks: Annotated[int, Within(1, 52)]
    weekday: Annotated[int, Within(1, 5)]


@dataclass(frozen=True, slots=True)
class Variable:
    """Something of the model that may vary, or that the law fixes, with the sentence that says so.

    `least` and `most` bound its number, `count` how many a variant may add, `acts` what may be
    delegated.
    """

    id: Id
    names: Words
    openness: Openness
    means: Words
    least: int | None = None
    most: int | None = None
    count: int | None = None
    acts: tuple[ActionRef, ...] = ()
    statute: StatuteRef | None = None
    section: str | None = None
