"""Steering as it runs: its own store and post, with parties that sign and seal like real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from samverkan.infra.addressbook import Pin
from samverkan.infra.envelope import enclose, instant, unfold
from samverkan.infra.opening import Ambient, pin_all
from samverkan.infra.seal import PrivateKeys, draw_keys
from samverkan.infra.settings import RoleSettings
from samverkan.kernel.ids import MessageId
from samverkan.kernel.purpose import Stamp
from samverkan.steering import app
from samverkan.steering.sql.tables import events
from samverkan.wire import v1
from samverkan.wire.joining import Accept, Draft, Event
from tests.instruments import FixedClock, seeded
from tests.steering.world import FOUR, JOINS, POLICE, WORK, draft, new, small_pack

ADDRESSES = (*FOUR, WORK, v1.EXCHANGE)


@dataclass
class Pigeonhole:
    """The mail service, in memory: what steering deposits, and what waits for it."""

    deposited: list[v1.Frame] = field(default_factory=list)
    waiting: list[v1.Frame] = field(default_factory=list)

    def deposit(self, frames: list[v1.Frame]) -> int:
        self.deposited += frames
        return len(frames)

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        some = self.waiting[after : after + limit]
        return [v1.Numbered(no=after + at, frame=frame) for at, frame in enumerate(some, 1)]


@dataclass
class Hall:
    """Steering and its parties."""

    steering: app.Steering
    mail: Pigeonhole
    clock: FixedClock
    keys: dict[str, PrivateKeys]
    sent: dict[str, int] = field(default_factory=dict)

    def frame(self, party: str, kind: str, body: v1.Message | dict[str, Any]) -> v1.Frame:
        """The next post of a party to steering."""
        self.sent[party] = self.sent.get(party, 0) + 1
        plain = body if isinstance(body, dict) else v1.to_body(body)
        envelope = v1.Envelope(
            id=new(MessageId),
            cls="post",
            sender=party,
            to=v1.STEERING,
            kind=kind,
            seq=self.sent[party],
            sent_at=instant(self.clock()),
            keys=1,
            head=v1.Head(seq=self.sent[party], hash=bytes(32)),
            body=plain,
        )
        public = self.steering.opened.ring.keys[0].public
        return enclose(envelope, keys=self.keys[party], to=public)

    def send(self, party: str, kind: str, body: v1.Message | dict[str, Any]) -> v1.Frame:
        """Let the party post this, and steering take it."""
        frame = self.frame(party, kind, body)
        self.mail.waiting.append(frame)
        self.pump()
        return frame

    def pump(self) -> None:
        while self.steering.postman.pump():
            pass

    def letters(self, address: str) -> list[v1.Envelope]:
        """Everything that steering has sent to an address, opened."""
        public = self.steering.opened.ring.keys[0].public
        return [
            unfold(frame, me=address, keys=[self.keys[address]], sender=[public])
            for frame in self.mail.deposited
            if frame.to == address
        ]

    def feed(self, address: str) -> list[Event]:
        """The events of an address's feed."""
        return [v1.from_body(letter.body, Event) for letter in self.letters(address)]

    def log(self) -> list[str]:
        """Kinds in the event log, in order."""
        with self.steering.opened.store.view() as connection:
            return list(connection.execute(select(events.c.kind).order_by(events.c.no)).scalars())

    def agree(self, command: Draft) -> str:
        """Draft and accept a cooperation over the wire."""
        self.send(POLICE, "cooperation.draft", command)
        for party in command.parties:
            accepted = Accept(by=JOINS, cooperation=command.cooperation)
            self.send(party, "cooperation.accept", accepted)
        return command.cooperation

    def scope(self) -> str:
        """A scope in force."""
        return self.agree(draft(self.agree(draft())))


def open_hall(folder: Path, database: str | None = None) -> Hall:
    """Boot steering in a folder, with every address pinned."""
    mail, clock = Pigeonhole(), FixedClock()
    settings = RoleSettings(
        "steering", v1.STEERING, folder, Stamp.SYNTHETIC, "xx", database=database
    )
    steering = app.boot(
        settings, pack=small_pack(), ambient=Ambient(clock, seeded(3)), mail=lambda _: mail
    )
    keys = {address: draw_keys(seeded(at)) for at, address in enumerate(ADDRESSES, 50)}
    pin_all(steering.opened, [Pin(a, 1, k.public, bytes(32)) for a, k in keys.items()])
    return Hall(steering, mail, clock, keys)
