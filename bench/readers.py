"""The readers' process: each asks for a page, waits for it whole, asks again, for some seconds."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from typing import Any

_WARM_UP_S = 1.0


@dataclass(slots=True)
class Tally:
    """Pages that came, and answers that were none."""

    pages: int = 0
    bad: int = 0


def ask(wish: dict[str, Any]) -> bytes:
    """The request, the same each time."""
    lines = [f"GET {wish['path']} HTTP/1.1", f"Host: {wish['host']}", f"Cookie: {wish['cookie']}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def reader(wish: dict[str, Any], tally: Tally, until: float) -> None:
    """One reader on one connection."""
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", int(wish["port"]))
    request = ask(wish)
    while time.perf_counter() < until:
        outgoing.write(request)
        head = await incoming.readuntil(b"\r\n\r\n")
        size = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        await incoming.readexactly(size)
        if head.startswith(b"HTTP/1.1 200"):
            tally.pages += 1
        else:
            tally.bad += 1
    outgoing.close()


async def read(wish: dict[str, Any], seconds: float) -> tuple[Tally, float]:
    """All readers together; what came, and how long it took."""
    tally, start = Tally(), time.perf_counter()
    until = start + seconds
    await asyncio.gather(*(reader(wish, tally, until) for _ in range(wish["readers"])))
    return tally, time.perf_counter() - start


async def main(wish: dict[str, Any]) -> None:
    """Warm up, then measure, then tell."""
    await read(wish, _WARM_UP_S)
    tally, took = await read(wish, wish["seconds"])
    print(json.dumps({"pages": tally.pages, "bad": tally.bad, "seconds": took}))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
