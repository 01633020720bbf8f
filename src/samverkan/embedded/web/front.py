"""The demo's first page, at the plain loopback address: every party, its people, the way to each.

It signs nobody in: each party is an origin of its own, and only its own page can begin a session
there. It holds invented names alone, so that it needs no mandate and leaves no ledger entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from litestar import Litestar, Response

from samverkan.agency.web.names import Names
from samverkan.domain.org import Officer, Role
from samverkan.embedded.house import House
from samverkan.shell import pages, texts
from samverkan.shell.frame import Frame, Site
from samverkan.shell.hosts import local_authority
from samverkan.shell.routes import open_page
from samverkan.shell.session import MemorySessions, Sessions
from samverkan.shell.visit import AnyRequest
from samverkan.shell.web import make_app
from samverkan.wire.v1 import EXCHANGE, STEERING

FOLDER = Path(__file__).parent
"""Where the page's template and texts lie."""
_SECRET = 32


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as: the name, and the roles in force in words."""

    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class Room:
    """A party: what it is called, where it is, who is there."""

    name: str
    address: str
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Demo:
    """What the page shows of the house, at this port; `first` is where the work begins."""

    house: House
    port: int
    first: str

    def rooms(self, language: str) -> list[Room]:
        """Every party in the plan's order, its people in the order of the chain."""
        names = Names(self.house.pack, language)
        now = self.house.steering.opened.store.clock()
        return [
            Room(
                names.party(party),
                self.address(party),
                [said(names, officer, now) for officer in sorted(node.officers(), key=in_order)],
            )
            for party, node in self.house.nodes.items()
        ]

    def address(self, label: str) -> str:
        """The origin of a party or role."""
        return f"http://{local_authority(label, self.port)}"


def said(names: Names, officer: Officer, now: datetime) -> Person:
    """An officer with the roles of the mandates in force, each once."""
    roles = sorted(officer.roles(now), key=list(Role).index)
    return Person(officer.name, ", ".join(names.role(role.value) for role in roles))


def in_order(officer: Officer) -> tuple[int, str]:
    """By the first role that the chain meets, then by name."""
    places = [list(Role).index(mandate.role) for mandate in officer.mandates]
    return min(places, default=len(Role)), officer.name


@open_page("/")
def start(request: AnyRequest) -> Response[str]:
    """All parties with their people."""
    demo: Demo = request.app.state["demo"]
    language = pages.texts_of(request).language.value
    rooms = demo.rooms(language)
    begin = next((room for room in rooms if room.address == demo.address(demo.first)), rooms[0])
    hub = [demo.address(EXCHANGE), demo.address(STEERING)]
    return pages.render(request, "front.html", rooms=rooms, begin=begin, hub=hub)


def front(demo: Demo) -> Litestar:
    """The application of the page."""
    house = demo.house
    store = house.steering.opened.store
    catalogues = texts.load(texts.HERE, FOLDER / "texts")
    frame = Frame(
        party={language: words("front.name") for language, words in catalogues.items()},
        stamp=house.steering.opened.settings.stamp,
        zone=ZoneInfo(house.pack.pack.timezone),
        shared_process=True,
    )
    site = Site(
        frame=frame,
        sessions=Sessions(MemorySessions(), store.clock, store.randomness),
        secret=store.randomness(_SECRET),
        randomness=store.randomness,
        web=FOLDER,
    )
    return make_app("front", [start], site, services={"demo": demo})
