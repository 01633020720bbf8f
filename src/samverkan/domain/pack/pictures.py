"""What a situation picture is made of: rules for small numbers, known statistics, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from samverkan.domain.pack.shapes import Form, Id, Ref, Within, Words


@dataclass(frozen=True, slots=True)
class PictureRules:
    """How pictures are drawn.

    Numbers of 1 to k-1 are suppressed, zeros too unless `zero_shows`, and no suppressed number is
    bounded closer than `width`. A settled picture lasts `years`, and is recalled `remind` days
    before. `counted` are the conditions by which parties count their own; `endings` are what
    sources append to an area's name.
    """

    k: Annotated[int, Within(2, 100)]
    width: Annotated[int, Within(2, 100)]
    zero_shows: bool
    years: Annotated[int, Within(1, 10)]
    remind: Annotated[int, Within(1, 365)]
    law: Annotated[str, Ref("statutes")]
    counted: tuple[Annotated[str, Ref("conditions")], ...]
    country: Words
    endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """What a column of a known file counts."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """A file of public statistics that comes with the pack, in its folder `statistics`."""

    id: Id
    names: Words
    file: Annotated[str, Form(r"[a-z0-9-]+\.csv")]
    source: str
    licence: str
    dated: date
    area: str
    year: Annotated[str, Form(r"[0-9]{4}")]
    values: Mapping[str, KnownMeasure]


@dataclass(frozen=True, slots=True)
class PictureQuestion:
    """A question of the questionnaire: what is asked, and what each score from 0 up means.

    `evidence` says what an answer must rest on.
    """

    id: Id
    theme: Annotated[str, Ref("themes")]
    names: Words
    levels: tuple[Words, ...]
    evidence: Words
