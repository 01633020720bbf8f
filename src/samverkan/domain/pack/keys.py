"""What is matched, how a meeting is weighed, and which typologies are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from samverkan.domain.pack.agencies import PartyRef
from samverkan.domain.pack.shapes import Form, Id, Ref, Within, Words

Share = Annotated[float, Within(1e-12, 1.0)]


class Kind(StrEnum):
    """What kind of subject."""

    PERSON = "person"
    COMPANY = "company"


class Start(StrEnum):
    """Where a condition or typology looks first. The last three are known so as to be refused."""

    PROVIDER = "provider"
    EMPLOYER = "employer"
    CERTIFIER = "certifier"
    ACCOUNT = "account"
    PERIOD = "period"
    WORKSITE = "worksite"
    DEBTOR = "debtor"
    NEED = "need"
    BENEFIT = "benefit"
    DIAGNOSIS = "diagnosis"


FORBIDDEN_STARTS = frozenset({Start.NEED, Start.BENEFIT, Start.DIAGNOSIS})
"""A person's need, or a benefit that tells of health, is no start (DESIGN section 2, promise 6)."""


class Sensitive(StrEnum):
    """Categories on which nobody is selected (GDPR art. 9; EU 2016/680 art. 10; BDL 2:11-14)."""

    HEALTH = "health"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    POLITICS = "politics"
    UNION = "union"
    SEXUALITY = "sexuality"
    GENETICS = "genetics"
    BIOMETRICS = "biometrics"


@dataclass(frozen=True, slots=True)
class KeyType:
    """A kind of match key and the properties it is made of (MATCHING section 4).

    `protected` keys are the only ones of a protected identity; `per_subject` is how many values
    a subject has on average; an own block above `block_cap` is dropped, not cut.
    """

    id: Annotated[str, Form(r"[A-Z][0-9]{1,2}")]
    kind: Kind
    names: Words
    props: tuple[str, ...]
    per_subject: Annotated[float, Within(0.01, 10)]
    block_cap: Annotated[int, Within(2, 1000)] = 20
    protected: bool = False

    @property
    def code(self) -> str:
        """The type as wire and ledger write it."""
        return self.id.lower()


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that is compared inside a block, with its priors (Fellegi and Sunter 1969).

    `m` is the chance that two records of one subject agree on it, `u` that two others do. Of
    correlated slots, those of one `group`, only the strongest counts. `identity` slots may be
    named to the receiver of a hit; `rarity` slots carry a class of how common the value is.
    """

    id: Id
    names: Words
    m: Share
    u: Share
    identity: bool = False
    rarity: bool = False
    group: Id | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """What a weight from `least` bits means in words."""

    names: Words
    least: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The slots of one kind, in the order of the bundle's bytes, and where a hit begins (bits)."""

    slots: Mapping[Id, Slot]
    cut_off: float
    strengths: Mapping[Id, Strength]


@dataclass(frozen=True, slots=True)
class Rarity:
    """A class of how common a value is: from `least` of a population; `factor` adjusts `u`.

    `listed` are the names of the class by slot. With `others`, a name that no class lists is of
    this one, in slots that some class lists names of.
    """

    names: Words
    least: Annotated[float, Within(0.0, 1.0)]
    factor: Annotated[float, Within(1e-6, 1e3)]
    listed: Mapping[Id, tuple[str, ...]] = field(default_factory=dict)
    others: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition (villkor): a coarse fact that its owner judges, and nobody else sees."""

    id: Annotated[str, Form(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+){0,4}")]
    party: PartyRef
    subject: Kind
    start: Start
    names: Words
    meaning: Words
    months: bool = False
    sensitive: Sensitive | None = None


@dataclass(frozen=True, slots=True)
class Typology:
    """A pattern over conditions of several parties. Meeting it is a lead, never a decision.

    `threshold` of its conditions make it fire; above `ceiling` firings nobody is told. Conditions
    known by months count for the last `window` months, and where there are two or more of them,
    for what held in one quarter. `source` are the numbers in the domain dossier.
    """

    id: Id
    names: Words
    crime_area: Annotated[str, Ref("crime_areas")]
    source: tuple[Annotated[str, Form(r"T[0-9]{1,2}")], ...]
    subject: Kind
    starts_from: Start
    first: Annotated[str, Ref("conditions")]
    conditions: tuple[Annotated[str, Ref("conditions")], ...]
    threshold: int
    ceiling: Annotated[int, Within(1, 10_000)]
    basis: Annotated[str, Ref("bases")]
    next_step: Words
    false_positives: Words
    window: Annotated[int, Within(1, 60)] = 12


@dataclass(frozen=True, slots=True)
class SizeClass:
    """How many subjects a party may enrol into a scope, at most."""

    names: Words
    most: Annotated[int, Within(1, 1_000_000_000)]


@dataclass(frozen=True, slots=True)
class Query:
    """A lawful query by which a party may enrol its own subjects into a scope.

    Subjects of the kind, in the scope's municipalities, that meet one of `conditions` (none:
    all); with `directors`, the persons whom such companies name as their directors. `necessity`
    is the reason that it is usually necessary for, `because` says why it is not wider. `statute`
    is the one that lets the query take a whole register.
    """

    names: Words
    party: PartyRef
    subject: Kind
    because: Words
    conditions: tuple[Annotated[str, Ref("conditions")], ...] = ()
    directors: bool = False
    statute: Annotated[str, Ref("statutes")] | None = None
