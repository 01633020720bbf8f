"""One outcome: its stages, its shares and who has confirmed them, and what may be told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import crediting
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.amounts import amount
from samverkan.agency.web.blocks import Ask, Block, Facts, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.operation import Operation
from samverkan.domain.outcome import WHOLE, Recorded, repeats
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import OperationId, OutcomeId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_STEPS = (
    Column("stage", "effect.stage"),
    Column("amount", "effect.amount"),
    Column("decided", "effect.decided", Kind.DAY),
)
_SHARES = (
    Column("party", "position.party"),
    Column("share", "effect.share"),
    Column("answer", "effect.answer"),
)


class Later(forms.Asked):
    """The form of a later stage."""

    later_stage: str = Field(min_length=1)
    later_amount: Annotated[Decimal, forms.Written]
    later_decided: date


class Answer(forms.Asked):
    """The form that answers for a share."""

    share_answer: Literal["confirmed", "declined"]


class Verdict(forms.Asked):
    """The form that says whether two outcomes are one."""

    alike_other: str = Field(min_length=1)
    alike_verdict: Literal["same", "different"]


def shares(at: Seat, one: Recorded) -> str:
    """Who has which share of an outcome, and who has not said so."""
    return ", ".join(
        at.t(
            "effect.has_share" if one.answers.get(party) == "confirmed" else "effect.said_share",
            party=at.names.party(party),
            share=at.f.share(Decimal(part) / WHOLE),
        )
        for party, part in sorted(one.outcome.shares.items())
    )


@page("/operations/{number:str}/outcomes/{outcome:str}")
def shown(request: AnyRequest, number: FromPath[str], outcome: FromPath[str]) -> Response[str]:
    """One outcome."""
    return _show(seat(request), number, outcome)


def _show(at: Seat, number: str, outcome: str, form: Form | None = None) -> Response[str]:
    operation, id_ = identifier(OperationId, number), identifier(OutcomeId, outcome)
    permit = at.permit(Action.RECORD_OUTCOME)
    with at.desk.read(permit, id_, "follow-up") as reading:
        here, one = found(crediting.found(reading, operation, id_))
        today = reading.now.date()
    body: list[Block] = [Facts(_facts(at, one)), _steps(at, one), _shares(at, one)]
    body += _sheets(at, here, one, today, form or Form())
    indicator = at.names.of(at.desk.pack.indicators, one.outcome.indicator)
    sight = Sight(
        title=at.t("effect.page", indicator=indicator),
        lead=at.names.party(one.party),
        above=Link(at.t("effect.to_operation"), f"/operations/{here.operation}"),
        blocks=body,
    )
    return blocks.show(at.request, sight)


def _facts(at: Seat, one: Recorded) -> list[tuple[str, object]]:
    outcome, known = one.outcome, at.desk.pack.indicators.get(one.outcome.indicator)
    words = "" if known is None else at.names.words(known.defined(outcome.version))
    pairs: list[tuple[str, object]] = [
        (at.t("effect.version"), outcome.version),
        (at.t("effect.definition"), words),
    ]
    if outcome.claim is not None:
        pairs.append((at.t("effect.claim"), amount(at, outcome.indicator, outcome.claim)))
    if one.alike:
        key = "effect.counts_as_other" if repeats(one) else "effect.may_be_twice"
        pairs.append((at.t("effect.alike"), at.t(key)))
    return pairs


def _steps(at: Seat, one: Recorded) -> Table:
    rows = [
        {
            "stage": at.names.of(at.desk.pack.stages, step.stage),
            "amount": amount(at, one.outcome.indicator, step.amount),
            "decided": date.fromisoformat(step.decided),
        }
        for step in one.steps
    ]
    return tables.whole("steps", at.t("effect.steps"), _STEPS, rows, "")


def _shares(at: Seat, one: Recorded) -> Table:
    mine = WHOLE - sum(one.outcome.shares.values())
    rows = [{"party": at.names.party(one.party), "share": _share(at, mine), "answer": ""}]
    rows += [
        {
            "party": at.names.party(party),
            "share": _share(at, part),
            "answer": at.t(f"effect.{one.answers.get(party, 'unanswered')}"),
        }
        for party, part in sorted(one.outcome.shares.items())
    ]
    return tables.whole("shares", at.t("effect.shares"), _SHARES, rows, "")


def _share(at: Seat, part: int) -> str:
    return at.f.share(Decimal(part) / WHOLE)


def _sheets(at: Seat, here: Operation, one: Recorded, today: date, form: Form) -> list[Block]:
    """The forms that are this party's: later stage, own share, two that are alike."""
    base, sheets = f"/operations/{here.operation}/outcomes/{one.id}", list[Block]()
    known = at.desk.pack.indicators.get(one.outcome.indicator)
    order = () if known is None else known.stages
    done = [order.index(step.stage) for step in one.steps if step.stage in order]
    left = order[max(done, default=-1) + 1 :]
    if one.party == at.desk.me and left:
        sheets.append(_later(at, base, left, today, _of(form, "later_")))
    if at.desk.me in one.outcome.shares:
        sheets.append(_answer(at, base, _of(form, "share_")))
    if one.party == at.desk.me:
        wrong = _of(form, "alike_")
        sheets += [_verdict(at, base, other, wrong) for other in one.asked_of(at.desk.me)]
    return sheets


def _of(form: Form, start: str) -> Form:
    """What was sent, if it was the form whose fields begin so."""
    return form if any(name.startswith(start) for name in form.values) else Form()


def _later(at: Seat, base: str, left: tuple[str, ...], today: date, form: Form) -> Sheet:
    choices = [(stage, at.names.of(at.desk.pack.stages, stage)) for stage in left]
    return Sheet(
        path=f"{base}/stage",
        heading=at.t("effect.later"),
        lead=at.t("effect.later_means"),
        button=at.t("effect.later_send"),
        form=blocks.with_defaults(form, {"later_decided": [today.isoformat()]}),
        asks=[
            Ask(name="later_stage", words=at.t("effect.stage"), kind="select", choices=choices),
            Ask(name="later_amount", words=at.t("effect.amount"), kind="number", width="narrow"),
            Ask(name="later_decided", words=at.t("effect.decided"), kind="date", width="narrow"),
        ],
    )


def _answer(at: Seat, base: str, form: Form) -> Sheet:
    choices = [(one, at.t(f"effect.{one}")) for one in ("confirmed", "declined")]
    ask = Ask(name="share_answer", words=at.t("effect.answer"), kind="radio", choices=choices)
    return Sheet(
        path=f"{base}/share",
        heading=at.t("effect.own_share"),
        lead=at.t("effect.own_share_means"),
        button=at.t("effect.share_send"),
        form=form,
        asks=[ask],
    )


def _verdict(at: Seat, base: str, other: str, form: Form) -> Sheet:
    choices = [(one, at.t(f"effect.{one}")) for one in ("same", "different")]
    return Sheet(
        path=f"{base}/alike",
        heading=at.t("effect.alike"),
        lead=at.t("effect.alike_means"),
        button=at.t("effect.alike_send"),
        form=replace(form, values={**form.values, "alike_other": [other]}),
        asks=[
            Ask(name="alike_other", words="", kind="hidden"),
            Ask(name="alike_verdict", words=at.t("effect.verdict"), kind="radio", choices=choices),
        ],
    )


@act("/operations/{number:str}/outcomes/{outcome:str}/stage")
def advance(
    request: AnyRequest, number: FromPath[str], outcome: FromPath[str], data: FormData
) -> Response[str]:
    """Tell a later stage."""
    at = seat(request)
    permit, place = at.permit(Action.RECORD_OUTCOME), _place(number, outcome)
    asked = forms.read(Later, data)
    if isinstance(asked, Form):
        return _show(at, number, outcome, asked)
    done = at.attempt(permit, partial(_advance, at, place, asked))
    if isinstance(done, Refused):
        form = forms.filled(data).refused(done, at="later_amount")
        return _show(at, number, outcome, form)
    return _back(request, place)


def _advance(
    at: Seat, place: tuple[str, str], asked: Later, work: Work, permit: Permit
) -> Refused | None:
    here = crediting.found(work, *place)
    if isinstance(here, Refused):
        return here
    known = at.desk.pack.indicators.get(here[1].outcome.indicator)
    decimals = 0 if known is None else at.desk.pack.units[known.unit].decimals
    counted = int(asked.later_amount.scaleb(decimals))
    later = crediting.Later(asked.later_stage, counted, asked.later_decided)
    return crediting.advance(work, permit, *place, later)


@act("/operations/{number:str}/outcomes/{outcome:str}/share")
def share(
    request: AnyRequest, number: FromPath[str], outcome: FromPath[str], data: FormData
) -> Response[str]:
    """Answer for the own share."""
    at = seat(request)
    permit, place = at.permit(Action.RECORD_OUTCOME), _place(number, outcome)
    asked = forms.read(Answer, data)
    if isinstance(asked, Form):
        return _show(at, number, outcome, asked)

    def do(work: Work, permit: Permit) -> Refused | None:
        yes = asked.share_answer == "confirmed"
        return crediting.answer_share(work, permit, *place, confirmed=yes)

    found(at.attempt(permit, lambda work, by: do(work, by) or place))
    return _back(request, place)


@act("/operations/{number:str}/outcomes/{outcome:str}/alike")
def alike(
    request: AnyRequest, number: FromPath[str], outcome: FromPath[str], data: FormData
) -> Response[str]:
    """Say whether an own outcome and another party's are one."""
    at = seat(request)
    permit, place = at.permit(Action.RECORD_OUTCOME), _place(number, outcome)
    asked = forms.read(Verdict, data)
    if isinstance(asked, Form):
        return _show(at, number, outcome, asked)

    def do(work: Work, permit: Permit) -> Refused | None:
        same, other = asked.alike_verdict == "same", asked.alike_other
        return crediting.settle(work, permit, *place, other=other, same=same)

    found(at.attempt(permit, lambda work, by: do(work, by) or place))
    return _back(request, place)


def _place(number: str, outcome: str) -> tuple[str, str]:
    return identifier(OperationId, number), identifier(OutcomeId, outcome)


def _back(request: AnyRequest, place: tuple[str, str]) -> Response[str]:
    path = f"/operations/{place[0]}/outcomes/{place[1]}"
    return pages.redirect(request, path, receipt="receipt.accounted")


HANDLERS = [shown, advance, share, alike]
