"""Release rules (utlämnanderegler): a class of records is opened before any hit, and signed for.

A releasing officer signs for a class of records: receivers and why they need it, fields, the
balancing test in the statute's words, an end date (2016:774 § 2; cf. HFD 2015 ref. 61). Without a
rule the records are silent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from samverkan.agency.facts import RuleFacts
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.agency.selecting import classes
from samverkan.agency.signing import rule_bytes
from samverkan.domain.enrolment import opens
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import RuleId
from samverkan.kernel.outcome import Refused, refuse


@dataclass(frozen=True, slots=True)
class RuleWish:
    """What a releasing officer signs: which query's records, to whom, which fields, why."""

    scope: str
    query: str
    receivers: tuple[str, ...]
    fields: tuple[str, ...]
    test: str
    until: date


def sign_rule(work: Work, permit: Permit, pack: Pack, wish: RuleWish) -> RuleId | Refused:
    """Sign a release rule for one class of records in one scope."""
    require(permit, Action.SIGN_RULE)
    scope = scope_in_force(work, wish.scope)
    if isinstance(scope, Refused):
        return scope
    if not set(wish.receivers) <= set(scope.draft.parties) - {work.me} or not wish.receivers:
        return refuse(Code.NOT_A_PARTY)
    if wish.query not in classes(pack, scope.draft, work.me):
        return refuse(Code.NOT_IN_PACK)
    refused = opens(pack, scope.draft.purpose, work.me, wish.receivers, on=work.now.date())
    if refused is not None:
        return refused
    if not wish.test.strip():
        return refuse(Code.REASON_MISSING)
    if wish.until.isoformat() > scope.draft.until:
        return refuse(Code.COOPERATION_ENDED)
    rule = RuleFacts(
        id=RuleId.draw(work.randomness),
        scope=wish.scope,
        query=wish.query,
        receivers=wish.receivers,
        fields=wish.fields,
        test=wish.test.strip(),
        officer=permit.user,
        until=wish.until,
    )
    signed = replace(rule, signature=work.sign(rule_bytes(rule)))
    work.enrolments.add_rule(signed, at=work.now)
    work.log(Entry("rule.signed", permit.user, rule.id, wish.scope, (permit.policy, wish.query)))
    return rule.id
