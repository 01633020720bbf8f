"""The key file: made once, for its owner's eyes, opened by its own role and address alone."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan.infra import keystore
from samverkan.infra.keystore import Secrets
from samverkan.infra.seal import draw_keys
from samverkan.infra.settings import ForeignSecret, RoleSettings
from samverkan.kernel.ids import PartyId
from samverkan.kernel.purpose import Stamp
from tests.instruments import seeded


@pytest.fixture
def settings(tmp_path: Path) -> RoleSettings:
    """The social insurance agency, in a folder that is not there yet."""
    return RoleSettings("agency", PartyId("fk"), tmp_path / "fk", Stamp.SYNTHETIC, "se")


def same(one: Secrets, other: Secrets) -> bool:
    return keystore_bytes(one) == keystore_bytes(other)


def keystore_bytes(secrets: Secrets) -> list[bytes]:
    pairs = [keys.to_bytes() for keys in secrets.identities]
    pending = [] if secrets.pending is None else [secrets.pending.to_bytes()]
    return [secrets.store, secrets.web, secrets.prf, *pairs, *pending]


def test_keys_are_drawn_once_and_opened_afterwards(settings: RoleSettings) -> None:
    first = keystore.create(settings, seeded(1))
    assert same(keystore.create(settings, seeded(2)), first)
    assert same(keystore.load(settings), first)


def test_the_keys_of_an_address_are_all_unlike(settings: RoleSettings) -> None:
    secrets = keystore.create(settings, seeded())
    (keys,) = secrets.identities
    drawn = [secrets.store, secrets.web, secrets.prf, keys.sign, keys.seal]
    assert len(set(drawn)) == 5
    assert {len(secret) for secret in drawn} == {32}


def test_the_file_is_readable_by_its_owner_alone(settings: RoleSettings) -> None:
    keystore.create(settings, seeded())
    assert stat.S_IMODE(settings.key_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.folder.stat().st_mode) == 0o700


def test_the_file_stays_so_when_a_crash_left_an_open_one_beside_it(settings: RoleSettings) -> None:
    secrets = keystore.create(settings, seeded())
    left = settings.key_path.with_name("keys.json.new")
    left.write_bytes(b"half of a")
    left.chmod(0o644)
    keystore.save(settings, secrets)
    assert stat.S_IMODE(settings.key_path.stat().st_mode) == 0o600
    assert same(keystore.load(settings), secrets)


@pytest.mark.parametrize(
    ("role", "name"), [("agency", "kfm"), ("steering", "fk"), ("exchange", "fk")]
)
def test_another_role_or_address_is_refused_the_secret(
    settings: RoleSettings, role: str, name: str
) -> None:
    keystore.create(settings, seeded())
    with pytest.raises(ForeignSecret):
        keystore.create(replace(settings, role=role, name=name), seeded())


def test_a_new_version_is_in_force_and_the_old_one_still_opens(settings: RoleSettings) -> None:
    first = keystore.create(settings, seeded())
    assert first.version == 1
    new = draw_keys(seeded(3))
    keystore.save(settings, replace(first, pending=new))
    assert keystore.load(settings).pending is not None
    keystore.save(settings, replace(first, identities=(new, *first.identities)))
    again = keystore.load(settings)
    assert again.version == 2
    assert [keys.public for keys in again.identities] == [new.public, first.identities[0].public]
    assert again.pending is None


def test_secrets_are_not_shown(settings: RoleSettings) -> None:
    secrets = keystore.create(settings, seeded())
    assert secrets.store.hex() not in repr(secrets)
    assert repr(secrets.store) not in repr(secrets)


def test_a_replaced_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    keystore.replace_file(path, b"one")
    keystore.replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]
