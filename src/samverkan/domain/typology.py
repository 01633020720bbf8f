"""Blind typologies: the exchange counts, for an opaque tag, how many conditions meet, and no more.

A condition is judged inside its owner; what leaves is a list of tags, padded so that its length
says only a size class. Tags are indexes under the typology's own key and epoch, so tags of two
typologies join neither with each other nor with match entries. MATCHING section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from samverkan.domain.token import INDEX_BYTES, KeyType, lp, oprf_input
from samverkan.kernel.ids import Randomness

FLOOR = 32
"""The shortest list: whether somebody meets a rare condition at all must not show."""


class BadTypology(ValueError):
    """A typology that could never fire as meant: no conditions, one twice, k or ceiling off."""


class ForeignList(ValueError):
    """A list for a condition that the typology lacks, or from a party that does not own it."""


class MalformedTags(ValueError):
    """Bytes that are no padded list of distinct tags in order."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and the party that judges it among its own subjects."""

    code: str
    party: str


@dataclass(frozen=True, slots=True)
class Typology:
    """Fires on a tag that meets at least `threshold` of the conditions; above `ceiling`, on none."""

    id: str
    conditions: tuple[Condition, ...]
    threshold: int
    ceiling: int

    def __post_init__(self) -> None:
        codes = self.codes
        if not codes or len(set(self.conditions)) != len(self.conditions):
            raise BadTypology("conditions")
        if not 2 <= self.threshold <= len(codes):
            # one condition alone is a list of one party's subjects, not a typology
            raise BadTypology("threshold")
        if self.ceiling < 1:
            raise BadTypology("ceiling")

    @property
    def codes(self) -> tuple[str, ...]:
        """Distinct conditions; one that two parties judge is one condition."""
        return tuple(dict.fromkeys(condition.code for condition in self.conditions))

    def of(self, party: str) -> tuple[str, ...]:
        """The conditions that this party judges."""
        return tuple(one.code for one in self.conditions if one.party == party)


@dataclass(frozen=True, slots=True)
class Firing:
    """A tag on which the typology fires, and the lists that it stands in."""

    tag: bytes
    conditions: tuple[Condition, ...]

    @property
    def met(self) -> int:
        """How many distinct conditions meet."""
        return len({condition.code for condition in self.conditions})

    def told(self) -> dict[str, tuple[str, ...]]:
        """Each owner and its own conditions. The others' are asked for, never told."""
        return {
            party: tuple(one.code for one in self.conditions if one.party == party)
            for party in sorted({one.party for one in self.conditions})
        }


@dataclass(frozen=True, slots=True)
class Count:
    """Outcome of a count. Above the ceiling `firings` is empty and only the size class is known."""

    firings: tuple[Firing, ...]
    size_class: int
    over_ceiling: bool


def tag_input(
    scope: str, typology: str, epoch: int, version: str, value: str, month: str | None = None
) -> bytes:
    """The bytes to evaluate for a tag. With a month (`YYYY-MM`) conditions meet only in time."""
    key_type = KeyType.of_typology(typology, epoch)
    joined = oprf_input(scope, key_type, version, value)
    return joined if month is None else joined + lp(month)


def pad(tags: Collection[bytes], randomness: Randomness) -> tuple[bytes, ...]:
    """The tags among random ones, in order, up to the next power of two and to 32 at least."""
    padded = set(tags)
    size = size_class(len(padded))
    while len(padded) < size:
        padded.add(randomness(INDEX_BYTES))
    return tuple(sorted(padded))


def size_class(count: int) -> int:
    """The length of the padded list: the next power of two, 32 at least."""
    return max(FLOOR, 1 << (count - 1).bit_length() if count else FLOOR)


def pack_tags(tags: Collection[bytes]) -> bytes:
    """A padded list as bytes. Raises `MalformedTags` if it is not padded."""
    packed = b"".join(sorted(tags))
    parse_tags(packed)
    return packed


def parse_tags(data: bytes) -> frozenset[bytes]:
    """The list that the bytes spell. Raises `MalformedTags` for one unpadded or out of order."""
    if len(data) % INDEX_BYTES:
        raise MalformedTags("length")
    tags = [data[at : at + INDEX_BYTES] for at in range(0, len(data), INDEX_BYTES)]
    if len(tags) != size_class(len(tags)):
        raise MalformedTags("padding")
    if sorted(set(tags)) != tags:
        raise MalformedTags("order")
    return frozenset(tags)


def count(typology: Typology, lists: Mapping[tuple[str, str], Collection[bytes]]) -> Count:
    """Count conditions per tag over the lists by (condition, party). Raises `ForeignList`.

    Firings come in the order of their tags, which are pseudorandom.
    """
    known = {(one.code, one.party): one for one in typology.conditions}
    if not lists.keys() <= known.keys():
        raise ForeignList
    met: defaultdict[bytes, list[Condition]] = defaultdict(list)
    for key, condition in known.items():
        for tag in set(lists.get(key, ())):
            met[tag].append(condition)
    found = (Firing(tag, tuple(conditions)) for tag, conditions in sorted(met.items()))
    firings = tuple(one for one in found if one.met >= typology.threshold)
    over = len(firings) > typology.ceiling
    return Count(() if over else firings, size_class(len(firings)), over)
