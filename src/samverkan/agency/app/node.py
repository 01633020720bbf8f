"""One party's node: its store, its officers' permits, its postman."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

from litestar import Litestar

from samverkan.agency import blinding, firings, lapsing, rekeying, timekeeping, tokenise
from samverkan.agency.app import intake, statistics
from samverkan.agency.app.crypto import Evaluator, Maker
from samverkan.agency.app.inbound import handlers
from samverkan.agency.app.intake import Sending, Watch
from samverkan.agency.app.manifest import Manifest
from samverkan.agency.app.pins import PinnedKeys
from samverkan.agency.app.territory import Territory
from samverkan.agency.collecting import Asked, Faults, Loaded
from samverkan.agency.facts import DeliveryFacts
from samverkan.agency.instruments import Pins
from samverkan.agency.proof import Verified, require
from samverkan.agency.signing import SignedBy
from samverkan.agency.sql import tables
from samverkan.agency.sql.people import SqlPeople
from samverkan.agency.sql.work import SqlReading, SqlWork, Unit
from samverkan.agency.tracing import Sought, Trace, trace
from samverkan.agency.web import FOLDER, site_frame
from samverkan.agency.web import handlers as pages
from samverkan.domain import policy
from samverkan.domain.directory import KeyCard, Pinned
from samverkan.domain.normalise import forms_of
from samverkan.domain.org import Officer, Role, appoint
from samverkan.domain.pack import Pack, PackError
from samverkan.domain.pack.nodes import Source
from samverkan.domain.paper import Paper
from samverkan.domain.policy import Action, Permit, Resource
from samverkan.domain.rarity import commonness
from samverkan.domain.weighing import typologies, weighings
from samverkan.infra import documents, packs
from samverkan.infra.addressbook import UnknownAddress
from samverkan.infra.audit import verify
from samverkan.infra.mail import Mail, Postman
from samverkan.infra.opening import Ambient, Opened, Schema, open_role
from samverkan.infra.repin import directory
from samverkan.infra.seal import BadSignature, draw_keys, sign_bytes, verify_bytes
from samverkan.infra.settings import RoleSettings
from samverkan.infra.verify import Verdict
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import PartyId, SeriesId, UserId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.shell.frame import Site
from samverkan.shell.session import MemorySessions, Sessions
from samverkan.shell.web import make_app

SCHEMA = Schema(
    tables.metadata, tables.common, Path(__file__).parent.parent / "sql" / "migrations", "0004"
)
MailOf = Callable[[Opened], Mail]


class Node:
    """A party, ready: what its web pages and commands work on."""

    def __init__(self, opened: Opened, pack: Pack, mail: MailOf) -> None:
        self.opened = opened
        self.pack = pack
        self.me = PartyId(opened.settings.name)
        self.stamp = opened.settings.stamp
        self.demo = False
        self._lapsed_on: date | None = None
        self._known: Mapping[UserId, Officer] | None = None
        store = opened.store
        self.unit = Unit(store, self.me, lambda data: sign_bytes(data, opened.ring.current))
        self.maker = Maker(store.randomness)
        self.territory = Territory(pack)
        self.oprf = Evaluator(store.randomness, opened.spread)
        secret = opened.secrets.prf
        self.means = blinding.Means(pack, self.stamp, self.oprf, secret)
        self.token_means = tokenise.Means(
            weighings(pack),
            commonness(pack, forms_of(pack.writing)),
            typologies(pack),
            self.stamp,
            forms_of(pack.writing),
            self.oprf,
            secret,
        )
        self.postman: Postman = opened.postman(mail(opened), handlers(self))

    def officer(self, user: UserId) -> Officer | None:
        """The officer of this number."""
        return self._appointed().get(user) or self._appointed(anew=True).get(user)

    def officers(self) -> list[Officer]:
        """Every officer, for the sign-in of a demo and for the administrator."""
        return list(self._appointed(anew=True).values())

    def _appointed(self, *, anew: bool = False) -> Mapping[UserId, Officer]:
        """Officers by number, kept: a page asks for a permit dozens of times.

        Mandates are dated and checked against the clock at each permit, so that what is kept
        cannot outlive them; one who is unknown is looked for in the store again. Mandates change
        by this node's own post alone (`mandates_changed`): what another process changes counts
        after the next start.
        """
        known = self._known
        if anew or known is None:
            with self.opened.store.view() as connection:
                found = SqlPeople(connection, self.me).all()
            known = self._known = {officer.user: officer for officer in found}
        return known

    def mandates_changed(self) -> None:
        """Look into the store again for whoever asks next: a delegation has come or gone."""
        self._known = None

    def lapse(self) -> bool:
        """Destroy and forget what has run out by its date, send the hours that have come due;
        once a day. True if there was anything."""
        today = self.opened.store.clock().date()
        if today == self._lapsed_on:
            return False
        self._lapsed_on = today
        with self.opened.store.view() as connection:
            reading = SqlReading(connection, self.opened.store.clock(), self.me)
            overdue = (*lapsing.overdue(reading), firings.stale(reading))
            if not any((*overdue, timekeeping.due(reading))):
                return False
        with self.unit.write(Verified(self.me, "day")) as work:
            lapsing.lapse(work)
            firings.forget(work)
            timekeeping.leave(work)
        return True

    def appoint_all(self) -> None:
        """Appoint the pack's people of this party, each under a drawn number, once."""
        known = {officer.name for officer in self.officers()}
        people = [
            person
            for person in self.pack.people.values()
            if person.party == self.me and person.name not in known
        ]
        if not people:
            return
        with self.unit.write(Verified(self.me, "appoint")) as work:
            for person in people:
                officer = appoint(person, UserId.draw(work.randomness))
                work.people.add(officer)
                work.log(Entry("officer.appointed", self.me, officer.user))
        self._known = None

    def permit(
        self, user: UserId, action: Action, body: str | None = None, role: Role | None = None
    ) -> Permit | Refused:
        """Ask the policy. An unknown officer and one without mandate get the same answer."""
        officer = self.officer(user)
        if officer is None:
            return refuse(Code.NO_MANDATE)
        at = self.opened.store.clock()
        return policy.check(officer, action, Resource(self.me, body), at, role=role)

    def variant_text(self, text: str) -> Source | PackError:
        """A variant that somebody writes, as nodes with their lines; or why it is no YAML."""
        return packs.variant_source(text)

    @contextmanager
    def read(self, permit: Permit, subject: str, reason: str = "none") -> Iterator[SqlReading]:
        """Look into the store after the look has been logged with its reason."""
        entry = Entry(f"read.{permit.action.value}", permit.user, subject, reason, (permit.policy,))
        with self.unit.read(permit, entry) as reading:
            yield reading

    @contextmanager
    def write(self, permit: Permit) -> Iterator[SqlWork]:
        """One transaction. A use case's refusal is logged and nothing else is kept: raise it."""
        try:
            with self.unit.write(permit) as work:
                yield work
        except RefusedError as error:
            code = error.refused.code.value
            action = f"refused.{permit.action.value}"
            self.opened.store.record(Entry(action, permit.user, code, codes=(permit.policy,)))
            raise

    def take_in(
        self,
        permit: Permit,
        path: Path,
        kind: str,
        *,
        manifest: Manifest | None = None,
        pack: Pack | None = None,
        watch: Watch | None = None,
    ) -> DeliveryFacts | Refused:
        """Read a delivery's file into the store, by this pack or the own. A refusal is logged."""
        sending = Sending(path, kind, manifest)
        taken = intake.take_in(
            self.unit, permit, pack or self.pack, sending, stamp=self.stamp, watch=watch
        )
        if isinstance(taken, Refused):
            entry = Entry(f"refused.{permit.action.value}", permit.user, taken.code.value)
            self.opened.store.record(entry)
        return taken

    def load_statistics(self, permit: Permit, asked: Asked) -> SeriesId | Faults:
        """Read a file of public statistics into the store: whole, or every fault and nothing."""
        loaded = statistics.load(self.pack, asked)
        kept = statistics.keep(self.unit, permit, loaded) if isinstance(loaded, Loaded) else loaded
        if isinstance(kept, tuple):
            code = kept[0].code.value
            self.opened.store.record(Entry(f"refused.{permit.action.value}", permit.user, code))
        return kept

    def print_paper(self, paper: Paper, made: datetime) -> bytes:
        """The paper as PDF; the same paper and moment give the same bytes."""
        return documents.pdf(paper, made)

    def trace(
        self, permit: Permit, sought: Sought, *, limit: int, before: int | None, export: bool
    ) -> Trace:
        """Entries of the ledger, newest first, after this look and what it sought were logged."""
        require(permit, Action.READ_LEDGER)
        codes = (permit.policy, *sought.asked, *(["as.file"] if export else []))
        entry = Entry("read.ledger", permit.user, sought.about or self.me, codes=codes)
        self.opened.store.record(entry)
        return trace(partial(self.unit.log_page, permit), sought, limit=limit, before=before)

    def verify_ledger(self, permit: Permit) -> Verdict:
        """Walk the own chain to its signed head, after this look has been logged."""
        entry = Entry("verified.ledger", permit.user, self.me, codes=(permit.policy,))
        self.opened.store.record(entry)
        return verify(self.opened, {})

    def web(self, *, shared_process: bool, demo: bool = False) -> Litestar:
        """The party's workspace. `demo` lists invented accounts, on synthetic data alone."""
        self.demo = demo and self.stamp is Stamp.SYNTHETIC
        store = self.opened.store
        site = Site(
            frame=site_frame(self, shared_process=shared_process),
            sessions=Sessions(MemorySessions(), store.clock, store.randomness),
            secret=self.opened.secrets.web,
            randomness=store.randomness,
            web=FOLDER,
        )
        return make_app("agency", pages(), site, services={"desk": self})

    def pins(self, work: SqlWork) -> Pins:
        """The keys pinned here, for the use cases that change them."""
        return PinnedKeys(self.opened.book, work.connection)

    def pinned(self, permit: Permit) -> dict[str, Pinned]:
        """The keys in force of every address, as they are pinned here. Log the look first."""
        require(permit, Action.CHANGE_KEYS)
        with self.opened.store.view() as connection:
            return dict(directory(self.opened.book, connection).pinned)

    def propose_keys(self, permit: Permit, ask: tuple[str, ...]) -> None:
        """Draw the next keys and ask these parties to vouch for them. Raises `RefusedError`."""
        drawn = self.opened.secrets.pending or draw_keys(self.opened.store.randomness)
        self.opened.await_renewal(drawn)
        public = drawn.public
        card = KeyCard(self.me, self.opened.ring.version + 1, public.sign, public.seal)
        with self.write(permit) as work:
            refused = rekeying.propose(work, permit, self.pins(work), card, ask=ask)
            if refused is not None:
                raise RefusedError(refused)

    def signed_by(self, work: SqlWork) -> SignedBy:
        """Whether an address has signed some bytes, by the keys pinned here."""

        def check(address: str, message: bytes, signature: bytes) -> bool:
            try:
                pin = self.opened.book.current(work.connection, address)
                verify_bytes(signature, message, pin.keys)
            except (UnknownAddress, BadSignature):
                return False
            return True

        return check


def boot(settings: RoleSettings, *, pack: Pack, ambient: Ambient, mail: MailOf) -> Node:
    """Open a party's store and make it ready. Refuses a party that the pack does not know."""
    if settings.name not in pack.parties:
        raise RefusedError(refuse(Code.NOT_A_PARTY))
    return Node(open_role(settings, SCHEMA, ambient), pack, mail)
