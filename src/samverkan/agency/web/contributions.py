"""Contributions: what others gave us and what we have said of it; what we gave, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import feedback
from samverkan.agency.accounts import Said
from samverkan.agency.feedback import Contribution
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Facts, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import RequestId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_READERS = ((Action.ASK, None), (Action.ANSWER, None))
_COLUMNS = (
    Column("request", "contribution.request", Kind.LINK),
    Column("party", "position.party"),
    Column("at", "contribution.at", Kind.DAY),
    Column("said", "contribution.said", Kind.TAG),
    Column("why", "contribution.why"),
)


class Giving(forms.Asked):
    """The form of feedback."""

    feedback_code: str = Field(min_length=1)
    feedback_why: str = ""


@page("/contributions")
def listed(request: AnyRequest) -> Response[str]:
    """Both ways."""
    at = seat(request)
    with at.desk.read(at.first(_READERS), "contributions", "follow-up") as reading:
        theirs, ours = feedback.given_to_us(reading), feedback.given_by_us(reading)
    body: list[Block] = [Facts([(at.t("contribution.open"), sum(one.open for one in theirs))])]
    if at.may(Action.ASK):
        caption = at.t("contribution.theirs")
        body.append(_table(at, "theirs", caption, theirs, "/contributions"))
    if at.may(Action.ANSWER):
        body.append(_table(at, "ours", at.t("contribution.ours"), ours, "/requests"))
    sight = Sight(title=at.t("contribution.title"), lead=at.t("contribution.lead"), blocks=body)
    return blocks.show(request, sight)


def _table(at: Seat, name: str, caption: str, known: Sequence[Contribution], path: str) -> Table:
    pages_ = tables.pages_of(at, name, len(known))
    return Table(
        id=name,
        caption=caption,
        columns=_COLUMNS,
        rows=[_row(at, one, path) for one in known[tables.part(pages_)]],
        empty=at.t("contribution.none"),
        pages=pages_,
    )


def _row(at: Seat, one: Contribution, path: str) -> dict[str, object]:
    need = at.names.reason("need", one.request.ask.need)
    return {
        "request": Link(need, f"{path}/{one.request.id}"),
        "party": at.names.party(one.request.peer),
        "at": one.request.at.date(),
        "said": Tag("contribution.owed", Tone.WARN) if one.open else _said(at, one),
        "why": at.names.reason("not-usable", one.said.why) if one.said and one.said.why else "",
    }


def _said(at: Seat, one: Contribution) -> str:
    return at.names.reason("feedback", one.said.code) if one.said else at.t("contribution.not_yet")


@page("/contributions/{number:str}")
def shown(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One contribution of another party, and the form of feedback."""
    return _show(seat(request), number, Form())


def _show(at: Seat, number: str, form: Form) -> Response[str]:
    id_ = identifier(RequestId, number)
    with at.desk.read(at.permit(Action.ASK), id_, "follow-up") as reading:
        known = [one for one in feedback.given_to_us(reading) if one.request.id == id_]
    here = found(known[0] if known else None)
    sheet = Sheet(
        path=f"/contributions/{id_}",
        heading=at.t("contribution.give"),
        lead=at.t("contribution.means"),
        button=at.t("contribution.send"),
        form=form,
        asks=[
            Ask(
                name="feedback_code",
                words=at.t("contribution.said"),
                kind="radio",
                choices=at.names.reasons("feedback"),
            ),
            Ask(
                name="feedback_why",
                words=at.t("contribution.why"),
                kind="select",
                choices=at.names.reasons("not-usable"),
                hint=at.t("contribution.why_hint"),
                required=False,
            ),
        ],
    )
    facts: list[tuple[str, object]] = [
        (at.t("position.party"), at.names.party(here.request.peer)),
        (at.t("contribution.at"), here.request.at.date()),
        (at.t("contribution.said"), _said(at, here)),
    ]
    sight = Sight(
        title=at.t("contribution.single"),
        above=Link(at.t("contribution.title"), "/contributions"),
        blocks=[Facts(facts), sheet],
    )
    return blocks.show(at.request, sight)


@act("/contributions/{number:str}")
def give(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Tell the contributor."""
    at = seat(request)
    permit, id_ = at.permit(Action.ASK), identifier(RequestId, number)
    asked = forms.read(Giving, data)
    if isinstance(asked, Form):
        return _show(at, number, asked)

    def do(work: Work, permit: Permit) -> Refused | None:
        said = Said(asked.feedback_code, asked.feedback_why or None)
        return feedback.give(work, permit, at.desk.pack, request=id_, said=said)

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        return _show(at, number, forms.filled(data).refused(done, at="feedback_why"))
    return pages.redirect(request, "/contributions", receipt="receipt.accounted")


HANDLERS = [listed, shown, give]
