"""Variants before their bodies: drafted, taken a stand on by each member, in force, ended, promoted.

The law and the core are asked again here; what a node let through is not believed.
"""

from __future__ import annotations

from dataclasses import replace

from samverkan.domain import adoption as rules
from samverkan.domain.adoption import Adoption
from samverkan.domain.pack import Body, Pack
from samverkan.domain.variant import digest
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MalformedId, VariantId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.varying import (
    DraftVariant,
    PromoteVariant,
    StandVariant,
    VariantEnded,
    VariantInForce,
)


def draft(hearing: Hearing, command: DraftVariant) -> Answer:
    """A member puts a variant before its body. What it promotes is said by `promote` alone."""
    body = _own_body(hearing, command.body)
    if isinstance(body, Refused):
        return body
    refused = _fresh(hearing, command.variant)
    if refused is not None or command.promotes is not None:
        return refused or refuse(Code.FORM_INVALID)
    variant = rules.sound(command, _known(hearing))
    if isinstance(variant, Refused):
        return variant
    to = frozenset[str](body.members)
    return [Fact(rules.DRAFT, command.variant, command.variant, command, to)]


def adopt(hearing: Hearing, command: StandVariant) -> Answer:
    """A member is for it; the last one who is needed brings it into force."""
    found = _before(hearing, command, rules.ADOPT)
    if isinstance(found, Refused):
        return found
    adoption, body = found
    facts = [_told(rules.ADOPT, command, body)]
    stands = {**adoption.stands, str(hearing.party): True}
    if adoption.since is None and replace(adoption, stands=stands).agreed(body):
        now = VariantInForce(variant=adoption.id, body=body.id, digest=adoption.draft.digest)
        to = frozenset[str](body.members)
        facts.append(Fact(rules.IN_FORCE, adoption.id, adoption.id, now, to))
    return facts


def oppose(hearing: Hearing, command: StandVariant) -> Answer:
    """A member is against it: it does not come into force while that stands."""
    found = _before(hearing, command, rules.OPPOSE)
    return found if isinstance(found, Refused) else [_told(rules.OPPOSE, command, found[1])]


def withdraw(hearing: Hearing, command: StandVariant) -> Answer:
    """A member is for it no more; with fewer than must sit, the variant ends."""
    found = _before(hearing, command, rules.WITHDRAW)
    if isinstance(found, Refused):
        return found
    adoption, body = found
    facts = [_told(rules.WITHDRAW, command, body)]
    left = adoption.supporters - {hearing.party}
    if len(left) < body.quorum or body.chair not in left:
        to = frozenset[str](body.members)
        over = VariantEnded(variant=adoption.id, body=body.id)
        facts.append(Fact(rules.ENDED, adoption.id, adoption.id, over, to))
    return facts


def promote(hearing: Hearing, command: PromoteVariant) -> Answer:
    """A way of working in force is put before a wider body, which decides like any other."""
    body = _own_body(hearing, command.body)
    if isinstance(body, Refused):
        return body
    origin = _adoption(hearing, command.origin)
    refused = _fresh(hearing, command.variant)
    if isinstance(origin, Refused) or refused is not None:
        return refused or refuse(Code.NOT_FOUND)
    if not origin.held(hearing.at) or not rules.wider(origin, body):
        return refuse(Code.WRONG_STATE)
    made = _made(command, origin, body, _known(hearing))
    if isinstance(made, Refused):
        return made
    below = hearing.pack.bodies.get(origin.variant.body)
    to = audience(body.members, below.members if below is not None else ())
    new = command.variant
    return [
        Fact(rules.PROMOTE, new, new, command, to),
        Fact(rules.DRAFT, new, new, made, to),
    ]


def _made(
    command: PromoteVariant, origin: Adoption, body: Body, pack: Pack
) -> DraftVariant | Refused:
    """The draft that the wider body is asked about."""
    variant = rules.promoted(origin, body)
    cut = rules.pieces(variant)
    if isinstance(cut, Refused):
        return cut
    made = DraftVariant(
        by=command.by,
        variant=command.variant,
        body=body.id,
        code=variant.id,
        digest=digest(variant),
        head=cut[0],
        changes=list(cut[1]),
        promotes=origin.id,
    )
    sound = rules.sound(made, pack)
    return sound if isinstance(sound, Refused) else made


def _known(hearing: Hearing) -> Pack:
    """The pack with the variants that are in force, which a draft may build upon."""
    held = rules.in_force(hearing.adoptions(), hearing.at)
    return replace(hearing.pack, variants={one.id: one for one in held})


def _own_body(hearing: Hearing, code: str) -> Body | Refused:
    body = hearing.pack.bodies.get(code)
    if body is None:
        return refuse(Code.NOT_IN_PACK)
    if body.until is not None and body.until < hearing.on:
        return refuse(Code.NOT_THIS_BODY)
    return body if hearing.party in body.members else refuse(Code.NOT_A_MEMBER)


def _fresh(hearing: Hearing, variant: str) -> Refused | None:
    """A number of the right kind that nothing bears yet."""
    try:
        VariantId.parse(variant)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    return refuse(Code.ALREADY_DECIDED) if hearing.record.under(variant) is not None else None


def _adoption(hearing: Hearing, variant: str) -> Adoption | Refused:
    found = rules.fold(hearing.record.chain(variant), hearing.pack)
    return refuse(Code.NOT_FOUND) if found is None else found


def _before(hearing: Hearing, command: StandVariant, kind: str) -> tuple[Adoption, Body] | Refused:
    """The variant and its body, if this member may say this of it now."""
    found = _adoption(hearing, command.variant)
    body = None if isinstance(found, Refused) else hearing.pack.bodies.get(found.variant.body)
    if isinstance(found, Refused) or body is None or hearing.party not in body.members:
        return refuse(Code.NOT_FOUND)
    refused = rules.take(found, body, hearing.party, kind, command)
    return refused or (found, body)


def _told(kind: str, command: StandVariant, body: Body) -> Fact:
    return Fact(kind, command.variant, command.variant, command, frozenset[str](body.members))
