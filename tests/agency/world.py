"""The parties of `model` in one process, opened at each stage of the chain."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from samverkan.agency import app as agency
from samverkan.agency import asking, assessing, casework, casing
from samverkan.agency.app import Node
from samverkan.agency.facts import HitFacts, RequestFacts
from samverkan.agency.following import Cooperation, cooperations, operations, proposals
from samverkan.agency.proof import Verified
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.work import SqlReading, SqlWork
from samverkan.domain.graph import Verdict
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Prop
from samverkan.embedded import casework_duties, genesis
from samverkan.embedded.genesis import Genesis, settings
from samverkan.embedded.house import House, mail_over
from samverkan.embedded.officers import Desk, Plan, Sector
from samverkan.embedded.run import Watch, run
from samverkan.exchange import app as exchange
from samverkan.infra.carrier import InProcess
from samverkan.infra.opening import Ambient, pin_all
from samverkan.kernel.ids import CaseId, SubjectId
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.kernel.purpose import Stamp
from samverkan.steering import app as steering
from samverkan.wire.v1 import EXCHANGE, STEERING
from tests.agency.model import (
    ANNA,
    BASIS,
    BO,
    CILLA,
    COUNCIL,
    DEBTS,
    DELTA,
    PARTIES,
    POLICE,
    SCOPE,
    TYPOLOGY,
    small_pack,
    write_deliveries,
)
from tests.instruments import FixedClock, seeded

OPEN = (
    "intelligence-persons",
    "worksites",
    "large-debt-companies",
    "large-debt-persons",
    "crime-persons",
    "crime-companies",
)
"""Queries whose records are open to everybody else in the scope."""


def open_all(folder: Path, begun: Genesis, ambient: Ambient) -> House:
    """Every role of the folder under the small model."""
    pack, of = small_pack(), (begun.pack, begun.stamp)
    hub = exchange.boot(settings(folder, EXCHANGE, of), pack=pack, ambient=ambient)
    mail = mail_over(InProcess(hub.receive))
    lead = steering.boot(settings(folder, STEERING, of), pack=pack, ambient=ambient, mail=mail)
    house = House(pack, hub, lead)
    for address in begun.parties:
        where = settings(folder, address, of)
        house.nodes[address] = agency.boot(where, pack=pack, ambient=ambient, mail=mail)
    for opened in house.openings().values():
        pin_all(opened, begun.pins)
    for node in house.nodes.values():
        node.appoint_all()
    return house


@dataclass(slots=True)
class World:
    """An opened folder, its clock, and shorthand for what officers and messages do."""

    folder: Path
    house: House
    clock: FixedClock

    @property
    def plan(self) -> Plan:
        """The cooperation of the three."""
        return Plan(
            lead=POLICE,
            purpose="serious-organised-crime",
            grounds=("serious", "organised"),
            basis=BASIS,
            holders=SCOPE,
            sizes=dict.fromkeys(SCOPE, "s"),
            sectors=(Sector("bergslagen", COUNCIL, SCOPE, (TYPOLOGY,)),),
            openings=dict.fromkeys(OPEN, SCOPE),
            deliveries=self.folder / "deliveries",
        )

    def node(self, party: str) -> Node:
        """A party's node."""
        return self.house.nodes[party]

    def permit(self, party: str, action: Action, body: str | None = None) -> Permit:
        """The permit of the party's first officer who may."""
        return Desk(self.node(party), self.plan).permit(action, body)

    def act(
        self, party: str, action: Action, do: Callable[..., Any], *details: Any, **named: Any
    ) -> Any:
        """One use case of an officer in one transaction; a refusal is given back, undone."""
        permit = self.permit(party, action, named.pop("council", None))
        try:
            with self.node(party).write(permit) as work:
                return _raised(do(work, permit, *details, **named))
        except RefusedError as error:
            return error.refused

    def hear(self, party: str, do: Callable[..., Any], *details: Any) -> Any:
        """One use case of a verified message in one transaction; a refusal is given back."""
        try:
            with self.node(party).unit.write(Verified(POLICE, "any")) as work:
                return _raised(do(work, *details))
        except RefusedError as error:
            return error.refused

    @contextmanager
    def look(self, party: str) -> Iterator[SqlReading]:
        """The party's repositories, without a person who looks."""
        node = self.node(party)
        with node.opened.store.view() as connection:
            yield SqlReading(connection, self.clock(), node.me)

    def entries(self, party: str) -> list[str]:
        """The actions in the party's ledger, oldest first."""
        with self.node(party).opened.store.view() as connection:
            found = self.node(party).opened.store.ledger.recent(connection, limit=500, before=None)
        return [one.entry.action for one in reversed(found)]

    def outbox(self, party: str) -> list[tuple[str, str]]:
        """Who has been written to and of what kind, oldest first; sent or not."""
        table = self.node(party).opened.store.tables.outbox
        with self.node(party).opened.store.view() as connection:
            rows = connection.execute(table.select().order_by(table.c.written_at)).all()
        return [(row.recipient, row.kind) for row in rows]

    def play(self, *stations: str) -> None:
        """Let officers and post do these stations until nothing moves."""
        run(self.house, self.plan, Watch(lambda _: None), stations=stations)

    @property
    def scope(self) -> Cooperation:
        """The scope, as the police know it."""
        with self.look(POLICE) as reading:
            known = cooperations(reading.feed.all()).values()
        return next(one for one in known if one.is_scope)

    @property
    def framework(self) -> Cooperation:
        """The framework above it."""
        with self.look(POLICE) as reading:
            known = cooperations(reading.feed.all()).values()
        return next(one for one in known if not one.is_scope)

    def subject(self, party: str, number: str) -> SubjectId:
        """Whom the party knows under an identity number."""
        digits = number.replace("-", "")
        with self.look(party) as reading:
            for subject, known in reading.register.own_fields(self.subjects(party)).items():
                numbers = known.all(Prop.ID_NUMBER) + known.all(Prop.REGISTRATION_NUMBER)
                if any(one.endswith(digits) for one in numbers):
                    return subject
        raise LookupError(party)

    def subjects(self, party: str) -> list[SubjectId]:
        """Everybody whom the party's own deliveries name."""
        with self.node(party).opened.store.view() as connection:
            rows = connection.execute(t.subject.select().order_by(t.subject.c.id)).all()
        return [SubjectId(row.id) for row in rows]

    def hit(self, party: str, number: str, other: str) -> HitFacts:
        """The party's hit on that person with a record of the other."""
        subject = self.subject(party, number)
        with self.look(party) as reading:
            return next(h for h in reading.hits.all() if (h.subject, h.party) == (subject, other))

    def case(self) -> CaseId:
        """The police's case."""
        with self.look(POLICE) as reading:
            return reading.cases.all()[0].id

    def opening(self, **other: Any) -> casing.Opening:
        """A sound opening of a joint header, but for `other`."""
        base: dict[str, Any] = {
            "purpose": "map-network",
            "crime_area": "economic",
            "review": self.clock().date() + timedelta(days=30),
        }
        return casing.Opening(**base | other)

    def header(self) -> CaseId:
        """The joint header of the police's case."""
        with self.look(POLICE) as reading:
            header = reading.cases.all()[0].header
        assert header is not None
        return header

    def request(self, party: str, number: str, peer: str) -> RequestFacts:
        """The party's request, out or in, about that person with that peer."""
        subject = self.subject(party, number)
        with self.look(party) as reading:
            found = reading.cases.requests()
        return next(r for r in found if (r.subject, r.peer) == (subject, peer))

    def operation(self) -> str:
        """The operation that was decided, as the police know it."""
        with self.look(POLICE) as reading:
            return next(iter(operations(reading)))

    def proposal(self) -> str:
        """The proposal, as the police know it."""
        with self.look(POLICE) as reading:
            return next(iter(proposals(reading)))


def _raised(answer: object) -> object:
    if isinstance(answer, Refused):
        raise RefusedError(answer)
    return answer


def open_world(folder: Path, seed: int) -> World:
    """Open a folder, or begin it."""
    begun = genesis.read(folder)
    if isinstance(begun, Refused):
        begun = genesis.begin(
            folder, parties=PARTIES, pack="se", stamp=Stamp.SYNTHETIC, randomness=seeded(seed)
        )
    clock = FixedClock()
    return World(folder, open_all(folder, begun, Ambient(clock, seeded(seed + 100))), clock)


def _found(world: World) -> None:
    write_deliveries(world.plan.deliveries)
    world.play("ingest", "draft", "accept")


def _enrol(world: World) -> None:
    world.play("sign", "enrol")


def _ask(world: World) -> None:
    for party in SCOPE:
        with world.look(party) as reading:
            hits = [hit.id for hit in reading.hits.all()]
        for hit in hits:
            done = world.act(
                party, Action.JUDGE_HIT, assessing.judge, hit, Verdict.SAME, "numret stämmer"
            )
            assert not isinstance(done, Refused), done
    opened = world.act(
        POLICE,
        Action.READ_CASE,
        casework.open_case,
        scope=world.scope.id,
        title="Delta",
        subjects=tuple(world.subject(POLICE, one) for one in (ANNA, BO, CILLA, DELTA)),
    )
    assert not isinstance(opened, Refused), opened
    header = world.act(
        POLICE, Action.LEAD_CASE, casing.open_joint, small_pack(), opened, world.opening()
    )
    assert not isinstance(header, Refused), header
    casework_duties.ask(Desk(world.node(POLICE), world.plan))
    world.house.settle()


def _operate(world: World) -> None:
    world.play("answer", "assess", "propose", "position", "decide", "measure")


STAGES: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("founded", _found),
    ("enrolled", _enrol),
    ("asked", _ask),
    ("operating", _operate),
)
"""In order. founded: keys made and deliveries read; enrolled: hits are there; asked: judged, a
case opened, requests wait for an answer; operating: decided, measures planned."""


def make_stages(root: Path) -> dict[str, Path]:
    """A closed folder for each stage, each made from a copy of the one before."""
    made: dict[str, Path] = {}
    before: Path | None = None
    for seed, (name, advance) in enumerate(STAGES):
        folder = root / name
        if before is not None:
            shutil.copytree(before, folder)
        world = open_world(folder, seed)
        advance(world)
        world.house.close()
        made[name] = before = folder
    return made


def question(world: World, **other: Any) -> asking.Question:
    """A sound question of the police about Anna to the enforcement agency, but for `other`."""
    base: dict[str, Any] = {
        "hit": world.hit(POLICE, ANNA, DEBTS).id,
        "case": world.case(),
        "props": (Prop.STREET, Prop.PHONE),
        "basis": BASIS,
        "need": "identify",
        "need_text": "behövs i samverkan",
        "days": 14,
    }
    return asking.Question(**base | other)


Do = Callable[[SqlWork], Any]
