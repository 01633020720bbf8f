"""What a command leads to, in its transaction: events in the log, a ledger entry each, the feed.

The feed of a party is steering's posts to it: signed, and numbered by their envelopes, so that a
lost or reordered event shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.infra.envelope import instant
from samverkan.infra.store import Transaction
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused
from samverkan.steering.ports import Fact
from samverkan.steering.sql.record import SqlRecord
from samverkan.wire.joining import By, CommandRefused, Event
from samverkan.wire.v1 import Envelope, to_body

FEED = "feed.event"
REFUSED = "command.refused"


def publish(transaction: Transaction, envelope: Envelope, facts: Sequence[Fact], by: By) -> None:
    """Append, log and tell what an accepted command has brought about."""
    sender, at = envelope.sender, transaction.now
    SqlRecord(transaction.connection).append(facts, command=envelope.id, party=sender, at=at)
    for fact in facts:
        codes = (sender, by.role, by.policy)
        transaction.log(Entry(_action(fact.kind), by.user, fact.subject, codes=codes))
        event = Event(party=sender, at=instant(at), kind=fact.kind, body=to_body(fact.body))
        for party in sorted(fact.to):
            transaction.post(party, FEED, event)


def tell_refused(
    transaction: Transaction, envelope: Envelope, subject: str, refused: Refused
) -> None:
    """The code, and nothing of why, to the sender alone; logged under the command's message."""
    body = CommandRefused(command=envelope.kind, subject=subject, code=refused.code.value)
    event = Event(
        party=envelope.sender, at=instant(transaction.now), kind=REFUSED, body=to_body(body)
    )
    transaction.post(envelope.sender, FEED, event)
    codes = (_action(envelope.kind), refused.code.value)
    transaction.log(Entry(REFUSED, envelope.sender, envelope.id, codes=codes))


def _action(kind: str) -> str:
    return kind.replace("-", "_")
