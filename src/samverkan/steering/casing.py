"""Joint headers of cases: a party of a scope opens one, others join, the lead moves it on.

The scope's parties and the bodies that lead the work in its region read the header. Files, and
all that they hold of persons, stay with the parties.
"""

from __future__ import annotations

from samverkan.domain import case as rules
from samverkan.domain.case import Header
from samverkan.domain.variant import led_by
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId, MalformedId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.casing import (
    CaseOpened,
    JoinCase,
    MarkCase,
    NumberCase,
    OpenCase,
    ResumeCase,
    ReviewCase,
)
from samverkan.wire.v1 import Message, from_body


def begin(hearing: Hearing, command: OpenCase) -> Answer:
    """A party of a scope in force opens a header; steering draws its code name."""
    try:
        CaseId.parse(command.case)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    scope = hearing.scope_in_force(command.scope)
    if isinstance(scope, Refused):
        return scope
    if hearing.record.under(command.case) is not None:
        return refuse(Code.ALREADY_DECIDED)
    refused = rules.begin(command, hearing.pack, hearing.on)
    if refused is not None:
        return refused
    name = rules.draw_name(hearing.pack.code_names, _names(hearing), hearing.randomness)
    told = CaseOpened(
        case=command.case, name=name, opening=command, model=_model(hearing, command.scope)
    )
    return [Fact(rules.OPENED, command.case, command.case, told, _readers(hearing, command.scope))]


def _model(hearing: Hearing, scope: str) -> str:
    """The version of the way of working under which the case begins."""
    known = hearing.cooperation(scope)
    region = None if known is None else known.terms.region
    return hearing.model(led_by(hearing.pack, region, hearing.on), hearing.at).version


def join(hearing: Hearing, command: JoinCase) -> Answer:
    """Another party of the scope, while it is in force, keeps a file under the header."""
    found = _header(hearing, command.case)
    if isinstance(found, Refused):
        return found
    scope = hearing.scope_in_force(found.scope)
    if isinstance(scope, Refused):
        return scope
    return _turned(hearing, found, rules.JOIN, command)


def number(hearing: Hearing, command: NumberCase) -> Answer:
    """A party of the case says its own number."""
    return _turn(hearing, rules.NUMBER, command.case, command)


def phase(hearing: Hearing, command: MarkCase) -> Answer:
    """The lead says in which phase the work is."""
    return _mark(hearing, rules.PHASE, command)


def prioritise(hearing: Hearing, command: MarkCase) -> Answer:
    """The lead says how pressing it is."""
    return _mark(hearing, rules.PRIORITISE, command)


def pause(hearing: Hearing, command: MarkCase) -> Answer:
    """The lead lets it rest, with a reason; its reviews go on."""
    return _mark(hearing, rules.PAUSE, command)


def resume(hearing: Hearing, command: ResumeCase) -> Answer:
    """The lead takes it up again."""
    return _turn(hearing, rules.RESUME, command.case, command)


def review(hearing: Hearing, command: ReviewCase) -> Answer:
    """The lead has reviewed it and says when next."""
    refused = rules.reviewable(command.next, hearing.on)
    return refused or _turn(hearing, rules.REVIEW, command.case, command)


def close(hearing: Hearing, command: MarkCase) -> Answer:
    """The lead closes it with its outcome."""
    return _mark(hearing, rules.CLOSE, command)


def _mark(hearing: Hearing, kind: str, command: MarkCase) -> Answer:
    if command.code not in hearing.pack.reasons.get(rules.WORDS[kind], {}):
        return refuse(Code.NOT_IN_PACK)
    return _turn(hearing, kind, command.case, command)


def _turn(hearing: Hearing, kind: str, case: str, command: Message) -> Answer:
    found = _header(hearing, case)
    return found if isinstance(found, Refused) else _turned(hearing, found, kind, command)


def _turned(hearing: Hearing, found: Header, kind: str, command: Message) -> Answer:
    refused = rules.may(found, kind, hearing.party)
    return refused or [Fact(kind, found.id, found.id, command, _readers(hearing, found.scope))]


def _header(hearing: Hearing, case: str) -> Header | Refused:
    """The header; to who may not read it there is none."""
    found = rules.fold(hearing.record.chain(case))
    if found is None or hearing.party not in _readers(hearing, found.scope):
        return refuse(Code.NOT_FOUND)
    return found


def _readers(hearing: Hearing, scope: str) -> frozenset[str]:
    known = hearing.cooperation(scope)
    region = None if known is None else known.terms.region
    bodies = rules.readers(hearing.pack, region, hearing.on)
    return audience(hearing.scope_parties(scope), bodies)


def _names(hearing: Hearing) -> list[str]:
    """Every code name that was ever given."""
    opened = hearing.record.of({rules.OPENED})
    return [from_body(event.body, CaseOpened).name for event in opened]
