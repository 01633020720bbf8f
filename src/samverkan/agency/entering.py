"""What every enrolment goes through: its rule fits, its size is decided, its values leave blinded.

By query, by list, or one subject asked about now: they differ in who chooses the subjects and in
what is stated for them; from here on they are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.agency.blinding import Batch, Means, Values, ask_holders, key_values
from samverkan.agency.facts import Enquiry, EnrolmentFacts
from samverkan.agency.following import Cooperation
from samverkan.agency.ports import Reading, Work
from samverkan.agency.selecting import Query
from samverkan.agency.tagging import tag_values
from samverkan.domain.enrolment import whole_register
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Permit
from samverkan.domain.statement import Fields, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId
from samverkan.kernel.outcome import Refused, refuse


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters a scope: by which query or class, under which rule, and why each is necessary.

    `necessities` is filled where each subject states its own; `necessity` stands for the whole.
    `query` is set where a typology's condition gives tags instead of entries.
    """

    scope: Cooperation
    name: str
    rule: RuleId | None
    necessity: str
    fields: Mapping[SubjectId, Fields]
    necessities: Mapping[SubjectId, str] | None = None
    enquiry: Enquiry | None = None
    query: Query | None = None


def enter(work: Work, permit: Permit, means: Means, entering: Entering) -> EnrolmentId | Refused:
    """Note the enrolment, and let its values leave; an enquiry that waits keeps them at home."""
    refused = _unfit(work, means, entering)
    if refused is not None:
        return refused
    waits = entering.enquiry is not None and entering.enquiry.waits
    values = {} if waits else _values(work, means, entering)
    enrolment = EnrolmentFacts(
        id=EnrolmentId.draw(work.randomness),
        scope=entering.scope.id,
        rule=entering.rule,
        query=entering.name,
        necessity=entering.necessity,
        officer=permit.user,
        subjects=len(entering.fields),
        entries=sum(map(len, values.values())),
        at=work.now,
        enquiry=entering.enquiry,
    )
    work.enrolments.add(enrolment)
    work.selections.add_members(enrolment.id, entering.necessities or {})
    _send(work, means, entering, enrolment, values)
    codes = (permit.policy, entering.name, f"n{len(entering.fields)}")
    action = "enrolment.waits" if waits else "enrolment.made"
    work.log(Entry(action, permit.user, enrolment.id, entering.necessity, codes))
    return enrolment.id


def let_go(work: Work, means: Means, entering: Entering, enrolment: EnrolmentFacts) -> int:
    """The values of an enrolment that has waited leave now; gives how many entries."""
    values = _values(work, means, entering)
    _send(work, means, entering, enrolment, values)
    return sum(map(len, values.values()))


def _send(
    work: Work, means: Means, entering: Entering, enrolment: EnrolmentFacts, values: Values
) -> None:
    condition = None if entering.query is None else entering.query.condition
    batches = [
        Batch(key_type, condition, tuple(pairs)) for key_type, pairs in sorted(values.items())
    ]
    ask_holders(work, means, entering.scope, enrolment, batches)


def _unfit(work: Work, means: Means, entering: Entering) -> Refused | None:
    reasons = means.pack.reasons["necessity"]
    stated = (entering.necessity, *(entering.necessities or {}).values())
    if any(one not in reasons for one in stated):
        return refuse(Code.NEED_MISSING)
    if not opened_by(work, entering) or not _to_all_owners(work, means.pack, entering):
        return refuse(Code.NO_RELEASE_RULE)
    size = means.pack.size_classes[entering.scope.draft.sizes[work.me]]
    standing = (one for one in work.enrolments.all(entering.scope.id) if one.stands)
    if sum(one.subjects for one in standing) + len(entering.fields) > size.most:
        return refuse(Code.SIZE_CLASS_EXCEEDED)
    return _whole(work, means, entering)


def opened_by(reading: Reading, entering: Entering) -> bool:
    """Whether the rule is one for these records that holds today; none is needed for silence.

    A firing tells its conditions, so a typology's condition is never without a rule.
    """
    if entering.rule is None:
        return entering.query is None or entering.query.condition is None
    rule = reading.enrolments.rule(entering.rule)
    if rule is None or not rule.holds(reading.now.date()):
        return False
    return (rule.scope, rule.query) == (entering.scope.id, entering.name)


def _to_all_owners(reading: Reading, pack: Pack, entering: Entering) -> bool:
    """A firing tells an own condition to every other owner: the rule must name them all."""
    if entering.query is None or entering.query.typology is None:
        return True
    conditions = pack.typologies[entering.query.typology].conditions
    owners = {str(pack.conditions[code].party) for code in conditions}
    rule = None if entering.rule is None else reading.enrolments.rule(entering.rule)
    return rule is not None and owners - {reading.me} <= set(rule.receivers)


def _whole(reading: Reading, means: Means, entering: Entering) -> Refused | None:
    """A whole register takes a statute, however it was selected."""
    taken: dict[Schema, int] = {}
    for known in entering.fields.values():
        taken[known.schema] = taken.get(known.schema, 0) + 1
    held = reading.register.counts()
    named = means.pack.queries.get(entering.name)
    statute = None if named is None else named.statute
    checks = (
        whole_register(
            means.pack,
            taken=count,
            held=held.get(schema.value, 0),
            statute=statute,
            on=reading.now.date(),
        )
        for schema, count in taken.items()
    )
    return next((refused for refused in checks if refused is not None), None)


def _values(work: Work, means: Means, entering: Entering) -> Values:
    query = entering.query
    if query is None or query.condition is None:
        return key_values(work, means, entering.scope, entering.fields)
    profile = means.profile(work.now.date())
    return tag_values(entering.scope, query, entering.fields, profile)
