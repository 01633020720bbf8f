"""The yearly report: frozen by the secretariat, and the files that every party has received."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import acting
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Sheet, Sight, Ways
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
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
READERS = ((Action.FREEZE_REPORT, None), (Action.READ_INBOX, None), (Action.READ_LEDGER, None))
_COLUMNS = (
    Column("year", "reports.year", Kind.LINK),
    Column("kind", "reports.kind"),
    Column("part", "reports.part"),
    Column("on", "reports.on"),
    Column("pdf", "reports.pdf", Kind.LINK),
    Column("docx", "reports.docx", Kind.LINK),
    Column("xlsx", "reports.xlsx", Kind.LINK),
    Column("zip", "reports.zip", Kind.LINK),
    Column("digest", "reports.digest"),
)


class Freeze(forms.Asked):
    """The form that freezes a report."""

    year: Annotated[int, forms.Written] = Field(ge=2009, le=2999)
    on: date
    kind: Literal["interim", "final"] = "interim"
    part: str = ""


def frozen(reading: Reading) -> dict[str, dict[str, object]]:
    """Bodies of the frozen reports by identifier, newest first."""
    events = [event for event in reading.feed.all() if event.kind == "report.frozen"]
    return {str(event.body["report"]): dict(event.body) for event in reversed(events)}


@page("/reports")
def listed(request: AnyRequest) -> Response[str]:
    """The frozen reports, and the form for the secretariat."""
    return _show(seat(request), Form())


def _show(at: Seat, form: Form) -> Response[str]:
    with at.desk.read(at.first(READERS), "reports", "follow-up") as reading:
        today = reading.now.date()
        rows = [_row(at, id_, body) for id_, body in frozen(reading).items()]
    table = tables.whole("reports", at.t("reports.all"), _COLUMNS, rows, at.t("reports.none"))
    parts: list[Block] = [table, Ways([Link(at.t("reports.to_published"), "/reports/published")])]
    if at.may(Action.FREEZE_REPORT):
        defaults = {"year": [str(today.year)], "on": [today.isoformat()], "kind": ["interim"]}
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
                    Ask(
                        name="kind",
                        words=at.t("reports.kind"),
                        kind="radio",
                        choices=[(one, at.t(f"reports.{one}")) for one in ("interim", "final")],
                    ),
                    Ask(
                        name="part",
                        words=at.t("reports.part"),
                        kind="select",
                        choices=_regions(at),
                        required=False,
                    ),
                ],
            )
        )
    sight = Sight(title=at.t("reports.title"), lead=at.t("reports.lead"), blocks=parts)
    return blocks.show(at.request, sight)


def _row(at: Seat, id_: str, body: Mapping[str, object]) -> dict[str, object]:
    files = {
        kind: Link(at.t(f"reports.get_{kind}", year=body["year"]), f"/reports/{id_}/{kind}")
        for kind in FILES
    }
    part = body.get("region")
    words = at.t("reports.whole") if part is None else at.names.of(at.desk.pack.regions, str(part))
    return {
        "year": Link(str(body["year"]), f"/reports/{id_}"),
        "kind": at.t(f"reports.{body['kind']}"),
        "part": str(body.get("operation") or words),
        "on": str(body["on"]),
        "digest": b64decode(str(body["rows"])).hex()[:16],
        **files,
    }


def _regions(at: Seat) -> list[tuple[str, str]]:
    """Regions that a council decides in."""
    pack = at.desk.pack
    used = {body.region for body in pack.bodies.values() if body.region}
    return [(code, at.names.of(pack.regions, code)) for code in pack.regions if code in used]


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
    return acting.freeze(
        work, permit, year=asked.year, on=asked.on, kind=asked.kind, part=asked.part or None
    )


@page("/reports/{number:str}/{kind:str}")
def file(request: AnyRequest, number: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """One file of a frozen report, as it was received."""
    at = seat(request)
    id_ = identifier(ReportId, number)
    if kind not in FILES:
        raise RefusedError(refuse(Code.NOT_FOUND))
    with at.desk.read(at.first(READERS), id_, "follow-up") as reading:
        body = found(frozen(reading).get(id_))
    name = f"samverkan-{body['year']}-{body['on']}.{kind}"
    return Response(
        b64decode(str(body[kind])),
        media_type=FILES[kind],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


HANDLERS = [listed, freeze, file]
