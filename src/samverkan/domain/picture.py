"""The situation picture (lägesbild): versions of an area's picture, and what each of them says.

A version is begun, counted, rated by two parties that do not see each other's answers, given its
promises, and settled: from then on nothing in it changes, and it lasts as long as the pack says
(SFS 2023:196: renewed at least every second year). Its public edition is a part of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from samverkan.domain.agreement import Strength, Weights, in_words, kappa
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire.joining import Event
from samverkan.wire.picturing import (
    Answer,
    AnswerPicture,
    CountPicture,
    FollowPromise,
    PictureBegun,
    PicturePublished,
    PictureRated,
    PictureSettled,
    PromisePicture,
)
from samverkan.wire.v1 import canonical, from_body

BEGUN, COUNT, ANSWER, ANSWERED, RATED, PROMISE, FOLLOW, SETTLED, PUBLISHED = (
    "picture.begun",
    "picture.count",
    "picture.answer",
    "picture.answered",
    "picture.rated",
    "picture.promise",
    "picture.follow",
    "picture.settled",
    "picture.published",
)
KINDS = frozenset({BEGUN, COUNT, ANSWER, ANSWERED, RATED, PROMISE, FOLLOW, SETTLED, PUBLISHED})
RATERS = 2
RESULTS = "promise-result"
"""Where in the pack's reasons the words for what became of a promise are found."""

CountKey = tuple[str, str, str, str]
"""Party, year, area, category."""


class BrokenPicture(SamverkanError):
    """The log holds an event that the picture's own state does not allow. A fault, never a refusal."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A citizen promise (medborgarlöfte), and what became of it, if anything is said."""

    id: str
    party: str
    text: str
    due: date
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two raters agree: questions both scored, those scored alike, kappa and its word.

    Kappa is weighted by the squared distance, since scores have an order; None where all scores
    are one and chance would agree as well.
    """

    both: int
    alike: int
    kappa: float | None
    strength: Strength | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One version of an area's picture, as its events tell it."""

    id: str
    area: str
    version: int
    begun: date
    by: str
    variant: str | None = None
    questions: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[CountKey, int | None] = field(default_factory=dict)
    answered: tuple[str, ...] = ()
    own: Mapping[str, Answer] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    settled: date | None = None
    digest: bytes = b""
    lasts: date | None = None
    published: date | None = None

    @property
    def rated(self) -> bool:
        """Whether both raters have answered, and so may be read."""
        return bool(self.answers)

    @property
    def open(self) -> bool:
        """Whether it may still change."""
        return self.settled is None

    def agreement(self) -> Agreement | None:
        """How far the raters agree; None until both are in."""
        if len(self.answers) != RATERS:
            return None
        one, other = (self.answers[party] for party in sorted(self.answers))
        pairs = [
            (a, b)
            for question in self.questions
            if (a := _score(one, question)) is not None
            and (b := _score(other, question)) is not None
        ]
        value = kappa(pairs, Weights.QUADRATIC)
        alike = sum(a == b for a, b in pairs)
        return Agreement(len(pairs), alike, value, None if value is None else in_words(value))

    def content(self) -> dict[str, object]:
        """All that it says, in an order of its own: what a digest is taken of."""
        return {
            **self._head(),
            "counts": [[*key, value] for key, value in sorted(self.counts.items())],
            "answers": {
                party: {q: [a.score, a.evidence] for q, a in sorted(answers.items())}
                for party, answers in sorted(self.answers.items())
            },
            "promises": [[p.id, p.party, p.text, p.due.isoformat()] for p in self.promises],
        }

    def public_content(self) -> dict[str, object]:
        """What the public edition says: no evidence, no rater by name, nothing of operations."""
        return {
            **self._head(),
            "counts": [[*key, value] for key, value in sorted(self.counts.items())],
            "scores": {question: self.scores(question) for question in sorted(self.questions)},
            "promises": [[p.text, p.due.isoformat()] for p in self.promises],
        }

    def _head(self) -> dict[str, object]:
        return {"area": self.area, "version": self.version, "begun": self.begun.isoformat()}

    def scores(self, question: str) -> list[int]:
        """What both raters gave, lowest first."""
        given = (_score(answers, question) for answers in self.answers.values())
        return sorted(score for score in given if score is not None)


def _score(answers: Mapping[str, Answer], question: str) -> int | None:
    found = answers.get(question)
    return None if found is None else found.score


def digest(content: object) -> bytes:
    """SHA-256 of a content in its canonical bytes."""
    return hashlib.sha256(canonical(content)).digest()


def lasts(settled: date, years: int) -> date:
    """The last day of a picture that was settled that day. 29 February lasts to 28 February."""
    try:
        return settled.replace(year=settled.year + years)
    except ValueError:
        return settled.replace(year=settled.year + years, day=28)


def fold(events: Iterable[Event]) -> Picture | None:
    """The picture that the events of one chain tell of; None if there are none.

    Raises `BrokenPicture` for an event out of its state, `Malformed` for a body of another shape.
    """
    found: Picture | None = None
    for event in events:
        if event.kind in KINDS:
            found = follow(found, event)
    return found


def follow(found: Picture | None, event: Event) -> Picture:
    """The picture after one event more. Raises `BrokenPicture`, `Malformed`."""
    if event.kind == BEGUN and found is None:
        return _begun(event)
    if found is None or event.kind not in _NEXT:
        raise BrokenPicture(event.kind)
    if not found.open and event.kind not in (FOLLOW, PUBLISHED):
        raise BrokenPicture(event.kind)
    return _NEXT[event.kind](found, event)


def _begun(event: Event) -> Picture:
    body = from_body(event.body, PictureBegun)
    return Picture(
        id=body.picture,
        area=body.area,
        version=body.version,
        begun=date.fromisoformat(event.at[:10]),
        by=event.party,
        variant=body.variant,
        questions=dict(body.questions),
    )


def _count(found: Picture, event: Event) -> Picture:
    body = from_body(event.body, CountPicture)
    told = {(event.party, body.year, c.area, c.category): c.value for c in body.cells}
    return replace(found, counts={**found.counts, **told})


def _answer(found: Picture, event: Event) -> Picture:
    """Told to its rater alone."""
    return replace(found, own=dict(from_body(event.body, AnswerPicture).answers))


def _answered(found: Picture, event: Event) -> Picture:
    return replace(found, answered=(*found.answered, event.party))


def _rated(found: Picture, event: Event) -> Picture:
    body = from_body(event.body, PictureRated)
    return replace(found, answers={party: dict(said) for party, said in body.answers.items()})


def _promise(found: Picture, event: Event) -> Picture:
    body = from_body(event.body, PromisePicture)
    made = Promise(body.promise, event.party, body.text, date.fromisoformat(body.due))
    return replace(found, promises=(*found.promises, made))


def _follow(found: Picture, event: Event) -> Picture:
    body = from_body(event.body, FollowPromise)
    kept = tuple(
        replace(p, result=body.result) if p.id == body.promise else p for p in found.promises
    )
    return replace(found, promises=kept)


def _settled(found: Picture, event: Event) -> Picture:
    body = from_body(event.body, PictureSettled)
    on, until = date.fromisoformat(event.at[:10]), date.fromisoformat(body.lasts)
    return replace(found, settled=on, digest=body.digest, lasts=until)


def _published(found: Picture, event: Event) -> Picture:
    from_body(event.body, PicturePublished)
    return replace(found, published=date.fromisoformat(event.at[:10]))


_NEXT = MappingProxyType(
    {
        COUNT: _count,
        ANSWER: _answer,
        ANSWERED: _answered,
        RATED: _rated,
        PROMISE: _promise,
        FOLLOW: _follow,
        SETTLED: _settled,
        PUBLISHED: _published,
    }
)


def newest(pictures: Iterable[Picture]) -> dict[str, Picture]:
    """The newest version of each area, settled or not."""
    found: dict[str, Picture] = {}
    for one in pictures:
        if one.area not in found or found[one.area].version < one.version:
            found[one.area] = one
    return found
