"""One party's view of a case: statements with their origin, and judgements that can be withdrawn.

There is no shared graph. What a party sees is what it holds itself and what it has lawfully
received, each edge with its source, restriction and clock. That two records are the same person
is a judgement somebody made, never a merge (STYLE: keep statements, derive things).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samverkan.domain.statement import Prop, Statement
from samverkan.kernel.ids import SubjectId


class Verdict(StrEnum):
    """An officer's judgement of a hit; `withdrawn` takes the latest one back."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged the pair of own subject and a party's record, how, when."""

    subject: SubjectId
    party: str
    handle: bytes
    verdict: Verdict
    officer: str
    at: datetime


def standing(judgements: Iterable[Judgement]) -> Judgement | None:
    """The judgement in force of one pair: the latest, unless it was withdrawn."""
    latest = max(judgements, key=lambda j: j.at, default=None)
    return None if latest is None or latest.verdict is Verdict.WITHDRAWN else latest


class Relevance(StrEnum):
    """An officer's assessment of a firing; `withdrawn` takes the latest one back."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Who assessed a firing, how, when. It says nothing of the other owners' records."""

    firing: str
    relevance: Relevance
    officer: str
    at: datetime


def in_force(appraisals: Iterable[Appraisal]) -> Appraisal | None:
    """The assessment in force of one firing: the latest, unless it was withdrawn."""
    made = sorted(appraisals, key=lambda one: one.at)  # of one moment, the last one said
    latest = made[-1] if made else None
    return None if latest is None or latest.relevance is Relevance.WITHDRAWN else latest


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the case view: what is said of whom, by which party, how long it may be kept."""

    subject: SubjectId
    prop: Prop
    values: tuple[str, ...]
    party: str
    source: str
    restriction: str
    said_on: date
    expires_on: date


def edges(statements: Sequence[Statement], *, parties: dict[str, str]) -> list[Edge]:
    """The lines of a subject, by property, then origin; values of one source together.

    `parties` maps a source (delivery or disclosure) to the party that said it.
    """
    found: dict[tuple[Prop, str], list[Statement]] = {}
    for said in statements:
        found.setdefault((said.prop, str(said.delivery)), []).append(said)
    order = {prop: place for place, prop in enumerate(Prop)}
    lines = [
        Edge(
            subject=group[0].subject,
            prop=prop,
            values=tuple(dict.fromkeys(s.value for s in group)),
            party=parties[source],
            source=source,
            restriction=group[0].classification,
            said_on=max(s.said_at for s in group).date(),
            expires_on=min(s.expires_on for s in group),
        )
        for (prop, source), group in found.items()
    ]
    return sorted(lines, key=lambda e: (order[e.prop], e.party, e.source))
