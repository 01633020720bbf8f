"""A typology's list of tags, as it leaves a party: opaque tags, opaque handles, padded.

A subject that meets an own condition is listed under several keys, so that it is found where one
register lacks its number: each (key, quarter) is a tag, and all tags of one subject carry one
handle, a PRF under the party's own secret that means nothing outside this typology and epoch.
Padding is made of invented subjects whose tags are shaped like real ones. MATCHING section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from samverkan.domain.token import INDEX_BYTES
from samverkan.kernel.ids import Randomness

FLOOR = 512
"""Entries of the shortest list, twenty subjects and more: that nobody, or almost nobody, meets a
condition must not show."""
ENTRY_BYTES = 2 * INDEX_BYTES + 1
KINDS = 8
"""The last byte is slot times this, and kind: 32 quarters at most."""


class Kind(IntEnum):
    """What a tag is made of, from the surest. It decides how records may be united.

    The exchange sees it, and so which opaque handles have no number, or a mistyped one.
    """

    NUMBER = 0  # an identity or company number with a right check digit
    REPAIR = 1  # one of the right numbers that a failing one may be meant for
    NAME = 2  # a company's name core and municipality
    DATED = 3  # a person's name part and birth date: counts only with a second part
    PLACED = 4  # a person's name part and postcode: likewise


class Tagged(NamedTuple):
    """One entry. `slot` stands for a quarter, in an order that the owner alone knows."""

    tag: bytes
    handle: bytes
    kind: Kind
    slot: int = 0


class MalformedTags(ValueError):
    """Bytes that are no padded list of distinct entries in order."""


Shape = tuple[tuple[Kind, int], ...]
"""Kinds and slots of one subject's tags."""


PERSON: Shape = ((Kind.NUMBER, 0), *(((Kind.DATED, 0), (Kind.PLACED, 0)) * 2))
COMPANY: Shape = ((Kind.NUMBER, 0), (Kind.NAME, 0))
"""The tags of an ordinary subject: how one looks where there is nobody to look like."""


def pad(entries: Collection[Tagged], plain: Shape, randomness: Randomness) -> tuple[Tagged, ...]:
    """The entries among those of invented subjects, in the order of their tags.

    An invented subject has as many tags of each kind as some real one of the list; in an empty
    list it is `plain`.
    """
    padded = list(dict.fromkeys(entries))
    shapes = _shapes(padded) or [plain]
    missing = size_class(len(padded)) - len(padded)
    while missing > 0:
        shape = shapes[int.from_bytes(randomness(4), "big") % len(shapes)][:missing]
        handle = randomness(INDEX_BYTES)
        padded += [Tagged(randomness(INDEX_BYTES), handle, kind, slot) for kind, slot in shape]
        missing -= len(shape)
    return tuple(sorted(padded))


def _shapes(entries: Iterable[Tagged]) -> list[Shape]:
    shapes: defaultdict[bytes, list[tuple[Kind, int]]] = defaultdict(list)
    for entry in entries:
        shapes[entry.handle].append((entry.kind, entry.slot))
    return [tuple(sorted(shape)) for shape in shapes.values()]


def size_class(count: int) -> int:
    """The length of the padded list: the next power of two, `FLOOR` at least."""
    return max(FLOOR, 1 << (count - 1).bit_length() if count else FLOOR)


def pack_tags(entries: Sequence[Tagged]) -> bytes:
    """A padded list as bytes. Raises `MalformedTags` if it is not padded."""
    packed = b"".join(
        entry.tag + entry.handle + bytes([KINDS * entry.slot + entry.kind])
        for entry in sorted(entries)
    )
    parse_tags(packed)
    return packed


def parse_tags(data: bytes) -> tuple[Tagged, ...]:
    """The list that the bytes spell. Raises `MalformedTags` for one unpadded or out of order."""
    entries = read_tags(data)
    if len(entries) != size_class(len(entries)):
        raise MalformedTags("padding")
    return entries


def read_tags(data: bytes) -> tuple[Tagged, ...]:
    """As `parse_tags`, for a kept list from which something may have been erased."""
    if len(data) % ENTRY_BYTES:
        raise MalformedTags("length")
    try:
        entries = tuple(_entry(data, at) for at in range(0, len(data), ENTRY_BYTES))
    except ValueError as error:
        raise MalformedTags("kind") from error
    if any(one >= other for one, other in pairwise(entries)):
        raise MalformedTags("order")
    return entries


def _entry(data: bytes, at: int) -> Tagged:
    middle, end = at + INDEX_BYTES, at + 2 * INDEX_BYTES
    slot, kind = divmod(data[end], KINDS)
    return Tagged(data[at:middle], data[middle:end], Kind(kind), slot)


def without(data: bytes, handles: Collection[bytes]) -> bytes:
    """A kept list without the entries of these handles."""
    parts = (data[at : at + ENTRY_BYTES] for at in range(0, len(data), ENTRY_BYTES))
    return b"".join(part for part in parts if part[INDEX_BYTES : 2 * INDEX_BYTES] not in handles)
