"""Requests: what others ask of us, field by field, and what has become of our own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import answer
from samverkan.agency.facts import RequestFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import amendments, blocks, by_number, filters, tables
from samverkan.agency.web.blocks import Ask, Block, Chain, Facts, Heading, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.subjects import (
    SCHEMAS,
    field_facts,
    met,
    name_of,
    names_of,
    prop_words,
    value_words,
)
from samverkan.domain.disclosure import GUARDED, PROTECTED_REASON, Choice, Fate
from samverkan.domain.policy import Action, Permit
from samverkan.domain.request import State, advance
from samverkan.domain.request import Step as Taken
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DisclosureId, FiringId, RequestId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Progress, Step, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest
from samverkan.wire.asking import Disclosed

STATES = {
    State.SENT: Tag("request.state_sent", Tone.INFO),
    State.ANSWERED: Tag("request.state_answered", Tone.GOOD),
    State.CLOSED: Tag("request.state_closed", Tone.GOOD),
    State.LAPSED: Tag("request.state_lapsed", Tone.WARN),
}
STEPS = {
    Taken.ASK: "request.step_ask",
    Taken.ANSWER: "request.step_answer",
    Taken.RECEIVE: "request.step_receive",
    Taken.LAPSE: "request.step_lapse",
}
_FATES = {
    Fate.RELEASED.value: Tag("fate.released", Tone.GOOD),
    Fate.WITHHELD.value: Tag("fate.withheld", Tone.WARN),
    Fate.ABSENT.value: Tag("fate.absent", Tone.NEUTRAL),
    Fate.NO_ANSWER.value: Tag("fate.no_answer", Tone.NEUTRAL),
}
_COLUMNS = (
    Column("subject", "hit.subject", Kind.LINK),
    Column("peer", "request.peer"),
    Column("need", "request.need"),
    Column("asked", "request.asked", Kind.DAY),
    Column("clock", "request.answer_by"),
    Column("state", "request.state", Kind.TAG),
)
_ITEMS = (
    Column("prop", "request.prop"),
    Column("fate", "request.fate", Kind.TAG),
    Column("values", "request.values"),
    Column("reason", "request.reason"),
    Column("said", "request.said"),
)


def clock(at: Seat, request: RequestFacts, now: datetime) -> str:
    """The last day of a request, and how many are left."""
    due = datetime.fromisoformat(request.ask.answer_by)
    state = answer.standing(request, now)
    if state is not State.SENT:
        return due.date().isoformat()
    days = max(0, -(-(due - now) // timedelta(days=1)))
    return at.t("request.left", n=days, day=due.date().isoformat())


@page("/requests")
def listed(request: AnyRequest) -> Response[str]:
    """Incoming for the releasing officer, outgoing for those who ask; what waits stands first."""
    at = seat(request)
    asked = ((Action.ANSWER, "weigh-request", False), (Action.ASK, "own-case", True))
    parts: list[Block] = []
    scopes: dict[str, filters.Question] = {}
    for action, reason, outgoing in asked:
        permit = at.may(action)
        if permit is not None:
            with at.desk.read(permit, "requests", reason) as reading:
                parts.append(_table(at, reading, outgoing=outgoing, scopes=scopes))
    if not parts:
        return pages.refusal_page(request, refuse(Code.NO_MANDATE))
    choices = filters.merged(scopes.values())
    body = [*filters.shown(at, [_by_state(at), *choices]), *parts] if choices else parts
    sight = Sight(title=at.t("request.title"), lead=at.t("request.lead"), blocks=body)
    return blocks.show(request, sight)


def _by_state(at: Seat) -> filters.Question:
    choices = [(state.value, at.t(tag.text)) for state, tag in STATES.items()]
    return filters.Question("state", at.t("filter.state"), choices)


def _table(
    at: Seat, reading: Reading, *, outgoing: bool, scopes: dict[str, filters.Question]
) -> Table:
    """One way's requests; their scopes are noted for the choices above."""
    name = "outgoing" if outgoing else "incoming"
    every = [one for one in reading.cases.requests() if one.outgoing is outgoing]
    scopes[name] = filters.by_scope(at, reading, [one.ask.scope for one in every])
    asked, state = scopes[name].chosen(at), _by_state(at).chosen(at)
    standing = {one.id: answer.standing(one, reading.now) for one in every}
    known = sorted(
        (
            one
            for one in every
            if asked in ("", one.ask.scope) and state in ("", standing[one.id].value)
        ),
        key=lambda one: (standing[one.id] is not State.SENT, _age(one, standing[one.id])),
    )
    pages_ = tables.pages_of(at, name, len(known))
    shown = known[tables.part(pages_)]
    names = names_of(at, reading, [one.subject for one in shown])
    rows = [
        {
            "subject": Link(names[one.subject], f"/requests/{one.id}"),
            "peer": at.names.party(one.peer),
            "need": at.names.reason("need", one.ask.need),
            "asked": one.at.date(),
            "clock": clock(at, one, reading.now),
            "state": STATES[standing[one.id]],
        }
        for one in shown
    ]
    return Table(
        id=name,
        caption=at.t("request.outgoing") if outgoing else at.t("request.incoming"),
        columns=_COLUMNS,
        rows=rows,
        empty=at.t("request.none_out") if outgoing else at.t("request.none_in"),
        pages=pages_,
    )


def _age(one: RequestFacts, state: State) -> float:
    """What waits: the nearest last day first. The rest: newest first."""
    due = datetime.fromisoformat(one.ask.answer_by)
    return due.timestamp() if state is State.SENT else -one.at.timestamp()


@page("/requests/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One request: to be answered here, or asked by us."""
    at = seat(request)
    id_ = identifier(RequestId, number)
    asks = at.may(Action.ASK)
    if asks is not None:
        with at.desk.read(asks, id_, "own-case") as reading:
            here = reading.cases.request(id_)
            if here is not None and here.outgoing:
                return blocks.show(request, _outgoing(at, reading, here))
    if at.may(Action.ANSWER) is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return show_incoming(at, id_, Form())


def show_incoming(at: Seat, id_: RequestId, form: Form) -> Response[str]:
    """An incoming request before the releasing officer."""
    permit = at.permit(Action.ANSWER)
    with at.desk.read(permit, id_, "weigh-request") as reading:
        desk = found(answer.desk(reading, permit, id_))
        own = reading.register.own_fields([desk.request.subject]).get(desk.request.subject)
        sent = reading.cases.disclosure(id_)
        gone, later = amendments.later(at, reading, sent)
        later += amendments.sheets(at, reading, desk.request, sent, form)
        parts: list[Block] = [Facts(_asked(at, desk.request, reading.now))]
        parts += _behind(at, reading, desk.request)
    if own is not None and desk.state is State.SENT:
        parts += [Heading(at.t("hit.own_record")), Facts(field_facts(at, own))]
    if form.errors and desk.state is not State.SENT and not later:  # it moved on meanwhile
        raise RefusedError(_closed(desk.state))
    if desk.protected:
        parts.append(Notice(Tone.WARN, at.t("subject.protected"), [at.t("request.protected")]))
    if desk.state is State.SENT:
        parts += _weigh(at, desk, form)
    else:
        parts += _given(at, sent, desk.request, gone)
        parts += later
    parts += _history(at, desk.request)
    sight = Sight(
        title=at.t("request.from", party=at.names.party(desk.request.peer)),
        lead=at.t("request.about", name=name_of(at, own)),
        above=Link(at.t("request.title"), "/requests"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _behind(at: Seat, reading: Reading, request: RequestFacts) -> list[Block]:
    """Of a request on a firing: the typology, and what of it is ours."""
    ask = request.ask
    if ask.firing is None:
        return by_number.asked(at, reading, request)
    known = reading.firings.get(FiringId(ask.firing))
    facts: list[tuple[str, object]] = [
        (at.t("firing.typology"), at.names.of(at.desk.pack.typologies, ask.typology))
    ]
    for one in known[:1]:
        own = ", ".join(at.names.condition(code) for code in one.fired.conditions)
        facts += [
            (at.t("firing.met"), met(at, one)),
            (at.t("firing.own"), own),
            (at.t("firing.at"), one.at),
        ]
    return [Heading(at.t("request.firing")), Facts(facts)]


def _closed(state: State) -> Refused:
    """Why a request in that state takes no answer."""
    refused = advance(state, Taken.ANSWER)
    return refused if isinstance(refused, Refused) else refuse(Code.WRONG_STATE)


def _asked(at: Seat, request: RequestFacts, now: datetime) -> list[tuple[str, object]]:
    ask, names, t = request.ask, at.names, at.t
    basis = at.desk.pack.bases.get(ask.basis)
    cited = (
        "" if basis is None else t("request.cited", section=basis.section, statute=basis.statute)
    )
    schema = SCHEMAS.get(Schema(ask.schema)) or "schema.person"
    return [
        (t("request.state"), STATES[answer.standing(request, now)]),
        (t("request.kind"), t(schema)),
        (t("request.basis"), f"{names.of(at.desk.pack.bases, ask.basis)}, {cited}"),
        (t("request.need"), names.reason("need", ask.need)),
        (t("request.need_text"), ask.need_text),
        (t("request.props"), ", ".join(prop_words(at, prop) for prop in ask.props)),
        (t("request.asked"), request.at),
        (t("request.answer_by"), clock(at, request, now)),
    ]


def _weigh(at: Seat, desk: answer.Desk, form: Form) -> list[Block]:
    """The statute's test, then each field with what we hold and what is to become of it."""
    t, names = at.t, at.names
    basis = at.desk.pack.bases[desk.request.ask.basis]
    balance = Notice(
        Tone.INFO, t("request.test"), [names.words(basis.need), names.words(basis.test)]
    )
    asks = [_field(at, desk, Prop(prop)) for prop in desk.request.ask.props]
    sheet = Sheet(
        path=f"/requests/{desk.request.id}/answer",
        heading=t("request.weigh"),
        lead=t("request.weigh_means"),
        button=t("request.answer"),
        asks=asks,
        form=form,
    )
    return [balance, sheet]


def _field(at: Seat, desk: answer.Desk, prop: Prop) -> Ask:
    t = at.t
    held = [value_words(at, prop, s.value) for s in desk.statements if s.prop is prop]
    words = (
        t("request.held", values=", ".join(dict.fromkeys(held))) if held else t("request.not_held")
    )
    guarded = desk.protected and prop in GUARDED
    choices = [(Fate.RELEASED.value, t("fate.release")), (Fate.WITHHELD.value, t("fate.withhold"))]
    reason = Ask(
        name=f"reason.{prop.value}",
        words=t("request.reason_for", prop=prop_words(at, prop).lower()),
        kind="select",
        choices=at.names.reasons("withhold"),
    )
    return Ask(
        name=f"fate.{prop.value}",
        words=prop_words(at, prop),
        kind="radio",
        choices=choices[1:] if guarded else choices,
        hint=words,
        beside=[reason],
    )


@act("/requests/{number:str}/answer")
def reply(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Decide field by field and send."""
    at = seat(request)
    permit, id_ = at.permit(Action.ANSWER), identifier(RequestId, number)
    with at.desk.read(permit, id_, "weigh-request") as reading:
        desk = found(answer.desk(reading, permit, id_))
    choices = _choices(desk, data)
    if isinstance(choices, Form):
        return show_incoming(at, id_, choices)
    sent = at.attempt(permit, partial(_send, at, id_, choices))
    if isinstance(sent, Refused):
        prop = sent.params.get("field")
        if prop is None:
            raise RefusedError(sent)
        at_fate = sent.code in (Code.FIELD_MISSING, Code.NO_BASIS)
        where = f"fate.{prop}" if at_fate else f"reason.{prop}"
        return show_incoming(at, id_, forms.filled(data).refused(sent, at=where))
    return pages.redirect(request, f"/requests/{id_}", receipt="receipt.answered")


def _choices(desk: answer.Desk, data: Mapping[str, Any]) -> dict[Prop, Choice] | Form:
    """The officer's choice for each field; every one that is missing is said at once."""
    form, choices = forms.filled(data), {}
    for prop in map(Prop, desk.request.ask.props):
        fate, reason = str(data.get(f"fate.{prop}", "")), str(data.get(f"reason.{prop}", ""))
        if fate not in (Fate.RELEASED, Fate.WITHHELD):
            form = form.refused(refuse(Code.FIELD_MISSING), at=f"fate.{prop}")
            continue
        guarded = desk.protected and prop in GUARDED
        if fate == Fate.WITHHELD and not reason and not guarded:
            form = form.refused(refuse(Code.REASON_MISSING), at=f"reason.{prop}")
        choices[prop] = Choice(Fate(fate), reason or (PROTECTED_REASON if guarded else None))
    return form if form.errors else choices


def _send(
    at: Seat, id_: RequestId, choices: Mapping[Prop, Choice], work: Work, permit: Permit
) -> DisclosureId | Refused:
    return answer.answer(work, permit, at.desk.pack, id_, choices)


def _outgoing(at: Seat, reading: Reading, here: RequestFacts) -> Sight:
    name = names_of(at, reading, [here.subject])[here.subject]
    case = reading.cases.get(here.case)
    parts: list[Block] = [Facts(_asked(at, here, reading.now)), *_behind(at, reading, here)]
    sent = reading.cases.disclosure(here.id)
    gone, later = amendments.later(at, reading, sent)
    parts += [*_given(at, sent, here, gone), *later]
    parts += _history(at, here)
    if case is not None:
        parts.append(
            blocks.Ways([Link(at.t("request.to_case", title=case.title), f"/cases/{case.id}")])
        )
    return Sight(
        title=at.t("request.to", party=at.names.party(here.peer)),
        lead=at.t("request.about", name=name),
        above=Link(at.t("request.title"), "/requests"),
        blocks=parts,
    )


def _given(
    at: Seat, answered: Disclosed | None, here: RequestFacts, gone: Collection[str]
) -> list[Block]:
    """The answer, with what protects it and how long it may be kept."""
    t = at.t
    if answered is None:
        words = t("request.nothing_yet") if here.outgoing else t("request.no_answer")
        return [Notice(Tone.INFO, t("request.no_answer_heading"), [words])]
    secrecy = at.names.of(at.desk.pack.classifications, answered.restriction)
    if answered.restriction == "unprotected":
        secrecy = t("request.unprotected")
    rows = [
        {
            "prop": prop_words(at, item.prop),
            "fate": _FATES[item.outcome],
            "values": amendments.values(at, item, gone),
            "reason": at.names.reason("withhold", item.reason),
            "said": item.said or "",
        }
        for item in answered.items
    ]
    pairs = [(t("request.restriction"), secrecy), (t("request.expires"), answered.expires)]
    if (basis := at.desk.pack.bases.get(answered.basis)) is not None:
        pairs.append((t("request.journal"), at.names.words(basis.journal)))
    table = tables.whole("items", t("request.items"), _ITEMS, rows, t("request.no_items"))
    return [Heading(t("request.given")), Facts(pairs), table]


def _history(at: Seat, here: RequestFacts) -> list[Block]:
    steps = [
        Step(at.t(STEPS[step]), Progress.DONE, moment, at.who(officer) if officer else "")
        for step, moment, officer in here.steps
    ]
    return [Heading(at.t("request.history")), Chain(at.t("request.history"), steps, full=True)]


HANDLERS = [listed, one, reply]
