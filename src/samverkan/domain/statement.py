"""Who said what of whom: the statement (uppgift), and the subjects that statements describe.

Nothing is overwritten. A correction is a newer statement; the current fields of a subject are
derived from its statements each time (DESIGN section 2, promise 3). Schema and property names
are those of the FollowTheMoney ontology where it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from samverkan.kernel.ids import DeliveryId, StatementId, SubjectId


class Schema(StrEnum):
    """What kind of subject a statement is about."""

    PERSON = "Person"
    COMPANY = "Company"


class Prop(StrEnum):
    """What a statement says of its subject. Values are clean texts (`domain.normalise`)."""

    ID_NUMBER = "idNumber"  # 12 digits; may fail its check digit (then keys use its repairs)
    REGISTRATION_NUMBER = "registrationNumber"  # 10 digits, or a sole trader's 12
    FIRST_NAME = "firstName"
    LAST_NAME = "lastName"
    NAME = "name"
    ALIAS = "alias"  # what somebody is also called; its words are name parts like others
    BIRTH_DATE = "birthDate"  # ISO 8601
    STREET = "street"
    POSTCODE = "postcode"  # five digits
    CITY = "city"  # municipality code, four digits
    PHONE = "phone"  # E.164
    ACCOUNT = "account"  # kind:digits
    PASSPORT = "passportNumber"  # country:number
    VEHICLE = "vehicle"  # its registration number: capital letters and digits
    DIRECTOR = "director"  # a person's idNumber
    CONDITION = "condition"  # a condition code of the pack, with months when known
    CONDITION_ENDED = "conditionEnded"  # a condition's code, which the source says no more
    ROLE = "role"  # in what the source is about; a code of the pack (a victim)
    PROTECTED = "protectedIdentity"  # "true"; lasts until a newer statement says "false"


ONTOLOGY = {
    Schema.PERSON: frozenset(
        {
            Prop.ID_NUMBER,
            Prop.FIRST_NAME,
            Prop.LAST_NAME,
            Prop.NAME,
            Prop.ALIAS,
            Prop.BIRTH_DATE,
            Prop.PHONE,
            Prop.PASSPORT,
        }
    ),
    Schema.COMPANY: frozenset(
        {Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER, Prop.NAME, Prop.ALIAS, Prop.PHONE}
    ),
}
"""Properties that FollowTheMoney 4.11 has for the schema itself or inherits (`LegalEntity`, `Thing`)."""

EXTENSION = {
    Prop.STREET: "Address:street",
    Prop.POSTCODE: "Address:postalCode",
    Prop.CITY: "Address:city",
    Prop.ACCOUNT: "BankAccount:accountNumber",
    Prop.DIRECTOR: "Directorship:director",
    Prop.VEHICLE: "Vehicle:registrationNumber",
    Prop.CONDITION: None,
    Prop.CONDITION_ENDED: None,
    Prop.ROLE: None,
    Prop.PROTECTED: None,
}
"""Properties of our own, and what FollowTheMoney says by an entity of its own (None: it has no word).

A register's row is one subject, so that its address, account, directors and vehicle are stated of
it. A test holds both tables against the ontology itself (ADR 16).
"""


def states(schema: Schema, prop: Prop) -> bool:
    """Whether a column may state the property of a subject of that schema."""
    if prop is Prop.DIRECTOR:
        return schema is Schema.COMPANY
    return prop in ONTOLOGY[schema] or EXTENSION.get(prop) is not None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `value` is clean, `original` is what the delivery's cell held.

    `said_at` is when the source said it (UTC), `basis` the statute it was collected under,
    `classification` the secrecy it carries, `expires_on` the last day it may be kept,
    `months` the calendar months (`YYYY-MM`) that a condition holds for.
    """

    id: StatementId
    subject: SubjectId
    schema: Schema
    prop: Prop
    value: str
    original: str = field(repr=False)
    delivery: DeliveryId
    row: int
    said_at: datetime
    basis: str
    purpose: str
    classification: str
    expires_on: date
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """All that one party's statements say of one person or company, in order of arrival."""

    id: SubjectId
    schema: Schema
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A subject's current fields: per property its distinct values, newest first.

    `conditions` maps a condition's code to its months. A protected identity (skyddad
    folkbokföring, sekretessmarkering) is marked here, and whoever derives keys, lists or
    papers from the fields must heed it.
    """

    schema: Schema
    values: Mapping[Prop, tuple[str, ...]]
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protected: bool = False

    def all(self, prop: Prop) -> tuple[str, ...]:
        """Every value in force, newest first; empty when nobody said any."""
        return self.values.get(prop, ())

    def current(self, prop: Prop) -> str | None:
        """The newest value, or None."""
        found = self.all(prop)
        return found[0] if found else None


def subjects(statements: Iterable[Statement]) -> tuple[Subject, ...]:
    """Group statements by subject, in order of first mention."""
    groups: dict[SubjectId, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.subject, []).append(statement)
    return tuple(Subject(key, said[0].schema, tuple(said)) for key, said in groups.items())


def fields(statements: Iterable[Statement], *, on: date | None = None) -> Fields:
    """Derive one subject's current fields. With `on`, statements expired by that day are left out.

    Statements come in order of arrival: of two that were said on one day, the later to come corrects
    the earlier. A condition holds until a newer statement ends it.
    Raises `MixedSubject` when the statements are not all of one subject, or none is in force.
    """
    force = _newest_first(s for s in statements if on is None or s.expires_on >= on)
    if len({(s.subject, s.schema) for s in force}) != 1:
        raise MixedSubject
    values: dict[Prop, dict[str, None]] = {}
    months: dict[str, set[str]] = {}
    ended: set[str] = set()
    for said in force:
        if said.prop is Prop.CONDITION_ENDED:
            ended.add(said.value)
        elif said.prop is Prop.CONDITION:
            if said.value not in ended:
                months.setdefault(said.value, set()).update(said.months)
        else:
            values.setdefault(said.prop, {})[said.value] = None
    # protection is a state, not a set: the newest word counts
    protected = next(iter(values.pop(Prop.PROTECTED, {})), "false") == "true"
    return Fields(
        schema=force[0].schema,
        values={prop: tuple(found) for prop, found in values.items()},
        conditions={code: tuple(sorted(found)) for code, found in sorted(months.items())},
        protected=protected,
    )


def _newest_first(statements: Iterable[Statement]) -> list[Statement]:
    """By when they were said, then by arrival of their row; one row's keep their order."""
    found: list[tuple[datetime, int, Statement]] = []
    rows, last = 0, None
    for said in statements:
        if last is None or (said.row, said.delivery) != (last.row, last.delivery):
            rows, last = rows + 1, said
        found.append((said.said_at, rows, said))
    found.sort(key=_when, reverse=True)
    return [said for _, _, said in found]


def _when(found: tuple[datetime, int, Statement]) -> tuple[datetime, int]:
    return found[:2]


class MixedSubject(ValueError):
    """Fields were asked of statements that do not describe exactly one subject."""
