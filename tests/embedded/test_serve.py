"""Every origin of the house in one process: each its own, strangers at none, data stamped on all."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from litestar.testing import TestClient

from samverkan.agency.web.names import Names
from samverkan.embedded.data import Setting
from samverkan.embedded.house import House
from samverkan.embedded.serve import Wish, _introduce, carried, serve, site
from samverkan.infra.mail import Postman
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from samverkan.shell.hosts import Hosts, local_authority
from tests.agency.model import PARTIES, POLICE
from tests.agency.world import World
from tests.embedded.conftest import PAIR
from tests.embedded.test_house import waiting, write

PORT = 8640
HOSTS = ("exchange", "steering", *PAIR)


@pytest.fixture
def browser(house: House) -> Iterator[TestClient[Hosts]]:
    """A browser on this machine, without a socket."""
    with TestClient(site(house, PORT, POLICE), base_url=f"https://fk.localhost:{PORT}") as client:
        yield client


def page(browser: TestClient[Hosts], name: str, path: str, language: str = "en") -> str:
    headers = {"host": local_authority(name, PORT), "accept-language": language}
    answer = browser.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.text


def test_every_address_of_the_house_answers_at_its_own_origin(
    browser: TestClient[Hosts],
) -> None:
    pages = {name: page(browser, name, "/sign-in") for name in PAIR}
    pages |= {name: page(browser, name, "/") for name in ("exchange", "steering")}
    assert len(set(pages.values())) == len(HOSTS)
    assert "Polismyndigheten" in page(browser, POLICE, "/sign-in", "sv")
    assert "Försäkringskassan" in page(browser, "fk", "/sign-in", "sv")


def test_every_page_says_that_its_data_are_synthetic_and_the_process_shared(
    browser: TestClient[Hosts],
) -> None:
    for name in HOSTS:
        shown = page(browser, name, "/sign-in" if name in PAIR else "/")
        assert 'class="stamp stamp--synthetic"' in shown
        assert "Synthetic data" in shown


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8641",
        "127.0.0.1",
        "localhost.example.org:8640",
        "kfm.localhost:8640",
        "fk.localhost",
        "fk.localhost:80",
        "fk.localhost.example.org:8640",
    ],
)
def test_an_unknown_host_reaches_nobody(browser: TestClient[Hosts], host: str) -> None:
    answer = browser.get("/sign-in", headers={"host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


def test_a_demo_lists_the_partys_own_invented_people_alone(
    browser: TestClient[Hosts], house: House
) -> None:
    for mine, other in (PAIR, PAIR[::-1]):
        shown = page(browser, mine, "/sign-in")
        assert all(one.name in shown for one in house.nodes[mine].officers())
        assert not any(one.name in shown for one in house.nodes[other].officers())


def test_who_can_sign_in_where_is_said_and_at_the_end_where_to_begin(founded: World) -> None:
    said: list[str] = []
    wish = Wish(founded.folder, Setting("tiny", 7), PORT, "hits", "sv")
    _introduce(founded.house, wish, said.append)
    text = "\n".join(said)
    for name in (*PARTIES, "exchange", "steering"):
        assert f"http://{name}.localhost:{PORT}" in said
    for party in PARTIES:
        for officer in founded.node(party).officers():
            line = next(line for line in said if officer.name in line)
            assert Names(founded.house.pack, "sv").brief(party) in line
    assert "Utl\u00e4mnandeansvarig" in text
    assert said[-1] == f"http://localhost:{PORT}"


def awaited(house: House, name: str) -> bool:
    """Whether a message comes to the address before long."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if waiting(house, name):
            return True
        time.sleep(0.02)
    return False


def test_post_is_carried_in_the_background_as_soon_as_it_is_written(house: House) -> None:
    broken = Event()
    with carried(house, broken.set):
        write(house, "fk", "polisen")
        assert awaited(house, "polisen")
    assert not broken.is_set()
    write(house, "fk", "polisen")
    time.sleep(0.05)
    assert waiting(house, "polisen") == 1, "nobody carries any more"


class Broken:
    """A postman who cannot go on."""

    def pump(self) -> bool:
        """See `Postman`."""
        raise CarryingFailed


class CarryingFailed(Exception):
    """The store behind the postman is gone."""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_when_the_post_cannot_be_carried_whoever_serves_is_told(house: House) -> None:
    house.nodes["fk"].postman = cast("Postman", Broken())
    broken = Event()
    with carried(house, broken.set):
        write(house, "polisen", "fk")
        assert broken.wait(20)


@pytest.mark.flow
def test_a_port_that_is_taken_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        with pytest.raises(RefusedError) as caught:
            serve(Wish(tmp_path / "new", Setting("tiny", 7), port, "hits"), said.append)
    assert caught.value.refused.code is Code.PORT_TAKEN
    assert (said, (tmp_path / "new").exists()) == ([], False)
