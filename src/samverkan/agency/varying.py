"""Varying the model: put a variant before an own body, decide for the own party, promote, do a step.

Each is a command to steering. Core and law are asked here first, so that the officer sees at once
what is in the way; steering asks them again.
"""

from __future__ import annotations

from dataclasses import replace

from samverkan.agency import following, ways
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.wording import sayable
from samverkan.domain import adoption as rules
from samverkan.domain import council
from samverkan.domain.adoption import Adoption
from samverkan.domain.pack import Pack, Variant
from samverkan.domain.policy import Action, Permit
from samverkan.domain.variant import digest
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import VariantId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.varying import DraftVariant, PromoteVariant, StandVariant, StepDone


def draft(work: Work, permit: Permit, pack: Pack, variant: Variant) -> VariantId | Refused:
    """Put a variant before the officer's own body; gives its number."""
    require(permit, Action.VARY)
    if permit.body != variant.body:
        return refuse(Code.NOT_FOUND)
    cut = rules.pieces(variant)
    if isinstance(cut, Refused):
        return cut
    number = VariantId.draw(work.randomness)
    body = DraftVariant(
        by=vouch(permit),
        variant=number,
        body=variant.body,
        code=variant.id,
        digest=digest(variant),
        head=cut[0],
        changes=list(cut[1]),
    )
    known = replace(pack, variants={one.id: one for one in ways.in_force(work, pack)})
    sound = rules.sound(body, known)
    refused = sound if isinstance(sound, Refused) else sayable(pack, body)
    if refused is not None:
        return refused
    work.commands.send("variant.draft", number, body, officer=permit.user)
    work.log(Entry("variant.drafted", permit.user, number, variant.id, (permit.policy,)))
    return number


def stand(work: Work, permit: Permit, pack: Pack, variant: str, kind: str) -> Refused | None:
    """This party's own decision on a variant: for it, against it, or for it no more."""
    require(permit, Action.TAKE_POSITION)
    found = _known(work, permit, pack, variant)
    if isinstance(found, Refused):
        return found
    seated = pack.bodies[found.variant.body]
    body = StandVariant(by=vouch(permit), variant=variant, digest=found.draft.digest)
    refused = rules.take(found, seated, work.me, kind, body)
    if refused is not None:
        return refused
    work.commands.send(kind, variant, body, officer=permit.user)
    work.log(Entry("variant.stood", permit.user, variant, kind, (permit.policy,)))
    return None


def _known(work: Work, permit: Permit, pack: Pack, variant: str) -> Adoption | Refused:
    found = ways.adoptions(work, pack).get(variant)
    if found is None or found.variant.body != permit.body:
        return refuse(Code.NOT_FOUND)
    return found


def promote(work: Work, permit: Permit, pack: Pack, origin: str) -> VariantId | Refused:
    """Put a way of working in force before a wider body of one's own."""
    require(permit, Action.VARY)
    found = ways.adoptions(work, pack).get(origin)
    body = pack.bodies.get(permit.body or "")
    if found is None or body is None:
        return refuse(Code.NOT_FOUND)
    if not found.held(work.now) or not rules.wider(found, body):
        return refuse(Code.WRONG_STATE)
    number = VariantId.draw(work.randomness)
    command = PromoteVariant(by=vouch(permit), variant=number, origin=origin, body=body.id)
    work.commands.send("variant.promote", number, command, officer=permit.user)
    work.log(Entry("variant.promoted", permit.user, number, origin, (permit.policy,)))
    return number


def do_step(work: Work, permit: Permit, pack: Pack, proposal: str, step: str) -> Refused | None:
    """Say that a step that the body has added is taken with a proposal."""
    require(permit, Action.DO_STEP)
    found = following.proposal(work, proposal)
    if found is None:
        return refuse(Code.NOT_FOUND)
    body = StepDone(by=vouch(permit), proposal=proposal, step=step)
    model = ways.begun_under(work, pack, found)
    refused = council.do(found, model, body, role=permit.role.value)
    if refused is not None:
        return refused
    work.commands.send("step.done", proposal, body, officer=permit.user)
    work.log(Entry("step.done", permit.user, proposal, step, (permit.policy,)))
    return None
