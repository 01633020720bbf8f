"""Every role of a data folder in one process, each with its own store, keys and ledger.

They talk through the very bytes of the wire: the carrier hands frames to the exchange and back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from samverkan.agency import app as agency
from samverkan.agency.app import Node
from samverkan.domain.pack import Pack, PackError
from samverkan.embedded.genesis import Genesis, settings
from samverkan.exchange import app as exchange
from samverkan.exchange.app import Exchange
from samverkan.infra import packs
from samverkan.infra.caller import RemoteMail
from samverkan.infra.carrier import Carrier, InProcess
from samverkan.infra.ledger import Head
from samverkan.infra.mail import Mail, Postman
from samverkan.infra.opening import Ambient, Opened, pin_all
from samverkan.infra.store import Store
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.kernel.purpose import Stamp
from samverkan.steering import app as steering
from samverkan.steering.app import Steering
from samverkan.wire.v1 import EXCHANGE, STEERING

HERE = Path(__file__).parent
_PACKS = (HERE.parent / "packs", HERE.parents[2] / "packs")
_ROUNDS = 10_000


def pack_folder(name: str) -> Path:
    """Where a pack that comes with the product lies: in the wheel, or in the source tree."""
    return next((p / name for p in _PACKS if (p / name).is_dir()), _PACKS[0] / name)


def read_pack(name: str, stamp: Stamp) -> Pack:
    """A pack that comes with the product. Raises `RefusedError` when it does not fit."""
    pack = packs.load_pack(pack_folder(name), stamp=stamp)
    if isinstance(pack, Refused):
        raise RefusedError(pack)
    return pack


def check_pack(folder: Path) -> tuple[PackError, ...]:
    """Every fault in a pack's folder, by file and line."""
    return packs.check_pack(folder)


def mail_over(carrier: Carrier) -> Callable[[Opened], Mail]:
    """An address's way to the exchange over a carrier."""

    def mail(opened: Opened) -> Mail:
        return RemoteMail(opened.settings.name, opened.store, opened.book, opened.ring, carrier)

    return mail


@dataclass(slots=True)
class House:
    """All roles, ready."""

    pack: Pack
    exchange: Exchange
    steering: Steering
    nodes: dict[str, Node] = field(default_factory=dict)

    def openings(self) -> dict[str, Opened]:
        """Every address's store and keys."""
        hub = {EXCHANGE: self.exchange.opened, STEERING: self.steering.opened}
        return hub | {name: node.opened for name, node in self.nodes.items()}

    def stores(self) -> dict[str, Store]:
        """Every address's store."""
        return {name: opened.store for name, opened in self.openings().items()}

    def postmen(self) -> list[Postman]:
        """Every address's postman, the exchange's last."""
        return [
            *(node.postman for node in self.nodes.values()),
            self.steering.postman,
            self.exchange.postman,
        ]

    def settle(self) -> bool:
        """Carry post until nothing moves any more. True if anything moved at all.

        What has run out by its date goes first: keys, table, records of rules.
        """
        moved = any([self.exchange.lapse(), *(node.lapse() for node in self.nodes.values())])
        for _ in range(_ROUNDS):
            pumped = [self._pump(postman) for postman in self.postmen()]  # each has its turn
            if not any(pumped):
                return moved
            moved = True
        return moved

    def _pump(self, postman: Postman) -> bool:
        """In one process it can be seen whether anything waits, without a call of the wire."""
        return postman.pump(bell=partial(self.exchange.waits, postman.me))

    def witnesses(self, ledger: str) -> dict[str, list[Head]]:
        """Every head of a ledger that each other address has seen."""
        seen = {}
        for name, store in self.stores().items():
            if name != ledger:
                with store.view() as connection:
                    seen[name] = store.ledger.seen(connection, ledger)
        return seen

    def close(self) -> None:
        """Let go of every store."""
        for store in self.stores().values():
            store.close()


def open_house(folder: Path, genesis: Genesis, ambient: Ambient) -> House:
    """Open every role of the folder; each pins the first cards of all."""
    pack = read_pack(genesis.pack, genesis.stamp)
    of = (genesis.pack, genesis.stamp)
    hub = exchange.boot(settings(folder, EXCHANGE, of), pack=pack, ambient=ambient)
    mail = mail_over(InProcess(hub.receive))
    lead = steering.boot(settings(folder, STEERING, of), pack=pack, ambient=ambient, mail=mail)
    house = House(pack, hub, lead)
    for address in genesis.parties:
        house.nodes[address] = agency.boot(
            settings(folder, address, of), pack=pack, ambient=ambient, mail=mail
        )
    for opened in house.openings().values():
        pin_all(opened, genesis.pins)
    for node in house.nodes.values():
        node.appoint_all()
    return house
