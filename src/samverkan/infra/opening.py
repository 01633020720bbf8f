"""Open one role's store: key, migrations, stamp; and the postman that works on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, MetaData, select

from samverkan.infra import keystore
from samverkan.infra.addressbook import AddressBook, Pin
from samverkan.infra.applying import Handler
from samverkan.infra.keyring import KeyRing
from samverkan.infra.keystore import Secrets
from samverkan.infra.ledger import Ledger
from samverkan.infra.mail import Mail, Postman
from samverkan.infra.migrate import upgrade
from samverkan.infra.seal import PrivateKeys, sign_bytes
from samverkan.infra.settings import RoleSettings
from samverkan.infra.spread import Spread, in_turn
from samverkan.infra.sql import open_file, open_server
from samverkan.infra.store import Store
from samverkan.infra.tables import CommonTables
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.kernel.purpose import Clock


@dataclass(frozen=True, slots=True)
class Schema:
    """A role's tables and the chain of migrations that makes them."""

    metadata: MetaData
    common: CommonTables
    migrations: Path
    head: str


@dataclass(frozen=True, slots=True)
class Ambient:
    """What a role may not take from its surroundings by itself."""

    clock: Clock
    randomness: Randomness
    spread: Spread = in_turn
    """Who works on what can be cut into pieces."""


@dataclass(slots=True)
class Opened:
    """A role's store, secrets and pinned addresses."""

    settings: RoleSettings
    secrets: Secrets
    store: Store
    book: AddressBook
    ring: KeyRing
    spread: Spread = in_turn

    def await_renewal(self, keys: PrivateKeys) -> None:
        """Keep the next keys, which are not in force yet; they survive a crash."""
        self.secrets = replace(self.secrets, pending=keys)
        keystore.save(self.settings, self.secrets)

    def renew(self) -> None:
        """Put the pending keys in force once they are pinned here: at once, or after a crash."""
        pending = self.secrets.pending
        with self.store.view() as connection:
            pins = self.book.all(connection, self.settings.name)
        if pending is None or not pins or pins[-1].keys != pending.public:
            return
        identities = (pending, *self.secrets.identities)
        self.secrets = replace(self.secrets, identities=identities, pending=None)
        keystore.save(self.settings, self.secrets)
        self.ring.renew(pending)
        self.store.keys = self.ring.version

    def postman(self, mail: Mail, handlers: Mapping[str, Handler]) -> Postman:
        """The postman of this address."""
        return Postman(self.settings.name, self.store, self.book, self.ring, mail, handlers)


def open_role(settings: RoleSettings, schema: Schema, ambient: Ambient) -> Opened:
    """Open or make the store. Refuses (`stamp_mismatch`) one of another name, role or stamp."""
    secrets = keystore.create(settings, ambient.randomness)
    engine = _engine(settings, secrets)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        upgrade(engine, schema.migrations, schema.head)
        opened = _open(engine, settings, secrets, schema.common, ambient)
        undo.pop_all()
    return opened


def _open(
    engine: Engine,
    settings: RoleSettings,
    secrets: Secrets,
    common: CommonTables,
    ambient: Ambient,
) -> Opened:
    ring = KeyRing(list(secrets.identities), secrets.version)
    ledger = Ledger(common.ledger, settings.name, lambda data: sign_bytes(data, ring.current))
    store = Store(engine, common, ledger, clock=ambient.clock, randomness=ambient.randomness)
    _settle(store, settings)
    book = AddressBook(common.directory)
    opened = Opened(settings, secrets, store, book, ring, ambient.spread)
    store.keys = ring.version
    opened.renew()
    return opened


def _engine(settings: RoleSettings, secrets: Secrets) -> Engine:
    if settings.database is not None:
        return open_server(settings.database)
    return open_file(settings.store_path, secrets.store)


def _settle(store: Store, settings: RoleSettings) -> None:
    """Write once what the store is, or check that it is that."""
    about = store.tables.about
    mine = (settings.name, settings.role, settings.stamp.value, settings.pack)
    with store.view() as connection:
        row = connection.execute(
            select(about.c.name, about.c.role, about.c.stamp, about.c.pack)
        ).first()
    if row is None:
        with store.write() as transaction:
            values = dict(zip(("name", "role", "stamp", "pack"), mine, strict=True))
            transaction.connection.execute(about.insert().values(mailbox=0, **values))
            transaction.log(Entry("store.made", settings.name, settings.stamp.value))
    elif tuple(row) != mine:
        raise RefusedError(refuse(Code.STAMP_MISMATCH, store=row.stamp, wanted=mine[2]))


def pin_all(opened: Opened, pins: Iterable[Pin]) -> None:
    """Pin the addresses that are not pinned yet; those pinned are left as they are."""
    with opened.store.view() as connection:
        known = {pin.address for pin in opened.book.all(connection)}
    new = [pin for pin in pins if pin.address not in known]
    if not new:
        return
    with opened.store.write() as transaction:
        for pin in new:
            opened.book.pin(transaction.connection, pin)
            transaction.log(Entry("directory.pinned", opened.settings.name, pin.address))
