"""Prepared houses, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan.embedded import genesis
from samverkan.embedded.genesis import Genesis
from samverkan.embedded.house import House, open_house
from samverkan.infra.opening import Ambient
from samverkan.kernel.purpose import Stamp
from tests.agency.model import write_deliveries
from tests.agency.stages import asked, at_stage, enrolled, founded, operating, stages
from tests.agency.world import World, open_world
from tests.instruments import FixedClock, seeded

PAIR = ("polisen", "fk")


def begin(folder: Path, seed: int = 7) -> Genesis:
    """The beginning of a house of two parties."""
    return genesis.begin(
        folder, parties=PAIR, pack="se", stamp=Stamp.SYNTHETIC, randomness=seeded(seed)
    )


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed folder of a new house of two parties. Nobody writes into it."""
    folder = tmp_path_factory.mktemp("pair") / "house"
    open_house(folder, begin(folder), Ambient(FixedClock(), seeded(8))).close()
    return folder


@pytest.fixture
def house(pair: Path, tmp_path: Path) -> Iterator[House]:
    """Two parties and the hub, new, under the national model; in the test's own folder."""
    shutil.copytree(pair, tmp_path, dirs_exist_ok=True)
    begun = genesis.read(tmp_path)
    assert isinstance(begun, Genesis)
    opened = open_house(tmp_path, begun, Ambient(FixedClock(), seeded(9)))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed folder of the small model: deliveries have come, nobody has done anything."""
    folder = tmp_path_factory.mktemp("new") / "house"
    world = open_world(folder, 3)
    write_deliveries(world.plan.deliveries)
    world.house.close()
    return folder


@pytest.fixture
def fresh(new: Path, tmp_path: Path) -> Iterator[World]:
    """A copy of it, opened."""
    world = open_world(Path(shutil.copytree(new, tmp_path / "new")), 4)
    yield world
    world.house.close()


__all__ = [
    "asked",
    "at_stage",
    "begin",
    "enrolled",
    "founded",
    "fresh",
    "house",
    "new",
    "operating",
    "pair",
    "stages",
]
