"""The exchange counts conditions on opaque subjects; each owner hears its own, and no more."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from samverkan.domain import token, typology
from samverkan.domain.taglist import COMPANY, Kind, Tagged, pad
from samverkan.domain.typology import (
    ALWAYS,
    BadTypology,
    Condition,
    ForeignList,
    Told,
    Typology,
)
from tests.instruments import seeded

PROVIDER = Condition("fk:assistance-provider", "fk")
NO_STAFF = Condition("skv:no-employees-declared", "skv-beskattning")
DEBT = Condition("kfm:debt-over-100k", "kfm")
PAPER = Typology("paper-assistance", (PROVIDER, NO_STAFF, DEBT), threshold=3, ceiling=4)
LOOSE = Typology("paper-assistance", PAPER.conditions, threshold=2, ceiling=9)
TIMED = Typology("paper-assistance", PAPER.conditions, threshold=3, ceiling=9, timed=True)
KEYS = {"paper-assistance": b"a", "unfair-labour": b"b"}
TODAY = date(2026, 11, 24)
QUARTERS = ("2026-q1", "2026-q2", "2026-q3", "2026-q4")


def tag(value: str, name: str = "paper-assistance", epoch: int = 1, period: str = ALWAYS) -> bytes:
    """A tag as its owner makes it, an ideal keyed function in the place of the evaluated one."""
    key = KEYS[name] + bytes([epoch])
    asked = typology.tag_input("coo-x", name, epoch, "1", ("c1", value))
    return typology.tag_of(hashlib.sha512(key + asked).digest(), period)


def handle(party: str, letter: str) -> bytes:
    return token.tag_handle(party.encode(), "coo-x", "paper-assistance", 1, letter)


def lists(**values: str) -> dict[tuple[str, str], tuple[Tagged, ...]]:
    """Padded lists by condition: each letter is a subject, known by number."""
    short = {"provider": PROVIDER, "staff": NO_STAFF, "debt": DEBT}
    return {
        (short[name].code, short[name].party): pad(
            [Tagged(tag(s), handle(short[name].party, s), Kind.NUMBER) for s in letters],
            COMPANY,
            seeded(list(short).index(name)),
        )
        for name, letters in values.items()
    }


def members(letter: str) -> tuple[tuple[str, bytes], ...]:
    return tuple(sorted((one.party, handle(one.party, letter)) for one in PAPER.conditions))


def test_a_typology_fires_on_the_subjects_that_meet_enough_conditions() -> None:
    counted = typology.count(PAPER, lists(provider="abcd", staff="bcx", debt="cby"))
    assert [firing.members for firing in counted.firings] == sorted((members("b"), members("c")))
    assert counted.firings[0].conditions == (PROVIDER, NO_STAFF, DEBT)
    assert {(firing.met, firing.by) for firing in counted.firings} == {(3, Kind.NUMBER)}


def test_two_of_three_leaves_open_which() -> None:
    counted = typology.count(LOOSE, lists(provider="ab", staff="a", debt="b"))
    assert {firing.conditions for firing in counted.firings} == {
        (PROVIDER, NO_STAFF),
        (PROVIDER, DEBT),
    }


def test_each_owner_hears_its_own_handle_and_condition_and_no_other() -> None:
    (firing,) = typology.count(PAPER, lists(provider="a", staff="a", debt="a")).firings
    assert firing.told() == {
        one.party: Told((handle(one.party, "a"),), (one.code,)) for one in PAPER.conditions
    }


def test_an_owner_whose_condition_does_not_meet_hears_nothing() -> None:
    (firing,) = typology.count(LOOSE, lists(provider="a", staff="a", debt="z")).firings
    assert "kfm" not in firing.told()


def test_above_its_ceiling_a_typology_tells_nobody() -> None:
    counted = typology.count(PAPER, lists(provider="abcde", staff="abcde", debt="abcde"))
    assert counted.over_ceiling
    assert counted.firings == ()
    four = lists(provider="abcd", staff="abcde", debt="abcde")
    assert len(typology.count(PAPER, four).firings) == 4


def test_a_condition_that_two_parties_judge_counts_once() -> None:
    second = Condition(PROVIDER.code, "kfm")
    both = Typology("paper-assistance", (PROVIDER, second, DEBT), threshold=2, ceiling=9)
    own = [Tagged(tag("a"), handle("kfm", "a"), Kind.NUMBER)]
    only = {**lists(provider="a"), (second.code, second.party): own}
    assert typology.count(both, only).firings == ()
    (firing,) = typology.count(both, {**only, **lists(debt="a")}).firings
    assert firing.met == 2
    assert firing.told()["kfm"] == Told((handle("kfm", "a"),), (PROVIDER.code, DEBT.code))


def test_one_party_that_judges_enough_conditions_fires_alone() -> None:
    own = Typology("x", (PROVIDER, Condition("fk:other", "fk"), DEBT), threshold=2, ceiling=9)
    mine = lists(provider="a")[PROVIDER.code, "fk"]
    one = tuple(entry for entry in mine if entry.handle == handle("fk", "a"))
    known = {(PROVIDER.code, "fk"): mine, ("fk:other", "fk"): one}
    (firing,) = typology.count(own, known).firings
    assert firing.told() == {"fk": Told((handle("fk", "a"),), (PROVIDER.code, "fk:other"))}


def test_a_missing_list_counts_as_nobody() -> None:
    assert typology.count(PAPER, lists(provider="a", staff="a")).firings == ()


def test_a_list_of_a_party_that_does_not_own_the_condition_is_refused() -> None:
    for at in ((PROVIDER.code, "kfm"), ("fk:other", "fk")):
        with pytest.raises(ForeignList):
            typology.count(PAPER, {at: ()})


def test_a_subject_without_a_number_at_one_party_is_found_by_name() -> None:
    known = lists(provider="a", staff="a")
    name = tag("ek bygg|1880")
    known[PROVIDER.code, "fk"] += (Tagged(name, handle("fk", "a"), Kind.NAME),)
    known[DEBT.code, "kfm"] = (Tagged(name, handle("kfm", "q"), Kind.NAME),)
    (firing,) = typology.count(PAPER, known).firings
    assert firing.by is Kind.NAME
    assert firing.told()["kfm"].handles == (handle("kfm", "q"),)


def held(condition: Condition, *slots: tuple[int, str]) -> dict[tuple[str, str], list[Tagged]]:
    """One subject's list: in which slot stands which quarter."""
    mine = handle(condition.party, "a")
    entries = [Tagged(tag("a", period=q), mine, Kind.NUMBER, at) for at, q in slots]
    return {(condition.code, condition.party): entries}


def test_conditions_that_hold_in_different_quarters_do_not_meet() -> None:
    always = held(DEBT, *enumerate(QUARTERS))
    early = held(PROVIDER, (0, "2026-q1"), (1, "2026-q2"))
    late = held(NO_STAFF, (0, "2026-q3"))
    assert typology.count(TIMED, {**early, **late, **always}).firings == ()
    overlap = held(NO_STAFF, (0, "2026-q3"), (1, "2026-q2"))
    (firing,) = typology.count(TIMED, {**early, **overlap, **always}).firings
    assert firing.met == 3


def test_meeting_in_several_quarters_is_one_firing() -> None:
    at = ((2, "2026-q1"), (0, "2026-q2"))
    known = {**held(PROVIDER, *at), **held(NO_STAFF, *at), **held(DEBT, *enumerate(QUARTERS))}
    (firing,) = typology.count(TIMED, known).firings
    assert firing.members == members("a")


@pytest.mark.parametrize(
    ("months", "timed", "found"),
    [
        (("2026-01", "2026-03", "2026-04"), True, ("2026-q1", "2026-q2")),
        (("2026-01",), False, (ALWAYS,)),
        ((), True, ("2025-q4", *QUARTERS)),
        ((), False, (ALWAYS,)),
        (("2025-10",), True, ()),
        (("2025-10",), False, ()),
        (("2025-10", "2025-11"), True, ("2025-q4",)),
        (("2026-12", "2027-01"), True, ()),
    ],
)
def test_a_condition_counts_for_the_quarters_of_the_window_in_which_it_held(
    months: tuple[str, ...], timed: bool, found: tuple[str, ...]
) -> None:
    at = Typology("x", PAPER.conditions, threshold=2, ceiling=1, window=12, timed=timed)
    assert typology.periods(at, months, on=TODAY) == found


@pytest.mark.parametrize(
    ("stated", "meets"),
    [
        ({PROVIDER.code: ["2026-03"], NO_STAFF.code: ["2026-01"], DEBT.code: []}, True),
        ({PROVIDER.code: ["2026-03"], NO_STAFF.code: ["2026-04"], DEBT.code: []}, False),
        ({PROVIDER.code: ["2026-03"], NO_STAFF.code: ["2026-01"]}, False),
        ({PROVIDER.code: ["2024-03"], NO_STAFF.code: ["2024-03"], DEBT.code: []}, False),
    ],
)
def test_an_oracle_with_all_registers_finds_by_the_same_rule(
    stated: dict[str, list[str]], meets: bool
) -> None:
    assert typology.meets(TIMED, stated, on=TODAY) is meets


def test_typology_join_tags_of_two_typologies_or_epochs_are_unlinked() -> None:
    """Attack `typology_join`: the same thousand subjects share no tag and no order."""
    subjects = [str(at) for at in range(1000)]
    one = [tag(subject) for subject in subjects]
    other = [tag(subject, "unfair-labour") for subject in subjects]
    later = [tag(subject, epoch=2) for subject in subjects]
    quarter = [tag(subject, period="2026-q1") for subject in subjects]
    for them in (other, later, quarter):
        assert not set(one) & set(them)
    # the area under the curve of "ranks alike" is that of guessing
    rank = {value: at for at, value in enumerate(sorted(other))}
    above = [rank[o] for _, o in sorted(zip(one, other, strict=True))]
    concordant = sum(a < b for a, b in zip(above[::2], above[1::2], strict=True))
    assert 200 < concordant < 300


def test_a_tag_is_no_index_of_any_match_entry() -> None:
    made = hashlib.sha512(b"value").digest()
    assert typology.tag_of(made, ALWAYS) != token.index_of(made)


def test_the_input_of_a_tag_names_typology_epoch_and_kind_of_key() -> None:
    asked = {
        typology.tag_input("coo-x", name, epoch, "1", (kind, "v"))
        for name in ("a", "b")
        for epoch in (1, 2)
        for kind in ("c1", "c2")
    }
    assert len(asked) == 8
    same = [typology.tag_input("coo-x", "a", 1, "1", (kind, "v")) for kind in ("c1", "C1")]
    assert same[0] == same[1]


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
    assert PAPER.owners == {"fk", "kfm", "skv-beskattning"}
