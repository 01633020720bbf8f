"""What a scope's open records teach of weights, as rows: numbers by slot and by pattern."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from samverkan.exchange.ports import Learned
from samverkan.exchange.sql import tables as t

_MILLION = 1_000_000


class SqlLessons:
    """`ports.Lessons` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, scope: str, party: str, kind: str, rates: Mapping[str, int]) -> None:
        """See `Lessons`."""
        run, rate = self._connection.execute, t.rate.c
        mine = {"scope": scope, "party": party, "kind": kind}
        run(delete(t.rate).where(rate.scope == scope, rate.party == party, rate.kind == kind))
        if rates:
            run(t.rate.insert(), [mine | {"slot": s, "tenths": n} for s, n in rates.items()])

    def rates(self, scope: str, kind: str) -> list[Mapping[str, int]]:
        """See `Lessons`."""
        rate = t.rate.c
        query = select(rate.party, rate.slot, rate.tenths)
        query = query.where(rate.scope == scope, rate.kind == kind)
        found: dict[str, dict[str, int]] = {}
        for party, slot, tenths in self._connection.execute(query.order_by(rate.party)):
            found.setdefault(party, {})[slot] = tenths
        return list(found.values())

    def meet(self, scope: str, key_type: str, patterns: Mapping[int, int]) -> None:
        """See `Lessons`."""
        run, met = self._connection.execute, t.met.c
        mine = (met.scope == scope, met.key_type == key_type)
        before = {row.pattern: row.pairs for row in run(select(t.met).where(*mine))}
        rows = [
            {
                "scope": scope,
                "key_type": key_type,
                "pattern": pattern,
                "pairs": pairs + before.get(pattern, 0),
            }
            for pattern, pairs in patterns.items()
        ]
        if rows:
            run(delete(t.met).where(*mine, met.pattern.in_(list(patterns))))
            run(t.met.insert(), rows)

    def met(self, scope: str) -> dict[str, dict[int, int]]:
        """See `Lessons`."""
        met, found = t.met.c, dict[str, dict[int, int]]()
        query = select(met.key_type, met.pattern, met.pairs).where(met.scope == scope)
        for key_type, pattern, pairs in self._connection.execute(query):
            found.setdefault(key_type, {})[pattern] = pairs
        return found

    def learn(self, scope: str, kind: str, learned: Learned) -> None:
        """See `Lessons`."""
        run, known = self._connection.execute, t.learned.c
        run(delete(t.learned).where(known.scope == scope, known.kind == kind))
        mine = {"scope": scope, "kind": kind, "pairs": learned.pairs}
        rows = [mine | {"slot": s, "m": round(m * _MILLION)} for s, m in learned.m.items()]
        if rows:
            run(t.learned.insert(), rows)

    def learned(self, scope: str, kind: str) -> Learned | None:
        """See `Lessons`."""
        known = t.learned.c
        query = select(known.slot, known.m, known.pairs)
        rows = self._connection.execute(query.where(known.scope == scope, known.kind == kind)).all()
        return (
            Learned({row.slot: row.m / _MILLION for row in rows}, rows[0].pairs) if rows else None
        )

    def end(self, scope: str) -> None:
        """Forget what the scope has taught."""
        for table in (t.rate, t.met, t.learned):
            self._connection.execute(delete(table).where(table.c.scope == scope))
