"""Lists are padded with invented subjects that look like real ones; their length is a size class."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from samverkan.domain import taglist
from samverkan.domain.taglist import COMPANY, FLOOR, PERSON, Kind, MalformedTags, Tagged


def dice(seed: int = 1) -> random.Random:
    return random.Random(seed)


def entry(number: int, kind: Kind = Kind.NUMBER, *, handle: int = 0, slot: int = 0) -> Tagged:
    return Tagged(number.to_bytes(8, "big"), handle.to_bytes(8, "big"), kind, slot)


def padded(*entries: Tagged) -> tuple[Tagged, ...]:
    return taglist.pad(entries, COMPANY, dice().randbytes)


@pytest.mark.parametrize(
    ("count", "size"),
    [(0, FLOOR), (1, FLOOR), (FLOOR, FLOOR), (FLOOR + 1, 2 * FLOOR), (1025, 2048)],
)
def test_a_list_is_padded_to_its_size_class(count: int, size: int) -> None:
    entries = [entry(at, handle=at) for at in range(count)]
    made = padded(*entries)
    assert len(made) == size
    assert set(entries) <= set(made)
    assert list(made) == sorted(set(made))


def test_a_list_is_packed_and_read_again() -> None:
    entries = [entry(at, Kind(at % 5), handle=at, slot=at % 32) for at in range(100)]
    made = padded(*entries)
    assert taglist.parse_tags(taglist.pack_tags(made)) == made


def test_in_one_list_the_order_tells_nothing_of_who_is_invented() -> None:
    real = [Tagged(dice(9).randbytes(8), dice(8).randbytes(8), Kind.NUMBER)]
    made = taglist.pad(real, COMPANY, dice().randbytes)
    assert list(made) == sorted(made)


@pytest.mark.parametrize("plain", [COMPANY, PERSON], ids=["company", "person"])
def test_who_is_invented_for_an_empty_list_looks_ordinary(plain: taglist.Shape) -> None:
    made = taglist.pad((), plain, dice().randbytes)
    shapes = shapes_of(made)
    assert shapes.most_common(1)[0][0] == tuple(sorted(plain))
    assert sum(shapes.values()) - shapes[tuple(sorted(plain))] <= 1, "the last one is cut"


def shapes_of(entries: tuple[Tagged, ...]) -> Counter[taglist.Shape]:
    by: defaultdict[bytes, list[tuple[Kind, int]]] = defaultdict(list)
    for one in entries:
        by[one.handle].append((one.kind, one.slot))
    return Counter(tuple(sorted(shape)) for shape in by.values())


def test_invented_subjects_have_the_shapes_of_the_real_ones() -> None:
    """Otherwise several tags under one handle would say: this one is real."""
    mistyped = [entry(at, Kind.REPAIR, handle=1) for at in range(7)]
    nameless = [entry(at, Kind.NAME, handle=2, slot=at) for at in (20, 21)]
    shapes = shapes_of(padded(*mistyped, *nameless))
    assert set(shapes) >= {((Kind.REPAIR, 0),) * 7, ((Kind.NAME, 20), (Kind.NAME, 21))}
    assert min(shapes[shape] for shape in list(shapes)[:2]) > 20
    assert len(shapes) <= 3, "and the last one is cut"


def test_a_list_that_is_not_padded_is_not_sent_and_not_taken() -> None:
    with pytest.raises(MalformedTags):
        taglist.pack_tags([entry(1)])
    with pytest.raises(MalformedTags):
        taglist.parse_tags(bytes(taglist.ENTRY_BYTES))


def test_a_list_out_of_order_doubled_or_cut_is_refused() -> None:
    packed, size = taglist.pack_tags(padded(entry(1))), taglist.ENTRY_BYTES
    wrong = (
        packed[size:] + packed[:size],
        packed[:size] + packed[:-size],
        packed[:-1],
        packed[:-size],
        packed[:-1] + bytes([5]),
        b"",
    )
    for one in wrong:
        with pytest.raises(MalformedTags):
            taglist.parse_tags(one)


def test_an_erased_subject_leaves_a_list_that_can_still_be_read() -> None:
    kept, gone = entry(1, handle=1), [entry(2, handle=2), entry(3, Kind.NAME, handle=2)]
    packed = taglist.pack_tags(padded(kept, *gone))
    left = taglist.without(packed, {gone[0].handle})
    found = taglist.read_tags(left)
    assert kept in found
    assert len(found) == FLOOR - 2
    assert not set(gone) & set(found)
    with pytest.raises(MalformedTags):
        taglist.parse_tags(left)
