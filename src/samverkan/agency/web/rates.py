"""What an hour costs the agency: dated rates, and whether the cost leaves with the hours."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Response
from pydantic import Field

from samverkan.agency import timekeeping
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Sheet, Sight
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

MOST = 100_000
_RATES = (Column("since", "rate.since", Kind.DAY), Column("amount", "rate.amount", Kind.MONEY))


class Setting(forms.Asked):
    """The form of a rate."""

    since: date
    amount: Annotated[int, forms.Written] = Field(ge=0, le=MOST)


class Telling(forms.Asked):
    """The form that says whether the cost leaves."""

    told: str = Field(pattern=r"^(?:yes|no)$")


@page("/hours/rates")
def shown(request: AnyRequest) -> Response[str]:
    """The own rates."""
    return _show(seat(request), Form())


def _show(at: Seat, form: Form) -> Response[str]:
    with at.desk.read(at.permit(Action.SET_RATES), "rates", "follow-up") as reading:
        rates, told = reading.accounts.rates(), reading.accounts.tells_cost()
        today = reading.now.date()
    rows = [
        {"since": date.fromisoformat(one.since), "amount": one.amount} for one in reversed(rates)
    ]
    new = Sheet(
        path="/hours/rates",
        heading=at.t("rate.set"),
        lead=at.t("rate.means"),
        button=at.t("rate.send"),
        form=blocks.with_defaults(form, {"since": [f"{today.year}-01-01"]}),
        asks=[
            Ask(name="since", words=at.t("rate.since"), kind="date", width="narrow"),
            Ask(name="amount", words=at.t("rate.amount"), kind="number", width="narrow"),
        ],
    )
    telling = Sheet(
        path="/hours/cost",
        heading=at.t("rate.tell"),
        lead=at.t("rate.tell_means"),
        button=at.t("rate.tell_send"),
        kind="secondary",
        form=Form({"told": ["yes" if told else "no"]}),
        asks=[
            Ask(
                name="told",
                words=at.t("rate.told"),
                kind="radio",
                choices=[("yes", at.t("rate.yes")), ("no", at.t("rate.no"))],
            )
        ],
    )
    table = tables.whole("rates", at.t("rate.all"), _RATES, rows, at.t("rate.none"))
    sight = Sight(title=at.t("rate.title"), lead=at.t("rate.lead"), blocks=[table, new, telling])
    return blocks.show(at.request, sight)


@act("/hours/rates")
def set_rate(request: AnyRequest, data: FormData) -> Response[str]:
    """Set a rate from a day on."""
    at = seat(request)
    permit = at.permit(Action.SET_RATES)
    asked = forms.read(Setting, data)
    if isinstance(asked, Form):
        return _show(at, asked)

    def do(work: Work, permit: Permit) -> Refused | None:
        return timekeeping.set_rate(work, permit, since=asked.since, amount=asked.amount)

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        return _show(at, forms.filled(data).refused(done, at="amount"))
    return pages.redirect(request, "/hours/rates", receipt="receipt.saved")


@act("/hours/cost")
def tell(request: AnyRequest, data: FormData) -> Response[str]:
    """Say whether the cost leaves."""
    at = seat(request)
    permit = at.permit(Action.SET_RATES)
    asked = forms.read(Telling, data)
    if isinstance(asked, Form):
        return _show(at, asked)

    def do(work: Work, permit: Permit) -> None:
        timekeeping.tell_cost(work, permit, told=asked.told == "yes")

    at.attempt(permit, do)
    return pages.redirect(request, "/hours/rates", receipt="receipt.saved")


HANDLERS = [shown, set_rate, tell]
