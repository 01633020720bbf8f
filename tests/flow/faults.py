"""One opened world for all that is refused at each entrance, and what a store held before and after."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from samverkan.agency import joining
from samverkan.domain.pack import Direction, Pack
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId
from samverkan.kernel.outcome import Refused
from samverkan.shell import texts
from samverkan.shell.texts import Language
from tests.agency.model import BASIS, DEBTS, POLICE
from tests.agency.world import World, open_world

LONG = timedelta(days=370)
"""Past the scope's last day, within the framework's and the officers' mandates."""
_NOT_STATE = {"ledger", "ledger_head", "witness", "inbox", "held", "peers", "about", "calls"}
"""What log and post write of everything that comes, refused or not."""


@dataclass(frozen=True)
class Fault:
    """What somebody tries at an entrance, and the code that it gets."""

    name: str
    code: Code
    do: Callable[[World], object]


@pytest.fixture(scope="module")
def world(stages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The police have asked about Anna; a further scope is drafted that nobody has accepted."""
    folder = tmp_path_factory.mktemp("faults") / "world"
    shutil.copytree(stages["asked"], folder)
    opened = open_world(folder, 4_000)
    usual = opened.scope.draft
    wish = joining.Wish(
        parent=opened.framework.id,
        purpose=usual.purpose,
        grounds=tuple(usual.grounds),
        region=usual.region,
        parties=tuple(usual.parties),
        typologies=(),
        key_types=tuple(usual.key_types),
        sizes=usual.sizes,
        operator=POLICE,
        since=opened.clock().date(),
        until=opened.clock().date() + timedelta(days=30),
    )
    opened.act(POLICE, Action.DECIDE_COOPERATION, joining.propose, wish)
    opened.house.settle()
    yield opened
    opened.house.close()


def digest(world: World) -> dict[str, str]:
    """What each store holds, but for the log and the post's counters."""
    found = {}
    for name, opened in world.house.openings().items():
        told = hashlib.sha256()
        with opened.store.view() as connection:
            for table in opened.store.tables.metadata.sorted_tables:
                if table.name not in _NOT_STATE:
                    rows = sorted(map(repr, connection.execute(select(table)).all()))
                    told.update(repr((table.name, rows)).encode())
        found[name] = told.hexdigest()
    return found


def unaccepted(world: World) -> str:
    """The drafted scope."""
    with world.look(POLICE) as reading:
        events = [e for e in reading.feed.all() if e.kind == "cooperation.draft"]
    return str(events[-1].body["cooperation"])


@contextmanager
def later(world: World) -> Iterator[None]:
    """The scope has run out."""
    world.clock.advance(LONG)
    try:
        yield
    finally:
        world.clock.advance(-LONG)


@contextmanager
def under(world: World, change: Callable[[Pack], Pack]) -> Iterator[None]:
    """The enforcement agency's model is another."""
    node = world.node(DEBTS)
    usual, means = node.pack, node.means
    node.pack = change(usual)
    node.means = replace(means, pack=node.pack)
    try:
        yield
    finally:
        node.pack, node.means = usual, means


def receiving(pack: Pack) -> Pack:
    """As a prosecutor: may receive under the basis, and not disclose (2016:775 § 3)."""
    mine = pack.parties[PartyId(DEBTS)]
    held = tuple(
        replace(one, may=(Direction.RECEIVE,)) if one.basis == BASIS else one
        for one in mine.standing
    )
    parties = {**pack.parties, PartyId(DEBTS): replace(mine, standing=held)}
    return replace(pack, parties=parties)


def registers(pack: Pack) -> Pack:
    """Two records are a register."""
    return replace(pack, enrolment=replace(pack.enrolment, whole_least=2, whole_share=0.5))


def in_(how: Callable[[World], Any], do: Callable[[World], object]) -> Callable[[World], object]:
    """The case under other circumstances."""

    def tried(world: World) -> object:
        with how(world):
            return do(world)

    return tried


def model(change: Callable[[Pack], Pack]) -> Callable[[World], Any]:
    """Under another model."""
    return lambda world: under(world, change)


def spoken(refused: Refused) -> None:
    """One sentence, or two, in each language, and not the same."""
    catalogues = texts.load(texts.HERE)
    said = {language: catalogues[language].refusal(refused) for language in Language}
    assert len(set(said.values())) == len(Language)
    assert all(1 <= words.count(". ") + 1 <= 2 and words[-1] == "." for words in said.values())
