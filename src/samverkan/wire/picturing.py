"""Situation pictures (lägesbilder): areas, counts that all may see, scores and promises; no person.

Each command is also the body of the event that tells of it, save `picture.begin` and
`picture.answer`: steering tells `picture.begun` with the questions that stand, and what a rater
has answered to that rater alone until the other has answered too (`picture.rated`).
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Count, Day, Digest, Ident, Party, PublicText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

Year = Annotated[str, Meta(pattern=r"^20[0-9]{2}\Z")]
Score = Annotated[int, Meta(ge=0, le=10)]


class BeginPicture(Message, frozen=True, kw_only=True):
    """`picture.begin`: a party begins the next version of an area's picture.

    `area` is a kind and a code of the territory (`municipality:1880`); `variant` is the
    way of working in which it is drawn, if any: its own questions come beside the common ones.
    """

    by: By
    picture: Ident
    area: Code
    variant: Code | None = None


class PictureBegun(Message, frozen=True, kw_only=True):
    """Event `picture.begun`: which version it is, and each question with its highest score."""

    picture: Ident
    area: Code
    version: Count
    variant: Code | None = None
    questions: dict[Code, Score]


class Counted(Message, frozen=True, kw_only=True):
    """A count of one area by one condition; no value where it is suppressed."""

    area: Code
    category: Code
    value: Count | None = None


class CountPicture(Message, frozen=True, kw_only=True):
    """`picture.count`: own counts of a year, suppressed by their owner before they leave it."""

    by: By
    picture: Ident
    year: Year
    cells: list[Counted]


class Answer(Message, frozen=True, kw_only=True):
    """A score with what it rests on; no score where the rater cannot judge, and then why."""

    score: Score | None = None
    evidence: PublicText


class AnswerPicture(Message, frozen=True, kw_only=True):
    """`picture.answer`: one rater's answers to every question."""

    by: By
    picture: Ident
    answers: dict[Code, Answer]


class PictureAnswered(Message, frozen=True, kw_only=True):
    """Event `picture.answered`: that a rater has answered, and nothing of what."""

    picture: Ident


class PictureRated(Message, frozen=True, kw_only=True):
    """Event `picture.rated`: both raters' answers, by party."""

    picture: Ident
    answers: dict[Party, dict[Code, Answer]]


class PromisePicture(Message, frozen=True, kw_only=True):
    """`picture.promise`: a citizen promise: what, by when; who besides the agencies is in the text."""

    by: By
    picture: Ident
    promise: Ident
    text: PublicText
    due: Day


class FollowPromise(Message, frozen=True, kw_only=True):
    """`picture.follow`: what became of a promise, in a word of the pack."""

    by: By
    picture: Ident
    promise: Ident
    result: Code


class SettlePicture(Message, frozen=True, kw_only=True):
    """`picture.settle`: the version is final."""

    by: By
    picture: Ident


class PictureSettled(Message, frozen=True, kw_only=True):
    """Event `picture.settled`: the digest of all that it says, and the day until which it lasts."""

    picture: Ident
    digest: Digest
    lasts: Day


class PublishPicture(Message, frozen=True, kw_only=True):
    """`picture.publish`: the public edition of a settled version is out."""

    by: By
    picture: Ident


class PicturePublished(Message, frozen=True, kw_only=True):
    """Event `picture.published`: the digest of what the public edition says."""

    picture: Ident
    digest: Digest
