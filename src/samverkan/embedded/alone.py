"""One role in a process of its own, dialling the exchange over HTTP.

It prints `busy` and `idle N` (moves so far) as it goes, so that whoever started it can see when
the whole is at rest, and takes the word `report` on standard input.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from types import FrameType

import uvicorn

from samverkan.embedded import council_duties, data
from samverkan.embedded.data import Demo
from samverkan.embedded.genesis import settings
from samverkan.embedded.headless import real
from samverkan.embedded.house import mail_over, read_pack
from samverkan.embedded.officers import Desk
from samverkan.embedded.run import STATIONS
from samverkan.embedded.waking import Bell
from samverkan.infra.caller import CallFailed
from samverkan.infra.carrier import Http, Rejected, Unreachable
from samverkan.infra.opening import Ambient, Opened, pin_all
from samverkan.shell.hosts import Hosts, local_authority
from samverkan.wire.v1 import EXCHANGE, STEERING

_PAUSE = 0.1
Work = Callable[[], bool]


def alone(folder: Path, address: str, port: int) -> None:
    """Run the role of this address until it is told to end."""
    ambient = real()
    demo = data.find(folder, ambient.randomness)
    stop = Event()
    _end_on_signal(stop)
    if address == EXCHANGE:
        _exchange(demo, ambient, port, stop)
    elif address == STEERING:
        _steering(demo, ambient, port, stop)
    else:
        _party(demo, ambient, Place(address, port), stop)


@dataclass(frozen=True, slots=True)
class Place:
    """Which party, and where the exchange listens."""

    address: str
    port: int


def _exchange(demo: Demo, ambient: Ambient, port: int, stop: Event) -> None:
    from samverkan.exchange.app import boot

    genesis = demo.genesis
    of = (genesis.pack, genesis.stamp)
    pack = read_pack(genesis.pack, genesis.stamp)
    hub = boot(settings(demo.folder, EXCHANGE, of), pack=pack, ambient=ambient)
    pin_all(hub.opened, genesis.pins)
    app = Hosts({local_authority(EXCHANGE, port): hub.web(shared_process=False)})
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="on")
    )
    serving = Thread(target=server.run, daemon=True)
    serving.start()
    Loop([hub.lapse, hub.postman.pump]).run(stop)
    server.should_exit = True
    serving.join(timeout=10)


def _steering(demo: Demo, ambient: Ambient, port: int, stop: Event) -> None:
    from samverkan.steering.app import boot

    genesis = demo.genesis
    of = (genesis.pack, genesis.stamp)
    pack = read_pack(genesis.pack, genesis.stamp)
    carrier = _carrier(port)
    lead = boot(
        settings(demo.folder, STEERING, of), pack=pack, ambient=ambient, mail=mail_over(carrier)
    )
    pin_all(lead.opened, genesis.pins)
    Loop([_patient(lead.postman.pump)]).run(stop)


def _party(demo: Demo, ambient: Ambient, place: Place, stop: Event) -> None:
    from samverkan.agency.app import boot

    genesis = demo.genesis
    of = (genesis.pack, genesis.stamp)
    pack = read_pack(genesis.pack, genesis.stamp)
    node = boot(
        settings(demo.folder, place.address, of),
        pack=pack,
        ambient=ambient,
        mail=mail_over(_carrier(place.port)),
    )
    opened: Opened = node.opened
    pin_all(opened, genesis.pins)
    node.appoint_all()
    work: list[Work] = [node.lapse, _patient(node.postman.pump)]
    loop = Loop(work)
    if place.address in demo.plan.parties:
        desk, bell = Desk(node, demo.plan), Bell()
        node.postman.handlers = bell.hung(node.postman.handlers)
        work += [
            _named(name, partial(bell.turn, name, partial(duty, desk))) for name, duty in STATIONS
        ]
        loop.asked["report"] = _named("report", partial(council_duties.freeze, desk))
    loop.run(stop)


def _carrier(port: int) -> Http:
    return Http(port=port, host=local_authority(EXCHANGE, port))


def _patient(pump: Work) -> Work:
    """An exchange that does not answer is tried again; the outbox keeps everything."""

    def carry() -> bool:
        try:
            return pump()
        except (Unreachable, Rejected, CallFailed) as error:
            sys.stderr.write(f"post waits: {type(error).__name__}\n")
            return False

    return carry


def _named(station: str, duty: Work) -> Work:
    def work() -> bool:
        done = duty()
        if done:
            _say(station)
        return done

    return work


@dataclass(slots=True)
class Loop:
    """Does what waits, again and again, and says when nothing does."""

    work: list[Work]
    asked: dict[str, Work] = field(default_factory=dict)
    moves: int = 0

    def run(self, stop: Event) -> None:
        """Until told to end."""
        words: SimpleQueue[str] = SimpleQueue()
        Thread(target=_hear, args=(words,), daemon=True).start()
        idle = False
        while not stop.is_set():
            moved = sum(do() for do in self.work)
            while not words.empty():
                moved += self.asked.get(words.get(), _nothing)()
            self.moves += moved
            if moved or not idle:
                _say("busy" if moved else f"idle {self.moves}")
            idle = not moved
            if idle:
                stop.wait(_PAUSE)


def _hear(words: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        words.put(line.strip())


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def _nothing() -> bool:
    return False


def _end_on_signal(stop: Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
