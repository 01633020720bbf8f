"""Local bodies from this party's side: begin one, ask others, answer, choose how it works, close it.

Each is a command to steering; a name is looked through before it leaves (ADR 22).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.agency import localities, ways
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.wording import sayable
from samverkan.domain import local as rules
from samverkan.domain.local import Local
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import LocalId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.local import (
    AddPartner,
    AnswerInvitation,
    ChooseVariant,
    CloseLocal,
    InviteParty,
    StartLocal,
)
from samverkan.wire.v1 import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a local body begins as; `until` is absent while no end is meant."""

    name: str
    area: str
    under: str
    since: date
    invite: tuple[str, ...]
    until: date | None = None
    variant: str | None = None


def start(work: Work, permit: Permit, pack: Pack, begun: Beginning) -> LocalId | Refused:
    """Begin a local body; gives its identifier. What steering would refuse is refused here."""
    require(permit, Action.START_LOCAL)
    body = StartLocal(
        by=vouch(permit),
        local=LocalId.draw(work.randomness),
        name=begun.name,
        area=begun.area,
        under=begun.under,
        since=begun.since.isoformat(),
        until=None if begun.until is None else begun.until.isoformat(),
        variant=begun.variant,
        invite=list(begun.invite),
    )
    areas = [begun.area] if localities.covers(work, pack, begun.area, on=begun.since) else []
    refused = sayable(pack, body) or rules.start(
        ways.varied(work, pack), work.me, body, areas=areas
    )
    if refused is not None:
        return refused
    _send(work, permit, rules.START, body.local, body)
    return LocalId(body.local)


def invite(work: Work, permit: Permit, pack: Pack, local: str, party: str) -> Refused | None:
    """Ask one more."""
    require(permit, Action.START_LOCAL)
    known = _known(work, local)
    if isinstance(known, Refused):
        return known
    body = InviteParty(by=vouch(permit), local=known.id, party=party)
    refused = rules.invite(pack, known, work.me, body, work.now.date())
    if refused is None:
        _send(work, permit, rules.INVITE, known.id, body)
    return refused


def answer(
    work: Work, permit: Permit, pack: Pack, local: str, given: tuple[str, str | None]
) -> Refused | None:
    """Take part, take part from afar, or decline; `given` is the answer and its reason."""
    require(permit, Action.ANSWER_LOCAL)
    known = _known(work, local)
    if isinstance(known, Refused):
        return known
    body = AnswerInvitation(by=vouch(permit), local=known.id, answer=given[0], reason=given[1])
    reasons = pack.reasons.get("local-decline", {})
    refused = rules.answer(known, work.me, body, reasons, work.now.date())
    if refused is None:
        _send(work, permit, rules.ANSWER, known.id, body)
    return refused


def partner(
    work: Work, permit: Permit, pack: Pack, local: str, named: tuple[str, str]
) -> Refused | None:
    """One without standing, by kind and name, who takes part in what is open."""
    require(permit, Action.START_LOCAL)
    known = _led(work, local)
    if isinstance(known, Refused):
        return known
    kind, name = named
    body = AddPartner(by=vouch(permit), local=known.id, kind=kind, name=name)
    refused = sayable(pack, body)
    if refused is None and kind not in rules.PARTNERS:
        refused = refuse(Code.FIELD_NOT_A_CHOICE)
    if refused is None:
        _send(work, permit, rules.PARTNER, known.id, body)
    return refused


def vary(
    work: Work, permit: Permit, pack: Pack, local: str, *, variant: str | None, since: date
) -> Refused | None:
    """Choose how the body works from a day on."""
    require(permit, Action.START_LOCAL)
    known = _led(work, local)
    if isinstance(known, Refused):
        return known
    if variant is not None and variant not in ways.varied(work, pack).variants:
        return refuse(Code.NOT_IN_PACK)
    if not known.there(since.isoformat()):
        return refuse(Code.BODY_NOT_THERE)
    body = ChooseVariant(by=vouch(permit), local=known.id, variant=variant, since=since.isoformat())
    _send(work, permit, rules.VARY, known.id, body)
    return None


def close(work: Work, permit: Permit, local: str, *, until: date) -> Refused | None:
    """Give the body its last day."""
    require(permit, Action.START_LOCAL)
    known = _known(work, local)
    if isinstance(known, Refused):
        return known
    body = CloseLocal(by=vouch(permit), local=known.id, until=until.isoformat())
    refused = rules.close(known, work.me, body, work.now.date())
    if refused is None:
        _send(work, permit, rules.CLOSE, known.id, body)
    return refused


def _known(work: Work, local: str) -> Local | Refused:
    found = localities.bodies(work).get(local)
    return refuse(Code.NOT_FOUND) if found is None or work.me not in found.asked else found


def _led(work: Work, local: str) -> Local | Refused:
    known = _known(work, local)
    if isinstance(known, Refused):
        return known
    return rules.leads(known, work.me, work.now.date()) or known


def _send(work: Work, permit: Permit, kind: str, local: str, body: Message) -> None:
    work.commands.send(kind, local, body, officer=permit.user)
    work.log(Entry(kind, permit.user, local, codes=(permit.policy,)))
