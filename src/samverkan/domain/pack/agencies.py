"""Who takes part: agencies, their parties, bodies, territory, and the people of a demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from samverkan.domain.pack.shapes import Form, Id, Ref, Within, Words
from samverkan.kernel.ids import PartyId
from samverkan.kernel.purpose import Stamp

PartyRef = Annotated[PartyId, Ref("parties")]
RegionRef = Annotated[str, Ref("regions")]
BodyRef = Annotated[str, Ref("bodies")]
AreaId = Annotated[str, Form(r"[0-9A-Za-z][0-9A-Za-z-]{0,15}")]
"""The statistical office's code of a county or municipality."""


class Tier(StrEnum):
    """How an agency belongs to the effort. A network agency gains no right by it (L4)."""

    MEMBER = "member"
    NETWORK = "network"


class Doubt(StrEnum):
    """What no source seen confirms of an entry; people see it marked (U)."""

    SINCE = "since"  # from which day
    WHETHER = "whether"  # whether at all; it gives nobody anything
    WHERE = "where"  # where it sits, or for which region
    WORDING = "wording"  # the words of the statute


class Direction(StrEnum):
    """Which way items may go under a basis, seen from the party."""

    DISCLOSE = "disclose"
    RECEIVE = "receive"


class Regime(StrEnum):
    """Which data protection law a party's own processing is under (L26)."""

    LAW_ENFORCEMENT = "law-enforcement"  # EU 2016/680
    GENERAL = "general"  # EU 2016/679


class Level(StrEnum):
    """Where work is done and led."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"


class BodyKind(StrEnum):
    """What kind of body."""

    COUNCIL = "council"
    STEERING_GROUP = "steering-group"
    CENTRE = "centre"  # intelligence centre: staff of several agencies side by side
    SECRETARIAT = "secretariat"
    GROUP = "group"  # representatives who keep contact between meetings


class Matter(StrEnum):
    """What a body may decide. One that decides nothing prepares what others decide."""

    DIRECTION = "direction"  # the yearly strategic direction
    OPERATION = "operation"
    INTELLIGENCE = "intelligence"  # which intelligence cases are taken up
    PICTURE = "picture"  # the joint situation picture


class DecisionRule(StrEnum):
    """How the answers of a body's members become its decision."""

    OWN_DECISIONS = "own-decisions"  # the sum of each party's own; a majority binds nobody


@dataclass(frozen=True, slots=True)
class Head:
    """What the pack is. Every store that is made from it takes its stamp."""

    id: Id
    version: Annotated[int, Within(1, 2**31)]
    stamp: Stamp
    languages: tuple[Annotated[str, Form(r"[a-z]{2}")], ...]
    names: Words
    timezone: str
    currency: Annotated[str, Form(r"[A-Z]{3}")]
    law_as_of: date


@dataclass(frozen=True, slots=True)
class Tenure:
    """One span of membership; both days count, an open end lasts."""

    tier: Tier
    since: date
    until: date | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency. What it may do lies with its parties."""

    id: Id
    names: Words
    abbreviation: str
    membership: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A party's place under a basis: by which provision, in which direction, when."""

    basis: Annotated[str, Ref("bases")]
    statute: Annotated[str, Ref("statutes")]
    section: str
    may: tuple[Direction, ...]
    since: date
    until: date | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An agency, or one independent branch of it: the tenant of everything (OSL 8:2).

    `secrecy` is the rule that protects what the party has received; without one, nothing does,
    and whoever sends must be warned (L12).
    """

    id: PartyId
    agency: Annotated[str, Ref("agencies")]
    names: Words
    regime: Regime
    standing: tuple[Standing, ...]
    branch: Id | None = None
    secrecy: Annotated[str, Ref("classifications")] | None = None


@dataclass(frozen=True, slots=True)
class County:
    """A county, by the statistical office's code."""

    id: AreaId
    names: Words


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: with the county the common key of all territories."""

    id: AreaId
    name: str
    county: Annotated[str, Ref("counties")]


@dataclass(frozen=True, slots=True)
class Region:
    """One agency's own division of the country, as an overlay of counties."""

    id: Id
    names: Words
    owner: Annotated[str, Ref("agencies")]
    counties: tuple[Annotated[str, Ref("counties")], ...]
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body (organ): who sits, who chairs, what it may decide, how many must sit, how it decides.

    `mandate` says in words what it is there for, `under` whom it prepares for or answers to, and
    `seat` in which municipality it works.
    """

    id: Id
    names: Words
    kind: BodyKind
    level: Level
    members: tuple[PartyRef, ...]
    chair: PartyRef
    decides: tuple[Matter, ...]
    mandate: Words
    since: date
    quorum: int = 1
    rule: DecisionRule = DecisionRule.OWN_DECISIONS
    region: RegionRef | None = None
    under: BodyRef | None = None
    seat: Annotated[str, Ref("municipalities")] | None = None
    until: date | None = None
    doubt: Doubt | None = None

    def may_decide(self, matter: Matter, *, on: date) -> bool:
        """Whether the matter is its to decide that day."""
        return self.there(on) and matter in self.decides

    def there(self, on: date) -> bool:
        """Whether the body exists that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class RoleText:
    """What a role is called, and what it is for."""

    names: Words
    duty: Words


@dataclass(frozen=True, slots=True)
class Appointment:
    """A mandate that a person of the demo holds; both days count."""

    role: Annotated[str, Ref("roles")]
    since: date
    until: date
    body: BodyRef | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person of the demo. Its id is a sign-in word, never the officer's number."""

    id: Id
    name: str
    party: PartyRef
    language: Annotated[str, Form(r"[a-z]{2}")]
    mandates: tuple[Appointment, ...]
