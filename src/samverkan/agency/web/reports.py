"""The yearly report: frozen by the secretariat, and the files that every party has received."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from functools import partial
from typing import Annotated

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import acting
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ReportId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

FILES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_READERS = ((Action.FREEZE_REPORT, None), (Action.READ_INBOX, None), (Action.READ_LEDGER, None))
_COLUMNS = (
    Column("year", "reports.year"),
    Column("on", "reports.on"),
    Column("pdf", "reports.pdf", Kind.LINK),
    Column("xlsx", "reports.xlsx", Kind.LINK),
    Column("digest", "reports.digest"),
)


class Freeze(forms.Asked):
    """The form that freezes a report."""

    year: Annotated[int, forms.Written] = Field(ge=2009, le=2999)
    on: date


def frozen(reading: Reading) -> dict[str, dict[str, object]]:
    """Bodies of the frozen reports by identifier, newest first."""
    events = [event for event in reading.feed.all() if event.kind == "report.frozen"]
    return {str(event.body["report"]): dict(event.body) for event in reversed(events)}


@page("/reports")
def listed(request: AnyRequest) -> Response[str]:
    """The frozen reports, and the form for the secretariat."""
    return _show(seat(request), Form())


def _show(at: Seat, form: Form) -> Response[str]:
    with at.desk.read(at.first(_READERS), "reports", "follow-up") as reading:
        today = reading.now.date()
        rows = [
            {
                "year": str(body["year"]),
                "on": str(body["on"]),
                "pdf": Link(at.t("reports.get_pdf", year=body["year"]), f"/reports/{id_}/pdf"),
                "xlsx": Link(at.t("reports.get_xlsx", year=body["year"]), f"/reports/{id_}/xlsx"),
                "digest": b64decode(str(body["rows"])).hex()[:16],
            }
            for id_, body in frozen(reading).items()
        ]
    table = tables.whole("reports", at.t("reports.all"), _COLUMNS, rows, at.t("reports.none"))
    parts: list[Block] = [table]
    if at.may(Action.FREEZE_REPORT):
        defaults = {"year": [str(today.year)], "on": [today.isoformat()]}
        parts.append(
            Sheet(
                path="/reports/freeze",
                heading=at.t("reports.freeze"),
                lead=at.t("reports.freeze_means"),
                button=at.t("reports.freeze_send"),
                form=blocks.with_defaults(form, defaults),
                asks=[
                    Ask(name="year", words=at.t("reports.year"), width="narrow"),
                    Ask(name="on", words=at.t("reports.on"), kind="date", width="narrow"),
                ],
            )
        )
    sight = Sight(title=at.t("reports.title"), lead=at.t("reports.lead"), blocks=parts)
    return blocks.show(at.request, sight)


@act("/reports/freeze")
def freeze(request: AnyRequest, data: FormData) -> Response[str]:
    """Ask for the report as of a day."""
    at = seat(request)
    permit = at.permit(Action.FREEZE_REPORT)
    asked = forms.read(Freeze, data)
    if isinstance(asked, Form):
        return _show(at, asked)
    done = at.attempt(permit, partial(_freeze, asked))
    if isinstance(done, Refused):
        return _show(at, forms.filled(data).refused(done, at="year"))
    return pages.redirect(request, "/reports", receipt="receipt.report_asked")


def _freeze(asked: Freeze, work: Work, permit: Permit) -> ReportId:
    return acting.freeze(work, permit, year=asked.year, on=asked.on)


@page("/reports/{number:str}/{kind:str}")
def file(request: AnyRequest, number: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """One file of a frozen report, as it was received."""
    at = seat(request)
    id_ = identifier(ReportId, number)
    if kind not in FILES:
        raise RefusedError(refuse(Code.NOT_FOUND))
    with at.desk.read(at.first(_READERS), id_, "follow-up") as reading:
        body = found(frozen(reading).get(id_))
    name = f"samverkan-{body['year']}-{body['on']}.{kind}"
    return Response(
        b64decode(str(body[kind])),
        media_type=FILES[kind],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


HANDLERS = [listed, freeze, file]
