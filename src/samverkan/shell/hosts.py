"""One process, several parties: the Host header chooses the party, and nothing else does.

Each party has its own origin. A name that is not ours is refused with 421 (RFC 9110, 15.5.20),
so a foreign name that resolves to this machine (DNS rebinding) reaches no party.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.shell.texts import HERE, load


def local_authority(label: str, port: int) -> str:
    """The authority of a party served on this machine alone: `<label>.localhost:PORT`."""
    return f"{label}.localhost:{port}"


class Hosts:
    """An ASGI application that hands each request to the application of its authority."""

    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        """`apps` maps an authority (host, and port unless it is the scheme's own) to its app."""
        self._apps = {authority.lower(): app for authority, app in apps.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or the lifespan of all applications together."""
        kind: str = scope["type"]
        if kind == "lifespan":
            await _Lifespans(self._apps.values()).run(scope, receive, send)
            return
        app = self._apps.get(_authority(scope))
        if app is not None:
            await app(scope, receive, send)
        elif kind == "http":
            await _misdirected(send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": ""})


class Late:
    """An application that is made when it is first asked for a page, in the server's own thread.

    Registering a party's routes takes a sixth of a second; of fourteen parties in one process most
    are not visited soon. It has nothing of its own to start or stop.
    """

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; a start or stop is answered without making anything."""
        kind: str = scope["type"]
        if kind == "lifespan":
            await _acknowledge(receive, send)
            return
        if self._made is None:
            self._made = self._make()
        await self._made(scope, receive, send)


async def _acknowledge(receive: Any, send: Any) -> None:
    for step in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{step}.complete"})


def _authority(scope: Scope) -> str:
    """The one Host header, lower case; empty when it is missing or given twice."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1").lower() if len(hosts) == 1 else ""


async def _misdirected(send: Send) -> None:
    texts = load(HERE).values()
    lines = [Code.UNKNOWN_HOST.value, *(text.refusal(Refused(Code.UNKNOWN_HOST)) for text in texts)]
    body = "\n\n".join(lines).encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


class _Lifespans:
    """Starts and stops every application; one that cannot start stops the whole."""

    def __init__(self, apps: Iterable[ASGIApp]) -> None:
        self._lives = [_Life(app) for app in {id(app): app for app in apps}.values()]

    async def run(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        started = await asyncio.gather(*(life.tell(scope, "startup") for life in self._lives))
        if not all(started):
            await asyncio.gather(*(life.tell(scope, "shutdown") for life in self._lives))
            await send({"type": "lifespan.startup.failed", "message": "a party did not start"})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stopped = await asyncio.gather(*(life.tell(scope, "shutdown") for life in self._lives))
        outcome = "complete" if all(stopped) else "failed"
        await send({"type": f"lifespan.shutdown.{outcome}"})


class _Life:
    """The lifespan of one application, driven message by message."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._inbox: asyncio.Queue[Any] = asyncio.Queue()
        self._outbox: asyncio.Queue[Any] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def tell(self, scope: Mapping[str, Any], step: str) -> bool:
        """Send `startup` or `shutdown`; true when the application completed it."""
        if self._task is None:
            self._task = asyncio.create_task(self._live(dict(scope)))
        elif self._task.done():
            return False
        await self._inbox.put({"type": f"lifespan.{step}"})
        answer = await self._outbox.get()
        return bool(answer["type"] == f"lifespan.{step}.complete")

    async def _live(self, scope: dict[str, Any]) -> None:
        try:
            await self._app(scope, self._inbox.get, self._outbox.put)
        finally:
            # whoever still waits for an answer must hear that none will come
            await self._outbox.put({"type": "lifespan.ended"})
