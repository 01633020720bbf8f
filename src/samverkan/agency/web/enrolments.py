"""Release rules and enrolments: signed first, counted before they are made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Annotated

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import enrolling, releasing
from samverkan.agency.facts import RuleFacts
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.ports import Reading, Work
from samverkan.agency.selecting import classes, queries
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Facts, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.pack import Kind
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, EnrolmentId, RuleId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

SILENT = "silent"
"""The choice of no rule."""
_RULE_FIELDS = {
    Code.COOPERATION_ENDED: "until",
    Code.RECEIVES_ONLY: "receivers",
    Code.NO_BASIS: "receivers",
    Code.NOT_A_PARTY: "receivers",
}
"""At which field a refusal of a rule shows."""


class Rule(forms.Asked):
    """The form of a release rule."""

    query: str = Field(min_length=1)
    receivers: Annotated[list[str], forms.Several] = Field(min_length=1)
    fields: Annotated[list[str], forms.Several] = Field(default=[])
    test: str = Field(min_length=1, max_length=2_000)
    until: date


class Enrolment(forms.Asked):
    """The form of an enrolment."""

    query: str = Field(min_length=1)
    rule: str = Field(min_length=1)
    necessity: str = Field(min_length=1)


@page("/cooperations/{cooperation:str}/rule")
def rule(request: AnyRequest, cooperation: FromPath[str]) -> Response[str]:
    """The form of a rule for one query."""
    at = seat(request)
    return _rule(at, cooperation, request.query_params.get("query", ""), Form())


@act("/cooperations/{cooperation:str}/rule")
def sign(request: AnyRequest, cooperation: FromPath[str], data: FormData) -> Response[str]:
    """Sign the rule."""
    at = seat(request)
    permit, id_ = at.permit(Action.SIGN_RULE), identifier(CooperationId, cooperation)
    asked = forms.read(Rule, data)
    query = str(data.get("query", ""))
    if isinstance(asked, Form):
        return _rule(at, cooperation, query, asked)
    wish = releasing.RuleWish(
        scope=id_,
        query=asked.query,
        receivers=tuple(asked.receivers),
        fields=tuple(asked.fields),
        test=asked.test,
        until=asked.until,
    )
    signed = at.attempt(permit, partial(_sign, at, wish))
    if isinstance(signed, Refused):
        field = _RULE_FIELDS.get(signed.code, "test")
        return _rule(at, cooperation, query, forms.filled(data).refused(signed, at=field))
    return pages.redirect(request, f"/cooperations/{id_}", receipt="receipt.rule_signed")


def _sign(at: Seat, wish: releasing.RuleWish, work: Work, permit: Permit) -> RuleId | Refused:
    return releasing.sign_rule(work, permit, at.desk.pack, wish)


def _scope(at: Seat, permit: Permit, cooperation: str) -> tuple[Cooperation, date]:
    id_ = identifier(CooperationId, cooperation)
    with at.desk.read(permit, id_, "own-case") as reading:
        return found(scope_in_force(reading, id_)), reading.now.date()


def _rule(at: Seat, cooperation: str, query: str, form: Form) -> Response[str]:
    scope, today = _scope(at, at.permit(Action.SIGN_RULE), cooperation)
    found(query if query in classes(at.desk.pack, scope.draft, at.desk.me) else None)
    t, names, pack = at.t, at.names, at.desk.pack
    others = [(p, names.party(p)) for p in scope.draft.parties if p != at.desk.me]
    basis = pack.bases[pack.purposes[scope.draft.purpose].cooperation or ""]
    until = min((today + timedelta(days=365)).isoformat(), scope.draft.until)
    defaults = {
        "query": [query],
        "receivers": [party for party, _ in others],
        "test": [names.words(basis.test)],
        "until": [until],
    }
    sheet = Sheet(
        path=f"/cooperations/{scope.id}/rule",
        heading=t("rule.form"),
        button=t("rule.sign"),
        form=blocks.with_defaults(form, defaults),
        asks=_rule_asks(at, scope, query, others),
    )
    test = Notice(Tone.INFO, t("rule.balance"), [names.words(basis.need)])
    return blocks.show(
        at.request,
        Sight(
            title=t("rule.title", query=names.query(query)),
            lead=_because(at, query),
            above=Link(names.cooperation(scope.draft), f"/cooperations/{scope.id}"),
            blocks=[test, sheet],
        ),
    )


def _rule_asks(
    at: Seat, scope: Cooperation, query: str, others: list[tuple[str, str]]
) -> list[Ask]:
    t = at.t
    return [
        Ask(name="query", words=t("rule.query"), kind="hidden"),
        Ask(
            name="receivers",
            words=t("rule.receivers"),
            kind="ticks",
            choices=others,
            hint=t("rule.receivers_hint"),
        ),
        Ask(
            name="fields",
            words=t("rule.fields"),
            kind="ticks",
            choices=_slots(at, scope, query),
            required=False,
            hint=t("rule.fields_hint"),
        ),
        Ask(name="test", words=t("rule.test"), kind="area", hint=t("rule.test_hint")),
        Ask(name="until", words=t("rule.until"), kind="date", width="narrow"),
    ]


def _because(at: Seat, query: str) -> str:
    listed = at.desk.pack.queries.get(query)
    if listed is not None:
        return at.names.words(listed.because)
    return at.t("rule.typology_means") if ":" in query else at.t("rule.one_by_one_means")


def _slots(at: Seat, scope: Cooperation, query: str) -> list[tuple[str, str]]:
    """Fields beside the identity fields, which a hit names anyway."""
    known = queries(at.desk.pack, scope.draft, at.desk.me).get(query)
    kinds = list(Kind)
    if known is not None:
        kinds = [Kind.PERSON if known.selection.schema is Schema.PERSON else Kind.COMPANY]
    slots = {c: s for kind in kinds for c, s in at.desk.pack.comparison[kind].slots.items()}
    return [(code, at.names.words(s.names)) for code, s in slots.items() if not s.identity]


@page("/cooperations/{cooperation:str}/enrol")
def enrolment(request: AnyRequest, cooperation: FromPath[str]) -> Response[str]:
    """How many subjects an enrolment would take, then its form."""
    at = seat(request)
    return _enrolment(at, cooperation, request.query_params.get("query", ""), Form())


@act("/cooperations/{cooperation:str}/enrol")
def enrol(request: AnyRequest, cooperation: FromPath[str], data: FormData) -> Response[str]:
    """Enrol the subjects."""
    at = seat(request)
    permit, id_ = at.permit(Action.ENROL), identifier(CooperationId, cooperation)
    asked, query = forms.read(Enrolment, data), str(data.get("query", ""))
    if isinstance(asked, Form):
        return _enrolment(at, cooperation, query, asked)
    under = None if asked.rule == SILENT else identifier(RuleId, asked.rule)
    wish = enrolling.EnrolWish(id_, asked.query, under, asked.necessity)
    made = at.attempt(permit, partial(_enrol, at, wish))
    if isinstance(made, Refused):
        form = forms.filled(data).refused(made, at="rule")
        return _enrolment(at, cooperation, query, form)
    return pages.redirect(request, f"/cooperations/{id_}", receipt="receipt.enrolled")


def _enrol(
    at: Seat, wish: enrolling.EnrolWish, work: Work, permit: Permit
) -> EnrolmentId | Refused:
    return enrolling.enrol(work, permit, at.desk.means, wish)


def _enrolment(at: Seat, cooperation: str, query: str, form: Form) -> Response[str]:
    permit = at.permit(Action.ENROL)
    id_ = identifier(CooperationId, cooperation)
    pack, t, names = at.desk.pack, at.t, at.names
    with at.desk.read(permit, id_, "own-case") as reading:
        scope = found(scope_in_force(reading, id_))
        known = found(queries(pack, scope.draft, at.desk.me).get(query))
        chosen = found(enrolling.preview(reading, permit, at.desk.means, scope=id_, query=query))
        rules = rules_for(reading, id_, query)
    most = pack.size_classes[scope.draft.sizes[at.desk.me]].most
    choices = under(at, rules, silent=known.condition is None)
    tag = "typology-condition" if known.condition else "scope-subjects"
    defaults = {"query": [query], "rule": [choices[0][0]] if choices else [], "necessity": [tag]}
    facts = Facts(
        [
            (t("enrol.count"), len(chosen.fields)),
            *_apart(at, chosen.apart),
            (t("enrol.most"), most),
            (t("rule.query"), names.query(query)),
        ]
    )
    body: list[Block] = [facts]
    if choices:
        filled = blocks.with_defaults(form, defaults)
        body.append(_enrolment_sheet(at, f"/cooperations/{id_}/enrol", choices, filled))
    else:
        said = t.refusal(refuse(Code.NO_RELEASE_RULE))
        body.append(Notice(Tone.WARN, t("enrol.rule_first"), [said]))
    sight = Sight(
        title=t("enrol.title", query=names.query(query)),
        lead=_because(at, query),
        above=Link(names.cooperation(scope.draft), f"/cooperations/{id_}"),
        blocks=body,
    )
    return blocks.show(at.request, sight)


def _apart(at: Seat, apart: Mapping[str, int]) -> list[tuple[str, object]]:
    """How many stay out, since they enter one by one alone."""
    if not apart:
        return []
    said = (f"{at.names.one_by_one(name)}: {count}" for name, count in sorted(apart.items()))
    return [(at.t("enrol.apart"), ", ".join(said))]


def rules_for(reading: Reading, scope: str, query: str) -> list[RuleFacts]:
    """The rules of that class of records that hold today."""
    today = reading.now.date()
    known = reading.enrolments.rules(scope)
    return [rule for rule in known if rule.query == query and rule.holds(today)]


def under(at: Seat, rules: list[RuleFacts], *, silent: bool) -> list[tuple[str, str]]:
    """The signed rules to choose from; silence too, where nothing is told by itself."""
    choices = [
        (
            str(rule.id),
            at.t("enrol.under", receivers=at.names.parties(rule.receivers), until=rule.until),
        )
        for rule in rules
    ]
    return [*choices, (SILENT, at.t("enrol.silent_means"))] if silent else choices


def _enrolment_sheet(at: Seat, path: str, choices: list[tuple[str, str]], form: Form) -> Sheet:
    t, reasons = at.t, at.names.reasons("necessity")
    return Sheet(
        path=path,
        heading=t("enrol.form"),
        button=t("enrol.make"),
        form=form,
        asks=[
            Ask(name="query", words=t("rule.query"), kind="hidden"),
            Ask(name="rule", words=t("enrol.rule"), kind="radio", choices=choices),
            Ask(name="necessity", words=t("enrol.necessity"), kind="select", choices=reasons),
        ],
    )


HANDLERS = [rule, sign, enrolment, enrol]
