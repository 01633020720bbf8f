"""The beginning is made once, is public, and is taken up where a killed start left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.embedded import genesis
from samverkan.embedded.genesis import DIRECTORY, HUB, Genesis, settings
from samverkan.infra import keystore
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.kernel.purpose import Stamp
from tests.embedded.conftest import PAIR, begin

OF = ("se", Stamp.SYNTHETIC)


def key_files(folder: Path) -> dict[str, bytes]:
    """Every address's key file."""
    return {one: settings(folder, one, OF).key_path.read_bytes() for one in (*HUB, *PAIR)}


def test_each_address_has_keys_of_its_own_in_a_folder_of_its_own(tmp_path: Path) -> None:
    begin(tmp_path)
    places = [settings(tmp_path, one, OF) for one in (*HUB, *PAIR)]
    assert len({place.folder for place in places}) == 4
    assert len({keystore.load(place).store for place in places}) == 4
    assert {place.key_path.stat().st_mode & 0o777 for place in places} == {0o600}


def test_settings_say_role_name_and_folder_of_an_address(tmp_path: Path) -> None:
    hub, party = settings(tmp_path, "exchange", OF), settings(tmp_path, "fk", OF)
    assert (hub.role, hub.name, hub.folder) == ("exchange", "exchange", tmp_path / "exchange")
    assert (party.role, party.name, party.folder) == ("agency", "fk", tmp_path / "parties" / "fk")
    assert (party.stamp, party.pack) == (Stamp.SYNTHETIC, "se")


def test_the_hub_and_then_the_parties_in_their_order_are_pinned(tmp_path: Path) -> None:
    begun = begin(tmp_path)
    assert [pin.address for pin in begun.pins] == [*HUB, *PAIR]
    assert begun.parties == PAIR
    assert {pin.version for pin in begun.pins} == {1}
    for pin in begun.pins:
        keys = keystore.load(settings(tmp_path, pin.address, OF)).identities[-1]
        assert pin.keys == keys.public
    assert len({pin.digest for pin in begun.pins}) == 4


def test_what_was_begun_is_read_back(tmp_path: Path) -> None:
    assert genesis.read(tmp_path) == refuse(Code.DATA_FOLDER, folder=str(tmp_path))
    begun = begin(tmp_path)
    assert genesis.read(tmp_path) == begun


def test_the_directory_holds_nothing_private(tmp_path: Path) -> None:
    begin(tmp_path)
    data = (tmp_path / DIRECTORY).read_bytes()
    for address in (*HUB, *PAIR):
        raw = settings(tmp_path, address, OF).key_path.read_text()
        said = keystore.load(settings(tmp_path, address, OF))
        words = [word for word in raw.split('"') if len(word) >= 40]
        assert len(words) >= 5, "store, web and numbering secrets, signing and sealing keys"
        assert not [word for word in words if word.encode() in data]
        assert said.store not in data


def test_a_second_beginning_changes_no_key(tmp_path: Path) -> None:
    begun = begin(tmp_path)
    files, directory = key_files(tmp_path), (tmp_path / DIRECTORY).read_bytes()
    assert begin(tmp_path, seed=99) == begun
    assert key_files(tmp_path) == files
    assert (tmp_path / DIRECTORY).read_bytes() == directory


def test_a_start_that_was_killed_before_its_directory_goes_on_with_the_keys_that_are_there(
    tmp_path: Path,
) -> None:
    begin(tmp_path)
    before = key_files(tmp_path)
    (tmp_path / DIRECTORY).unlink()
    settings(tmp_path, "fk", OF).key_path.unlink()
    begun = begin(tmp_path, seed=99)
    after = key_files(tmp_path)
    assert {one for one in after if after[one] != before[one]} == {"fk"}
    assert isinstance(begun, Genesis)
    assert genesis.read(tmp_path) == begun


@pytest.mark.parametrize("data", [b"", b"{}", b'{"pack": "se"', b"\xff\xfe"])
def test_a_directory_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / DIRECTORY).write_bytes(data)
    assert genesis.read(tmp_path) == refuse(Code.DATA_FOLDER, folder=str(tmp_path))


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    begin(tmp_path)
    assert list(tmp_path.rglob("*.new")) == []
