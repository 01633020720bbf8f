"""The demo in the browser: every party at its own origin, the hub's two roles at theirs.

One process holds all of them, says so on every page, and takes synthetic data alone. A thread
carries the post; it wakes as soon as anything has been committed.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread

import uvicorn
from litestar.types import ASGIApp

from samverkan.agency.web.names import Names
from samverkan.embedded import data
from samverkan.embedded.data import Setting
from samverkan.embedded.headless import real
from samverkan.embedded.house import House, open_house
from samverkan.embedded.run import PREPARED, Watch, run
from samverkan.embedded.web.front import Demo as FrontDemo
from samverkan.embedded.web.front import front, in_order, said
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell import web
from samverkan.shell.bundle import read_bundle
from samverkan.shell.hosts import Hosts, Late, local_authority
from samverkan.wire.v1 import EXCHANGE, STEERING

_LONGEST_SLEEP = 1.0
_PLAIN = ("localhost", "127.0.0.1")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to serve: `until` says how far scripted officers go before the reader arrives.

    `language` is the terminal's.
    """

    folder: Path
    setting: Setting
    port: int
    until: str
    language: str = "en"


def serve(wish: Wish, say: Say) -> None:
    """Prepare and serve until interrupted."""
    if not _free(wish.port):
        raise RefusedError(refuse(Code.PORT_TAKEN))
    ambient = real()
    with data.held(wish.folder):
        demo = data.prepare(
            wish.folder,
            wish.setting,
            today=ambient.clock().date(),
            randomness=ambient.randomness,
        )
        house = open_house(wish.folder, demo.genesis, ambient)
        stations = PREPARED if wish.until == "hits" else PREPARED[:1]
        run(house, demo.plan, Watch(say), stations=stations)
        _introduce(house, wish, say)
        web.limit_threads(2 * (os.cpu_count() or 1))
        config = served(house, wish.port, demo.plan.lead)
        server = uvicorn.Server(config)
        with carried(house, lambda: setattr(server, "should_exit", True)):
            server.run()
        house.close()


def served(house: House, port: int, first: str = "") -> uvicorn.Config:
    """How the house is served: on loopback, by no proxy, and the ledger is the only log of reads."""
    return uvicorn.Config(
        site(house, port, first),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        lifespan="on",
    )


def _free(port: int) -> bool:
    """Asked before anything is made, so that a start that cannot serve leaves nothing behind."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def site(house: House, port: int, first: str = "") -> Hosts:
    """Every origin of the house; at the plain address a page that leads to each, `first` before all.

    A party's pages are made when somebody first visits it.
    """
    read_bundle()  # a missing bundle stops the start, not the first reader
    apps: dict[str, ASGIApp] = {
        local_authority(name, port): Late(partial(node.web, shared_process=True, demo=True))
        for name, node in house.nodes.items()
    }
    apps[local_authority(EXCHANGE, port)] = house.exchange.web(shared_process=True)
    apps[local_authority(STEERING, port)] = house.steering.web(shared_process=True)
    start = front(FrontDemo(house, port, first))
    apps |= {f"{name}:{port}": start for name in _PLAIN}
    return Hosts(apps)


@contextmanager
def carried(house: House, broken: Callable[[], None]) -> Iterator[None]:
    """Carry the house's post in the background while this lasts.

    If carrying fails, `broken` is told: pages that go on without post would only mislead.
    """
    wake, end = Event(), Event()
    for store in house.stores().values():
        store.after_commit = wake.set

    def carry() -> None:
        try:
            while not end.is_set():
                wake.wait(_LONGEST_SLEEP)
                wake.clear()
                house.settle()
        finally:
            if not end.is_set():
                broken()

    thread = Thread(target=carry, name="post", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        wake.set()
        thread.join(timeout=30)


def _introduce(house: House, wish: Wish, say: Say) -> None:
    """The addresses, and who can sign in where: name, party, roles. Last, where to begin."""
    names = Names(house.pack, wish.language)
    now = house.steering.opened.store.clock()
    for party, node in house.nodes.items():
        say(f"http://{local_authority(party, wish.port)}")
        for officer in sorted(node.officers(), key=in_order):
            person = said(names, officer, now)
            say(f"    {person.name:24} {names.brief(party):36} {person.roles}".rstrip())
    for name in (EXCHANGE, STEERING):
        say(f"http://{local_authority(name, wish.port)}")
    say(f"http://{_PLAIN[0]}:{wish.port}")
