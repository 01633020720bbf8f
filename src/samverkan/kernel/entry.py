"""One ledger entry: who did what to which thing, why. Ids and codes, never values.

EU 2016/680 art. 25 and BDL 3:5 ask for reading, change, disclosure and their reason; the
patterns below keep everything else out, so that a ledger cannot become a register of persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACTION = re.compile(r"[a-z]+(?:[._][a-z]+)*")
_REF = re.compile(
    r"[a-z]{3}-[0-9abcdefghjkmnpqrstvwxyz]{26}|[a-z][a-z0-9]*(?:[:._-][a-z0-9]+){0,31}"
)
_LONGEST = 64


class MalformedEntry(ValueError):
    """A ledger entry field is neither an identifier nor a code. Names the field only."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded; place in the chain, time and ledger are added when it is appended.

    `actor` is an officer's id or an address; `subject` and `reason` are ids or codes; `codes`
    adds ids or codes that the action needs (receiver, basis, policy).
    """

    action: str
    actor: str
    subject: str
    reason: str = "none"
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ACTION.fullmatch(self.action) or len(self.action) > _LONGEST:
            raise MalformedEntry("action")
        named = {"actor": self.actor, "subject": self.subject, "reason": self.reason}
        for name, text in [*named.items(), *(("codes", code) for code in self.codes)]:
            if len(text) > _LONGEST or not _REF.fullmatch(text):
                raise MalformedEntry(name)
