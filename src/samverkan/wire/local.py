"""Local bodies: begun over an area, invited to, answered, varied, closed. No person is in any of it.

Each command is also the body of the event that tells every party of it.
"""

from __future__ import annotations

from samverkan.wire.forms import Code, Day, Ident, Party, PublicText
from samverkan.wire.joining import By
from samverkan.wire.method import Place
from samverkan.wire.v1 import Message


class StartLocal(Message, frozen=True, kw_only=True):
    """`local.start`: a body over an area from a day on, under a regional council.

    The sending party leads it; `invite` are the other parties that are asked to take part.
    `variant` is the way of working that it chooses, the core's if none.
    """

    by: By
    local: Ident
    name: PublicText
    area: Place
    under: Code
    since: Day
    until: Day | None = None
    variant: Code | None = None
    invite: list[Party]


class InviteParty(Message, frozen=True, kw_only=True):
    """`local.invite`: one party more is asked."""

    by: By
    local: Ident
    party: Party


class AnswerInvitation(Message, frozen=True, kw_only=True):
    """`local.answer`: takes-part, from-afar (by a delegate, without an office there), declines.

    `reason` is a code of the pack, demanded where it declines. A later answer counts instead.
    """

    by: By
    local: Ident
    answer: Code
    reason: Code | None = None


class AddPartner(Message, frozen=True, kw_only=True):
    """`local.partner`: one without standing, who takes part in what is open alone."""

    by: By
    local: Ident
    kind: Code
    name: PublicText


class ChooseVariant(Message, frozen=True, kw_only=True):
    """`local.vary`: the way of working from a day on; none is the core's own."""

    by: By
    local: Ident
    variant: Code | None = None
    since: Day


class CloseLocal(Message, frozen=True, kw_only=True):
    """`local.close`: its last day."""

    by: By
    local: Ident
    until: Day
