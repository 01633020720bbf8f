"""The process that `bench.pages` asks: one party's workspace, on loopback, as in the demo."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from pathlib import Path

import uvicorn

from samverkan.embedded import genesis
from samverkan.embedded.headless import real
from samverkan.embedded.house import House, open_house
from samverkan.embedded.serve import served
from samverkan.kernel.purpose import Stamp
from samverkan.shell import web
from samverkan.shell.hosts import local_authority

PARTY = "fk"


def work(folder: Path) -> None:
    """Serve until told to end; the word `head` on standard input asks for the ledger's length."""
    ambient = real()
    begun = genesis.begin(
        folder, parties=[PARTY], pack="se", stamp=Stamp.SYNTHETIC, randomness=ambient.randomness
    )
    house = open_house(folder, begun, ambient)
    listening = _listen()
    port = listening.getsockname()[1]
    web.limit_threads(2 * (os.cpu_count() or 1))
    server = uvicorn.Server(served(house, port))
    threading.Thread(target=_answer, args=(house, port), daemon=True).start()
    server.run(sockets=[listening])


def _listen() -> socket.socket:
    """A free port. Named as TCP, as the demo's own is: else asyncio leaves Nagle's delay on.

    Each answer is written in two parts, and the second would wait 40 ms for the reader's system
    to acknowledge the first.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # at once: readers may come before the server takes them
    return listening


def _answer(house: House, port: int) -> None:
    node = house.nodes[PARTY]
    host = local_authority(PARTY, port).split(":", maxsplit=1)[0]
    officer = node.officers()[0].user
    print(json.dumps({"host": host, "port": port, "officer": officer}), flush=True)
    for word in sys.stdin:
        if word.strip() == "head":
            print(node.opened.store.head().seq, flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
