"""Lists of tags, and the firings that were told of them, as rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, Select, and_, delete, select, update

from samverkan.domain.taglist import without
from samverkan.exchange.ports import Known, TagPlace
from samverkan.exchange.sql import tables as t
from samverkan.kernel.ids import FiringId


class SqlLists:
    """`ports.Lists` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(self, place: TagPlace, party: str, until: str, listed: bytes) -> None:
        """See `Lists`."""
        key = {
            "scope": place.scope,
            "epoch": place.epoch,
            "typology": place.typology,
            "condition": place.condition,
            "party": party,
        }
        same = and_(*(t.tag_list.c[name] == value for name, value in key.items()))
        self._connection.execute(delete(t.tag_list).where(same))
        self._connection.execute(t.tag_list.insert().values(until=until, listed=listed, **key))

    def all(self, scope: str, epoch: int, typology: str) -> dict[tuple[str, str], bytes]:
        """See `Lists`. What a rule opened, it opens to its last day."""
        table = t.tag_list
        query = select(table.c.condition, table.c.party, table.c.listed).where(
            table.c.scope == scope,
            table.c.epoch == epoch,
            table.c.typology == typology,
            table.c.until >= self._now.date().isoformat(),
        )
        rows = self._connection.execute(query.order_by(table.c.condition, table.c.party))
        return {(condition, party): listed for condition, party, listed in rows}

    def told(self, scope: str, epoch: int, typology: str) -> list[Known]:
        """See `Lists`."""
        of, handle = t.firing, t.firing_handle
        query = (
            select(of.c.id, of.c.met, handle.c.party, handle.c.handle)
            .join(handle, handle.c.firing == of.c.id)
            .where(of.c.scope == scope, of.c.epoch == epoch, of.c.typology == typology)
        )
        members: defaultdict[tuple[str, int], set[tuple[str, bytes]]] = defaultdict(set)
        for number, met, party, found in self._connection.execute(query):
            members[number, met].add((party, found))
        return [
            Known(FiringId(number), met, frozenset(found))
            for (number, met), found in members.items()
        ]

    def tell(self, known: Known, scope: str, epoch: int, typology: str) -> None:
        """See `Lists`."""
        run, number = self._connection.execute, known.id
        again = run(update(t.firing).where(t.firing.c.id == number).values(met=known.met))
        if not again.rowcount:
            of = {"scope": scope, "epoch": epoch, "typology": typology}
            run(t.firing.insert().values(id=number, met=known.met, at=self._now, **of))
        run(delete(t.firing_handle).where(t.firing_handle.c.firing == number))
        handles = [
            {"firing": number, "party": party, "handle": handle}
            for party, handle in sorted(known.members)
        ]
        run(t.firing_handle.insert(), handles)
        there = select(t.firing_party.c.party).where(t.firing_party.c.firing == number)
        new = {party for party, _ in known.members} - set(run(there).scalars())
        rows = [{"firing": number, "party": one, "assessed": False} for one in sorted(new)]
        if rows:
            run(t.firing_party.insert(), rows)

    def assess(self, firing: str, party: str, *, assessed: bool) -> bool:
        """See `Lists`."""
        table = t.firing_party
        done = self._connection.execute(
            update(table)
            .where(table.c.firing == firing, table.c.party == party)
            .values(assessed=assessed)
        )
        return done.rowcount == 1

    def stale(self, before: datetime) -> list[FiringId]:
        """See `Lists`."""
        table = t.firing_party
        assessed = select(table.c.firing).where(table.c.assessed)
        query = select(t.firing.c.id).where(t.firing.c.at < before, t.firing.c.id.not_in(assessed))
        found = self._connection.execute(query.order_by(t.firing.c.id)).scalars()
        return [FiringId(one) for one in found]

    def erase(self, firing: FiringId) -> None:
        """See `Lists`."""
        run = self._connection.execute
        table = t.firing_handle
        handles: defaultdict[str, set[bytes]] = defaultdict(set)
        for party, handle in run(
            select(table.c.party, table.c.handle).where(table.c.firing == firing)
        ):
            handles[party].add(handle)
        of = run(select(t.firing).where(t.firing.c.id == firing)).one()
        where = (t.tag_list.c.scope == of.scope, t.tag_list.c.typology == of.typology)
        for row in run(select(t.tag_list).where(*where, t.tag_list.c.epoch == of.epoch)).all():
            left = without(row.listed, handles[row.party])
            same = (t.tag_list.c.party == row.party, t.tag_list.c.condition == row.condition)
            run(update(t.tag_list).where(*where, *same).values(listed=left))
        self._drop(select(t.firing.c.id).where(t.firing.c.id == firing))

    def end(self, scope: str) -> None:
        """Drop everything of the scope."""
        self._drop(select(t.firing.c.id).where(t.firing.c.scope == scope))
        self._connection.execute(delete(t.tag_list).where(t.tag_list.c.scope == scope))

    def _drop(self, firings: Select[tuple[str]]) -> None:
        for table in (t.firing_handle, t.firing_party):
            self._connection.execute(delete(table).where(table.c.firing.in_(firings)))
        self._connection.execute(delete(t.firing).where(t.firing.c.id.in_(firings)))
