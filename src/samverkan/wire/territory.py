"""Named areas: outlines on the ground, their names and sources, and nobody in them.

A coordinate is a whole number of millionths of a degree in WGS 84, longitude first (RFC 7946), so
that an outline has one canonical form. Each command is also the body of the event that tells of it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Day, Digest, Ident, PublicText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

Micro = Annotated[int, Meta(ge=-180_000_000, le=180_000_000)]
Ring = Annotated[list[tuple[Micro, Micro]], Meta(min_length=4, max_length=20_000)]
Polygon = Annotated[list[Ring], Meta(min_length=1, max_length=200)]
Polygons = Annotated[list[Polygon], Meta(min_length=1, max_length=200)]
Place = Annotated[str, Meta(pattern=r"^[0-9][0-9A-Z]{1,4}\Z")]
"""A municipality's code: too short for anybody's number."""


class Outline(Message, frozen=True, kw_only=True):
    """How an area lies: `digest` is the SHA-256 of its polygons in canonical form.

    `municipalities` follow from the polygons; steering works them out anew and compares.
    """

    name: PublicText
    kind: Code
    polygons: Polygons
    digest: Digest
    municipalities: Annotated[list[Place], Meta(min_length=1, max_length=400)]
    source: PublicText


class NamedOutline(Message, frozen=True, kw_only=True):
    """An area that is new, under the number that it keeps."""

    area: Ident
    outline: Outline


class DefineAreas(Message, frozen=True, kw_only=True):
    """`area.define`: these areas are there from this day; all of them, or none."""

    by: By
    batch: Ident
    body: Code
    since: Day
    areas: Annotated[list[NamedOutline], Meta(min_length=1, max_length=500)]


class ReviseArea(Message, frozen=True, kw_only=True):
    """`area.revise`: the area lies otherwise from this day; how it lay before stays to be read."""

    by: By
    body: Code
    since: Day
    area: Ident
    outline: Outline


class SplitArea(Message, frozen=True, kw_only=True):
    """`area.split`: from this day the area is these instead."""

    by: By
    body: Code
    since: Day
    area: Ident
    into: Annotated[list[NamedOutline], Meta(min_length=2, max_length=50)]


class MergeAreas(Message, frozen=True, kw_only=True):
    """`area.merge`: from this day the new `area` is there instead of those `of` which it is made."""

    by: By
    body: Code
    since: Day
    area: Ident
    outline: Outline
    of: Annotated[list[Ident], Meta(min_length=2, max_length=50)]


class CloseArea(Message, frozen=True, kw_only=True):
    """`area.close`: the area's last day."""

    by: By
    body: Code
    until: Day
    area: Ident
