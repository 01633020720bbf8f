"""One enrolment, one release rule: who is in it, and the way to take it back or withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import enquiring, withdrawing
from samverkan.agency.facts import EnrolmentFacts, RuleFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Facts, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.subjects import names_of
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, EnrolmentId, RuleId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import pages
from samverkan.shell.parts import Column, Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_MEMBERS = (Column("who", "enrol.who"), Column("necessity", "enrol.necessity"))
_READERS = ((Action.ENROL, None), (Action.SIGN_RULE, None))
Do = Callable[[Work, Permit], bool | Refused]


@page("/cooperations/{cooperation:str}/enrolments/{enrolment:str}")
def enrolment(
    request: AnyRequest, cooperation: FromPath[str], enrolment: FromPath[str]
) -> Response[str]:
    """One enrolment."""
    return _enrolment(seat(request), cooperation, enrolment)


def _enrolment(
    at: Seat, cooperation: str, enrolment: str, refused: Refused | None = None
) -> Response[str]:
    scope, id_ = identifier(CooperationId, cooperation), identifier(EnrolmentId, enrolment)
    with at.desk.read(at.first(_READERS), id_, "own-case") as reading:
        one = _of(scope, reading.enrolments.get(id_))
        body = [*_refused(at, refused), Facts(_facts(at, one)), *_members(at, reading, one)]
    here = f"/cooperations/{scope}/enrolments/{id_}"
    if at.may(Action.ENROL) and one.stands:
        body += _acts(at, one, here)
    title = at.t("enrol.title", query=at.names.query(one.query))
    above = Link(at.t("enrol.back"), f"/cooperations/{scope}")
    return blocks.show(at.request, Sight(title=title, above=above, blocks=body))


def _of(scope: str, one: EnrolmentFacts | None) -> EnrolmentFacts:
    """The enrolment, if it is of that scope."""
    return found(one if one is not None and one.scope == scope else None)


def _refused(at: Seat, refused: Refused | None) -> list[Block]:
    if refused is None:
        return []
    return [Notice(Tone.BAD, at.t("act.refused"), [at.t.refusal(refused)])]


def _facts(at: Seat, one: EnrolmentFacts) -> list[tuple[str, object]]:
    t = at.t
    pairs: list[tuple[str, object]] = [
        (t("enrol.subjects"), one.subjects),
        (t("enrol.entries"), one.entries),
        (t("enrol.open"), t("enrol.silent") if one.rule is None else t("enrol.opened")),
        (t("enrol.necessity"), at.names.reason("necessity", one.necessity)),
        (t("enrol.by"), at.who(one.officer)),
        (t("enrol.at"), at.f.moment(one.at)),
    ]
    if one.enquiry is not None:
        pairs += [
            (t("ask_one.case"), one.enquiry.case),
            (t("ask_one.stays"), at.f.day(one.enquiry.stays_to)),
        ]
        if one.enquiry.second is not None:
            pairs.append((t("ask_one.second"), at.who(one.enquiry.second)))
    if one.taken_back is not None:
        pairs.append((t("enrol.taken_back"), at.f.moment(one.taken_back)))
    return pairs


def _members(at: Seat, reading: Reading, one: EnrolmentFacts) -> list[Block]:
    """Who entered one by one, each with its necessity; a query's subjects follow from it."""
    members = reading.selections.members(one.id)
    if not members:
        return []
    names = names_of(at, reading, members)
    rows = [
        {"who": names[subject], "necessity": at.names.reason("necessity", why)}
        for subject, why in members.items()
    ]
    return [tables.whole("members", at.t("enrol.members"), _MEMBERS, rows, "")]


def _acts(at: Seat, one: EnrolmentFacts, here: str) -> list[Block]:
    """What can be done with it now by this officer."""
    waits = one.enquiry is not None and one.enquiry.waits
    body: list[Block] = []
    if waits and one.officer == at.user:
        said = at.t.refusal(refuse(Code.SECOND_PERSON))
        body.append(Notice(Tone.WARN, at.t("ask_one.waits"), [said]))
    elif waits:
        body.append(
            Sheet(
                path=f"{here}/second",
                heading=at.t("ask_one.decide"),
                lead=at.t("ask_one.decide_means"),
                button=at.t("ask_one.let_go"),
            )
        )
    body.append(
        Sheet(
            path=f"{here}/take-back",
            heading=at.t("enrol.take_back"),
            lead=at.t("enrol.take_back_means"),
            button=at.t("enrol.take_back"),
            kind="danger",
            quiet=True,
        )
    )
    return body


@act("/cooperations/{cooperation:str}/enrolments/{enrolment:str}/take-back")
def take_back(
    request: AnyRequest, cooperation: FromPath[str], enrolment: FromPath[str], data: FormData
) -> Response[str]:
    """Take the enrolment back."""
    del data
    place = (cooperation, enrolment)
    return _done(request, place, partial(_take_back, enrolment), "receipt.taken_back")


def _take_back(enrolment: str, work: Work, permit: Permit) -> bool | Refused:
    return withdrawing.take_back(work, permit, identifier(EnrolmentId, enrolment)) or True


@act("/cooperations/{cooperation:str}/enrolments/{enrolment:str}/second")
def second(
    request: AnyRequest, cooperation: FromPath[str], enrolment: FromPath[str], data: FormData
) -> Response[str]:
    """Decide as the second person."""
    del data
    at = seat(request)
    place = (cooperation, enrolment)
    return _done(request, place, partial(_second, at, enrolment), "receipt.enrolled")


def _second(at: Seat, enrolment: str, work: Work, permit: Permit) -> bool | Refused:
    id_ = identifier(EnrolmentId, enrolment)
    decided = enquiring.decide(work, permit, at.desk.means, id_)
    return decided if isinstance(decided, Refused) else True


def _done(request: AnyRequest, place: tuple[str, str], do: Do, receipt: str) -> Response[str]:
    """One act on an enrolment; a refusal is told on its page."""
    at, (cooperation, enrolment) = seat(request), place
    done = at.attempt(at.permit(Action.ENROL), do)
    if isinstance(done, Refused):
        return _enrolment(at, cooperation, enrolment, done)
    path = f"/cooperations/{identifier(CooperationId, cooperation)}"
    return pages.redirect(request, path, receipt=receipt)


@page("/cooperations/{cooperation:str}/rules/{rule:str}")
def rule(request: AnyRequest, cooperation: FromPath[str], rule: FromPath[str]) -> Response[str]:
    """One release rule."""
    return _rule(seat(request), cooperation, rule)


def _rule(at: Seat, cooperation: str, rule: str, refused: Refused | None = None) -> Response[str]:
    scope, id_ = identifier(CooperationId, cooperation), identifier(RuleId, rule)
    with at.desk.read(at.first(_READERS), id_, "own-case") as reading:
        one = found(reading.enrolments.rule(id_))
    found(one if one.scope == scope else None)
    body: list[Block] = [*_refused(at, refused), Facts(_terms(at, one))]
    if at.may(Action.SIGN_RULE) and not one.withdrawn:
        body.append(
            Sheet(
                path=f"/cooperations/{scope}/rules/{id_}/withdraw",
                heading=at.t("rule.withdraw"),
                lead=at.t("rule.withdraw_means"),
                button=at.t("rule.withdraw"),
                kind="danger",
                quiet=True,
            )
        )
    title = at.t("rule.title", query=at.names.query(one.query))
    above = Link(at.t("enrol.back"), f"/cooperations/{scope}")
    return blocks.show(at.request, Sight(title=title, above=above, blocks=body))


def _terms(at: Seat, one: RuleFacts) -> list[tuple[str, object]]:
    t = at.t
    slots = {code: s for each in at.desk.pack.comparison.values() for code, s in each.slots.items()}
    fields = ", ".join(at.names.of(slots, code) for code in one.fields)
    pairs: list[tuple[str, object]] = [
        (t("rule.receivers"), at.names.parties(one.receivers)),
        (t("rule.fields"), fields or t("rule.no_fields")),
        (t("rule.test"), one.test),
        (t("rule.until"), at.f.day(one.until)),
        (t("rule.officer"), at.who(one.officer)),
    ]
    return [*pairs, (t("rule.withdrawn"), t("subject.yes"))] if one.withdrawn else pairs


@act("/cooperations/{cooperation:str}/rules/{rule:str}/withdraw")
def withdraw(
    request: AnyRequest, cooperation: FromPath[str], rule: FromPath[str], data: FormData
) -> Response[str]:
    """Withdraw the rule."""
    del data
    at = seat(request)
    done = at.attempt(at.permit(Action.SIGN_RULE), partial(_withdraw, rule))
    if isinstance(done, Refused):
        return _rule(at, cooperation, rule, done)
    path = f"/cooperations/{identifier(CooperationId, cooperation)}"
    return pages.redirect(request, path, receipt="receipt.rule_withdrawn")


def _withdraw(rule: str, work: Work, permit: Permit) -> bool | Refused:
    return withdrawing.withdraw_rule(work, permit, identifier(RuleId, rule)) or True


HANDLERS = [enrolment, take_back, second, rule, withdraw]
