"""Keys are pinned; a change needs the old key and a quorum of other parties, once and in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.directory import (
    Directory,
    KeyCard,
    KeyChange,
    Pinned,
    change_bytes,
    fingerprint,
    pin,
)
from samverkan.infra.seal import BadSignature, PrivateKeys, PublicKeys, sign_bytes, verify_bytes
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from tests.infra.stores import keys_of

PARTIES = ("polisen", "fk", "kfm", "skv")
HUB = ("exchange", "steering")
NO = refuse(Code.KEY_CHANGE_REFUSED)


def card(address: str, version: int, keys: PrivateKeys) -> KeyCard:
    """A card with these keys."""
    return KeyCard(address, version, keys.public.sign, keys.public.seal)


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """The real signatures."""
    try:
        verify_bytes(signature, message, PublicKeys(key, bytes(32)))
    except BadSignature:
        return False
    return True


BOOK = Directory({a: pin(card(a, 1, keys_of(a))) for a in (*PARTIES, *HUB)}, quorum=2)
NEW = card("fk", 2, keys_of("fk2"))


def signed(
    new: KeyCard, *by: str, old: PrivateKeys | None = None, book: Directory = BOOK
) -> KeyChange:
    """A change with the old key's signature and those of others."""
    message = change_bytes(new, book.pinned[new.address].digest)
    return KeyChange(
        new,
        sign_bytes(message, old or keys_of(new.address)),
        {name: sign_bytes(message, keys_of(name)) for name in by},
    )


def decide(change: KeyChange, book: Directory = BOOK) -> Pinned | Refused:
    """What the directory says, asked by a party."""
    return book.change(change, verify=verify, parties=PARTIES)


def test_a_change_with_the_old_key_and_a_quorum_is_pinned() -> None:
    after = decide(signed(NEW, "polisen", "kfm"))
    assert after == Pinned(NEW, NEW.digest(BOOK.pinned["fk"].digest))


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ((), "nobody"),
        (("kfm",), "one too few"),
        (("kfm", "fk"), "the owner does not count for itself"),
        (("kfm", "exchange"), "a hub role does not count"),
        (("exchange", "steering"), "both hub roles do not count"),
    ],
)
def test_a_change_without_a_quorum_of_other_parties_is_refused(
    by: tuple[str, ...], why: str
) -> None:
    assert decide(signed(NEW, *by)) == NO, why


def test_a_change_without_the_old_key_is_refused_though_all_countersign() -> None:
    assert decide(signed(NEW, "polisen", "kfm", "skv", old=keys_of("fk2"))) == NO


def test_a_countersignature_under_anothers_name_does_not_count() -> None:
    change = signed(NEW, "polisen")
    stolen = {"polisen": change.countersigned["polisen"], "kfm": change.countersigned["polisen"]}
    assert decide(replace(change, countersigned=stolen)) == NO


def test_a_countersigner_who_is_no_party_or_not_pinned_does_not_count() -> None:
    change = signed(NEW, "polisen", "tullverket")
    assert decide(change) == NO
    known = BOOK.change(change, verify=verify, parties=[*PARTIES, "tullverket"])
    assert known == NO


@pytest.mark.parametrize("version", [0, 1, 3, 7])
def test_a_version_that_is_not_the_next_is_refused(version: int) -> None:
    assert decide(signed(replace(NEW, version=version), "polisen", "kfm")) == NO


def test_a_change_cannot_be_played_again() -> None:
    change = signed(NEW, "polisen", "kfm")
    after = decide(change)
    assert isinstance(after, Pinned)
    assert decide(change, replace(BOOK, pinned={**BOOK.pinned, "fk": after})) == NO


def test_a_change_signed_on_another_history_is_refused() -> None:
    """The digest before is covered: signatures for one line of cards are useless in another."""
    other = pin(card("fk", 1, keys_of("fk")))
    shifted = Pinned(other.card, bytes(32))
    book = replace(BOOK, pinned={**BOOK.pinned, "fk": shifted})
    assert decide(signed(NEW, "polisen", "kfm"), book) == NO


def test_a_new_address_is_not_made_by_a_change() -> None:
    message = change_bytes(card("tullverket", 1, keys_of("tullverket")), bytes(32))
    names = {name: sign_bytes(message, keys_of(name)) for name in PARTIES}
    change = KeyChange(card("tullverket", 1, keys_of("tullverket")), bytes(64), names)
    assert decide(change) == NO


def flipped(key: bytes, bit: int) -> bytes:
    """The key with one bit changed."""
    return (int.from_bytes(key, "big") ^ (1 << bit)).to_bytes(32, "big")


@given(st.integers(0, 255))
def test_no_bit_of_a_signed_card_can_be_swapped(bit: int) -> None:
    change = signed(NEW, "polisen", "kfm")
    for moved in (
        replace(NEW, sign=flipped(NEW.sign, bit)),
        replace(NEW, seal=flipped(NEW.seal, bit)),
        replace(NEW, address="kfm"),
        replace(NEW, version=3),
    ):
        assert decide(replace(change, card=moved)) == NO


def test_the_hub_changes_its_own_keys_by_the_same_rule() -> None:
    new = card("exchange", 2, keys_of("exchange2"))
    assert isinstance(decide(signed(new, "polisen", "kfm")), Pinned)
    assert decide(signed(new, "steering", "kfm")) == NO


def test_a_fingerprint_can_be_read_aloud_and_tells_cards_apart() -> None:
    text = fingerprint(BOOK.pinned["fk"])
    assert [len(group) for group in text.split(" ")] == [4] * 8
    texts = {fingerprint(pinned) for pinned in BOOK.pinned.values()}
    assert len(texts) == len(BOOK.pinned)


def test_the_card_in_force_is_found_by_address() -> None:
    assert BOOK.card("fk") == card("fk", 1, keys_of("fk"))
    assert BOOK.card("tullverket") is None
