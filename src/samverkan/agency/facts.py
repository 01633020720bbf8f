"""What a party's repositories give and take: plain records, frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from samverkan.domain.directory import KeyCard
from samverkan.domain.graph import Appraisal, Judgement
from samverkan.domain.request import Step
from samverkan.domain.statement import Schema
from samverkan.kernel.ids import (
    CaseId,
    DisclosureId,
    EnrolmentId,
    FiringId,
    HitId,
    RequestId,
    RuleId,
    SubjectId,
    UserId,
)
from samverkan.wire.asking import Ask
from samverkan.wire.joining import Event
from samverkan.wire.matching import Fired, HitTold

Derived = TypeVar("Derived")


class History(tuple[Event, ...]):  # noqa: SLOT001  it keeps what was worked out
    """A feed so far. It never changes, so what follows from it is worked out once."""

    def derived(self, work_out: Callable[[Iterable[Event]], Derived]) -> Derived:
        """What a function makes of it; the caller does not change that either."""
        known: dict[object, Any] = self.__dict__.setdefault("known", {})
        if work_out not in known:
            known[work_out] = work_out(self)
        made: Derived = known[work_out]
        return made


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """A delivery as it was read.

    `form` is how: format, delimiter and encoding, joined by full stops. `unread` are columns of the
    file that the mapping does not name; nothing of them entered.
    """

    id: str
    sha256: bytes
    kind: str
    file: str
    rows: int
    at: datetime
    statements: int = 0
    subjects: int = 0
    rejects: int = 0
    form: str = "csv"
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectFacts:
    """A row or cell that could not be used as it stood, and what became of it; no value."""

    row: int
    column: str
    code: str
    effect: str = "cell-out"


@dataclass(frozen=True, slots=True)
class Selection:
    """A lawful query: subjects of a schema in the scope's municipalities that meet a condition.

    `conditions` empty means every subject of the schema; `directors` selects instead the persons
    whom companies meeting a condition name as directors.
    """

    schema: Schema
    municipalities: frozenset[str]
    conditions: frozenset[str] = frozenset()
    directors: bool = False


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A holder's own share of one key."""

    scope: str
    epoch: int
    key_type: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A signed release rule: which records, to whom, which fields, why, until when."""

    id: RuleId
    scope: str
    query: str
    receivers: tuple[str, ...]
    fields: tuple[str, ...]
    test: str
    officer: UserId
    until: date
    signature: bytes = b""
    withdrawn: bool = False

    def holds(self, on: date) -> bool:
        """Whether it opens anything that day: to its last day, unless it was withdrawn."""
        return not self.withdrawn and on <= self.until


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What makes an enrolment one subject asked about now.

    `case` is the agency's own number of the case; the subject stays to `stays_to` at least. While
    `waits`, above the officer's cap, nothing has left; `second` is who decided that it may.
    """

    case: str = field(repr=False)
    stays_to: date
    waits: bool = False
    second: UserId | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """One enrolment of subjects into a scope.

    `query` is a lawful query, or the class of a list (`listed`) or of one who is asked about
    (`asked`); a list states a necessity for each subject.
    """

    id: EnrolmentId
    scope: str
    rule: RuleId | None
    query: str
    necessity: str
    officer: UserId
    subjects: int
    entries: int
    at: datetime
    enquiry: Enquiry | None = None
    taken_back: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether its records are, or will be, in the index."""
        return self.taken_back is None


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """Values of one key type that wait for all holders' parts.

    `work` pairs each value with its subject; `condition` is set for a typology's tags.
    """

    id: str
    enrolment: EnrolmentId
    scope: str
    epoch: int
    key_type: str
    condition: str | None
    work: tuple[tuple[SubjectId, bytes], ...] = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Complete:
    """An evaluation that every holder has answered: `parts` are their points."""

    evaluation: EvaluationFacts
    parts: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry in the index that is ours: which subject, and the lock of the shared value."""

    number: bytes
    scope: str
    epoch: int
    key_type: str
    enrolment: EnrolmentId
    subject: SubjectId
    lock: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HitFacts:
    """Hits of one pair (own subject, a party's record): the strongest, and how many blocks.

    `gone` when every one of them told of what has been taken back since.
    """

    id: HitId
    scope: str
    subject: SubjectId
    party: str
    handle: bytes
    told: HitTold
    blocks: int
    at: datetime
    gone: bool = False

    @property
    def pair(self) -> tuple[str, SubjectId, str, bytes]:
        """The pair that it is: scope, own subject, party and handle."""
        return self.scope, self.subject, self.party, self.handle


@dataclass(frozen=True, slots=True)
class FiringFacts:
    """A typology that fired on an own subject."""

    id: FiringId
    scope: str
    subject: SubjectId
    fired: Fired
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A judgement with the officer's note."""

    judgement: Judgement
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FiringNote:
    """An assessment of a firing with the officer's note."""

    appraisal: Appraisal
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FiringDisclosure:
    """What a firing told others of an own record: conditions, to whom, under which rule.

    It stays when the firing is erased: whoever asks may be told where the record has gone.
    """

    id: DisclosureId
    firing: FiringId
    scope: str
    typology: str
    subject: SubjectId
    conditions: tuple[str, ...]
    receivers: tuple[str, ...]
    rule: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as this party keeps it: its own file, tied to a joint `header` or alone."""

    id: CaseId
    scope: str
    title: str = field(repr=False)
    officer: UserId
    at: datetime
    subjects: tuple[SubjectId, ...] = ()
    header: CaseId | None = None


NOBODY = SubjectId("sub-00000000000000000000000000")
"""Whom a request by number is about when no own record has that number."""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request, outgoing or incoming, with its history. `subject` may be `NOBODY`."""

    id: RequestId
    outgoing: bool
    peer: str
    subject: SubjectId
    case: CaseId
    ask: Ask
    at: datetime
    steps: tuple[tuple[Step, datetime, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CommandFacts:
    """A command that this party has sent to steering, and when."""

    kind: str
    subject: str
    officer: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """Evaluations of one key for one party: how many, and the total that the party itself signs.

    The total runs over all calls to all holders, so that spreading elements over holders hides
    nothing of a quota.
    """

    scope: str
    epoch: int
    key_type: str
    party: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Place:
    """Whose share of which key: what a contribution is bound to. `index` counts from 1."""

    scope: str
    epoch: int
    key_type: str
    holder: str
    index: int


@dataclass(frozen=True, slots=True)
class ProposedKeys:
    """A party's next keys with its old key's signature, and the digest that they follow on."""

    card: KeyCard
    before: bytes
    old: bytes
