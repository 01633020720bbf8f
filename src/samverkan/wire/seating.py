"""Seats: who holds one is known to the own party alone; others learn role, body and days."""

from __future__ import annotations

from samverkan.wire.forms import Code, Day, Ident, PublicText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message


class Delegate(Message, frozen=True, kw_only=True):
    """`seat.delegate`: the sending party fills its seat in a body for a span, both days included.

    `seat` is member, deputy or coordinator. Whom it names stays in the own node.
    """

    by: By
    delegation: Ident
    body: Code
    seat: Code
    since: Day
    until: Day


class HandOver(Message, frozen=True, kw_only=True):
    """`seat.hand-over`: the last day of a delegation, and a note for who comes after."""

    by: By
    delegation: Ident
    until: Day
    note: PublicText | None = None
