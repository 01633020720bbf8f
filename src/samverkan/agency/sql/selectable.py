"""By what own subjects are found: written with own statements, asked by queries and lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Select, select

from samverkan.agency.facts import Selection
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.bulk import keep_highest
from samverkan.domain.statement import Prop

SELECTABLE = frozenset(
    {Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER, Prop.CITY, Prop.CONDITION, Prop.DIRECTOR}
)

Line = tuple[str, str, str, str]
"""Property, value, subject, last day."""


def keep_selectable(connection: Connection, lines: Iterable[Line]) -> None:
    """Keep each property and value of a subject once, until the latest of its last days."""
    last: dict[tuple[str, str, str], str] = {}
    for prop, value, subject, until in lines:
        key = (prop, value, subject)
        if until > last.get(key, ""):
            last[key] = until
    rows = [(*key, until) for key, until in sorted(last.items())]
    keep_highest(connection, t.selectable, "prop value subject expires_on", rows, "expires_on")


def selected(selection: Selection, today: str) -> Select[tuple[str]]:
    """The subjects that a query names, in a fixed order; what has run out by `today` names nobody."""
    if selection.directors:
        return _directors(selection, today)
    query = select(t.subject.c.id).where(
        t.subject.c.schema == selection.schema.value,
        t.subject.c.id.in_(having(Prop.CITY, selection.municipalities, today)),
    )
    if selection.conditions:
        query = query.where(t.subject.c.id.in_(having(Prop.CONDITION, selection.conditions, today)))
    return query.order_by(t.subject.c.id)


def having(prop: Prop, values: Collection[str], today: str) -> Select[tuple[str]]:
    """Subjects of whom an own statement in force says one of these values."""
    table = t.selectable.c
    return select(table.subject).where(
        table.prop == prop.value, table.value.in_(sorted(values)), table.expires_on >= today
    )


def _directors(selection: Selection, today: str) -> Select[tuple[str]]:
    """Persons named by companies that meet the condition, found by identity number."""
    company, person = t.selectable.alias(), t.selectable.alias()
    numbers = select(company.c.value).where(
        company.c.prop == Prop.DIRECTOR.value,
        company.c.expires_on >= today,
        company.c.subject.in_(having(Prop.CITY, selection.municipalities, today)),
    )
    if selection.conditions:
        met = having(Prop.CONDITION, selection.conditions, today)
        numbers = numbers.where(company.c.subject.in_(met))
    return (
        select(person.c.subject)
        .where(
            person.c.prop == Prop.ID_NUMBER.value,
            person.c.value.in_(numbers),
            person.c.expires_on >= today,
        )
        .distinct()
        .order_by(person.c.subject)
    )
