"""A key change as every role takes it: pinned with the old key and enough parties, else refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan.domain.directory import KeyCard, change_bytes
from samverkan.infra.addressbook import Pin
from samverkan.infra.opening import Ambient, Opened, open_role, pin_all
from samverkan.infra.repin import directory, repin, valid
from samverkan.infra.seal import sign_bytes
from samverkan.infra.settings import RoleSettings
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from samverkan.wire import v1
from samverkan.wire.joining import KeyChanged
from tests.infra.postoffice import ADDRESSES, envelope
from tests.infra.stores import READ, actions, keys_of
from tests.infra.test_opening import SCHEMA
from tests.instruments import FixedClock, seeded

PARTIES = ("polisen", "fk", "kfm")
NEW = keys_of("fk2").public


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """An exchange that has pinned everybody's first card."""
    settings = RoleSettings("exchange", "exchange", tmp_path / "x", Stamp.SYNTHETIC, "se")
    made = open_role(settings, SCHEMA, Ambient(FixedClock(), seeded()))
    pin_all(made, [Pin(a, 1, keys_of(a).public, bytes(32)) for a in ADDRESSES])
    yield made
    made.store.close()


def changed(*by: str, version: int = 2, old: str = "fk") -> KeyChanged:
    """A change of fk's keys, signed by the old ones and by these."""
    message = change_bytes(KeyCard("fk", version, NEW.sign, NEW.seal), bytes(32))
    return KeyChanged(
        version=version,
        sign=NEW.sign,
        seal=NEW.seal,
        old=sign_bytes(message, keys_of(old)),
        countersigned={name: sign_bytes(message, keys_of(name)) for name in by},
    )


def take(opened: Opened, body: KeyChanged, sender: str = "fk") -> object:
    """What the handler answers to the change, in a transaction."""
    post = envelope(sender=sender, kind="directory.change", body=v1.to_body(body))
    with opened.store.write() as transaction:
        transaction.log(READ)
        return repin(opened, PARTIES)(transaction, post)


def pins(opened: Opened, address: str = "fk") -> list[Pin]:
    with opened.store.view() as connection:
        return opened.book.all(connection, address)


def test_a_change_with_its_signatures_is_pinned_and_logged(opened: Opened) -> None:
    assert take(opened, changed("polisen", "kfm")) is None
    first, second = pins(opened)
    assert (second.version, second.keys) == (2, NEW)
    assert second.digest not in (first.digest, bytes(32))
    assert actions(opened.store)[-1] == "directory.changed"


@pytest.mark.parametrize(
    ("body", "sender"),
    [
        (changed("polisen"), "fk"),
        (changed("polisen", "exchange", "steering"), "fk"),
        (changed("polisen", "kfm", old="fk2"), "fk"),
        (changed("polisen", "kfm", version=3), "fk"),
        (changed("polisen", "fk"), "kfm"),
        (changed("polisen", "kfm"), "exchange"),
    ],
)
def test_a_change_that_lacks_anything_is_refused(
    opened: Opened, body: KeyChanged, sender: str
) -> None:
    answer = take(opened, body, sender)
    assert isinstance(answer, Refused)
    assert answer.code is Code.KEY_CHANGE_REFUSED
    assert [pin.version for pin in pins(opened)] == [1]


def test_a_change_that_comes_again_is_refused(opened: Opened) -> None:
    take(opened, changed("polisen", "kfm"))
    assert isinstance(take(opened, changed("polisen", "kfm")), Refused)
    assert [pin.version for pin in pins(opened)] == [1, 2]


def test_the_newest_card_of_each_address_is_in_force(opened: Opened) -> None:
    take(opened, changed("polisen", "kfm"))
    with opened.store.view() as connection:
        known = directory(opened.book, connection)
    assert set(known.pinned) == set(ADDRESSES)
    assert known.card("fk") == KeyCard("fk", 2, NEW.sign, NEW.seal)


def test_a_signature_is_checked_and_a_key_of_another_size_verifies_nothing() -> None:
    signature = sign_bytes(b"said", keys_of("fk"))
    public = keys_of("fk").public.sign
    assert valid(public, b"said", signature)
    assert not valid(public, b"other", signature)
    assert not valid(public[:31], b"said", signature)
