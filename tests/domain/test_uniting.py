"""Right numbers unite; what has none joins at most one subject, and never joins two."""

from __future__ import annotations

import pytest

from samverkan.domain.taglist import Kind, Tagged
from samverkan.domain.uniting import records, unite

KINDS = {"#": Kind.NUMBER, "?": Kind.REPAIR, "n": Kind.NAME, "d": Kind.DATED, "p": Kind.PLACED}
Found = set[tuple[frozenset[str], str]]


def united(**parties: list[str]) -> Found:
    """The groups of two and more, each record spelled `party` and its place, and what unites them.

    A record is spelled by its tags: `#1` a number, `?1` a repair that is number 1, `n1` a company's
    name and municipality, `d1` and `p1` a person's name part with birth date
    and with postcode.
    """
    lists = []
    names = {}
    for party, spelled in parties.items():
        entries = []
        for place, tags in enumerate(spelled):
            handle = f"{party}{place}".ljust(8).encode()
            names[party, handle] = f"{party}{place}"
            entries += [tagged(tag, handle) for tag in tags.split()]
        lists.append((party, entries))
    groups = [group for group in unite(records(lists)) if len(group.nodes) > 1]
    return {
        (frozenset(names[party, handle] for party, handle, _ in group.nodes), group.by.name)
        for group in groups
    }


def tagged(tag: str, handle: bytes) -> Tagged:
    """A repair that is a number is the very tag of that number."""
    kind = KINDS[tag[0]]
    family = "#" if tag[0] == "?" else tag[0]
    return Tagged(f"{family}{tag[1:]}".ljust(8).encode(), handle, kind)


def group(*names: str, by: str = "NUMBER") -> tuple[frozenset[str], str]:
    return frozenset(names), by


def test_a_shared_number_unites_whatever_the_names_say() -> None:
    found = united(fk=["#1 n1"], kfm=["#1 n2"], skv=["#1"])
    assert found == {group("fk0", "kfm0", "skv0")}


def test_nobody_is_united_with_nobody() -> None:
    assert united(fk=["#1 n1"], kfm=["#2 n2"], skv=["n3"]) == set()


def test_different_right_numbers_are_two_subjects_though_the_name_is_one() -> None:
    """Father and son, or two companies of a name in one town."""
    assert united(fk=["#1 n1"], kfm=["#2 n1"]) == set()


def test_a_missing_number_is_bridged_by_name_and_municipality() -> None:
    found = united(fk=["#1 n1"], kfm=["n1"], skv=["#1"])
    assert found == {group("fk0", "kfm0", "skv0", by="NAME")}


@pytest.mark.parametrize(
    ("numbered", "other", "one"),
    [
        ("d1", "d1", False),
        ("p1", "p1", False),
        ("d1 d2", "d1 d2", True),
        ("d1 p1", "d1 p1", True),
        ("p1 p2", "p1 p2", True),
        ("d1 d2 p1 p2", "p1 p2", True),
        ("d1 d2 p1 p2", "d8 d9 p1 p2", False),
        ("d1 d2 p1 p2", "d1 d9 p1 p2", True),
    ],
)
def test_a_person_takes_two_parts_of_the_name_and_known_birth_dates_must_not_differ(
    numbered: str, other: str, one: bool
) -> None:
    found = united(fk=[f"#1 {numbered}"], kfm=[other])
    assert found == ({group("fk0", "kfm0", by="NAME")} if one else set())


def test_a_mistyped_number_is_bridged_by_one_of_its_repairs() -> None:
    found = united(fk=["#1 n1"], kfm=["?1 ?2 ?3 n9"])
    assert found == {group("fk0", "kfm0", by="REPAIR")}


def test_a_mistyped_number_of_which_no_repair_is_the_other_s_number_is_another_s() -> None:
    """The true number is among the repairs: a shared name is then chance."""
    assert united(fk=["#1 n1"], kfm=["?2 ?3 n1"]) == set()


def test_repairs_that_meet_two_subjects_are_decided_by_name_or_not_at_all() -> None:
    by_name = united(fk=["#1 n1", "#2 n2"], kfm=["?1 ?2 n2"], skv=["#1", "#2"])
    assert by_name == {group("fk0", "skv0"), group("fk1", "skv1", "kfm0", by="REPAIR")}
    assert united(fk=["#1 n1", "#2 n2"], kfm=["?1 ?2 n9"]) == set()


def test_a_name_that_two_subjects_share_unites_with_neither() -> None:
    assert united(fk=["#1 n1", "#2 n1"], kfm=["n1"]) == set()


def test_more_shared_name_parts_decide() -> None:
    found = united(fk=["#1 n1 n2", "#2 n1 n3"], kfm=["n1 n2"])
    assert found == {group("fk0", "kfm0", by="NAME")}


def test_two_records_of_one_party_that_claim_the_same_subject_are_both_left_out() -> None:
    assert united(fk=["#1 n1"], kfm=["n1", "n1"]) == set()
    assert united(fk=["#1 n1 n2"], kfm=["n1", "n1 n2"]) == {group("fk0", "kfm1", by="NAME")}


def test_who_is_there_by_number_is_not_there_by_name_as_well() -> None:
    assert united(fk=["#1 n1"], kfm=["#1", "n1"]) == {group("fk0", "kfm0")}


def test_no_chain_of_names_unites_strangers() -> None:
    """kfm's record without a number resembles both, but cannot make them one."""
    assert united(fk=["#1 n1"], kfm=["n1 n2"], skv=["#2 n2"]) == set()
    found = united(fk=["n1"], kfm=["n1 n2"], skv=["n2"])
    assert len(found) == 1
    assert all(len(names) == 2 for names, _ in found)


def test_a_mistyped_number_does_not_make_one_of_two_subjects() -> None:
    found = united(fk=["#1"], kfm=["?1 ?2"], skv=["#2"])
    assert found == set()


def test_two_numbers_of_one_record_are_one_subject() -> None:
    """A coordination number that became a personal number."""
    found = united(fk=["#1"], kfm=["#1 #2"], skv=["#2"])
    assert found == {group("fk0", "kfm0", "skv0")}


@pytest.mark.parametrize(
    ("tags", "by"), [("n1", "NAME"), ("d1 p2", "NAME"), ("p1 p2", "NAME"), ("?1", "REPAIR")]
)
def test_records_none_of_which_has_a_right_number_meet_on_the_same_evidence(
    tags: str, by: str
) -> None:
    found = united(fk=[f"{tags} ?7"], kfm=[f"{tags} ?8"], skv=[f"{tags} ?9"])
    assert found == {group("fk0", "kfm0", "skv0", by=by)}


def test_everybody_is_in_one_group() -> None:
    """Also who is left out of others': one party may judge several conditions itself."""
    spelled = {"fk": "#1 n1", "kfm": "n1 n2", "skv": "#2 n2", "af": "?3", "ubm": "p1"}
    entries = [
        (party, [tagged(tag, party.ljust(8).encode()) for tag in tags.split()])
        for party, tags in spelled.items()
    ]
    known = records(entries)
    nodes = [node for group in unite(known) for node in group.nodes]
    assert sorted(nodes) == sorted(known)


def test_quarters_do_not_meet() -> None:
    one = Tagged(b"number-1", b"handle-1", Kind.NUMBER, 0)
    other = Tagged(b"number-2", b"handle-2", Kind.NUMBER, 0)
    lists = [
        ("fk", [one, one._replace(tag=b"number-9", slot=1)]),
        ("kfm", [other, other._replace(tag=b"number-9", slot=3)]),
    ]
    found = next(group for group in unite(records(lists)) if len(group.nodes) > 1)
    assert found.nodes == (("fk", b"handle-1", 1), ("kfm", b"handle-2", 3))
