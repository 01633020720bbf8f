"""Variants: how a region or a local body works in its own way, as dated and decided differences.

A variant says nothing of what it leaves as it is. Each change has one part only, so that each can
be shown, dated, ended and promoted by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Annotated

from samverkan.domain.pack.agencies import BodyRef, Level, PartyRef
from samverkan.domain.pack.processes import (
    ActionRef,
    FormRef,
    MeetingPart,
    ProcessRef,
    Rhythm,
    RoleRef,
)
from samverkan.domain.pack.shapes import Id, Ref, Within, Words


class Choice(StrEnum):
    """How an extra question is answered: in codes, so that no answer can hold a person's data."""

    YES_NO = "yes-no"
    SCALE = "scale"  # 0 to 4
    OPTIONS = "options"


class PartnerKind(StrEnum):
    """Who works with a body without being an agency of the effort."""

    MUNICIPALITY = "municipality"
    HOUSING = "housing-company"
    COUNTY_BOARD = "county-board"
    AGENCY = "agency"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Insert:
    """A step of one's own, beside one that is there."""

    process: ProcessRef
    step: Id
    names: Words
    role: RoleRef
    before: Id | None = None
    after: Id | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """A step left out."""

    process: ProcessRef
    step: Id


@dataclass(frozen=True, slots=True)
class Move:
    """A step in another place."""

    process: ProcessRef
    step: Id
    before: Id | None = None
    after: Id | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An extra question of a form. `options` are codes with their words."""

    form: FormRef
    code: Id
    names: Words
    answer: Choice
    options: Mapping[Id, Words] | None = None


@dataclass(frozen=True, slots=True)
class OwnCriterion:
    """A criterion beside those of the core."""

    code: Id
    names: Words
    question: Words
    least: Annotated[int, Within(0, 100)]
    most: Annotated[int, Within(1, 100)]
    weight: Annotated[int, Within(1, 100)] = 1


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a criterion counts when proposals are compared; never in a decision."""

    criterion: Id
    weight: int


@dataclass(frozen=True, slots=True)
class Partner:
    """Who works with the body. In the closed part, only a party whom a basis names as receiver."""

    code: Id
    names: Words
    kind: PartnerKind
    part: MeetingPart = MeetingPart.OPEN
    municipality: Annotated[str, Ref("municipalities")] | None = None
    party: PartyRef | None = None
    basis: Annotated[str, Ref("bases")] | None = None


@dataclass(frozen=True, slots=True)
class Delegated:
    """What a party lets its coordinator decide, and up to how many hours in an operation (N14)."""

    party: PartyRef
    act: ActionRef
    role: RoleRef
    names: Words
    hours: Annotated[int, Within(0, 100_000)]


@dataclass(frozen=True, slots=True)
class Group:
    """A working group of some of the body's members."""

    code: Id
    names: Words
    members: tuple[PartyRef, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What something of the model is called here: a body, a process, a role or a form."""

    term: Id
    names: Words


Altered = (
    Rhythm
    | Insert
    | Drop
    | Move
    | Question
    | OwnCriterion
    | Weight
    | Partner
    | Delegated
    | Group
    | Word
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: since when, decided when and by which body, why, and what."""

    id: Id
    since: date
    decided: date
    by: BodyRef
    why: Words
    until: date | None = None
    rhythm: Rhythm | None = None
    insert: Insert | None = None
    drop: Drop | None = None
    move: Move | None = None
    question: Question | None = None
    criterion: OwnCriterion | None = None
    weight: Weight | None = None
    partner: Partner | None = None
    mandate: Delegated | None = None
    group: Group | None = None
    word: Word | None = None

    @property
    def parts(self) -> dict[str, Altered]:
        """What it changes, by the name of its field. A sound change has exactly one."""
        return {name: part for name in PARTS if (part := getattr(self, name)) is not None}

    @property
    def part(self) -> Altered:
        """The one part."""
        return next(iter(self.parts.values()))

    def holds(self, on: date) -> bool:
        """Whether it is in force that day; both days count."""
        return self.since <= on and (self.until is None or on <= self.until)


PARTS = tuple(f.name for f in fields(Change))[6:]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a way of working came from: the variant and body that had it, from which day."""

    variant: Id
    body: BodyRef
    level: Level
    since: date


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of the model. `body` decides it: its own council, or the one a local body is under.

    `core` is the version of the national model that it was written for, `above` the wider variant
    that it builds upon, `origins` the chain of promotion, oldest first. An `example` is invented.
    """

    id: Id
    names: Words
    level: Level
    body: BodyRef
    core: Annotated[int, Within(1, 2**31)]
    changes: Mapping[Id, Change]
    above: Annotated[str, Ref("variants")] | None = None
    origins: tuple[Origin, ...] = ()
    example: bool = False
