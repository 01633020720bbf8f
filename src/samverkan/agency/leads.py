"""What is kept of leads, hits and firings alike: the part of `ports` that assessing needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from samverkan.agency.facts import FiringDisclosure, FiringFacts, FiringNote, HitFacts, Note
from samverkan.domain.graph import Appraisal, Judgement
from samverkan.kernel.ids import FiringId, HitId, SubjectId
from samverkan.wire.matching import Fired, HitTold

Pair = tuple[str, SubjectId, str, bytes]
"""A scope, an own subject, a party, and that party's handle of its record."""


class Hits(Protocol):
    """Hits that the exchange has told, and what officers have judged."""

    def told(self, told: HitTold, subject: SubjectId, handle: bytes) -> bool:
        """Whether this hit, or one of the same two entries, was kept before."""

    def add(self, told: HitTold, subject: SubjectId, handle: bytes, *, at: datetime) -> None:
        """Keep a hit whose proof has been checked."""

    def go(self, hits: Sequence[str]) -> None:
        """These hits told of what has been taken back."""

    def get(self, hit: HitId) -> HitFacts | None:
        """The pair that this hit belongs to."""

    def all(self) -> list[HitFacts]:
        """Every pair, strongest first."""

    def judge(self, scope: str, note: Note) -> None:
        """Append a judgement."""

    def notes(self, hit: HitFacts) -> list[Note]:
        """All judgements of a pair, oldest first."""

    def judged(self) -> dict[Pair, Judgement]:
        """The judgement in force of every pair that has one."""


class Firings(Protocol):
    """Firings that the exchange has told, and what officers have made of them."""

    def put(self, fired: Fired, subject: SubjectId, *, at: datetime) -> None:
        """Keep a firing on an own subject, or what is now said of one that is there."""

    def get(self, firing: FiringId) -> list[FiringFacts]:
        """A firing, once for each own subject in it; empty where there is none."""

    def all(self) -> list[FiringFacts]:
        """Every firing, newest first."""

    def erase(self, firing: FiringId) -> None:
        """Forget a firing and what was noted of it; what it disclosed stays in the journal."""

    def disclose(self, disclosure: FiringDisclosure) -> None:
        """Enter into the journal what a firing told others."""

    def disclosures(self) -> list[FiringDisclosure]:
        """The journal, newest first."""

    def assess(self, note: FiringNote) -> None:
        """Append an assessment."""

    def assessed(self) -> dict[FiringId, Appraisal]:
        """The assessment in force of every firing that has one."""

    def notes(self, firing: FiringId) -> list[FiringNote]:
        """All assessments of a firing, oldest first."""
