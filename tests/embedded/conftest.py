"""Prepared houses, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from samverkan.embedded import genesis
from samverkan.embedded.genesis import Genesis
from samverkan.embedded.house import House, open_house
from samverkan.infra.opening import Ambient
from samverkan.kernel.purpose import Stamp
from tests.agency.model import write_deliveries
from tests.agency.world import World, make_stages, open_world
from tests.instruments import FixedClock, seeded

PAIR = ("polisen", "fk")
Opening = Callable[[str], World]


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


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Closed folders of the small model by stage of the chain. Nobody writes into them."""
    return make_stages(tmp_path_factory.mktemp("stages"))


@pytest.fixture
def at_stage(stages: dict[str, Path], tmp_path: Path) -> Iterator[Opening]:
    """Opens a copy of a stage; closed after the test."""
    opened: list[World] = []

    def opening(name: str) -> World:
        folder = tmp_path / f"world{len(opened)}"
        shutil.copytree(stages[name], folder)
        opened.append(open_world(folder, 700 + len(opened)))
        return opened[-1]

    yield opening
    for world in opened:
        world.house.close()


@pytest.fixture
def founded(at_stage: Opening) -> World:
    """Keys are made, deliveries are read."""
    return at_stage("founded")


@pytest.fixture
def enrolled(at_stage: Opening) -> World:
    """Hits and a firing are there, unjudged."""
    return at_stage("enrolled")


@pytest.fixture
def asked(at_stage: Opening) -> World:
    """The police have a case and have asked; nobody has answered."""
    return at_stage("asked")


@pytest.fixture
def operating(at_stage: Opening) -> World:
    """An operation was decided and measures were planned."""
    return at_stage("operating")
