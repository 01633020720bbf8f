"""Asking another party about the record behind a hit or a firing, or by number: need, basis, clock.

The legal-basis table decides who may ask and who must answer (L1-L9); both sides check, since
neither trusts the other's software with its own secrecy.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from samverkan.agency import revealing, ways
from samverkan.agency.facts import RequestFacts
from samverkan.agency.headers import headers
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.revealing import Held
from samverkan.domain.basis import Matter, Ruling, rule, rulings
from samverkan.domain.graph import Relevance, Verdict, in_force, standing
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.request import Step
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId, FiringId, HitId, RequestId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Ask

LONGEST_NEED = 2_000
ASKABLE = {
    Schema.PERSON: (
        Prop.ID_NUMBER, Prop.FIRST_NAME, Prop.LAST_NAME, Prop.ALIAS, Prop.BIRTH_DATE, Prop.STREET,
        Prop.POSTCODE, Prop.CITY, Prop.PHONE, Prop.VEHICLE, Prop.CONDITION,
    ),
    Schema.COMPANY: (
        Prop.REGISTRATION_NUMBER, Prop.NAME, Prop.STREET, Prop.POSTCODE, Prop.CITY,
        Prop.PHONE, Prop.ACCOUNT, Prop.DIRECTOR, Prop.CONDITION,
    ),
}  # fmt: skip
"""Which fields can be asked for, of which kind of subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an officer asks: of the party behind a `hit`, or of one `party` that a `firing` names.

    With a `subject` of the case, one `party` of its scope is asked by the own subject's number.
    """

    case: CaseId
    props: tuple[Prop, ...]
    basis: str
    need: str
    need_text: str
    days: int
    hit: HitId | None = None
    firing: FiringId | None = None
    subject: SubjectId | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """What a request rests on: whose record, the own subject, and whether a person stands for it.

    `handle` is the other's record handle, opened from a hit; a firing has none, since its owners
    know the subject each by its own tags.
    """

    scope: str
    party: str
    subject: SubjectId
    assessed: bool
    handle: bytes | None = None
    firing: FiringId | None = None
    typology: str | None = None
    gone: bool = False
    held: Held | None = None
    revealed: str | None = None


def ask(work: Work, permit: Permit, pack: Pack, question: Question) -> RequestId | Refused:
    """Send a request about a hit judged to be the same, or a firing assessed to be relevant."""
    require(permit, Action.ASK)
    lead = lead_of(work, question)
    case = work.cases.get(question.case)
    if lead is None or case is None or case.scope != lead.scope:
        return refuse(Code.NOT_FOUND)
    if lead.gone:
        return refuse(Code.TAKEN_BACK)
    revealed = _revealing(work, permit, pack, lead)
    if isinstance(revealed, Refused):
        return revealed
    lead = revealed
    schema = work.register.statements(lead.subject)[0].schema
    refused = _incomplete(pack, question, lead, schema)
    refused = refused or lawful(
        work, pack, lead.scope, question.basis, (work.me, lead.party), question.props
    )
    if refused is not None:
        return refused
    body = _worded(work, permit, question, lead, schema)
    _send(work, permit, lead, body, ways.led(work, pack, lead.scope).version)
    return RequestId(body.request)


def lead_of(work: Reading, question: Question) -> Lead | None:
    """What the question rests on; None where there is no such hit or firing, or no such party in it."""
    if question.hit is not None:
        return _of_hit(work, question.hit)
    if question.subject is not None:
        return _of_number(work, question, question.subject)
    return None if question.firing is None else _of_firing(work, question, question.firing)


def _of_hit(work: Reading, number: HitId) -> Lead | None:
    hit = work.hits.get(number)
    if hit is None:
        return None
    judged = standing(note.judgement for note in work.hits.notes(hit))
    same = judged is not None and judged.verdict is Verdict.SAME
    return Lead(hit.scope, hit.party, hit.subject, same, handle=hit.handle, gone=hit.gone)


def _of_firing(work: Reading, question: Question, firing: FiringId) -> Lead | None:
    """The firing's own subject, by preference the one that the case is about already."""
    known = work.firings.get(firing)
    case = work.cases.get(question.case)
    party = question.party
    if not known or case is None or party == work.me or party not in known[0].fired.parties:
        return None
    one = next((one for one in known if one.subject in case.subjects), known[0])
    made = in_force(note.appraisal for note in work.firings.notes(firing))
    relevant = made is not None and made.relevance is Relevance.RELEVANT
    return Lead(
        one.scope,
        party,
        one.subject,
        relevant,
        firing=firing,
        typology=one.fired.typology,
    )


def _of_number(work: Reading, question: Question, subject: SubjectId) -> Lead | None:
    """An own subject of the case with an own number, and another party of the case's scope."""
    case = work.cases.get(question.case)
    held = revealing.held(work, subject)
    party = question.party
    if case is None or subject not in case.subjects or held is None or party in (None, work.me):
        return None
    return Lead(case.scope, str(party), subject, assessed=True, held=held)


def _revealing(work: Work, permit: Permit, pack: Pack, lead: Lead) -> Lead | Refused:
    """A question by number is a disclosure of ours: a basis must bear it, within the day's quota."""
    if lead.held is None:
        return lead
    basis = revealing.bears(work, pack, lead.scope, lead.party, lead.held.classifications)
    if isinstance(basis, Refused):
        return basis
    if revealing.exhausted(work, pack, permit.user):
        return refuse(Code.TOO_MANY)
    return replace(lead, revealed=basis)


def _worded(work: Work, permit: Permit, question: Question, lead: Lead, schema: Schema) -> Ask:
    return Ask(
        request=RequestId.draw(work.randomness),
        by=vouch(permit),
        scope=lead.scope,
        case=question.case,
        header=_header(work, question.case),
        handle=lead.handle,
        number=None if lead.held is None else lead.held.number,
        revealed=lead.revealed,
        firing=lead.firing,
        typology=lead.typology,
        schema=schema.value,
        props=[prop.value for prop in question.props],
        basis=question.basis,
        need=question.need,
        need_text=question.need_text.strip(),
        answer_by=_instant(work, question.days),
    )


def _header(work: Work, case: CaseId) -> CaseId | None:
    own = work.cases.get(case)
    return None if own is None else own.header


def _send(work: Work, permit: Permit, lead: Lead, body: Ask, model: str) -> None:
    """Post it, and write down under which way of working it was asked."""
    facts = RequestFacts(
        id=RequestId(body.request),
        outgoing=True,
        peer=lead.party,
        subject=lead.subject,
        case=CaseId(body.case),
        ask=body,
        at=work.now,
    )
    work.cases.add_request(facts)
    work.cases.step(facts.id, Step.ASK, at=work.now, officer=permit.user)
    work.cases.include(facts.case, lead.subject)
    work.post(lead.party, "request.ask", body)
    codes = (permit.policy, lead.party, body.basis, model)
    work.log(Entry("request.asked", permit.user, facts.id, body.need, codes))
    if lead.revealed is not None:
        shown = (permit.policy, lead.party, lead.revealed)
        work.log(Entry("subject.revealed", permit.user, facts.id, lead.subject, shown))


def _incomplete(pack: Pack, question: Question, lead: Lead, schema: Schema) -> Refused | None:
    if not lead.assessed:
        return refuse(Code.NOT_YET)
    if question.need not in pack.reasons["need"] or not question.need_text.strip():
        return refuse(Code.NEED_MISSING)
    if len(question.need_text) > LONGEST_NEED:
        return refuse(Code.FIELD_TOO_LONG, field="need")
    props = [prop.value for prop in question.props]
    if not _askable(props, schema):
        return refuse(Code.FIELD_NOT_A_CHOICE, field="props")
    return None if 1 <= question.days <= 60 else refuse(Code.FIELD_NOT_A_CHOICE, field="days")


def _askable(props: list[str], schema: Schema) -> bool:
    return bool(props) and len(set(props)) == len(props) and set(props) <= set(ASKABLE[schema])


def lawful(
    reading: Reading,
    pack: Pack,
    scope: str,
    basis: str,
    sides: tuple[str, str],
    props: Collection[str] = (),
) -> Refused | None:
    """`NO_BASIS` unless the basis bears it today: both sides' standing, and the items it reaches.

    `sides` are asker and answerer. A basis that presupposes a cooperation needs the scope in force.
    """
    asker, answerer = sides
    today = reading.now.date()
    matter = Matter(asker, answerer, today, cooperating=basis, props=props)
    if rule(pack, basis, matter).bar is not None:
        return refuse(Code.NO_BASIS)
    if not pack.bases[basis].needs_cooperation:
        return None
    decided = revealing.decided_for(reading, pack, scope, sides)
    if isinstance(decided, Refused):
        return decided
    return None if decided == basis else refuse(Code.NO_BASIS)


def options(reading: Reading, pack: Pack, scope: str, sides: tuple[str, str]) -> tuple[Ruling, ...]:
    """What each basis says of asking that party today: must answer, may, or may not, and why."""
    asker, answerer = sides
    decided = revealing.decided_for(reading, pack, scope, sides)
    cooperating = None if isinstance(decided, Refused) else decided
    return rulings(pack, Matter(asker, answerer, reading.now.date(), cooperating=cooperating))


def arrived(work: Work, pack: Pack, sender: str, body: Ask) -> Refused | None:
    """Take in another party's request, if it is lawful by our own table and about our record."""
    refused = lawful(work, pack, body.scope, body.basis, (sender, work.me), body.props)
    if refused is not None:
        return refused
    refused = _unsound(work, pack, sender, body)
    if refused is not None:
        return refused
    subject = _asked_about(work, sender, body)
    if subject is None:
        return refuse(Code.NOT_FOUND)
    if work.cases.request(RequestId(body.request)) is not None:
        return refuse(Code.MESSAGE_REPLAYED)
    if not _fits(work, subject, body):
        return refuse(Code.MESSAGE_MALFORMED)
    facts = RequestFacts(
        id=RequestId(body.request),
        outgoing=False,
        peer=sender,
        subject=subject,
        case=CaseId(body.case),
        ask=body,
        at=work.now,
    )
    work.cases.add_request(facts)
    work.cases.step(facts.id, Step.ASK, at=work.now, officer=None)
    work.log(Entry("request.arrived", sender, facts.id, body.need, (body.basis,)))
    return None


def _unsound(work: Reading, pack: Pack, sender: str, body: Ask) -> Refused | None:
    """A request is about one thing, in the scope of the case that it names.

    By number, the question itself has its basis by our own table.
    """
    header = None if body.header is None else headers(work).get(body.header)
    if header is not None and header.scope != body.scope:
        return refuse(Code.MESSAGE_MALFORMED)
    ways = sum(way is not None for way in (body.handle, body.firing, body.number))
    if ways != 1 or (body.number is None) != (body.revealed is None):
        return refuse(Code.MESSAGE_MALFORMED)
    if body.number is None:
        return None
    lawfully = revealing.may_reveal(work, pack, body.scope, sender, body.revealed)
    return None if lawfully else refuse(Code.NO_BASIS)


def _fits(work: Reading, subject: SubjectId, body: Ask) -> bool:
    """The kind of subject that we hold, and fields of it. By number, nothing held shows in this."""
    if body.schema not in {schema.value for schema in ASKABLE}:
        return False
    schema = Schema(body.schema)
    held = () if body.number is not None else work.register.statements(subject)[:1]
    return all(one.schema is schema for one in held) and _askable(body.props, schema)


def _asked_about(work: Work, sender: str, body: Ask) -> SubjectId | None:
    """Our own subject that the request means. Only who was told of a firing can name it."""
    if body.number is not None:
        return revealing.meant(work, body.number, body.schema)
    if body.handle is not None:
        return work.enrolments.subject_of(body.scope, body.handle)
    known = work.firings.get(FiringId(body.firing or ""))
    meant = (
        one.subject
        for one in known
        if (one.scope, one.fired.typology) == (body.scope, body.typology)
        and sender in one.fired.parties
    )
    return next(meant, None)


def _instant(work: Work, days: int) -> str:
    return (work.now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
