"""The plain address shows every party and its people, and leads to each party's own origin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from httpx import Response
from litestar.testing import TestClient

from samverkan.embedded.house import House
from samverkan.embedded.serve import site
from samverkan.shell.hosts import Hosts
from tests.agency.model import POLICE
from tests.embedded.conftest import PAIR

PORT = 8640


@pytest.fixture
def browser(house: House) -> Iterator[TestClient[Hosts]]:
    """A browser on this machine, without a socket."""
    with TestClient(site(house, PORT, POLICE), base_url=f"https://fk.localhost:{PORT}") as client:
        yield client


def page(browser: TestClient[Hosts], path: str = "/", language: str = "en") -> Response:
    """What is answered at the plain address."""
    headers = {"host": f"localhost:{PORT}", "accept-language": language}
    return browser.get(path, headers=headers)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_plain_address_lists_every_party_with_its_people(
    browser: TestClient[Hosts], house: House, host: str
) -> None:
    headers = {"host": f"{host}:{PORT}", "accept-language": "sv"}
    shown = browser.get("/", headers=headers).text
    for party in PAIR:
        assert f'href="http://{party}.localhost:{PORT}/sign-in"' in shown
        room = shown.split(f'href="http://{party}.localhost:{PORT}/sign-in">', 2)[-1]
        for officer in house.nodes[party].officers():
            assert officer.name in room
    assert "Utlämnandeansvarig" in shown
    assert 'class="stamp stamp--synthetic"' in shown


def test_it_says_where_to_begin_in_the_readers_language(browser: TestClient[Hosts]) -> None:
    shown = page(browser).text
    assert "Begin here" in shown
    assert "Sign in as Karin Lindqvist, Police Authority" in shown


def test_nobody_signs_in_at_the_plain_address(browser: TestClient[Hosts]) -> None:
    assert page(browser, "/sign-in").status_code == 404
    assert "<form" not in page(browser).text.split("<main", 1)[1]
