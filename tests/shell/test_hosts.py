"""The Host header alone chooses the party."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from samverkan.shell.hosts import Hosts, Late, local_authority


class App:
    """An ASGI application that answers with its name and remembers its life."""

    def __init__(self, name: str, *, starts: bool = True) -> None:
        self.name, self.starts, self.life = name, starts, list[str]()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": self.name.encode()})

    async def _live(self, receive: Any, send: Any) -> None:
        while True:
            step = (await receive())["type"].removeprefix("lifespan.")
            self.life.append(step)
            done = "complete" if self.starts else "failed"
            await send({"type": f"lifespan.{step}.{done}"})
            if step == "shutdown" or not self.starts:
                return


def site() -> Hosts:
    return Hosts({local_authority(name, 8080): App(name) for name in ("skv", "fk")})


def ask(hosts: Hosts, *host: bytes, kind: str = "http") -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope: Any = {"type": kind, "headers": [(b"host", each) for each in host]}
    asyncio.run(hosts(scope, receive, send))
    return sent[0].get("status", 0), sent[-1].get("body", b"")


def test_each_host_reaches_its_own_party() -> None:
    assert ask(site(), b"skv.localhost:8080") == (200, b"skv")
    assert ask(site(), b"fk.localhost:8080") == (200, b"fk")
    assert ask(site(), b"SKV.LocalHost:8080") == (200, b"skv")


@pytest.mark.parametrize(
    "host",
    [
        b"localhost:8080",
        b"127.0.0.1:8080",
        b"evil.example",
        b"skv.localhost",
        b"skv.localhost:9090",
        b"skv.localhost.evil.example:8080",
        b"x.skv.localhost:8080",
        b"skv.localhost:8080@evil.example",
        b"",
    ],
)
def test_a_name_that_is_not_ours_reaches_no_party(host: bytes) -> None:
    status, body = ask(site(), host)
    assert status == 421
    assert body.startswith(b"unknown_host")


def test_a_request_without_host_or_with_two_is_refused() -> None:
    assert ask(site())[0] == 421
    assert ask(site(), b"skv.localhost:8080", b"fk.localhost:8080")[0] == 421


def test_an_unknown_host_gets_no_websocket() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {"type": "websocket", "headers": []}
    asyncio.run(site()(scope, send, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008, "reason": ""}]


def live(hosts: Hosts) -> list[str]:
    sent: list[str] = []

    async def run() -> None:
        inbox: asyncio.Queue[Any] = asyncio.Queue()
        for step in ("startup", "shutdown"):
            inbox.put_nowait({"type": f"lifespan.{step}"})

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await hosts({"type": "lifespan"}, inbox.get, send)  # type: ignore[arg-type]

    asyncio.run(run())
    return sent


def test_all_parties_start_and_stop_together() -> None:
    apps = [App("skv"), App("fk")]
    hosts = Hosts({app.name: app for app in apps})
    assert live(hosts) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert [app.life for app in apps] == [["startup", "shutdown"]] * 2


def test_a_party_that_cannot_start_stops_the_whole() -> None:
    well, ill = App("skv"), App("fk", starts=False)
    assert live(Hosts({"skv": well, "fk": ill})) == ["lifespan.startup.failed"]
    assert well.life == ["startup", "shutdown"]


def test_a_party_that_breaks_at_start_stops_the_whole() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        del scope, send
        await receive()
        raise OSError("no store")

    assert live(Hosts({"skv": broken})) == ["lifespan.startup.failed"]


def test_one_application_under_two_names_lives_once() -> None:
    app = App("skv")
    live(Hosts({"skv": app, "skatteverket": app}))
    assert app.life == ["startup", "shutdown"]


def test_a_late_application_is_made_at_its_first_request_and_once() -> None:
    made: list[str] = []

    def late(name: str) -> Late:
        def make() -> App:
            made.append(name)
            return App(name)

        return Late(make)

    hosts = Hosts({local_authority(name, 8080): late(name) for name in ("skv", "fk")})
    assert made == []
    for _ in range(2):
        assert ask(hosts, b"skv.localhost:8080") == (200, b"skv")
    assert made == ["skv"]


def test_a_late_application_starts_and_stops_without_being_made() -> None:
    told: list[str] = []

    async def live() -> None:
        steps = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> Any:
            return {"type": next(steps)}

        async def send(message: Any) -> None:
            told.append(message["type"])

        await Late(lambda: pytest.fail("made"))({"type": "lifespan"}, receive, send)  # type: ignore[arg-type]

    asyncio.run(live())
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
