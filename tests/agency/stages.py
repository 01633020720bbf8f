"""A world at each stage of the chain; the stages are made once, each test gets its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.agency.world import World, make_stages, open_world

Opening = Callable[[str], World]


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Closed folders by stage. Nobody writes into them."""
    return make_stages(tmp_path_factory.mktemp("stages"))


@pytest.fixture
def at_stage(stages: dict[str, Path], tmp_path: Path) -> Iterator[Opening]:
    """Opens a copy of a stage; closed after the test."""
    opened: list[World] = []

    def opening(name: str) -> World:
        folder = tmp_path / f"world{len(opened)}"
        shutil.copytree(stages[name], folder)
        opened.append(open_world(folder, 900 + len(opened)))
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


__all__ = ["Opening", "asked", "at_stage", "enrolled", "founded", "operating", "stages"]
