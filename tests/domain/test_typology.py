"""The exchange counts conditions on opaque tags; lists say a size class, firings only the own."""

from __future__ import annotations

import hashlib
import random

import pytest

from samverkan.domain import token, typology
from samverkan.domain.typology import (
    BadTypology,
    Condition,
    ForeignList,
    MalformedTags,
    Typology,
)

PROVIDER = Condition("fk:assistance-provider", "fk")
NO_STAFF = Condition("skv:no-employees-declared", "skv-beskattning")
DEBT = Condition("kfm:debt-over-100k", "kfm")
PAPER = Typology("paper-assistance", (PROVIDER, NO_STAFF, DEBT), threshold=3, ceiling=4)
KEYS = {"paper-assistance": b"a", "unfair-labour": b"b"}


def tag(value: str, name: str = "paper-assistance", epoch: int = 1) -> bytes:
    """A tag as its owner makes it, an ideal keyed function in the place of the evaluated one."""
    key = KEYS[name] + bytes([epoch])
    asked = typology.tag_input("coo-x", name, epoch, "1", value)
    return token.index_of(hashlib.sha512(key + asked).digest())


def lists(**values: str) -> dict[tuple[str, str], tuple[bytes, ...]]:
    """Padded lists by condition: each letter is a subject."""
    short = {"provider": PROVIDER, "staff": NO_STAFF, "debt": DEBT}
    return {
        (short[name].code, short[name].party): typology.pad(
            [tag(letter) for letter in letters], random.Random(name).randbytes
        )
        for name, letters in values.items()
    }


def test_a_typology_fires_on_the_tags_that_meet_enough_conditions() -> None:
    counted = typology.count(PAPER, lists(provider="abcd", staff="bcx", debt="cby"))
    assert {firing.tag for firing in counted.firings} == {tag("b"), tag("c")}
    assert counted.firings[0].conditions == (PROVIDER, NO_STAFF, DEBT)
    assert [firing.tag for firing in counted.firings] == sorted((tag("b"), tag("c")))


def test_two_of_three_leaves_open_which() -> None:
    loose = Typology("paper-assistance", PAPER.conditions, threshold=2, ceiling=9)
    counted = typology.count(loose, lists(provider="ab", staff="a", debt="b"))
    assert {firing.tag: firing.conditions for firing in counted.firings} == {
        tag("a"): (PROVIDER, NO_STAFF),
        tag("b"): (PROVIDER, DEBT),
    }


def test_each_owner_hears_its_own_condition_and_no_other() -> None:
    (firing,) = typology.count(PAPER, lists(provider="a", staff="a", debt="a")).firings
    assert firing.told() == {
        "fk": (PROVIDER.code,),
        "kfm": (DEBT.code,),
        "skv-beskattning": (NO_STAFF.code,),
    }


def test_an_owner_whose_condition_does_not_meet_hears_nothing() -> None:
    loose = Typology("paper-assistance", PAPER.conditions, threshold=2, ceiling=9)
    (firing,) = typology.count(loose, lists(provider="a", staff="a", debt="z")).firings
    assert "kfm" not in firing.told()


def test_above_its_ceiling_a_typology_tells_nobody() -> None:
    five = lists(provider="abcde", staff="abcde", debt="abcde")
    counted = typology.count(PAPER, five)
    assert counted.over_ceiling
    assert counted.firings == ()
    assert counted.size_class == 32
    four = lists(provider="abcd", staff="abcde", debt="abcde")
    assert len(typology.count(PAPER, four).firings) == 4


def test_a_condition_that_two_parties_judge_counts_once() -> None:
    second = Condition(PROVIDER.code, "kfm")
    both = Typology("paper-assistance", (PROVIDER, second, DEBT), threshold=2, ceiling=9)
    at = (second.code, second.party)
    only = {**lists(provider="a"), at: typology.pad([tag("a")], random.Random(1).randbytes)}
    assert typology.count(both, only).firings == ()
    (firing,) = typology.count(both, {**only, **lists(debt="a")}).firings
    assert firing.met == 2
    assert firing.told()["kfm"] == (PROVIDER.code, DEBT.code)


def test_a_missing_list_counts_as_nobody() -> None:
    assert typology.count(PAPER, lists(provider="a", staff="a")).firings == ()


def test_a_list_of_a_party_that_does_not_own_the_condition_is_refused() -> None:
    for at in ((PROVIDER.code, "kfm"), ("fk:other", "fk")):
        with pytest.raises(ForeignList):
            typology.count(PAPER, {at: [tag("a")]})


def test_typology_join_tags_of_two_typologies_or_epochs_are_unlinked() -> None:
    """Attack `typology_join`: the same thousand subjects share no tag and no order."""
    subjects = [str(at) for at in range(1000)]
    one = [tag(subject) for subject in subjects]
    other = [tag(subject, "unfair-labour") for subject in subjects]
    later = [tag(subject, epoch=2) for subject in subjects]
    assert not set(one) & set(other)
    assert not set(one) & set(later)
    # the area under the curve of "ranks alike" is that of guessing
    rank = {value: at for at, value in enumerate(sorted(other))}
    above = [rank[o] for _, o in sorted(zip(one, other, strict=True))]
    concordant = sum(a < b for a, b in zip(above[::2], above[1::2], strict=True))
    assert 200 < concordant < 300


def test_the_input_of_a_tag_names_typology_and_epoch() -> None:
    asked = {
        typology.tag_input("coo-x", name, epoch, "1", "v")
        for name in ("a", "b")
        for epoch in (1, 2)
    }
    assert len(asked) == 4
    assert typology.tag_input("coo-x", "a", 1, "1", "v") == token.oprf_input(
        "coo-x", "typology:a:1", "1", "v"
    )


def test_with_months_conditions_meet_only_in_time() -> None:
    months = {
        typology.tag_input("coo-x", "a", 1, "1", "v", month)
        for month in ("2026-01", "2026-02", None)
    }
    assert len(months) == 3
    assert typology.tag_input("coo-x", "a", 1, "1", "v2026-01") not in months


@pytest.mark.parametrize(
    ("count", "size"), [(0, 32), (1, 32), (19, 32), (20, 32), (32, 32), (33, 64), (64, 64)]
)
def test_a_list_is_padded_to_its_size_class(count: int, size: int) -> None:
    tags = [tag(str(at)) for at in range(count)]
    padded = typology.pad(tags, random.Random(1).randbytes)
    assert len(padded) == size
    assert set(tags) <= set(padded)
    assert list(padded) == sorted(set(padded))
    assert typology.parse_tags(typology.pack_tags(padded)) == set(padded)


def test_a_list_that_is_not_padded_is_not_sent_and_not_taken() -> None:
    with pytest.raises(MalformedTags):
        typology.pack_tags([tag("a")])
    with pytest.raises(MalformedTags):
        typology.parse_tags(tag("a"))


def test_a_list_out_of_order_doubled_or_cut_is_refused() -> None:
    packed = typology.pack_tags(typology.pad([tag("a")], random.Random(1).randbytes))
    for wrong in (packed[8:] + packed[:8], packed[:8] + packed[:-8], packed[:-1], b""):
        with pytest.raises(MalformedTags):
            typology.parse_tags(wrong)


@pytest.mark.parametrize(
    ("conditions", "threshold", "ceiling"),
    [((), 1, 1), ((PROVIDER, PROVIDER), 2, 1), ((PROVIDER, DEBT), 1, 1),
     ((PROVIDER, DEBT), 3, 1), ((PROVIDER, DEBT), 2, 0)],
)  # fmt: skip
def test_a_typology_that_cannot_fire_as_meant_is_refused(
    conditions: tuple[Condition, ...], threshold: int, ceiling: int
) -> None:
    with pytest.raises(BadTypology):
        Typology("x", conditions, threshold, ceiling)


def test_a_party_knows_which_conditions_it_judges() -> None:
    assert PAPER.of("fk") == ("fk:assistance-provider",)
    assert PAPER.of("af") == ()
