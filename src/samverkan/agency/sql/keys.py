"""Shares of matching keys, and the record of their making, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, select, update

from samverkan.agency.facts import ProposedKeys, Served, ShareFacts
from samverkan.agency.sql import tables as t
from samverkan.domain.directory import KeyCard
from samverkan.wire.joining import Contribution


class SqlKeys:
    """`ports.Keys` inside one transaction, for the party `me`."""

    def __init__(self, connection: Connection, me: str) -> None:
        self._connection = connection
        self._me = me

    def add_shares(self, shares: Sequence[ShareFacts]) -> None:
        """See `Keys`."""
        rows = [
            {
                "scope": share.scope,
                "epoch": share.epoch,
                "key_type": share.key_type,
                "secret": share.secret,
            }
            for share in shares
        ]
        self._connection.execute(t.share.insert(), rows)

    def share(self, scope: str, epoch: int, key_type: str) -> bytes | None:
        """See `Keys`."""
        named = {"in_scope": scope, "in_epoch": epoch, "of_type": key_type}
        return self._connection.execute(_SHARE, named).scalar()

    def destroy(self, scope: str) -> int:
        """See `Keys`. The store overwrites what it deletes (`secure_delete`)."""
        gone = self._connection.execute(delete(t.share).where(t.share.c.scope == scope))
        of_scope = select(t.evaluation.c.id).where(t.evaluation.c.scope == scope)
        self._connection.execute(delete(t.partial).where(t.partial.c.evaluation.in_(of_scope)))
        for table in (t.evaluation, t.entry, t.own_tag):
            self._connection.execute(delete(table).where(table.c.scope == scope))
        return int(gone.rowcount)

    def add_contributions(
        self, scope: str, epoch: int, holder: str, items: Sequence[Contribution]
    ) -> None:
        """See `Keys`."""
        if holder in self.contributions(scope, epoch):
            return
        rows = [
            {
                "scope": scope,
                "epoch": epoch,
                "holder": holder,
                "key_type": item.key_type,
                "public": item.public,
                "proof": item.proof,
            }
            for item in items
        ]
        if rows:
            self._connection.execute(t.contribution.insert(), rows)

    def contributions(self, scope: str, epoch: int) -> dict[str, list[Contribution]]:
        """See `Keys`."""
        table = t.contribution
        query = (
            select(table)
            .where(table.c.scope == scope, table.c.epoch == epoch)
            .order_by(table.c.key_type)
        )
        found: dict[str, list[Contribution]] = {}
        for row in self._connection.execute(query):
            item = Contribution(key_type=row.key_type, public=row.public, proof=row.proof)
            found.setdefault(row.holder, []).append(item)
        return found

    def add_transcript(self, scope: str, epoch: int, holder: str, digest: bytes) -> None:
        """See `Keys`."""
        if holder not in self.transcripts(scope, epoch):
            self._connection.execute(
                t.transcript.insert().values(scope=scope, epoch=epoch, holder=holder, digest=digest)
            )

    def transcripts(self, scope: str, epoch: int) -> dict[str, bytes]:
        """See `Keys`."""
        named = {"in_scope": scope, "in_epoch": epoch}
        rows = self._connection.execute(_TRANSCRIPTS, named)
        return {row.holder: row.digest for row in rows}

    def add_proposal(self, proposed: ProposedKeys) -> None:
        """See `Keys`."""
        card = proposed.card
        self.drop_proposal(card.address)
        self._connection.execute(
            t.key_proposal.insert().values(
                party=card.address,
                version=card.version,
                sign=card.sign,
                seal=card.seal,
                before=proposed.before,
                old=proposed.old,
            )
        )

    def proposal(self, party: str) -> ProposedKeys | None:
        """See `Keys`."""
        return next((one for one in self.proposals() if one.card.address == party), None)

    def proposals(self) -> list[ProposedKeys]:
        """See `Keys`."""
        rows = self._connection.execute(select(t.key_proposal).order_by(t.key_proposal.c.party))
        return [
            ProposedKeys(KeyCard(row.party, row.version, row.sign, row.seal), row.before, row.old)
            for row in rows
        ]

    def drop_proposal(self, party: str) -> None:
        """See `Keys`."""
        self._connection.execute(delete(t.key_proposal).where(t.key_proposal.c.party == party))
        if party == self._me:
            self._connection.execute(delete(t.countersignature))

    def add_countersignature(self, party: str, signature: bytes) -> None:
        """See `Keys`."""
        table = t.countersignature
        self._connection.execute(delete(table).where(table.c.party == party))
        self._connection.execute(table.insert().values(party=party, signature=signature))

    def countersignatures(self) -> dict[str, bytes]:
        """See `Keys`."""
        rows = self._connection.execute(select(t.countersignature))
        return {row.party: row.signature for row in rows}

    def serve(self, served: Served) -> Served:
        """See `Keys`."""
        run = self._connection.execute
        key = {
            "in_scope": served.scope,
            "in_epoch": served.epoch,
            "of_type": served.key_type,
            "by": served.party,
        }
        before = run(_SERVED, key).first()
        if before is None:
            run(_SERVE_FIRST, asdict(served))
            return served
        after = replace(
            served,
            count=before[0] + served.count,
            total=max(before[1], served.total),
        )
        run(_SERVE, key | {"sum": after.count, "signed": after.total})
        return after


def _of(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (table.c.scope == bindparam("in_scope"), table.c.epoch == bindparam("in_epoch"))


_SHARE = select(t.share.c.secret).where(*_of(t.share), t.share.c.key_type == bindparam("of_type"))
_TRANSCRIPTS = select(t.transcript.c.holder, t.transcript.c.digest).where(*_of(t.transcript))
_THEIRS = (
    *_of(t.served),
    t.served.c.key_type == bindparam("of_type"),
    t.served.c.party == bindparam("by"),
)
_SERVED = select(t.served.c.count, t.served.c.total).where(*_THEIRS)
_SERVE = update(t.served).where(*_THEIRS).values(count=bindparam("sum"), total=bindparam("signed"))
_SERVE_FIRST = t.served.insert()
