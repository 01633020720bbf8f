"""The demo's duties from a firing to an answered case and a decided, accounted operation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from samverkan.agency import answer, asking, casework, casing, proposing
from samverkan.agency.assessing import judgement
from samverkan.agency.facts import CaseFacts, FiringFacts, HitFacts
from samverkan.agency.following import cooperations
from samverkan.agency.headers import running
from samverkan.agency.sql.work import SqlReading, SqlWork
from samverkan.domain.disclosure import Choice, Fate
from samverkan.domain.graph import Relevance, Verdict
from samverkan.domain.pack import Kind, Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.request import State
from samverkan.domain.statement import Prop, Schema
from samverkan.embedded.officers import Desk, using
from samverkan.kernel.ids import CaseId, SubjectId
from samverkan.kernel.outcome import Refused

_DAYS = 14
_SCORE = 3
MONEY = 250_000
"""What a scripted officer writes where a number is asked for: a middling score, a round sum."""
_NEEDED = {
    Schema.PERSON: (Prop.ID_NUMBER, Prop.FIRST_NAME, Prop.LAST_NAME, Prop.CONDITION),
    Schema.COMPANY: (Prop.REGISTRATION_NUMBER, Prop.NAME, Prop.DIRECTOR, Prop.CONDITION),
}
"""What a proposal needs to know of a subject: who it is, and what the other has found."""
_WITHHELD = (Prop.PHONE, Prop.ACCOUNT)
_HALF_YEAR = timedelta(days=182)


def open_cases(desk: Desk) -> bool:
    """For each firing an officer opens a case, at the party whose condition the typology names first.

    What fires twice on one subject is one case. Each has a joint header that the others may join.
    """
    with desk.node.read(desk.permit(Action.READ_HITS), "hits") as reading:
        held = {(case.scope, s) for case in reading.cases.all() for s in case.subjects}
        mine = {
            (one.scope, one.subject): one
            for one in reading.firings.all()
            if _leads(desk, one) and (one.scope, one.subject) not in held
        }
        titles = {place: _title(desk, reading, one) for place, one in mine.items()}
        today = reading.now.date()
    opened = (
        using(_open, desk.node.pack, _opening(desk, mine[place], today), title, place)
        for place, title in titles.items()
    )
    return desk.act(Action.LEAD_CASE, opened)


def _open(
    work: SqlWork,
    permit: Permit,
    pack: Pack,
    opening: casing.Opening,
    title: str,
    place: tuple[str, SubjectId],
) -> CaseId | Refused:
    """The own file and the joint header above it."""
    scope, subject = place
    case = casework.open_case(work, permit, scope=scope, title=title, subjects=(subject,))
    if isinstance(case, Refused):
        return case
    return casing.open_joint(work, permit, pack, case, opening)


def _opening(desk: Desk, firing: FiringFacts, today: date) -> casing.Opening:
    return casing.Opening(
        purpose="assess-operation",
        crime_area=desk.node.pack.typologies[firing.fired.typology].crime_area,
        review=today + timedelta(days=casing.FIRST_REVIEW),
    )


def join_cases(desk: Desk) -> bool:
    """Who is asked in a joint case takes part in it, with a file of its own."""
    with desk.node.read(desk.permit(Action.READ_CASE), "requests") as reading:
        kept = {case.header for case in reading.cases.all()}
        named = {one.ask.header for one in reading.cases.requests() if not one.outgoing}
        open_ = [CaseId(one.id) for one in running(reading) if one.id in named - kept]
    pack = desk.node.pack
    return desk.act(Action.LEAD_CASE, (using(casing.join, pack, one) for one in open_))


def _title(desk: Desk, reading: SqlReading, firing: FiringFacts) -> str:
    """The subject and the typology, as the officer would write it."""
    pack = desk.node.pack
    known = reading.register.own_fields([firing.subject]).get(firing.subject)
    props = (Prop.NAME, Prop.FIRST_NAME, Prop.LAST_NAME)
    parts = [part for prop in props if known is not None and (part := known.current(prop))]
    words = pack.typologies[firing.fired.typology].names[pack.pack.languages[0]]
    return f"{' '.join(parts)}: {words}" if parts else words


def _leads(desk: Desk, firing: FiringFacts) -> bool:
    """Of those told, the one whose condition the typology names first."""
    pack = desk.node.pack
    owners = (pack.conditions[c].party for c in pack.typologies[firing.fired.typology].conditions)
    return next(party for party in owners if party in firing.fired.parties) == desk.node.me


def ask(desk: Desk) -> bool:
    """For each own case: ask every other owner of a condition, and whose record is the same."""
    with desk.node.read(desk.permit(Action.READ_CASE), "cases") as reading:
        asked = {(r.subject, r.peer) for r in reading.cases.requests() if r.outgoing}
        leads = Leads(reading)
        questions = {
            (subject, party): question
            for case in reading.cases.all()
            for subject, party, question in (
                *_on_hits(desk, leads, case),
                *_on_firings(desk, leads, case),
            )
            if (subject, party) not in asked
        }
    pack = desk.node.pack
    return desk.act(Action.ASK, (using(asking.ask, pack, one) for one in questions.values()))


Asked = tuple[SubjectId, str, asking.Question]
"""About which own subject, of whom, what."""


class Leads:
    """What a party's hits and firings lead to, by own subject: read once for all of its cases."""

    def __init__(self, reading: SqlReading) -> None:
        self.reading = reading
        self._hits: dict[SubjectId, list[HitFacts]] = {}
        self._firings: dict[tuple[str, SubjectId], list[FiringFacts]] = {}
        assessed = reading.firings.assessed()
        for hit in reading.hits.all():
            self._hits.setdefault(hit.subject, []).append(hit)
        for one in reading.firings.all():
            made = assessed.get(one.id)
            if made is not None and made.relevance is Relevance.RELEVANT:
                self._firings.setdefault((one.scope, one.subject), []).append(one)

    def hits(self, case: CaseFacts) -> list[HitFacts]:
        """The hits on a case's subjects."""
        return [hit for subject in case.subjects for hit in self._hits.get(subject, ())]

    def firings(self, case: CaseFacts) -> list[FiringFacts]:
        """The firings on a case's subjects that a person has found relevant."""
        places = ((case.scope, subject) for subject in case.subjects)
        return [one for place in places for one in self._firings.get(place, ())]


def _on_hits(desk: Desk, leads: Leads, case: CaseFacts) -> Iterator[Asked]:
    for hit in leads.hits(case):
        judged = judgement(leads.reading, hit)
        if judged is not None and judged.verdict is Verdict.SAME:
            props = asking.ASKABLE[_schema(leads.reading, hit.subject)]
            question = _question(desk, case, props)
            yield hit.subject, hit.party, replace(question, hit=hit.id)


def _on_firings(desk: Desk, leads: Leads, case: CaseFacts) -> Iterator[Asked]:
    """Only what the proposal needs: who it is, and which condition is met."""
    for one in leads.firings(case):
        question = _question(desk, case, _NEEDED[_schema(leads.reading, one.subject)])
        for party in one.fired.parties:
            if party != desk.node.me:
                yield one.subject, party, replace(question, firing=one.id, party=party)


def _schema(reading: SqlReading, subject: SubjectId) -> Schema:
    return reading.register.statements(subject)[0].schema


def _question(desk: Desk, case: CaseFacts, props: tuple[Prop, ...]) -> asking.Question:
    pack = desk.node.pack
    return asking.Question(
        case=case.id,
        props=props,
        basis=desk.plan.basis,
        need="assess-proposal",
        need_text=pack.bases[desk.plan.basis].need[pack.pack.languages[0]],
        days=_DAYS,
    )


def answer_requests(desk: Desk) -> bool:
    """The releasing officer weighs each field: contact data are not needed for the proposal."""
    with desk.node.read(desk.permit(Action.ANSWER), "requests") as reading:
        waiting = [
            request
            for request in reading.cases.requests()
            if not request.outgoing and answer.standing(request, reading.now) is State.SENT
        ]
    pack = desk.node.pack
    return desk.act(
        Action.ANSWER,
        (using(answer.answer, pack, one.id, _choices(one.ask.props)) for one in waiting),
    )


def _choices(props: list[str]) -> dict[Prop, Choice]:
    return {Prop(prop): _choice(Prop(prop)) for prop in props}


def _choice(prop: Prop) -> Choice:
    if prop in _WITHHELD:
        return Choice(Fate.WITHHELD, "not-needed")
    return Choice(Fate.RELEASED)


def propose(desk: Desk) -> bool:
    """When every request of a case is answered: propose an operation to the regional council."""
    with desk.node.read(desk.permit(Action.READ_CASE), "cases") as reading:
        leads = Leads(reading)
        ready = [case for case in reading.cases.all() if _ripe(leads, case)]
        sketches = [_sketch(desk, leads, case) for case in ready]
    return desk.act(Action.PROPOSE, (using(proposing.propose, sketch) for sketch in sketches))


def _ripe(leads: Leads, case: CaseFacts) -> bool:
    if not leads.firings(case) or leads.reading.cases.proposed(case.id):
        return False
    requests = leads.reading.cases.asked_in(case.id)
    answered = all(leads.reading.cases.disclosure(r.id) is not None for r in requests)
    return bool(requests) and answered


def _sketch(desk: Desk, leads: Leads, case: CaseFacts) -> proposing.Sketch:
    pack = desk.node.pack
    told = leads.firings(case)
    typology = pack.typologies[told[0].fired.typology]
    owners = {party for firing in told for party in firing.fired.parties}
    able = ((party, _measure(desk, party)) for party in sorted(owners))
    measures = [(party, code) for party, code in able if code is not None]
    goals = {goal for _, code in measures for goal in pack.measures[code].indicators[:1]}
    return proposing.Sketch(
        case=case.id,
        body=desk.plan.sector(region_of(leads.reading, case.scope)).body,
        target="networks" if typology.subject is Kind.COMPANY else "individuals",
        crime_area=typology.crime_area,
        criteria={
            name: min(max(_SCORE, criterion.least), criterion.most)
            for name, criterion in pack.criteria.items()
        },
        measures=tuple(measures),
        goals=tuple((goal, 0, _aim(desk, goal)) for goal in sorted(goals)),
        until=leads.reading.now.date() + _HALF_YEAR,
        why=typology.next_step[pack.pack.languages[0]],
    )


def _aim(desk: Desk, indicator: str) -> int:
    return MONEY if desk.node.pack.indicators[indicator].unit == "sek" else 1


def _measure(desk: Desk, party: str) -> str | None:
    """The party's first measure that brings in money; else one whose effect is counted; else any."""
    pack = desk.node.pack
    mine = [measure for measure in pack.measures.values() if party in measure.parties]
    counted = [measure for measure in mine if measure.indicators]
    paying = [one for one in counted if pack.indicators[one.indicators[0]].unit == "sek"]
    return next((one.id for one in (*paying, *counted, *mine)), None)


def region_of(reading: SqlReading, scope: str) -> str:
    """The region of a scope that this party takes part in."""
    return cooperations(reading.feed.all())[scope].draft.region
