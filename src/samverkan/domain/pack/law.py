"""The legal tables: statutes, bases, purposes, grounds, secrecy, retention, what never enters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from samverkan.domain.pack.agencies import Doubt, PartyRef, Regime
from samverkan.domain.pack.shapes import Form, Id, Ref, Within, Words

StatuteId = Annotated[str, Form(r"[0-9A-Za-z][0-9A-Za-z:./ -]{0,30}")]
StatuteRef = Annotated[str, Ref("statutes")]


class Obligation(StrEnum):
    """What a basis says when its test is passed."""

    MUST = "must"
    MAY = "may"


class CountedFrom(StrEnum):
    """From when a retention clock runs."""

    STATEMENT = "statement"
    YEAR_END = "year-end"
    CASE_CLOSED = "case-closed"


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute, by its number, and the span in which it has been in force."""

    id: StatuteId
    names: Words
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis (rättslig grund) of a disclosure.

    Who may ask and who answers follows from the parties' standing under it. `threshold` names
    the balance test and `test` words it as the statute does; `props` limits what may be
    disclosed (empty: anything); `excluded` are classes of secrecy it does not reach; `journal`
    is the sentence for the journal. `on_request_only` answers nobody who has not asked;
    `unasked_only` is the sender's own to act on, and nothing can be asked for under it.
    """

    id: Id
    statute: StatuteRef
    section: str
    names: Words
    obligation: Obligation
    needs_cooperation: bool
    on_request_only: bool
    threshold: Id
    need: Words
    test: Words
    journal: Words
    since: date
    until: date | None = None
    props: tuple[str, ...] = ()
    excluded: tuple[Annotated[str, Form(r"[0-9]+:[0-9]+(-[0-9]+)?( [a-z])?")], ...] = ()
    unasked_only: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data are processed. With a basis, a cooperation can be decided for it.

    `grounds` are the kinds of ground of which such a decision must state one each.
    """

    id: Id
    names: Words
    regime: Regime
    cooperation: Annotated[str, Ref("bases")] | None = None
    grounds: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of a cooperation decision, and its kind."""

    names: Words
    kind: Id


@dataclass(frozen=True, slots=True)
class Classification:
    """A rule of secrecy, as statements carry it. `absolute` knows no harm test."""

    names: Words
    statute: StatuteRef
    section: str
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """The longest time that a party may keep data of a kind (längsta tid)."""

    names: Words
    parties: tuple[PartyRef, ...]
    statute: StatuteRef
    section: str
    months: Annotated[int, Within(1, 1200)]
    counted_from: CountedFrom


@dataclass(frozen=True, slots=True)
class NeverEnrolled:
    """A class of data that enters no cooperation; `marks` are its words in deliveries."""

    names: Words
    marks: tuple[str, ...]
    because: Words


@dataclass(frozen=True, slots=True)
class OneByOne:
    """A class of persons who enter a cooperation one by one alone, never by query.

    Persons younger than `younger_than` years, or of whom a delivery states one of `roles`.
    """

    names: Words
    because: Words
    younger_than: Annotated[int, Within(1, 120)] | None = None
    roles: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Limits of enrolment and of asking.

    A selection of `whole_least` subjects that is more than `whole_share` of what the party holds
    is a whole register. One subject asked about stays `dwell_days` at least; above `asked_a_day`
    in a day of one officer, a second person decides. One officer may ask others `numbers_a_day`
    times a day by identity number, about whom no cooperation has told.
    """

    whole_share: Annotated[float, Within(0.01, 1.0)]
    whole_least: Annotated[int, Within(1, 1_000_000)]
    dwell_days: Annotated[int, Within(1, 3650)]
    asked_a_day: Annotated[int, Within(1, 1000)]
    numbers_a_day: Annotated[int, Within(0, 1000)] = 0
