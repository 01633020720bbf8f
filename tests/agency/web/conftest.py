"""A browser at the police's workspace, on a store at a stage of the chain; no network between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from samverkan.agency import web as workspace
from samverkan.agency.app import Node
from samverkan.agency.web.desk import LedgerVerdict
from samverkan.domain.policy import Permit
from samverkan.infra.ledger import GENESIS, Head
from samverkan.infra.verify import Row, Verdict, check_rows
from samverkan.kernel.ids import UserId
from samverkan.shell.frame import Site
from samverkan.shell.session import MemorySessions, Sessions
from samverkan.shell.web import make_app
from tests.agency.model import POLICE
from tests.agency.world import World


class NodeDesk:
    """A node as the pages see it; verification recomputes the chain of its rows."""

    def __init__(self, node: Node, *, demo: bool) -> None:
        self.node = node
        self.demo = demo

    def __getattr__(self, name: str) -> Any:
        return getattr(self.node, name)

    def verify_ledger(self, permit: Permit) -> LedgerVerdict:
        """See `Desk`."""
        del permit
        store = self.node.opened.store
        with store.view() as connection:
            table = store.tables.ledger.entries
            found = connection.execute(table.select().order_by(table.c.seq)).all()
        rows = [Row(row.seq, row.body, row.hash) for row in found]
        head, fault, at = check_rows(self.node.me, rows, Head(0, GENESIS))
        return Verdict(self.node.me, head.seq, fault, at)


@dataclass
class Browser:
    """One officer's browser."""

    client: TestClient[Litestar]
    world: World
    party: str
    pages: dict[str, str] = field(default_factory=dict)

    def sign_in(self, name: str) -> Browser:
        """Become the officer of that name."""
        node = self.world.node(self.party)
        user = next(one.user for one in node.officers() if one.name == name)
        answer = self.send("/sign-in", {"user": user, "next": "/"})
        assert answer.status_code == 303, answer.text
        return self

    def get(self, path: str) -> httpx.Response:
        """Open a page; a redirect is shown as it is."""
        return self.client.get(path, follow_redirects=False)

    def send(self, path: str, form: dict[str, Any], *, token: str | None = None) -> httpx.Response:
        """Send a form with this session's token."""
        known = self.token() if token is None else token
        return self.client.post(path, data={"_csrf": known, **form}, follow_redirects=False)

    def token(self) -> str:
        """The form token of this session."""
        page = self.client.get("/sign-in").text
        return page.split('name="_csrf" value="', 1)[1].split('"', 1)[0]

    def officer(self, name: str) -> UserId:
        """An officer's number."""
        officers = self.world.node(self.party).officers()
        return next(one.user for one in officers if one.name == name)


Opening = Callable[..., Browser]


@pytest.fixture
def browse() -> Iterator[Opening]:
    """Opens a browser at a party of a world."""
    clients: list[TestClient[Litestar]] = []

    def opening(world: World, party: str = POLICE, *, demo: bool = True) -> Browser:
        desk = NodeDesk(world.node(party), demo=demo)
        randomness = world.node(party).opened.store.randomness
        site = Site(
            frame=workspace.site_frame(desk, shared_process=True),
            sessions=Sessions(MemorySessions(), world.clock, randomness),
            secret=hashlib.sha256(party.encode()).digest(),
            randomness=randomness,
            web=Path(workspace.FOLDER),
        )
        app = make_app("agency", workspace.handlers(), site, services={"desk": desk})
        client = TestClient(
            app, base_url=f"https://{party}.localhost", raise_server_exceptions=False
        )
        client.__enter__()
        clients.append(client)
        return Browser(client, world, party)

    yield opening
    for client in clients:
        client.__exit__(None, None, None)
