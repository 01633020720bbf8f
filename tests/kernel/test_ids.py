"""Identifiers are random and say their kind; a party is the only tenant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.kernel import ids
from samverkan.kernel.ids import CaseId, Id, MalformedId, PartyId, RequestId, encode
from tests.instruments import seeded

KINDS = [k for k in vars(ids).values() if isinstance(k, type) and issubclass(k, Id) and k is not Id]


def test_each_kind_has_a_prefix_of_its_own() -> None:
    prefixes = [kind.prefix for kind in KINDS]
    assert len(set(prefixes)) == len(prefixes) > 10
    assert all(re.fullmatch("[a-z]{3}", prefix) for prefix in prefixes)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_drawn_is_read_back_as_its_kind_alone(kind: type[Id]) -> None:
    drawn = kind.draw(seeded())
    assert kind.parse(drawn) == drawn
    for other in KINDS:
        if other is not kind:
            with pytest.raises(MalformedId):
                other.parse(drawn)


def test_an_identifier_is_all_of_its_randomness_and_nothing_else() -> None:
    asked: list[int] = []

    def dice(count: int) -> bytes:
        asked.append(count)
        return bytes(range(count))

    assert CaseId.draw(dice) == CaseId("cas-" + encode(bytes(range(16))))
    assert asked == [16]


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_unlike_bytes_give_unlike_identifiers_in_the_same_order(one: bytes, two: bytes) -> None:
    assert (encode(one) < encode(two)) is (one < two)
    assert len(encode(one)) == 26


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cas-",
        "cas-0000000000000000000000000",
        "cas-000000000000000000000000011",
        "cas-0000000000000000000000000l",
        "cas-0000000000000000000000000O",
        "CAS-00000000000000000000000001",
        "cas-00000000000000000000000001\n",
        "cas 00000000000000000000000001",
    ],
)
def test_a_text_of_another_form_is_no_identifier(text: str) -> None:
    with pytest.raises(MalformedId) as refused:
        CaseId.parse(text)
    assert str(refused.value) == "not a cas"


@pytest.mark.parametrize("text", ["fk", "skv-beskattning", "ebm-aklagare", "a1-2"])
def test_a_party_is_an_agency_or_a_branch_of_one(text: str) -> None:
    assert PartyId.parse(text) == text


@pytest.mark.parametrize(
    "text", ["", "FK", "1fk", "fk-", "-fk", "fk--a", "fk.a", "fk a", "åklagare", "a" * 41, "fk\n"]
)
def test_a_text_of_another_form_is_no_party(text: str) -> None:
    with pytest.raises(MalformedId) as refused:
        PartyId.parse(text)
    assert str(refused.value) == "not a party"


def test_an_identifier_is_a_text() -> None:
    assert isinstance(RequestId.draw(seeded()), str)


def test_many_are_drawn_at_once_each_its_own() -> None:
    drawn = RequestId.draw_many(seeded(), 1_000)
    assert len(set(drawn)) == 1_000
    assert [RequestId.parse(one) for one in drawn] == drawn
    assert RequestId.draw_many(seeded(), 0) == []


def test_every_letter_is_drawn_alike() -> None:
    letters = "".join(one.partition("-")[2] for one in RequestId.draw_many(seeded(), 1_000))
    counts = [letters.count(letter) for letter in set(letters)]
    assert len(counts) == 32
    assert max(counts) < 1.2 * min(counts)
