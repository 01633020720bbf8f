"""Asking by number: what the question itself discloses, and what keeps it from being a search.

No cooperation has told of a record. The officer holds the subject in an own case and asks one party
of the same scope by its identity number; that the asker works on this subject is the asker's own
disclosure, with a basis of its own. A quota a day keeps it from becoming a search.
"""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.agency.facts import NOBODY, RequestFacts
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Reading
from samverkan.domain.basis import Matter, excludes, rulings
from samverkan.domain.pack import Pack
from samverkan.domain.statement import Prop, Schema, fields
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SubjectId, UserId
from samverkan.kernel.outcome import Refused, refuse

_NUMBERS = {Schema.PERSON: Prop.ID_NUMBER, Schema.COMPANY: Prop.REGISTRATION_NUMBER}


def decided_for(
    reading: Reading, pack: Pack, scope: str, sides: tuple[str, str]
) -> str | Refused | None:
    """The basis for which the scope that both take part in was decided, while it is in force."""
    found = scope_in_force(reading, scope)
    if isinstance(found, Refused):
        return found
    if not set(sides) <= set(found.draft.parties):
        return refuse(Code.NO_COOPERATION)
    purpose = pack.purposes.get(found.draft.purpose)
    return None if purpose is None else purpose.cooperation


@dataclass(frozen=True, slots=True)
class Held:
    """The identity number of an own subject by own statements, and the secrecy that they are under."""

    number: str
    schema: Schema
    classifications: frozenset[str]


def held(reading: Reading, subject: SubjectId) -> Held | None:
    """What can be asked by; None without an own number. What others disclosed is not ours to send."""
    sources = reading.register.sources(subject)
    own = [
        one
        for one in reading.register.statements(subject)
        if sources[str(one.delivery)] == reading.me and one.expires_on >= reading.now.date()
    ]
    if not own:
        return None
    prop = _NUMBERS[own[0].schema]
    number = fields(own).current(prop)
    under = {one.classification for one in own if one.prop is prop and one.value == number}
    return None if number is None else Held(number, own[0].schema, frozenset(under))


def bears(
    reading: Reading, pack: Pack, scope: str, party: str, classifications: frozenset[str]
) -> str | Refused:
    """The basis under which we may let the party know that we work on a subject: duties first."""
    decided = decided_for(reading, pack, scope, (reading.me, party))
    if isinstance(decided, Refused):
        return decided
    today = reading.now.date()
    matter = Matter(party, reading.me, today, cooperating=decided, asked=False)
    borne = (
        one.basis
        for one in rulings(pack, matter)
        if one.bar is None
        and not any(excludes(pack, one.basis, secret) for secret in classifications)
        and not pack.bases[one.basis].props
    )
    return next(borne, None) or refuse(Code.NO_BASIS)


def may_reveal(reading: Reading, pack: Pack, scope: str, sender: str, basis: str | None) -> bool:
    """Whether, by our own table, the sender may have let us know under the basis that it names."""
    decided = decided_for(reading, pack, scope, (sender, reading.me))
    if isinstance(decided, Refused):
        return False
    today = reading.now.date()
    matter = Matter(reading.me, sender, today, cooperating=decided, asked=False)
    return any(one.basis == basis and one.bar is None for one in rulings(pack, matter))


def exhausted(reading: Reading, pack: Pack, user: UserId) -> bool:
    """Whether the officer has asked by number as often today as the pack lets one."""
    midnight = reading.now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = [
        one
        for one in reading.cases.requests()
        if one.outgoing
        and one.ask.number is not None
        and one.at >= midnight
        and one.ask.by.user == user
    ]
    return len(asked) >= pack.enrolment.numbers_a_day


def meant(reading: Reading, number: str, schema: str) -> SubjectId:
    """The own subject of that number, or nobody: both are taken in and weighed by a person alike."""
    found = reading.register.numbered([number])
    kept = (one for one in found if reading.register.statements(one)[0].schema == schema)
    return next(kept, NOBODY)


def before(reading: Reading, request: RequestFacts) -> list[RequestFacts]:
    """Earlier questions to us by the same number, from anybody, newest first."""
    number = request.ask.number
    if number is None:
        return []
    return [
        one
        for one in reading.cases.requests()
        if not one.outgoing
        and one.ask.number == number
        and one.id != request.id
        and one.at <= request.at
    ]
