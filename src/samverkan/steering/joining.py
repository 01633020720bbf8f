"""Joining: a framework or scope is drafted, each party decides for itself, any of them ends it.

The exchange is told what is in force and what has ended; keys and tables follow from that.
"""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.domain import cooperation as rules
from samverkan.domain.cooperation import Cooperation, State
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MalformedId, UserId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import END_REASON, Hearing, terms
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.joining import Accept, Draft, End, InForce
from samverkan.wire.v1 import EXCHANGE, from_body

DRAFT, ACCEPT, IN_FORCE, END = (
    "cooperation.draft",
    "cooperation.accept",
    "cooperation.in-force",
    "cooperation.end",
)


def draft(hearing: Hearing, command: Draft) -> Answer:
    """A party drafts a cooperation that it takes part in; a scope, below a framework of its own."""
    try:
        worded = terms(command)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    except ValueError:
        return refuse(Code.FIELD_NOT_A_DATE)
    if hearing.party not in worded.parties:
        return refuse(Code.NOT_A_PARTY)
    if hearing.record.under(command.cooperation) is not None:
        return refuse(Code.ALREADY_DECIDED)
    made = rules.draft(
        worded, hearing.pack, at=hearing.at, framework=_framework(hearing, command.parent)
    )
    if isinstance(made, Refused):
        return made
    return [_fact(DRAFT, made, command)]


def accept(hearing: Hearing, command: Accept) -> Answer:
    """A party's own decision; with the last one the cooperation is in force."""
    found = _own(hearing, command.cooperation)
    if isinstance(found, Refused):
        return found
    after = rules.accept(
        found,
        hearing.party,
        user=UserId(command.by.user),
        at=hearing.at,
        framework=_framework(hearing, found.terms.parent),
    )
    if isinstance(after, Refused):
        return after
    facts = [_fact(ACCEPT, after, command)]
    if after.state is State.IN_FORCE:
        drafted = from_body(hearing.record.chain(found.terms.id)[0].body, Draft)
        facts.append(_fact(IN_FORCE, after, InForce(draft=drafted), EXCHANGE))
    return facts


def end(hearing: Hearing, command: End) -> Answer:
    """A party closes it, or declines its draft, for all; scopes below a framework end with it."""
    found = _own(hearing, command.cooperation)
    if isinstance(found, Refused):
        return found
    after = rules.end(found, hearing.party, at=hearing.at, reason=END_REASON)
    if isinstance(after, Refused):
        return after
    return [
        _ended(cooperation, End(by=command.by, cooperation=cooperation.terms.id))
        for cooperation in (*_below(hearing, found), found)
    ]


def _own(hearing: Hearing, named: str) -> Cooperation | Refused:
    """A cooperation of the sender's; another's is as if it were not."""
    found = hearing.cooperation(named)
    if found is None or hearing.party not in found.terms.parties:
        return refuse(Code.NOT_FOUND)
    return found


def _framework(hearing: Hearing, parent: str | None) -> Cooperation | None:
    """The framework named, if the sender is in it."""
    found = hearing.cooperation(parent)
    return found if found is not None and hearing.party in found.terms.parties else None


def _below(hearing: Hearing, framework: Cooperation) -> Iterator[Cooperation]:
    if framework.terms.parent is not None:
        return
    for chain in hearing.record.chains(DRAFT):
        scope = hearing.cooperation(chain)
        if scope is not None and scope.terms.parent == framework.terms.id and scope.ended is None:
            yield scope


def _ended(cooperation: Cooperation, body: End) -> Fact:
    """The exchange hears only of what it has heard the beginning of."""
    told = () if cooperation.state is State.DRAFTED else (EXCHANGE,)
    return _fact(END, cooperation, body, *told)


def _fact(
    kind: str, cooperation: Cooperation, body: Draft | Accept | InForce | End, *hub: str
) -> Fact:
    id_ = cooperation.terms.id
    return Fact(kind, id_, id_, body, audience(cooperation.terms.parties, hub))
