"""Writing in the method library: publish, revise, take up, tell what happened."""

from __future__ import annotations

from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import learning
from samverkan.agency.library import versions
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, methods
from samverkan.agency.web.blocks import Sight
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.method_forms import Adopted, Experienced, Told, as_written, writing
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import AdoptionId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest


@page("/methods/new")
def new(request: AnyRequest) -> Response[str]:
    """The empty form."""
    return _blank(seat(request), Form())


def _blank(at: Seat, form: Form) -> Response[str]:
    with at.desk.read(at.permit(Action.KEEP_METHODS), "methods", "follow-up"):
        sheet = writing(at, "/methods/new", form, at.t("methods.publish"))
    return blocks.show(at.request, _sight(at, at.t("methods.new"), sheet))


def _sight(at: Seat, title: str, sheet: blocks.Sheet) -> Sight:
    return Sight(title=title, above=Link(at.t("methods.title"), "/methods"), blocks=[sheet])


@act("/methods/new")
def publish(request: AnyRequest, data: FormData) -> Response[str]:
    """A new method."""
    at = seat(request)
    permit, told = at.permit(Action.KEEP_METHODS), forms.read(Told, data)
    if isinstance(told, Form):
        return _blank(at, told)
    done = at.attempt(permit, partial(_publish, at, told, None))
    if isinstance(done, Refused):
        return _blank(at, forms.filled(data).refused(done, at="title"))
    return pages.redirect(request, "/methods", receipt="receipt.method_published")


def _publish(at: Seat, told: Told, method: str | None, work: Work, permit: Permit) -> str | Refused:
    telling = learning.Telling(
        title=told.title,
        problem=told.problem,
        approach=told.approach,
        organisation=told.organisation,
        result=told.result,
        agencies=tuple(told.agencies),
        grade=told.grade,
        hours=told.hours,
        months=told.months,
        area=told.area,
        body=told.body,
    )
    return learning.publish(work, permit, at.desk.pack, telling, method=method)


@page("/methods/{method:str}/revise")
def revision(request: AnyRequest, method: FromPath[str]) -> Response[str]:
    """The newest version of an own method, to be written on."""
    return _revise(seat(request), method, None)


def _revise(at: Seat, method: str, form: Form | None) -> Response[str]:
    permit, named = at.permit(Action.KEEP_METHODS), methods.named(at, method)
    with at.desk.read(permit, named, "follow-up") as reading:
        one = methods.found_entry(at, reading, method)
    shown = Form(as_written(one)) if form is None else form
    sheet = writing(at, f"/methods/{method}/revise", shown, at.t("methods.revise_send"))
    return blocks.show(at.request, _sight(at, at.t("methods.revise"), sheet))


@act("/methods/{method:str}/revise")
def revise(request: AnyRequest, method: FromPath[str], data: FormData) -> Response[str]:
    """The next version; the older ones stay to be read."""
    at = seat(request)
    permit, named = at.permit(Action.KEEP_METHODS), methods.named(at, method)
    told = forms.read(Told, data)
    if isinstance(told, Form):
        return _revise(at, method, told)
    done = at.attempt(permit, partial(_publish, at, told, named))
    if isinstance(done, Refused):
        return _revise(at, method, forms.filled(data).refused(done, at="title"))
    return pages.redirect(request, f"/methods/{named}", receipt="receipt.method_published")


@act("/methods/{method:str}/adopt")
def adopt(request: AnyRequest, method: FromPath[str], data: FormData) -> Response[str]:
    """A body takes the newest version up."""
    at = seat(request)
    permit, named = at.permit(Action.KEEP_METHODS), methods.named(at, method)
    asked = forms.read(Adopted, data)
    if isinstance(asked, Form):
        return methods.show(at, method, asked)
    with at.desk.read(permit, named, "follow-up") as reading:
        known = versions(reading, at.desk.pack, at.names.language, method)
    if not known:
        raise RefusedError(refuse(Code.NOT_FOUND))
    taking = learning.Taking(named, known[-1].version, asked.body, asked.since)
    done = at.attempt(permit, partial(_adopt, taking))
    if isinstance(done, Refused):
        return methods.show(at, method, forms.filled(data).refused(done, at="body"))
    return pages.redirect(request, f"/methods/{named}", receipt="receipt.method_adopted")


def _adopt(taking: learning.Taking, work: Work, permit: Permit) -> AdoptionId:
    return learning.adopt(work, permit, taking)


@act("/methods/{method:str}/report-back")
def tell(request: AnyRequest, method: FromPath[str], data: FormData) -> Response[str]:
    """What happened where it was taken up."""
    at = seat(request)
    permit, named = at.permit(Action.KEEP_METHODS), methods.named(at, method)
    asked = forms.read(Experienced, data)
    if isinstance(asked, Form):
        return methods.show(at, method, experience=asked)
    experience = learning.Experience(
        asked.adoption, asked.on, asked.result, asked.grade, asked.hours
    )
    done = at.attempt(permit, partial(_tell, at, experience))
    if isinstance(done, Refused):
        form = forms.filled(data).refused(done, at="result")
        return methods.show(at, method, experience=form)
    return pages.redirect(request, f"/methods/{named}", receipt="receipt.method_told")


def _tell(
    at: Seat, experience: learning.Experience, work: Work, permit: Permit
) -> AdoptionId | Refused:
    return learning.report_back(work, permit, at.desk.pack, experience)


HANDLERS = [new, publish, revision, revise, adopt, tell]
