"""The demo's duties from a firing to an answered case and a decided, accounted operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from samverkan.agency import acting, answer, asking, casework, proposing
from samverkan.agency.assessing import judgement
from samverkan.agency.facts import CaseFacts, FiringFacts, HitFacts
from samverkan.agency.following import operations, proposals
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.council import Position, Proposal
from samverkan.domain.council import State as Round
from samverkan.domain.disclosure import Choice, Fate
from samverkan.domain.graph import Verdict
from samverkan.domain.operation import Measure, MeasureState, Operation
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.domain.statement import Prop
from samverkan.embedded.officers import Desk

_DAYS = 14
_SCORE = 3
_MONEY = 250_000
"""What a scripted officer writes where a number is asked for: a middling score, a round sum."""
_WITHHELD = (Prop.PHONE, Prop.ACCOUNT)
_HALF_YEAR = timedelta(days=182)


def open_cases(desk: Desk) -> bool:
    """The officer of the party whose condition comes first opens a case for each firing."""
    with desk.node.read(desk.permit(Action.READ_HITS), "hits") as reading:
        held = {subject for case in reading.cases.all() for subject in case.subjects}
        firings = [
            one for one in reading.firings.all() if _leads(desk, one) and one.subject not in held
        ]
        titles = {one.subject: _title(desk, reading, one) for one in firings}
    for firing in {one.subject: one for one in firings}.values():
        title = titles[firing.subject]
        opened = partial(
            casework.open_case, scope=firing.scope, title=title, subjects=(firing.subject,)
        )
        desk.act(Action.READ_CASE, opened)
    return bool(firings)


def _title(desk: Desk, reading: SqlReading, firing: FiringFacts) -> str:
    """The company and the typology, as the officer would write it."""
    pack = desk.node.pack
    known = reading.register.own_fields([firing.subject]).get(firing.subject)
    name = known.current(Prop.NAME) if known is not None else None
    words = pack.typologies[firing.fired.typology].names[pack.pack.languages[0]]
    return f"{name}: {words}" if name else words


def _leads(desk: Desk, firing: FiringFacts) -> bool:
    pack = desk.node.pack
    return pack.conditions[pack.typologies[firing.fired.typology].first].party == desk.node.me


def ask(desk: Desk) -> bool:
    """For each subject of an own case: ask every party whose record was judged to be the same."""
    with desk.node.read(desk.permit(Action.READ_CASE), "cases") as reading:
        asked = {(r.subject, r.peer) for r in reading.cases.requests() if r.outgoing}
        questions = []
        for case in reading.cases.all():
            for hit in _same(reading, case):
                if (hit.subject, hit.party) in asked:
                    continue
                asked.add((hit.subject, hit.party))
                questions.append(_question(desk, reading, case, hit))
    for question in questions:
        desk.act(Action.ASK, asking.ask, desk.node.pack, question)
    return bool(questions)


def _same(reading: SqlReading, case: CaseFacts) -> list[HitFacts]:
    found = []
    for hit in reading.hits.all():
        judged = judgement(reading, hit)
        if hit.subject in case.subjects and judged and judged.verdict is Verdict.SAME:
            found.append(hit)
    return found


def _question(desk: Desk, reading: SqlReading, case: CaseFacts, hit: HitFacts) -> asking.Question:
    schema = reading.register.statements(hit.subject)[0].schema
    return asking.Question(
        hit=hit.id,
        case=case.id,
        props=asking.ASKABLE[schema],
        basis=desk.plan.basis,
        need="assess-proposal",
        need_text=desk.node.pack.bases[desk.plan.basis].need["sv"],
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
    for request in waiting:
        choices = {Prop(prop): _choice(Prop(prop)) for prop in request.ask.props}
        desk.act(Action.ANSWER, answer.answer, desk.node.pack, request.id, choices)
    return bool(waiting)


def _choice(prop: Prop) -> Choice:
    if prop in _WITHHELD:
        return Choice(Fate.WITHHELD, "not-needed")
    return Choice(Fate.RELEASED)


def propose(desk: Desk) -> bool:
    """When every request of a case is answered: propose an operation to the regional council."""
    with desk.node.read(desk.permit(Action.READ_CASE), "cases") as reading:
        ready = [case for case in reading.cases.all() if _ripe(reading, case)]
        sketches = [_sketch(desk, reading, case) for case in ready]
    for sketch in sketches:
        desk.act(Action.PROPOSE, proposing.propose, sketch)
    return bool(sketches)


def _ripe(reading: SqlReading, case: CaseFacts) -> bool:
    requests = [r for r in reading.cases.requests() if r.outgoing and r.case == case.id]
    answered = all(reading.cases.disclosure(r.id) is not None for r in requests)
    return bool(requests) and answered and not reading.cases.proposed(case.id)


def _sketch(desk: Desk, reading: SqlReading, case: CaseFacts) -> proposing.Sketch:
    pack = desk.node.pack
    firing = next(f for f in reading.firings.all() if f.subject in case.subjects)
    typology = pack.typologies[firing.fired.typology]
    owners = {pack.conditions[code].party for code in typology.conditions}
    measures = [(party, _measure(desk, party)) for party in sorted(owners)]
    goals = {pack.measures[code].indicators[0] for _, code in measures}
    return proposing.Sketch(
        case=case.id,
        body=desk.plan.body,
        target="networks",
        crime_area=typology.crime_area,
        criteria={
            name: min(max(_SCORE, criterion.least), criterion.most)
            for name, criterion in pack.criteria.items()
        },
        measures=tuple(measures),
        goals=tuple((goal, 0, _aim(desk, goal)) for goal in sorted(goals)),
        until=reading.now.date() + _HALF_YEAR,
        why=typology.next_step["sv"],
    )


def _aim(desk: Desk, indicator: str) -> int:
    return _MONEY if desk.node.pack.indicators[indicator].unit == "sek" else 1


def _measure(desk: Desk, party: str) -> str:
    """The party's first measure that brings in money; else the first whose effect is counted."""
    pack = desk.node.pack
    mine = [m for m in pack.measures.values() if party in m.parties and m.indicators]
    paying = (m for m in mine if pack.indicators[m.indicators[0]].unit == "sek")
    return next(paying, mine[0]).id


def take_positions(desk: Desk) -> bool:
    """Each council member decides for the own party: for what it can act in, against the rest."""
    body = desk.plan.body
    with desk.node.read(desk.permit(Action.READ_COUNCIL, body), "council") as reading:
        open_rounds = [
            one
            for one in proposals(reading).values()
            if one.state is Round.OPEN
            and one.header.body == body
            and not reading.commands.sent("position.take", one.header.proposal)
        ]
    for proposal in open_rounds:
        acts = desk.node.me in proposal.acting()
        take = partial(
            proposing.take_position,
            proposal=proposal.header.proposal,
            position=(Position.FOR if acts else Position.AGAINST).value,
            reason=None if acts else "no-surface",
        )
        desk.act(Action.TAKE_POSITION, take, body=body)
    return bool(open_rounds)


def close_rounds(desk: Desk) -> bool:
    """The chair closes a round when every party of the cooperation has said where it stands."""
    plan = desk.plan
    if desk.node.pack.bodies[plan.body].chair != desk.node.me:
        return False
    with desk.node.read(desk.permit(Action.READ_COUNCIL, plan.body), "council") as reading:
        complete = [
            one
            for one in proposals(reading).values()
            if _complete(one, plan.parties)
            and not reading.commands.sent("proposal.close", one.header.proposal)
        ]
    for proposal in complete:
        close = partial(
            proposing.close, proposal=proposal.header.proposal, present=list(plan.parties)
        )
        desk.act(Action.CLOSE_DECISION, close, body=plan.body)
    return bool(complete)


def _complete(proposal: Proposal, parties: tuple[str, ...]) -> bool:
    return proposal.state is Round.OPEN and set(parties) <= set(proposal.latest())


def plan_measures(desk: Desk) -> bool:
    """The officer takes the measures that the decision gives the own party."""
    with desk.node.read(desk.permit(Action.PLAN_MEASURE), "operations") as reading:
        wanted = [
            (one, planned.measure)
            for one in operations(reading).values()
            for planned in one.header.measures
            if planned.party == desk.node.me
            and not reading.commands.sent("measure.plan", one.operation)
        ]
        due = reading.now.date() + timedelta(days=30)
    for operation, kind in wanted:
        take = partial(acting.plan, operation=operation.operation, kind=kind, due=due)
        desk.act(Action.PLAN_MEASURE, take)
    return bool(wanted)


def account(desk: Desk) -> bool:
    """Hours, the outcome, and that the measure is done; each once an operation."""
    with desk.node.read(desk.permit(Action.RECORD_OUTCOME), "operations") as reading:
        mine = [
            Account(
                one,
                measure,
                hours=not reading.commands.sent("hours.report", one.operation),
                outcome=not reading.commands.sent("outcome.record", one.operation),
            )
            for one in operations(reading).values()
            for measure in one.measures.values()
            if measure.party == desk.node.me
            and measure.state is MeasureState.PLANNED
            and not reading.commands.sent("measure.close", measure.measure)
        ]
        week = "{}-w{:02d}".format(*reading.now.isocalendar()[:2])
    for due in mine:
        _account(desk, due, week)
    return bool(mine)


@dataclass(frozen=True, slots=True)
class Account:
    """What is still to be told of an own measure."""

    operation: Operation
    measure: Measure
    hours: bool
    outcome: bool


def _account(desk: Desk, due: Account, week: str) -> None:
    id_ = due.operation.operation
    if due.hours:
        desk.act(Action.REPORT_HOURS, acting.report_hours, id_, acting.Time(week, "regional", 16))
    if due.outcome:
        effect = _effect(desk, due.operation, due.measure)
        desk.act(Action.RECORD_OUTCOME, acting.record, id_, effect)
    measure = due.measure.measure
    close = partial(acting.close, operation=id_, measure=measure, result="done")
    desk.act(Action.PLAN_MEASURE, close)


def _effect(desk: Desk, operation: Operation, measure: Measure) -> acting.Effect:
    pack = desk.node.pack
    indicator = pack.indicators[pack.measures[measure.kind].indicators[0]]
    others = sorted(operation.parties - {desk.node.me})
    return acting.Effect(
        measure=measure.measure,
        indicator=indicator.id,
        stage=indicator.stages[0],
        amount=_MONEY if indicator.unit == "sek" else 1,
        decided=desk.node.opened.store.clock().date(),
        shared=tuple(others[:1]),
    )


def freeze(desk: Desk) -> bool:
    """The secretariat freezes the report when all that was decided has been accounted for."""
    if desk.node.me != desk.plan.lead:
        return False
    with desk.node.read(desk.permit(Action.READ_COUNCIL, desk.plan.body), "reports") as reading:
        known = [o for o in operations(reading).values() if desk.node.me in o.parties]
        undecided = [p for p in proposals(reading).values() if p.decided is None]
        if reading.commands.sent("report.freeze") or undecided or not _settled(known):
            return False
        today = reading.now.date()
    desk.act(Action.FREEZE_REPORT, partial(acting.freeze, year=today.year, on=today))
    return True


def _settled(known: list[Operation]) -> bool:
    return bool(known) and all(
        {m.party for m in one.measures.values()} >= {p.party for p in one.header.measures}
        and all(m.state is not MeasureState.PLANNED for m in one.measures.values())
        for one in known
    )
