"""Officers and their mandates, dated. What a role may do is in `policy`, never on the person.

Parties, agencies and bodies themselves are pack data; here they are known by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from samverkan.kernel.ids import PartyId, UserId
from samverkan.kernel.outcome import SamverkanError

MEMBER = "member"
"""The tier of an agency that takes part in full; others only support it."""
GUESSED = "whether"
"""The doubt that a span of membership is one at all; such a span gives nothing."""


class Role(StrEnum):
    """What somebody is appointed to. A person may hold several, for different spans."""

    OFFICER = "officer"
    ANALYST = "analyst"
    RELEASING_OFFICER = "releasing_officer"  # decides disclosures
    COUNCIL_MEMBER = "council_member"  # decides for the own party in a body
    DEPUTY = "deputy"  # a council member's, with the same powers while it lasts
    CHAIR = "chair"  # leads a body's round and closes it
    SECRETARIAT = "secretariat"
    LOCAL_MEMBER = "local_member"  # sits for the own party in one local body or group
    LOCAL_DEPUTY = "local_deputy"
    COORDINATOR = "coordinator"  # leads the work of one local body or group
    ADMINISTRATOR = "administrator"  # deliveries and keys of the own party
    AUDITOR = "auditor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"


class NaiveTime(SamverkanError):
    """A time without zone was given where a day must be told from it."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """An appointment (mandat) to a role at a party, perhaps for one body; both days count."""

    user: UserId
    party: PartyId
    role: Role
    since: date
    until: date
    body: str | None = None

    def covers(self, at: datetime) -> bool:
        """Whether it is in force. A lapsed mandate gives nothing, nor does one to come."""
        return self.since <= day_of(at) <= self.until


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of one party. Outside it only the number is known, never the name (N22)."""

    user: UserId
    party: PartyId
    name: str = field(repr=False)
    language: str
    mandates: tuple[Mandate, ...]

    def roles(self, at: datetime) -> frozenset[Role]:
        """The roles of the mandates in force."""
        return frozenset(mandate.role for mandate in self.mandates if mandate.covers(at))


def day_of(at: datetime) -> date:
    """The day of an aware time, in UTC, so that all parties change day at once."""
    if at.tzinfo is None:
        raise NaiveTime
    return at.date() if at.tzinfo is UTC else at.astimezone(UTC).date()


class _Span(Protocol):
    @property
    def tier(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def doubt(self) -> str | None: ...


SpanT_co = TypeVar("SpanT_co", bound=_Span, covariant=True)


class _Agency(Protocol[SpanT_co]):
    @property
    def membership(self) -> Sequence[SpanT_co]: ...


class _Model(Protocol):
    @property
    def agencies(self) -> Mapping[str, _Agency[_Span]]: ...


class _Appointment(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def body(self) -> str | None: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date: ...


class _Person(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def party(self) -> PartyId: ...
    @property
    def language(self) -> str: ...
    @property
    def mandates(self) -> Sequence[_Appointment]: ...


def members(model: _Model, *, on: date, tier: str = MEMBER) -> tuple[str, ...]:
    """The agencies of that tier on that day, in the pack's order. Membership is dated data."""
    return tuple(id_ for id_, agency in model.agencies.items() if tenure(agency, on=on, tier=tier))


def tenure(agency: _Agency[SpanT_co], *, on: date, tier: str = MEMBER) -> SpanT_co | None:
    """The span by which the agency belongs to the tier that day, if any that is no guess."""
    return next(
        (
            span
            for span in agency.membership
            if span.tier == tier
            and span.doubt != GUESSED
            and span.since <= on
            and (span.until is None or on <= span.until)
        ),
        None,
    )


def appoint(person: _Person, user: UserId) -> Officer:
    """The officer that a person of the pack becomes under a drawn number."""
    mandates = tuple(
        Mandate(user, person.party, Role(held.role), held.since, held.until, held.body)
        for held in person.mandates
    )
    return Officer(user, person.party, person.name, person.language, mandates)


def holders(officers: Iterable[Officer], role: Role, *, at: datetime) -> tuple[Officer, ...]:
    """Who holds the role at that time."""
    return tuple(officer for officer in officers if role in officer.roles(at))
