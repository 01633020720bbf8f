"""An exchange, and parties with real postmen that reach it over the bytes of the wire."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from samverkan.exchange import app
from samverkan.exchange.app import Exchange
from samverkan.exchange.sql import tables
from samverkan.infra import keystore
from samverkan.infra.addressbook import Pin
from samverkan.infra.caller import RemoteMail
from samverkan.infra.carrier import InProcess
from samverkan.infra.keyring import KeyRing
from samverkan.infra.keystore import Secrets
from samverkan.infra.mail import Postman
from samverkan.infra.opening import Ambient, pin_all
from samverkan.infra.packs import load_pack
from samverkan.infra.seal import PrivateKeys
from samverkan.infra.settings import RoleSettings
from samverkan.infra.store import Store
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from samverkan.wire import v1
from tests.infra.postoffice import (
    ADDRESSES,
    BOOK,
    settle,
    write_word,
)
from tests.infra.stores import count, file_store, keys_of
from tests.instruments import FixedClock, seeded

PACK = Path(__file__).parents[2] / "packs" / "se"
THIEF = keys_of("thief")


@dataclass
class Net:
    """An exchange, and parties that pin its true key and each other's."""

    exchange: Exchange
    folder: Path
    clock: FixedClock
    stores: dict[str, Store]

    def postman(self, me: str, keys: PrivateKeys | None = None) -> Postman:
        """A postman of that address that has just started."""
        if me not in self.stores:
            self.stores[me] = file_store(self.folder, me, clock=self.clock)
            settle(self.stores[me])
        store, ring = self.stores[me], KeyRing([keys or keys_of(me)])
        mail = RemoteMail(me, store, BOOK, ring, InProcess(self.exchange.receive))
        return Postman(me, store, BOOK, ring, mail, {"word": write_word})

    def boxes(self) -> int:
        """How many frames wait in all mailboxes."""
        return count(self.exchange.opened.store, tables.mail)


@contextmanager
def made_net(tmp_path: Path, clock: FixedClock) -> Iterator[Net]:
    """See `Net`."""
    pack = load_pack(PACK)
    assert not isinstance(pack, Refused)
    dice = seeded()
    settings = RoleSettings("exchange", "exchange", tmp_path / "x", Stamp.SYNTHETIC, "se")
    settings.folder.mkdir()
    known = Secrets(dice(32), dice(32), dice(32), (keys_of(v1.EXCHANGE),))
    keystore.save(settings, known)
    exchange = app.boot(settings, pack=pack, ambient=Ambient(clock, dice))
    pins = [Pin(address, 1, keys_of(address).public, bytes(32)) for address in ADDRESSES]
    pin_all(exchange.opened, pins)
    net = Net(exchange, tmp_path, clock, {})
    yield net
    for store in [*net.stores.values(), exchange.opened.store]:
        store.close()


def take_all(*postmen: Postman) -> None:
    """Until nothing moves any more."""
    while any([one.pump() for one in postmen]):  # noqa: C419 - each is to be pumped
        pass
