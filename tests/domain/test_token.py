"""Every field of a token's input is told apart, and what is derived from T says nothing of it."""

from __future__ import annotations

import hashlib
import hmac
from itertools import product

import pytest

from samverkan.domain import token
from samverkan.domain.token import KeyType, MalformedKeyType, TooLong

SCOPE = "coo-00000000000000000000000001"
SECRET = b"s" * 32
T = hashlib.sha512(b"t").digest()


def test_a_length_stands_before_each_part() -> None:
    assert token.lp("åx") == b"\x00\x03\xc3\xa5x"
    assert token.lp(b"") == b"\x00\x00"


def test_no_two_inputs_run_together() -> None:
    parts = ("p1", "p11", "p")
    made = [
        token.oprf_input(scope, key_type, version, value)
        for scope, key_type, version, value in product(("a", "ab"), parts, ("1", "11"), ("1", ""))
    ]
    assert len(set(made)) == len(made)


def test_version_skew_gives_another_input_so_nothing_matches_by_accident() -> None:
    """Attack `version_skew`: two normalisers never meet in one index."""
    one, two = (token.oprf_input(SCOPE, "p1", version, "x") for version in ("1", "2"))
    assert one != two
    assert one.replace(token.lp("1"), token.lp("2"), 1) == two


def test_a_key_type_has_one_spelling_in_every_token() -> None:
    assert token.oprf_input(SCOPE, "P1", "1", "x") == token.oprf_input(SCOPE, "p1", "1", "x")
    assert KeyType.parse("C6") == "c6"


@pytest.mark.parametrize("text", ["", "1p", "p 1", "p1:", "p1::2", "é", "p1\n", "p" * 65])
def test_a_text_that_names_no_key_type_is_refused(text: str) -> None:
    with pytest.raises(MalformedKeyType):
        KeyType.parse(text)


def test_each_typology_and_epoch_has_its_own_key_type() -> None:
    assert KeyType.of_typology("paper-assistance", 3) == "typology:paper-assistance:3"


def test_what_the_function_cannot_take_is_refused() -> None:
    with pytest.raises(TooLong):
        token.lp(bytes(65_536))
    with pytest.raises(TooLong):
        token.oprf_input(SCOPE, "p1", "1", "x" * 65_500)


def test_index_and_lock_are_cut_from_separate_functions_of_the_token() -> None:
    assert token.index_of(T) == hmac.new(T, b"index", hashlib.sha256).digest()[:8]
    assert token.lock_of(T) == hmac.new(T, b"lock", hashlib.sha256).digest()
    assert not token.lock_of(T).startswith(token.index_of(T))


def test_every_part_changes_the_number_of_an_entry() -> None:
    numbers = {
        token.entry_number(secret, scope, epoch, subject, key_type, position)
        for secret, scope, epoch, subject, key_type, position in product(
            (SECRET, b"z" * 32), (SCOPE, "coo-x"), (1, 2), ("sub-1", "sub-2"), ("p1", "p2"), (0, 1)
        )
    }
    assert len(numbers) == 64
    assert {len(number) for number in numbers} == {16}


def test_a_number_is_the_same_when_the_same_is_enrolled_again() -> None:
    again = [token.entry_number(SECRET, SCOPE, 1, "sub-1", "P1", 0) for _ in range(2)]
    assert again[0] == again[1] == token.entry_number(SECRET, SCOPE, 1, "sub-1", "p1", 0)


def test_a_record_has_another_handle_in_every_scope_and_epoch() -> None:
    handles = {
        token.record_handle(SECRET, scope, epoch, "sub-1")
        for scope, epoch in product((SCOPE, "coo-x"), (1, 2))
    }
    assert len(handles) == 4
    assert {len(handle) for handle in handles} == {16}
    assert token.entry_number(SECRET, SCOPE, 1, "sub-1", "p1", 0) not in handles
