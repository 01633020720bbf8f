"""The request form: about a hit judged to be the same, or a firing found relevant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import asking
from samverkan.agency.facts import CaseFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Fold, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.firing_page import chosen
from samverkan.agency.web.subjects import names_of, prop_words
from samverkan.domain.basis import Answer, Bar, Ruling
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId, FiringId, HitId, RequestId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Link, Table, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_FIELD = {
    Code.NEED_MISSING: "need_text",
    Code.FIELD_TOO_LONG: "need_text",
    Code.NO_BASIS: "basis",
    Code.NO_COOPERATION: "basis",
    Code.COOPERATION_ENDED: "basis",
}


_COLUMNS = (
    Column("basis", "request.basis"),
    Column("cited", "picker.cited"),
    Column("answer", "picker.answer"),
    Column("why", "picker.why"),
)

_ANSWERS = {
    Answer.MUST: "picker.must",
    Answer.MAY: "picker.may",
    Answer.MAY_NOT: "picker.may_not",
}
_BARS = {
    Bar.NOT_IN_FORCE: "picker.not_in_force",
    Bar.RECEIVER: "picker.receiver",
    Bar.SENDER: "picker.sender",
    Bar.COOPERATION: "picker.cooperation",
    Bar.ASKED: "picker.asked",
}
"""Bars that can stand in the way of one who has named no items yet, of a basis of the pack."""


class Asked(forms.Asked):
    """The form of a request."""

    case: str = Field(min_length=1)
    props: Annotated[list[Prop], forms.Several] = Field(min_length=1)
    basis: str = Field(min_length=1)
    need: str = Field(min_length=1)
    need_text: str = Field(min_length=1, max_length=asking.LONGEST_NEED)
    days: Annotated[int, forms.Written] = Field(ge=1, le=60)


@dataclass(frozen=True, slots=True)
class Lead:
    """What is asked about: a judged hit, a firing at one of its other owners, or an own subject.

    With `number`, the own subject's identity number is what the other party is asked by.
    """

    path: str
    scope: str
    subject: SubjectId
    party: str
    hit: HitId | None = None
    firing: FiringId | None = None
    number: bool = False


Of = Callable[[Reading], Lead]


def _hit(hit: str, reading: Reading) -> Lead:
    here = found(reading.hits.get(identifier(HitId, hit)))
    return Lead(f"/hits/{here.id}", here.scope, here.subject, here.party, hit=here.id)


def _firing(at: Seat, firing: str, party: str, reading: Reading) -> Lead:
    """Who is not in the firing is as if it were not there."""
    here = chosen(at, reading, firing)
    others = [one for one in here.fired.parties if one != at.desk.me]
    asked = found(next((one for one in others if one == party), None))
    return Lead(f"/firings/{here.id}", here.scope, here.subject, asked, firing=here.id)


@page("/hits/{hit:str}/ask")
def form(request: AnyRequest, hit: FromPath[str]) -> Response[str]:
    """The empty form about a hit."""
    return show(seat(request), partial(_hit, hit), Form())


@act("/hits/{hit:str}/ask")
def send(request: AnyRequest, hit: FromPath[str], data: FormData) -> Response[str]:
    """Send the request about a hit."""
    return sent(seat(request), partial(_hit, hit), data)


@page("/firings/{firing:str}/ask/{party:str}")
def firing_form(request: AnyRequest, firing: FromPath[str], party: FromPath[str]) -> Response[str]:
    """The empty form about a firing."""
    at = seat(request)
    return show(at, partial(_firing, at, firing, party), Form())


@act("/firings/{firing:str}/ask/{party:str}")
def firing_send(
    request: AnyRequest, firing: FromPath[str], party: FromPath[str], data: FormData
) -> Response[str]:
    """Send the request about a firing."""
    at = seat(request)
    return sent(at, partial(_firing, at, firing, party), data)


def sent(at: Seat, of: Of, data: FormData) -> Response[str]:
    """Send what the form asks, or show it with its mistakes."""
    permit = at.permit(Action.ASK)
    asked = forms.read(Asked, data)
    if isinstance(asked, Form):
        return show(at, of, asked)
    with at.desk.read(permit, "hits", "assess-hit") as reading:
        lead = of(reading)
    question = asking.Question(
        hit=lead.hit,
        firing=lead.firing,
        subject=lead.subject if lead.number else None,
        party=None if lead.hit else lead.party,
        case=identifier(CaseId, asked.case),
        props=tuple(asked.props),
        basis=asked.basis,
        need=asked.need,
        need_text=asked.need_text,
        days=asked.days,
    )
    made = at.attempt(permit, partial(_ask, at, question))
    if isinstance(made, Refused):
        field = _FIELD.get(made.code, "case")
        return show(at, of, forms.filled(data).refused(made, at=field))
    return pages.redirect(at.request, f"/requests/{made}", receipt="receipt.request_sent")


def _ask(at: Seat, question: asking.Question, work: Work, permit: Permit) -> RequestId | Refused:
    return asking.ask(work, permit, at.desk.pack, question)


def show(at: Seat, of: Of, form: Form) -> Response[str]:
    """The form, and what each basis says of it."""
    permit = at.permit(Action.ASK)
    names, t = at.names, at.t
    with at.desk.read(permit, "hits", "assess-hit") as reading:
        here = of(reading)
        name = names_of(at, reading, [here.subject])[here.subject]
        schema = reading.register.statements(here.subject)[0].schema
        cases = _cases(reading, here)
        sides = (str(at.desk.me), here.party)
        options = asking.options(reading, at.desk.pack, here.scope, sides)
    bases = _borne(at, options)
    defaults = {
        "case": [str(c.id) for c in cases if here.subject in c.subjects][:1],
        "basis": [code for code, _ in bases][:1],
        "days": ["14"],
    }
    body: list[Block] = [
        *_warned(at, here),
        Sheet(
            path=at.request.url.path,
            heading=t("request.form"),
            button=t("request.send"),
            form=blocks.with_defaults(form, defaults),
            asks=_asks(at, schema, cases, bases),
        ),
    ]
    body.append(_picker(at, options))
    if not bases:
        body = [blocks.refusal(t, refuse(Code.NO_BASIS)), body[-1]]
    sight = Sight(
        title=t("request.new", party=names.party(here.party)),
        lead=t("request.new_lead"),
        above=Link(name, here.path),
        blocks=body,
    )
    return blocks.show(at.request, sight)


def _warned(at: Seat, here: Lead) -> list[Block]:
    """By number, the question itself lets the other know something."""
    warning = Notice(Tone.WARN, at.t("number.reveals"), [at.t("number.means")])
    return [warning] if here.number else []


def _borne(at: Seat, options: Sequence[Ruling]) -> list[tuple[str, str]]:
    """The bases that bear the question, to choose from."""
    pack, names = at.desk.pack, at.names
    return [(o.basis, names.words(pack.bases[o.basis].names)) for o in options if o.bar is None]


def _cases(reading: Reading, here: Lead) -> list[CaseFacts]:
    """The cases of the scope; by number, only those that the subject is in."""
    return [
        case
        for case in reading.cases.all()
        if case.scope == here.scope and (not here.number or here.subject in case.subjects)
    ]


def _picker(at: Seat, options: Sequence[Ruling]) -> Fold:
    """Every basis of the pack: must, may or may not, and why."""
    return Fold(
        at.t("picker.title"),
        [
            Table(
                id="bases",
                caption=at.t("picker.caption"),
                columns=_COLUMNS,
                rows=[_ruled(at, one) for one in options],
                empty=at.t.refusal(refuse(Code.NO_BASIS)),
            )
        ],
    )


def _ruled(at: Seat, one: Ruling) -> dict[str, object]:
    basis, t = at.desk.pack.bases[one.basis], at.t
    why = at.names.words(basis.test) if one.bar is None else t(_BARS[one.bar])
    if one.bar is None and basis.props:
        items = ", ".join(prop_words(at, prop).lower() for prop in basis.props)
        why = f"{t('picker.reaches', items=items)} {why}"
    return {
        "basis": at.names.words(basis.names) + (" (U)" if basis.doubt else ""),
        "cited": t("request.cited", section=basis.section, statute=basis.statute),
        "answer": t(_ANSWERS[one.answer]),
        "why": why,
    }


def _asks(
    at: Seat, schema: Schema, cases: list[CaseFacts], bases: list[tuple[str, str]]
) -> list[Ask]:
    props, names, t = asking.ASKABLE[schema], at.names, at.t
    return [
        Ask(
            name="case",
            words=t("case.title"),
            kind="select",
            choices=[(str(c.id), c.title) for c in cases],
        ),
        Ask(
            name="props",
            words=t("request.props"),
            kind="ticks",
            hint=t("request.props_hint"),
            choices=[(p.value, prop_words(at, p)) for p in props],
        ),
        Ask(name="basis", words=t("request.basis"), kind="select", choices=bases),
        Ask(name="need", words=t("request.need"), kind="select", choices=names.reasons("need")),
        Ask(
            name="need_text", words=t("request.need_text"), kind="area", hint=t("request.need_hint")
        ),
        Ask(
            name="days",
            words=t("request.days"),
            kind="number",
            width="narrow",
            unit=t("request.days_unit"),
        ),
    ]


HANDLERS = [form, send, firing_form, firing_send]
