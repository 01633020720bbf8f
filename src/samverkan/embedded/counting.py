"""How much of everything a run left behind, counted in the stores themselves.

A record is a row of a party's own delivery. Numbers alone are read, whatever the scale.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, Connection, Select, func, select, union

from samverkan.agency.sql import tables as t
from samverkan.embedded.house import House
from samverkan.steering.sql import tables as lead

_ENTERED = union(select(t.entry.c.subject), select(t.own_tag.c.subject))
"""Subjects behind entries or tags."""
_SENT = (
    select(t.request.c.subject)
    .join(t.disclosure, t.disclosure.c.request == t.request.c.id)
    .where(t.disclosure.c.outgoing.is_(True))
)
"""Subjects of which something has left their owner, by the disclosures sent."""


def counted(house: House) -> Counter[str]:
    """Records held, enrolled and disclosed; tokens, requests, disclosures; what was decided."""
    counts: Counter[str] = Counter()
    for party, node in house.nodes.items():
        with node.opened.store.view() as connection:
            counts.update(_of_party(connection, party))
    counts.update(_of_steering(house))
    return counts


def _of_party(connection: Connection, party: str) -> dict[str, int]:
    subject = t.statement.c.subject
    return {
        "held": _number(connection, _records(party)),
        "enrolled": _number(connection, _records(party, subject.in_(_ENTERED))),
        "disclosed": _number(connection, _records(party, subject.in_(_SENT))),
        "tokens": _number(connection, select(func.coalesce(func.sum(t.enrolment.c.entries), 0))),
        "requests": _number(connection, _rows(t.request.c.outgoing.is_(True))),
        "disclosures": _number(connection, _rows(t.disclosure.c.outgoing.is_(False))),
    }


def _records(party: str, *which: ColumnElement[bool]) -> Select[int]:
    row = select(t.statement.c.source, t.statement.c.row).where(t.statement.c.party == party)
    return select(func.count()).select_from(row.where(*which).distinct().subquery())


def _rows(which: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).where(which)


def _number(connection: Connection, query: Select[int]) -> int:
    return int(connection.execute(query).scalar_one())


def _of_steering(house: House) -> dict[str, int]:
    table = lead.events
    with house.steering.opened.store.view() as connection:
        query = select(table.c.kind, func.count()).group_by(table.c.kind)
        kinds = {row[0]: row[1] for row in connection.execute(query)}
        bodies = connection.execute(
            select(table.c.body).where(table.c.kind == "proposal.decided")
        ).scalars()
        approved = sum(b'"approved"' in bytes(body) for body in bodies)
    return {
        "decisions": kinds.get("proposal.decided", 0),
        "operations": approved,
        "outcomes": kinds.get("outcome.record", 0),
    }
