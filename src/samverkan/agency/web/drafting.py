"""A new framework, or a scope below one: the officer writes what every party will be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any

from litestar import Response
from pydantic import Field

from samverkan.agency import joining
from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.pack import Direction
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_YEAR = timedelta(days=365)
Codes = Annotated[list[str], forms.Several]


class Framework(forms.Asked):
    """The form of a framework."""

    purpose: str = Field(min_length=1)
    grounds: Codes = Field(min_length=1)
    region: str = Field(min_length=1)
    parties: Codes = Field(min_length=2)
    since: date
    until: date


class Scope(forms.Asked):
    """The form of a scope; the size class of each party stands in a field of its own."""

    parties: Codes = Field(min_length=2)
    typologies: Codes = Field(default=[])
    key_types: Codes = Field(min_length=1)
    since: date
    until: date


@page("/cooperations/new")
def new(request: AnyRequest) -> Response[str]:
    """The empty form, filled with what is usual."""
    at = seat(request)
    return _show(at, request.query_params.get("parent"), Form())


@act("/cooperations/new")
def draft(request: AnyRequest, data: FormData) -> Response[str]:
    """Draft it; every party of it will be asked."""
    at = seat(request)
    parent = str(data.get("parent", "")) or None
    permit = at.permit(Action.DECIDE_COOPERATION)
    above = None if parent is None else _framework(at, permit, parent)
    wish = _wish(at, above, data)
    if isinstance(wish, Form):
        return _show(at, parent, wish)
    drafted = at.attempt(permit, partial(_propose, wish))
    if isinstance(drafted, Refused):
        return _show(at, parent, forms.filled(data).refused(drafted, at="parties"))
    return pages.redirect(request, "/cooperations", receipt="receipt.cooperation_drafted")


def _propose(wish: joining.Wish, work: Work, permit: Permit) -> CooperationId | Refused:
    return joining.propose(work, permit, wish)


def _framework(at: Seat, permit: Permit, parent: str) -> Cooperation:
    id_ = identifier(CooperationId, parent)
    with at.desk.read(permit, id_, "own-case") as reading:
        above = found(cooperations(reading.feed.all()).get(id_))
        if above.is_scope or not above.holds(reading.now.date()):
            raise RefusedError(refuse(Code.NO_COOPERATION))
    return above


def _wish(at: Seat, above: Cooperation | None, data: Mapping[str, Any]) -> joining.Wish | Form:
    read = forms.read(Framework if above is None else Scope, data)
    if isinstance(read, Form):
        return read
    if isinstance(read, Framework):
        return joining.Wish(
            parent=None,
            purpose=read.purpose,
            grounds=tuple(read.grounds),
            region=read.region,
            parties=tuple(read.parties),
            typologies=(),
            key_types=(),
            sizes={},
            operator=at.desk.me,
            since=read.since,
            until=read.until,
        )
    return _scope_wish(at, above, read, data)


def _scope_wish(
    at: Seat, above: Cooperation | None, read: Any, data: Mapping[str, Any]
) -> joining.Wish | Form:
    asked: Scope = read
    over = found(above).draft
    sizes = {party: str(data.get(f"size.{party}", "")) for party in asked.parties}
    form = forms.filled(data)
    for party, size in sizes.items():
        if size not in at.desk.pack.size_classes:
            form = form.refused(refuse(Code.FIELD_NOT_A_CHOICE), at=f"size.{party}")
    if form.errors:
        return form
    return joining.Wish(
        parent=over.cooperation,
        purpose=over.purpose,
        grounds=tuple(over.grounds),
        region=over.region,
        parties=tuple(asked.parties),
        typologies=tuple(asked.typologies),
        key_types=tuple(asked.key_types),
        sizes=sizes,
        operator=at.desk.me,
        since=asked.since,
        until=asked.until,
    )


def _show(at: Seat, parent: str | None, form: Form) -> Response[str]:
    permit = at.permit(Action.DECIDE_COOPERATION)
    above = _framework(at, permit, parent) if parent else None
    with at.desk.read(permit, "cooperations", "own-case") as reading:
        today = reading.now.date()
    asks = _framework_asks(at, today) if above is None else _scope_asks(at, above)
    defaults = _defaults(at, above, today)
    title = at.t("draft.framework") if above is None else at.t("draft.scope")
    lead = at.t("draft.framework_lead") if above is None else at.t("draft.scope_lead")
    sheet = Sheet(
        path="/cooperations/new",
        heading=at.t("draft.heading"),
        button=at.t("draft.send"),
        asks=asks,
        form=blocks.with_defaults(form, defaults),
    )
    above_link = Link(at.t("cooperation.title"), "/cooperations")
    return blocks.show(at.request, Sight(title=title, lead=lead, above=above_link, blocks=[sheet]))


def _dates(at: Seat) -> list[Ask]:
    return [
        Ask(name="since", words=at.t("draft.since"), kind="date", width="narrow"),
        Ask(name="until", words=at.t("draft.until"), kind="date", width="narrow"),
    ]


def _standing(at: Seat, today: date) -> list[tuple[str, str]]:
    """The parties that may disclose or receive in a cooperation today."""
    pack = at.desk.pack
    bases = [one.cooperation for one in pack.purposes.values() if one.cooperation]
    return [
        (str(party), at.names.party(party))
        for party in pack.parties
        if any(pack.standing(party, basis, way, on=today) for basis in bases for way in Direction)
    ]


def _framework_asks(at: Seat, today: date) -> list[Ask]:
    pack, names, t = at.desk.pack, at.names, at.t
    purposes = {code: one for code, one in pack.purposes.items() if one.cooperation}
    return [
        Ask(
            name="purpose",
            words=t("cooperation.purpose"),
            kind="select",
            choices=names.choices(purposes),
        ),
        Ask(
            name="grounds",
            words=t("cooperation.grounds"),
            kind="ticks",
            choices=names.choices(pack.grounds),
            hint=t("draft.grounds_hint"),
        ),
        Ask(
            name="region",
            words=t("cooperation.region"),
            kind="select",
            choices=names.choices(pack.regions),
        ),
        Ask(
            name="parties",
            words=t("cooperation.parties"),
            kind="ticks",
            choices=_standing(at, today),
            hint=t("draft.parties_hint"),
        ),
        *_dates(at),
    ]


def _scope_asks(at: Seat, above: Cooperation) -> list[Ask]:
    pack, names, t = at.desk.pack, at.names, at.t
    parties = [(party, names.party(party)) for party in above.draft.parties]
    keys = [(one.code, names.words(one.names)) for one in pack.key_types.values()]
    return [
        Ask(name="parent", words="", kind="hidden"),
        Ask(name="parties", words=t("cooperation.parties"), kind="ticks", choices=parties),
        Ask(
            name="typologies",
            words=t("cooperation.typologies"),
            kind="ticks",
            choices=names.choices(pack.typologies),
            required=False,
            hint=t("draft.typologies_hint"),
        ),
        Ask(
            name="key_types",
            words=t("cooperation.key_types"),
            kind="ticks",
            choices=keys,
            hint=t("draft.key_types_hint"),
        ),
        *[
            Ask(
                name=f"size.{party}",
                words=t("draft.size", party=words),
                kind="select",
                choices=names.choices(pack.size_classes),
            )
            for party, words in parties
        ],
        *_dates(at),
    ]


def _defaults(at: Seat, above: Cooperation | None, today: date) -> dict[str, Any]:
    """What is usual: all of it, the smallest size, a year from today."""
    pack = at.desk.pack
    dates = {"since": [today.isoformat()], "until": [(today + _YEAR).isoformat()]}
    if above is None:
        purposes = [code for code, one in pack.purposes.items() if one.cooperation]
        return {"purpose": purposes[:1], "parties": [str(at.desk.me)], **dates}
    until = min((today + _YEAR).isoformat(), above.draft.until)
    smallest = min(pack.size_classes, key=lambda code: pack.size_classes[code].most)
    return {
        "parent": [above.id],
        "parties": list(above.draft.parties),
        "key_types": [one.code for one in pack.key_types.values()],
        **{f"size.{party}": [smallest] for party in above.draft.parties},
        "since": dates["since"],
        "until": [until],
    }


HANDLERS = [new, draft]
