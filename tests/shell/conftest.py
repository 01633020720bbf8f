"""A browser at each of two parties, without a network between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from samverkan.kernel.ids import Randomness
from tests.instruments import FixedClock
from tests.shell import gallery


class Browser:
    """One browser at one party: keeps cookies, reads the form token off a page."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self.client = client

    def token(self, path: str = "/sign-in") -> str:
        """The form token that this browser's own page carries."""
        page = self.client.get(path).text
        return page.split('name="_csrf" value="', 1)[1].split('"', 1)[0]

    def sign_in(self) -> None:
        """Become the gallery's officer."""
        form = {"_csrf": self.token(), "user": "anna", "next": "/"}
        answer = self.client.post("/sign-in", data=form, follow_redirects=False)
        assert answer.status_code == 303

    @property
    def cookie(self) -> str:
        """The session token that the browser holds."""
        return self.client.cookies["__Host-session"]


@pytest.fixture
def browsers(clock: FixedClock, randomness: Randomness) -> Iterator[dict[str, Browser]]:
    """A browser at each party of the gallery."""
    clients = {
        party: TestClient(app, base_url=f"https://{party}.localhost", raise_server_exceptions=False)
        for party, app in gallery.apps(clock, randomness).items()
    }
    with clients[gallery.SKV], clients[gallery.FK]:
        yield {party: Browser(client) for party, client in clients.items()}


@pytest.fixture
def skv(browsers: dict[str, Browser]) -> Browser:
    """A browser at the first party."""
    return browsers["skv"]


@pytest.fixture
def fk(browsers: dict[str, Browser]) -> Browser:
    """A browser at the second party."""
    return browsers["fk"]
