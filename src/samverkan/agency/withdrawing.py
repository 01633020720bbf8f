"""Taking back: a signed rule is withdrawn, an enrolment is taken back, a told hit is gone.

What is taken back leaves the index, and whoever was told a hit on it hears that it is gone; what
has been disclosed since has its own recall. Records under a withdrawn rule are silent from then
on; a typology's tags, which are never without a rule, leave.
"""

from __future__ import annotations

from samverkan.agency.facts import EnrolmentFacts
from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId, RuleId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from samverkan.wire.matching import Close, Gone, Withdraw


def withdraw_rule(work: Work, permit: Permit, rule: RuleId) -> Refused | None:
    """Open nothing by this rule any more."""
    require(permit, Action.SIGN_RULE)
    found = work.enrolments.rule(rule)
    if found is None:
        return refuse(Code.NOT_FOUND)
    if found.withdrawn:
        return refuse(Code.TAKEN_BACK)
    work.selections.withdraw(rule)
    work.post(v1.EXCHANGE, "rule.close", Close(scope=found.scope, rule=rule))
    work.log(Entry("rule.withdrawn", permit.user, rule, found.scope, (permit.policy,)))
    for one in work.enrolments.all(found.scope):
        if one.rule == rule and one.stands and _tags(one):
            leave(work, one)
    return None


def take_back(work: Work, permit: Permit, enrolment: EnrolmentId) -> Refused | None:
    """Take an enrolment out of its scope; one who was asked about stays for the least time."""
    require(permit, Action.ENROL)
    found = work.enrolments.get(enrolment)
    if found is None:
        return refuse(Code.NOT_FOUND)
    if not found.stands:
        return refuse(Code.TAKEN_BACK)
    enquiry = found.enquiry
    if enquiry is not None and not enquiry.waits and work.now.date() <= enquiry.stays_to:
        return refuse(Code.TOO_EARLY, until=enquiry.stays_to.isoformat())
    leave(work, found)
    codes = (permit.policy, found.query)
    work.log(Entry("enrolment.taken_back", permit.user, enrolment, found.scope, codes))
    return None


def leave(work: Work, enrolment: EnrolmentFacts) -> None:
    """Its entries and tags are forgotten here, and the exchange is told to drop them."""
    work.selections.take_back(enrolment.id)
    if _tags(enrolment) and not _others(work, enrolment):
        work.selections.drop_tags(enrolment.scope, _typology(enrolment))
    body = Withdraw(
        scope=enrolment.scope,
        enrolment=enrolment.id,
        typology=_typology(enrolment) if _tags(enrolment) else None,
        condition=work.selections.condition(enrolment.id),
    )
    work.post(v1.EXCHANGE, "index.withdraw", body)
    work.log(Entry("index.withdrawn", work.me, enrolment.id, enrolment.scope))


def _tags(enrolment: EnrolmentFacts) -> bool:
    return ":" in enrolment.query


def _typology(enrolment: EnrolmentFacts) -> str:
    return enrolment.query.split(":")[0]


def _others(work: Work, enrolment: EnrolmentFacts) -> bool:
    """Whether another condition of the typology still stands behind the own tags."""
    return any(
        one.stands and one.id != enrolment.id and _typology(one) == _typology(enrolment)
        for one in work.enrolments.all(enrolment.scope)
        if _tags(one)
    )


def gone(work: Work, sender: str, body: Gone) -> Refused | None:
    """The exchange says that hits are gone: what they told of was taken back."""
    if sender != v1.EXCHANGE:
        return refuse(Code.NOT_FOUND)
    work.hits.go(body.hits)
    work.log(Entry("hit.gone", v1.EXCHANGE, body.scope, codes=(f"n{len(body.hits)}",)))
    return None
