"""What a role is told when it starts: frozen, and its places follow from its folder."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from samverkan.infra.settings import ROLES, RoleSettings
from samverkan.kernel.purpose import Stamp

SETTINGS = RoleSettings("agency", "fk", Path("data/fk"), Stamp.SYNTHETIC, "se")


def test_store_and_keys_lie_in_the_own_folder() -> None:
    assert SETTINGS.store_path == Path("data/fk/store.db")
    assert SETTINGS.key_path == Path("data/fk/keys.json")


def test_settings_do_not_change_while_a_role_runs() -> None:
    with pytest.raises(FrozenInstanceError):
        SETTINGS.stamp = Stamp.LIVE  # type: ignore[misc]


def test_there_are_three_roles() -> None:
    assert ROLES == ("agency", "exchange", "steering")
