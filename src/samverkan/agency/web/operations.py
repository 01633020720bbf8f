"""Operations: measures used and unused, hours, outcomes; each party accounts for its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import acting, timekeeping
from samverkan.agency.following import operations
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import accounting, blocks, crediting_page, filters, tables
from samverkan.agency.web.accounting import Closing, Hours, Outcome, Planning
from samverkan.agency.web.amounts import amount
from samverkan.agency.web.blocks import Block, Facts, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.hours import minutes
from samverkan.domain.operation import MeasureState, Operation, State
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import OperationId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

Do = Callable[[str, Any, Work, Permit], object]
"""(operation, form, work, permit) → what the use case answers."""
STATES = {
    State.OPEN: Tag("operation.open", Tone.GOOD),
    State.CLOSED: Tag("operation.closed", Tone.NEUTRAL),
}
MEASURES = {
    MeasureState.PLANNED: Tag("measure.planned", Tone.INFO),
    MeasureState.CLOSED: Tag("measure.closed", Tone.GOOD),
}
_COLUMNS = (
    Column("area", "proposal.area", Kind.LINK),
    Column("body", "proposal.body"),
    Column("parties", "cooperation.parties"),
    Column("since", "operation.since", Kind.DAY),
    Column("until", "operation.until", Kind.DAY),
    Column("state", "operation.state", Kind.TAG),
)
_MEASURES = (
    Column("party", "position.party"),
    Column("kind", "measure.kind"),
    Column("due", "measure.due", Kind.DAY),
    Column("state", "measure.state", Kind.TAG),
    Column("result", "measure.result"),
)
_CATALOGUE = (
    Column("kind", "measure.kind"),
    Column("surfaces", "measure.surfaces"),
    Column("used", "measure.used", Kind.TAG),
)
_HOURS = (
    Column("party", "position.party"),
    Column("period", "hours.period"),
    Column("level", "hours.level"),
    Column("kind", "hours.kind"),
    Column("hours", "hours.hours", Kind.HOURS),
    Column("cost", "hours.cost", Kind.MONEY),
)
_OUTCOMES = (
    Column("indicator", "effect.indicator", Kind.LINK),
    Column("amount", "effect.amount"),
    Column("stage", "effect.stage"),
    Column("party", "position.party"),
    Column("shared", "effect.shared"),
    Column("decided", "effect.decided", Kind.DAY),
)


def reader(at: Seat) -> Permit:
    """Officers of the own measures; else those who sit in a body."""
    seats = [(Action.READ_COUNCIL, body) for body in at.desk.pack.bodies]
    return at.first([(Action.PLAN_MEASURE, None), *seats])


def visible(at: Seat, reading: Reading) -> dict[str, Operation]:
    """Own operations for those who work in them; those of their bodies for those who sit there."""
    works = at.may(Action.PLAN_MEASURE) is not None
    bodies = set(at.bodies(Action.READ_COUNCIL))
    return {
        id_: one
        for id_, one in operations(reading).items()
        if (works and at.desk.me in one.parties) or one.header.body in bodies
    }


@page("/operations")
def listed(request: AnyRequest) -> Response[str]:
    """Every operation that this officer has to do with."""
    at = seat(request)
    with at.desk.read(reader(at), "operations", "follow-up") as reading:
        today = reading.now.date()
        every = list(reversed(visible(at, reading).values()))
    by_body = filters.by_body(at, [one.header.body for one in every])
    kept = [one for one in every if by_body.chosen(at) in ("", one.header.body)]
    pages_ = tables.pages_of(at, "operations", len(kept))
    table = Table(
        id="operations",
        caption=at.t("operation.all"),
        columns=_COLUMNS,
        rows=[_row(at, one, today) for one in kept[tables.part(pages_)]],
        empty=at.t("operation.none"),
        pages=pages_,
    )
    body: list[Block] = [*filters.shown(at, [by_body]), table]
    sight = Sight(title=at.t("operation.title"), lead=at.t("operation.lead"), blocks=body)
    return blocks.show(request, sight)


def _row(at: Seat, one: Operation, today: date) -> dict[str, object]:
    header, pack = one.header, at.desk.pack
    area = at.names.of(pack.crime_areas, header.crime_area)
    return {
        "area": Link(
            f"{area}: {at.names.of(pack.targets, header.target).lower()}",
            f"/operations/{one.operation}",
        ),
        "body": at.names.of(pack.bodies, header.body),
        "parties": at.names.parties(sorted(one.parties)),
        "since": date.fromisoformat(one.since),
        "until": date.fromisoformat(header.until),
        "state": STATES[one.state(today)],
    }


@page("/operations/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One operation."""
    return _show(seat(request), number)


def _show(at: Seat, number: str, form: Form | None = None, name: str = "") -> Response[str]:
    """The page; `name` says which of its forms was sent."""
    id_ = identifier(OperationId, number)
    with at.desk.read(reader(at), id_, "follow-up") as reading:
        here = found(visible(at, reading).get(id_))
        today = reading.now.date()
    parts: list[Block] = [Facts(_header(at, here, today)), _measures(at, here)]
    if at.desk.me in here.parties:
        parts.append(_catalogue(at, here))
    parts += [_hours(at, here), _outcomes(at, here)]
    if at.desk.me in here.parties and at.may(Action.PLAN_MEASURE):
        parts += accounting.sheets(at, here, today, {name: form} if form else {})
    area = at.names.of(at.desk.pack.crime_areas, here.header.crime_area)
    sight = Sight(
        title=at.t("operation.page", area=area.lower()),
        lead=at.names.of(at.desk.pack.bodies, here.header.body),
        above=Link(at.t("operation.title"), "/operations"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _header(at: Seat, here: Operation, today: date) -> list[tuple[str, object]]:
    header, t = here.header, at.t
    decision: object = t("operation.decided", day=here.since)
    if at.may(Action.READ_COUNCIL, header.body):
        decision = Link(str(decision), f"/council/{header.proposal}")
    goals = [
        f"{at.names.of(at.desk.pack.indicators, g.indicator)}: "
        f"{amount(at, g.indicator, g.baseline)} → {amount(at, g.indicator, g.target)}"
        for g in header.goals
    ]
    return [
        (t("operation.state"), STATES[here.state(today)]),
        (t("operation.decision"), decision),
        (t("cooperation.parties"), at.names.parties(sorted(here.parties))),
        (t("proposal.target"), at.names.of(at.desk.pack.targets, header.target)),
        (t("operation.span"), f"{here.since} – {header.until}"),
        (t("proposal.goals"), "; ".join(goals)),
    ]


def _measures(at: Seat, here: Operation) -> Table:
    rows = [
        {
            "party": at.names.party(m.party),
            "kind": at.names.of(at.desk.pack.measures, m.kind),
            "due": date.fromisoformat(m.due),
            "state": MEASURES[m.state],
            "result": at.names.reason("measure-result", m.result),
        }
        for m in here.measures.values()
    ]
    return tables.whole("measures", at.t("measure.all"), _MEASURES, rows, at.t("measure.none"))


def _catalogue(at: Seat, here: Operation) -> Table:
    """Own measures: those used here and those that are not, so that none is forgotten."""
    pack, used = at.desk.pack, here.used(at.desk.me)
    rows = [
        {
            "kind": at.names.words(one.names),
            "surfaces": ", ".join(at.names.of(pack.surfaces, code) for code in one.surfaces),
            "used": Tag("measure.in_use", Tone.GOOD)
            if code in used
            else Tag("measure.unused", Tone.NEUTRAL),
        }
        for code, one in pack.measures.items()
        if at.desk.me in one.parties
    ]
    return tables.whole(
        "catalogue", at.t("measure.catalogue"), _CATALOGUE, rows, at.t("measure.no_catalogue")
    )


def _hours(at: Seat, here: Operation) -> Table:
    rows = [
        {
            "party": at.names.party(party),
            "period": accounting.period(at, period),
            "level": accounting.level(at, line.level),
            "kind": at.names.of(at.desk.pack.work_kinds, line.kind),
            "hours": line.hours,
            "cost": "" if line.cost is None else line.cost,
        }
        for (party, period), lines in sorted(here.counted_hours().items())
        for line in lines
    ]
    return tables.whole("hours", at.t("hours.all"), _HOURS, rows, at.t("hours.none"))


def _outcomes(at: Seat, here: Operation) -> Table:
    pack = at.desk.pack
    may = at.desk.me in here.parties and at.may(Action.RECORD_OUTCOME) is not None
    rows = []
    for one in here.outcomes:
        last, indicator = one.steps[-1], at.names.of(pack.indicators, one.outcome.indicator)
        path = f"/operations/{here.operation}/outcomes/{one.id}"
        rows.append(
            {
                "indicator": Link(indicator, path) if may else indicator,
                "amount": amount(at, one.outcome.indicator, last.amount),
                "stage": at.names.of(pack.stages, last.stage),
                "party": at.names.party(one.party),
                "shared": crediting_page.shares(at, one),
                "decided": date.fromisoformat(last.decided),
            }
        )
    return tables.whole("outcomes", at.t("effect.all"), _OUTCOMES, rows, at.t("effect.none"))


@dataclass(frozen=True, slots=True)
class Posted:
    """One of the page's forms: its name, its model, the act it needs, what is done."""

    name: str
    model: type[forms.Asked]
    action: Action
    do: Do


def _account(
    request: AnyRequest, number: str, data: dict[str, Any], posted: Posted
) -> Response[str]:
    """Read the form, do the act in one transaction, and show the operation again."""
    at = seat(request)
    permit, id_ = at.permit(posted.action), identifier(OperationId, number)
    asked = forms.read(posted.model, data)
    if isinstance(asked, Form):
        return _show(at, number, asked, posted.name)
    done = at.attempt(permit, partial(posted.do, id_, asked))
    if isinstance(done, Refused):
        form = forms.filled(data).refused(done, at=accounting.FIELD[posted.name])
        return _show(at, number, form, posted.name)
    return pages.redirect(request, f"/operations/{id_}", receipt="receipt.accounted")


def _plan(id_: str, asked: Planning, work: Work, permit: Permit) -> object:
    return acting.plan(work, permit, operation=id_, kind=asked.plan_kind, due=asked.plan_due)


def _close(id_: str, asked: Closing, work: Work, permit: Permit) -> object:
    measure, result = asked.close_measure, asked.close_result
    return acting.close(work, permit, operation=id_, measure=measure, result=result)


def _report(at: Seat, id_: str, asked: Hours, work: Work, permit: Permit) -> object:
    counted = minutes(asked.hours_count)
    if isinstance(counted, Refused):
        return counted
    row = timekeeping.Row(id_, asked.hours_level, asked.hours_kind, counted)
    return timekeeping.put_in(work, permit, at.desk.pack, week=asked.hours_week, rows=[row])


def _record(at: Seat, id_: str, asked: Outcome, work: Work, permit: Permit) -> object:
    """The indicator and its stage arrive together; the amount in the indicator's own decimals."""
    indicator, _, stage = asked.effect_indicator.partition(":")
    pack = at.desk.pack
    known = pack.indicators.get(indicator)
    if known is None or stage not in known.stages:
        return refuse(Code.FIELD_NOT_A_CHOICE)
    decimals = pack.units[known.unit].decimals
    counted = asked.effect_amount.scaleb(decimals)
    claim = None if asked.effect_claim is None else int(asked.effect_claim.scaleb(decimals))
    shares = accounting.shares(asked.effect_shared, asked.effect_parts)
    if isinstance(shares, Refused):
        return shares
    effect = acting.Effect(
        measure=asked.effect_measure or None,
        indicator=indicator,
        stage=stage,
        amount=int(counted),
        decided=asked.effect_decided,
        shares=shares,
        version=known.version(asked.effect_decided),
        claim=claim,
        number=asked.effect_number,
    )
    return acting.record(work, permit, id_, effect)


@act("/operations/{number:str}/plan")
def plan(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Take a measure into the operation."""
    return _account(request, number, data, Posted("plan", Planning, Action.PLAN_MEASURE, _plan))


@act("/operations/{number:str}/close")
def close(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Say how an own measure went."""
    return _account(request, number, data, Posted("close", Closing, Action.PLAN_MEASURE, _close))


@act("/operations/{number:str}/hours")
def hours(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Put in the own hours of a week."""
    do = partial(_report, seat(request))
    return _account(request, number, data, Posted("hours", Hours, Action.REPORT_HOURS, do))


@act("/operations/{number:str}/outcome")
def outcome(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Record an outcome."""
    at = seat(request)
    do = partial(_record, at)
    return _account(request, number, data, Posted("outcome", Outcome, Action.RECORD_OUTCOME, do))


HANDLERS = [listed, one, plan, close, hours, outcome]
