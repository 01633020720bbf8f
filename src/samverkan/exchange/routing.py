"""Store and forward: sealed frames wait in a mailbox until their receiver has them.

The exchange reads the routing and nothing else. A sender deposits only in its own name; a
receiver sees only its own mailbox, and what it has acknowledged is dropped.
"""

from __future__ import annotations

from collections.abc import Collection

from samverkan.exchange.ports import Mailbox
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.v1 import Deposit, Deposited, Fetch, Frame, Numbered

MOST = 200


def deposit(
    mailbox: Mailbox, sender: str, body: Deposit, *, known: Collection[str]
) -> Deposited | Refused:
    """Keep all frames or none. A frame in another's name, or to nobody, refuses the deposit."""
    for frame in body.frames:
        if frame.sender != sender:
            return refuse(Code.MESSAGE_SIGNATURE)
        if frame.to not in known:
            return refuse(Code.NOT_FOUND)
    mailbox.put(body.frames)
    return Deposited(count=len(body.frames))


def fetch(mailbox: Mailbox, receiver: str, body: Fetch) -> list[Numbered]:
    """Drop what is acknowledged, give what is next."""
    mailbox.forget(receiver, body.after)
    return mailbox.after(receiver, body.after, min(body.limit, MOST))


def recipients(frames: list[Frame]) -> tuple[str, ...]:
    """To whom, for the log."""
    return tuple(sorted({frame.to for frame in frames}))
