"""What a party's use cases need; `sql` and `app` fulfil it, tests fake it.

A `Work` is one transaction: what is changed, logged and posted through it happens together.
Repositories are reached only through a `Work` or a `Reading`, and those are given only for a
proof: a `Permit`, which `domain.policy.check` alone makes, or a `Verified`, which the postman
alone makes of a message whose signature it has checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from samverkan.agency.accounts import Accounts
from samverkan.agency.amendments import Amendments
from samverkan.agency.facts import (
    CaseFacts,
    CommandFacts,
    Complete,
    DeliveryFacts,
    EnrolmentFacts,
    EvaluationFacts,
    History,
    OwnEntry,
    ProposedKeys,
    RejectFacts,
    RequestFacts,
    RuleFacts,
    Selection,
    Served,
    ShareFacts,
)
from samverkan.agency.leads import Firings, Hits
from samverkan.agency.seats import Seats
from samverkan.agency.selections import Selections
from samverkan.agency.shelf import Statistics
from samverkan.domain.org import Officer
from samverkan.domain.request import Step
from samverkan.domain.statement import Fields, Statement
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import (
    CaseId,
    EnrolmentId,
    Randomness,
    RequestId,
    RuleId,
    SubjectId,
    UserId,
)
from samverkan.wire.asking import Annex, Disclosed
from samverkan.wire.joining import Contribution, Event
from samverkan.wire.v1 import Message


class People(Protocol):
    """The party's officers and their dated mandates."""

    def get(self, user: UserId) -> Officer | None:
        """The officer of this number."""

    def all(self) -> list[Officer]:
        """Every officer, by name."""

    def add(self, officer: Officer) -> None:
        """Add an officer with mandates."""


class Register(Protocol):
    """The party's statements: its own and those it has received."""

    def delivered(self, sha256: bytes) -> DeliveryFacts | None:
        """The delivery in which these very bytes were read before."""

    def deliveries(self) -> list[DeliveryFacts]:
        """What was read, newest first."""

    def delivery(self, delivery: str) -> DeliveryFacts | None:
        """One of them."""

    def rejects(self, delivery: str) -> list[RejectFacts]:
        """The rejects of a delivery."""

    def add(self, statements: Sequence[Statement], *, party: str) -> None:
        """Append statements; their subjects are made when new."""

    def statements(self, subject: SubjectId) -> list[Statement]:
        """Everything said of a subject, own and received, oldest first."""

    def sources(self, subject: SubjectId) -> dict[str, str]:
        """Which party said it, by source."""

    def own_fields(self, subjects: Collection[SubjectId]) -> dict[SubjectId, Fields]:
        """Current fields of the subjects, from the party's own deliveries alone."""

    def select(self, selection: Selection) -> list[SubjectId]:
        """The subjects that a query names, in a fixed order."""

    def numbered(self, numbers: Collection[str]) -> list[SubjectId]:
        """Subjects whom the party's own statements give one of these identity numbers."""

    def counts(self) -> dict[str, int]:
        """Subjects by schema."""


class Keys(Protocol):
    """Shares of matching keys, and what the holders have shown each other."""

    def add_shares(self, shares: Sequence[ShareFacts]) -> None:
        """Keep own shares."""

    def share(self, scope: str, epoch: int, key_type: str) -> bytes | None:
        """The own share of a key, while the scope lasts."""

    def destroy(self, scope: str) -> int:
        """Forget all shares of a scope, and the locks and tags that they gave."""

    def add_contributions(
        self, scope: str, epoch: int, holder: str, items: Sequence[Contribution]
    ) -> None:
        """Keep a holder's public parts; the first ones stand."""

    def contributions(self, scope: str, epoch: int) -> dict[str, list[Contribution]]:
        """Public parts by holder."""

    def add_transcript(self, scope: str, epoch: int, holder: str, digest: bytes) -> None:
        """Keep what a holder says it has seen."""

    def transcripts(self, scope: str, epoch: int) -> dict[str, bytes]:
        """Transcripts by holder."""

    def add_proposal(self, proposed: ProposedKeys) -> None:
        """Keep a party's next keys (or our own) while they wait; a newer proposal replaces it."""

    def proposal(self, party: str) -> ProposedKeys | None:
        """The party's next keys that wait."""

    def proposals(self) -> list[ProposedKeys]:
        """All next keys that wait."""

    def drop_proposal(self, party: str) -> None:
        """They wait no longer; own countersignatures go with the own proposal."""

    def add_countersignature(self, party: str, signature: bytes) -> None:
        """Keep a countersignature of our own next keys."""

    def countersignatures(self) -> dict[str, bytes]:
        """Countersignatures of our own next keys, by party."""

    def serve(self, served: Served) -> Served:
        """Count evaluations for a party; gives the sum here, and the greatest total it signed."""


class Enrolments(Protocol):
    """Release rules, enrolments, and the evaluations on their way."""

    def add_rule(self, rule: RuleFacts, *, at: datetime) -> None:
        """Keep a signed rule."""

    def rules(self, scope: str) -> list[RuleFacts]:
        """The scope's rules, newest first."""

    def rule(self, rule: RuleId) -> RuleFacts | None:
        """One rule."""

    def add(self, enrolment: EnrolmentFacts) -> None:
        """Note an enrolment."""

    def all(self, scope: str) -> list[EnrolmentFacts]:
        """The scope's enrolments, newest first."""

    def get(self, enrolment: EnrolmentId) -> EnrolmentFacts | None:
        """One enrolment."""

    def add_handles(self, scope: str, handles: Mapping[SubjectId, bytes]) -> None:
        """The record handles of subjects in a scope; those that are there stay."""

    def subject_of(self, scope: str, handle: bytes) -> SubjectId | None:
        """Whose handle it is."""

    def add_evaluations(
        self, evaluations: Sequence[EvaluationFacts], calls: Mapping[str, str]
    ) -> None:
        """Keep evaluations of one enrolment and the calls (by holder) that will answer them all."""

    def evaluated(self, scope: str, epoch: int, key_type: str) -> int:
        """How many values of a key type this party has sent to the holders so far."""

    def asked(self, call: str) -> dict[str, str]:
        """The unfinished evaluations that a call is to answer, by key type."""

    def answer(self, call: str, points: Mapping[str, bytes]) -> None:
        """Keep a holder's part of each evaluation that its call asked about."""

    def complete(self, evaluations: Collection[str]) -> list[Complete]:
        """Those of them of which all holders' parts are there, in the order of their key types."""

    def waiting(self, scope: str) -> int:
        """How many evaluations are not finished."""

    def finish(self, evaluations: Collection[str]) -> None:
        """Forget values, seeds and parts: only entries and tags remain."""

    def add_entries(self, entries: Sequence[OwnEntry]) -> None:
        """Keep own entries with their locks."""

    def entry(self, number: bytes) -> OwnEntry | None:
        """An own entry."""

    def add_tags(
        self, scope: str, epoch: int, typology: str, handles: Mapping[SubjectId, bytes]
    ) -> None:
        """Keep by which handles own subjects are listed."""

    def tagged(
        self, scope: str, epoch: int, typology: str, handles: Collection[bytes]
    ) -> list[SubjectId]:
        """Own subjects behind these handles."""


class Cases(Protocol):
    """Cases, requests, disclosures and council annexes of this party."""

    def open(self, case: CaseFacts) -> None:
        """A new case."""

    def get(self, case: CaseId) -> CaseFacts | None:
        """One case with its subjects."""

    def all(self) -> list[CaseFacts]:
        """Every case, newest first."""

    def include(self, case: CaseId, subject: SubjectId) -> None:
        """Take a subject into a case; once is enough."""

    def tie(self, case: CaseId, header: CaseId) -> None:
        """Put a file under a joint header."""

    def add_request(self, request: RequestFacts) -> None:
        """Keep a request."""

    def request(self, request: RequestId) -> RequestFacts | None:
        """One request with its history."""

    def requests(self) -> list[RequestFacts]:
        """Every request, newest first."""

    def asked_in(self, case: CaseId) -> list[RequestFacts]:
        """The own requests of a case, newest first."""

    def step(self, request: RequestId, step: Step, *, at: datetime, officer: str | None) -> None:
        """Append to a request's history."""

    def add_disclosure(self, body: Disclosed, *, outgoing: bool, at: datetime) -> None:
        """Keep a disclosure as it travelled."""

    def has_disclosure(self, disclosure: str) -> bool:
        """Whether the number is taken: it is the sender who draws it."""

    def disclosure(self, request: RequestId) -> Disclosed | None:
        """The answer to a request."""

    def sent(self, disclosure: str) -> Disclosed | None:
        """What left under that number; None for what came in, or is not known."""

    def add_annex(self, annex: Annex, *, party: str, case: CaseId | None, at: datetime) -> None:
        """Keep the sealed part of council papers."""

    def annexes(self, proposal: str) -> dict[str, Annex]:
        """Annexes of a proposal by the party that wrote them."""

    def proposed(self, case: CaseId) -> list[str]:
        """Proposals made of a case."""


class Feed(Protocol):
    """Steering's numbered events, as they came."""

    def add(self, event: Event, *, subject: str) -> None:
        """Append an event."""

    def all(self) -> History:
        """Every event, oldest first."""

    def about(self, subject: str) -> list[Event]:
        """The events of one cooperation, proposal or operation, oldest first."""


class Commands(Protocol):
    """What this party has asked steering for."""

    def send(self, kind: str, subject: str, body: Message, *, officer: UserId) -> None:
        """Post the command and remember it."""

    def sent(self, kind: str, subject: str | None = None) -> list[CommandFacts]:
        """Commands of a kind (about a subject), oldest first."""


class Reading(Protocol):
    """Repositories to look into, after the look has been logged."""

    @property
    def now(self) -> datetime:
        """When this began."""

    @property
    def me(self) -> str:
        """The own party."""

    @property
    def people(self) -> People:
        """Officers."""

    @property
    def register(self) -> Register:
        """Statements."""

    @property
    def keys(self) -> Keys:
        """Shares."""

    @property
    def enrolments(self) -> Enrolments:
        """Enrolments."""

    @property
    def selections(self) -> Selections:
        """Who is enrolled one by one, and what has ended."""

    @property
    def hits(self) -> Hits:
        """Hits."""

    @property
    def firings(self) -> Firings:
        """Firings."""

    @property
    def cases(self) -> Cases:
        """Cases."""

    @property
    def statistics(self) -> Statistics:
        """Public statistics, and own counts that may be shown."""

    @property
    def seats(self) -> Seats:
        """Whom this party has delegated, and sealed papers of meetings."""

    @property
    def accounts(self) -> Accounts:
        """Worked time and rates."""

    @property
    def amendments(self) -> Amendments:
        """Corrections and recalls of disclosures."""

    @property
    def feed(self) -> Feed:
        """Events."""

    @property
    def commands(self) -> Commands:
        """Commands sent."""


class Work(Reading, Protocol):
    """A `Reading` that also changes, logs and posts, all at once or not at all."""

    @property
    def randomness(self) -> Randomness:
        """For new identifiers and masks."""

    def log(self, entry: Entry) -> None:
        """Record in the same transaction."""

    def post(self, to: str, kind: str, body: Message) -> object:
        """Post in the same transaction."""

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do this when the transaction has been committed, and not if it is undone."""

    def call(self, to: str, kind: str, body: Message, *, deadline: datetime) -> str:
        """Call in the same transaction; gives the call's id."""

    def sign(self, data: bytes) -> bytes:
        """The party's signature."""
