"""Records that enter a scope one by one: a list of own numbers, or one who is asked about now."""

from __future__ import annotations

from functools import partial

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import enquiring, listing
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Facts, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.enrolments import SILENT, rules_for, under
from samverkan.domain.enrolment import Kind
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, EnrolmentId, RuleId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_WHY = "single-subject"


class Records(forms.Asked):
    """The form of a list: a record a line, with its own reason behind a semicolon or the usual."""

    records: str = Field(min_length=1, max_length=40_000)
    necessity: str = Field(min_length=1)
    rule: str = Field(min_length=1)


class Enquiry(forms.Asked):
    """The form of one who is asked about."""

    record: str = Field(min_length=1, max_length=40)
    case: str = Field(min_length=1, max_length=enquiring.LONGEST_CASE)
    necessity: str = Field(min_length=1)
    rule: str = Field(min_length=1)


@page("/cooperations/{cooperation:str}/list")
def records(request: AnyRequest, cooperation: FromPath[str]) -> Response[str]:
    """The form of a list."""
    return _records(seat(request), cooperation, Form())


@act("/cooperations/{cooperation:str}/list")
def enrol(request: AnyRequest, cooperation: FromPath[str], data: FormData) -> Response[str]:
    """Enrol the listed records."""
    at = seat(request)
    permit, id_ = at.permit(Action.ENROL), identifier(CooperationId, cooperation)
    asked = forms.read(Records, data)
    if isinstance(asked, Form):
        return _records(at, cooperation, asked)
    wish = listing.ListWish(id_, _items(asked), _rule(asked.rule))
    made = at.attempt(permit, partial(_enrol, at, wish))
    if isinstance(made, Refused):
        where = "rule" if made.code is Code.NO_RELEASE_RULE else "records"
        return _records(at, cooperation, forms.filled(data).refused(made, at=where))
    return pages.redirect(request, f"/cooperations/{id_}", receipt="receipt.enrolled")


def _items(asked: Records) -> tuple[listing.Listed, ...]:
    lines = (line.partition(";") for line in asked.records.splitlines() if line.strip())
    return tuple(
        listing.Listed(record.strip(), own.strip() or asked.necessity) for record, _, own in lines
    )


def _rule(chosen: str) -> RuleId | None:
    return None if chosen == SILENT else identifier(RuleId, chosen)


def _enrol(at: Seat, wish: listing.ListWish, work: Work, permit: Permit) -> EnrolmentId | Refused:
    return listing.enrol(work, permit, at.desk.means, wish)


def _records(at: Seat, cooperation: str, form: Form) -> Response[str]:
    codes = ", ".join(f"{code} ({words})" for code, words in at.names.reasons("necessity"))
    lines = Ask(
        name="records",
        words=at.t("list.records"),
        kind="area",
        hint=at.t("list.records_hint", codes=codes),
    )
    words = (at.t("list.title"), at.t("list.lead"), at.t("list.send"))
    return _show(at, cooperation, (Kind.LISTED, "list", words), [lines], form)


@page("/cooperations/{cooperation:str}/ask")
def enquiry(request: AnyRequest, cooperation: FromPath[str]) -> Response[str]:
    """The form of one who is asked about."""
    return _enquiry(seat(request), cooperation, Form())


@act("/cooperations/{cooperation:str}/ask")
def ask(request: AnyRequest, cooperation: FromPath[str], data: FormData) -> Response[str]:
    """Ask about the one record."""
    at = seat(request)
    permit, id_ = at.permit(Action.ENROL), identifier(CooperationId, cooperation)
    asked = forms.read(Enquiry, data)
    if isinstance(asked, Form):
        return _enquiry(at, cooperation, asked)
    wish = enquiring.AskWish(id_, asked.record, asked.case, asked.necessity, _rule(asked.rule))
    made = at.attempt(permit, partial(_ask, at, wish))
    if isinstance(made, Refused):
        where = "rule" if made.code is Code.NO_RELEASE_RULE else "record"
        return _enquiry(at, cooperation, forms.filled(data).refused(made, at=where))
    return pages.redirect(
        request, f"/cooperations/{id_}/enrolments/{made}", receipt="receipt.enrolled"
    )


def _ask(at: Seat, wish: enquiring.AskWish, work: Work, permit: Permit) -> EnrolmentId | Refused:
    return enquiring.ask(work, permit, at.desk.means, wish)


def _enquiry(at: Seat, cooperation: str, form: Form) -> Response[str]:
    limits = at.desk.pack.enrolment
    asks = [
        Ask(name="record", words=at.t("ask_one.record"), hint=at.t("ask_one.record_hint")),
        Ask(
            name="case", words=at.t("ask_one.case"), width="narrow", hint=at.t("ask_one.case_hint")
        ),
    ]
    lead = at.t("ask_one.lead", days=limits.dwell_days, most=limits.asked_a_day)
    words = (at.t("ask_one.title"), lead, at.t("ask_one.send"))
    return _show(at, cooperation, (Kind.ASKED, "ask", words), asks, form)


def _show(
    at: Seat,
    cooperation: str,
    kind: tuple[Kind, str, tuple[str, str, str]],
    asks: list[Ask],
    form: Form,
) -> Response[str]:
    """The page of either form: what is asked first, then why, then under which rule."""
    permit, id_ = at.permit(Action.ENROL), identifier(CooperationId, cooperation)
    name, path, (title, lead, button) = kind
    with at.desk.read(permit, id_, "own-case") as reading:
        scope = found(scope_in_force(reading, id_))
        standing = [one for one in reading.enrolments.all(id_) if one.stands]
        choices = under(at, rules_for(reading, id_, name.value), silent=True)
    reasons = at.names.reasons("necessity")
    asks = [
        *asks,
        Ask(name="necessity", words=at.t("enrol.necessity"), kind="select", choices=reasons),
        Ask(name="rule", words=at.t("enrol.rule"), kind="radio", choices=choices),
    ]
    most = at.desk.pack.size_classes[scope.draft.sizes[at.desk.me]].most
    facts = Facts(
        [
            (at.t("enrol.taken"), sum(one.subjects for one in standing)),
            (at.t("enrol.most"), most),
        ]
    )
    sheet = Sheet(
        path=f"/cooperations/{id_}/{path}",
        heading=at.t("enrol.form"),
        button=button,
        asks=asks,
        form=blocks.with_defaults(form, {"necessity": [_WHY], "rule": [choices[0][0]]}),
    )
    above = Link(at.names.cooperation(scope.draft), f"/cooperations/{id_}")
    return blocks.show(
        at.request, Sight(title=title, lead=lead, above=above, blocks=[facts, sheet])
    )


HANDLERS = [records, enrol, enquiry, ask]
