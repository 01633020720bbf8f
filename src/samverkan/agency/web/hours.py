"""Own hours: a week on one page, with last week's lines to begin from; or as a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from litestar import Response
from litestar.datastructures import UploadFile

from samverkan.agency import timekeeping, timesheet
from samverkan.agency.ports import Reading, Work
from samverkan.agency.timekeeping import Row, Told
from samverkan.agency.timesheet import Fault
from samverkan.agency.web import accounting, blocks, filters, tables
from samverkan.agency.web.blocks import Ask, Block, Sheet, Sight, Text, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.hours import minutes, monday, week_of
from samverkan.domain.operation import Operation
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import pages
from samverkan.shell.csvfile import csv_bytes
from samverkan.shell.forms import FieldError, Form, as_written, filled
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import FileData, FormData, act, page
from samverkan.shell.visit import AnyRequest

_WEEK = re.compile(r"[0-9]{4}-w[0-9]{2}")
WEEKS = 10
"""Weeks that the page offers; an older one is put in by file."""
MOST_LINES = 60
_AFTER = timedelta(days=90)
"""How long after its last day an operation still stands on the page."""
_STANDS = (
    Column("operation", "operation.title", Kind.LINK),
    Column("level", "hours.level"),
    Column("kind", "hours.kind"),
    Column("hours", "hours.hours", Kind.HOURS),
)
_FAULTS = (Column("row", "hours.row"), Column("why", "hours.why"))


@dataclass(frozen=True, slots=True)
class _Week:
    """What the page begins from: the week, what stands of it, what stood in the one before."""

    week: str
    today: date
    operations: Mapping[str, Operation]
    stands: Sequence[Row]
    before: Sequence[Row]

    def lines(self, kind: str) -> list[Row]:
        """A line for each that stands, else for each of last week, else one for each operation."""
        known: dict[str, list[Row]] = {}
        for row in self.stands or self.before:
            known.setdefault(row.operation, []).append(row)
        return [
            row
            for id_, one in self.operations.items()
            for row in known.get(id_, [Row(id_, _level(one), kind, 0)])
        ][:MOST_LINES]


def _level(one: Operation) -> str:
    return "national" if one.header.region == "national" else "regional"


@page("/hours")
def shown(request: AnyRequest) -> Response[str]:
    """The own week."""
    return _show(seat(request))


def _show(
    at: Seat, form: Form | None = None, week: str = "", faults: Sequence[Fault] | None = None
) -> Response[str]:
    permit = at.permit(Action.REPORT_HOURS)
    with at.desk.read(permit, "hours", "follow-up") as reading:
        today = reading.now.date()
        weeks = [week_of(today - timedelta(weeks=n)) for n in range(WEEKS)]
        choices = [(one, accounting.period(at, one)) for one in weeks]
        asked = filters.Question("week", at.t("hours.week"), choices)
        known = week if _WEEK.fullmatch(week) else ""
        here = _week(at, reading, known or asked.chosen(at) or weeks[1])
    body: list[Block] = [*filters.shown(at, [asked]), *_refused_file(at, faults), _stands(at, here)]
    if here.operations:
        body.append(_form(at, here, form))
    body += [
        _file(at, form if faults is not None else None),
        Ways([Link(at.t("hours.template"), f"/hours/template?week={here.week}")]),
        Text(at.t("hours.leaves"), faint=True),
    ]
    sight = Sight(
        title=at.t("hours.title", week=accounting.period(at, here.week)),
        lead=at.t("hours.lead"),
        above=Link(at.t("operation.title"), "/operations"),
        blocks=body,
    )
    return blocks.show(at.request, sight)


def _week(at: Seat, reading: Reading, week: str) -> _Week:
    today = reading.now.date()
    start = monday(week)
    before = week_of((start or today) - timedelta(days=7))
    stands = _rows(reading, at, week)
    known = {
        id_: one
        for id_, one in timekeeping.mine(reading).items()
        if date.fromisoformat(one.header.until) + _AFTER >= today
        or id_ in {row.operation for row in stands}
    }
    return _Week(week, today, known, stands, _rows(reading, at, before))


def _rows(reading: Reading, at: Seat, week: str) -> list[Row]:
    return [
        Row(one.operation, one.level, one.kind, one.minutes)
        for one in reading.accounts.week(at.user, week)
    ]


def _name(at: Seat, id_: str, one: Operation | None) -> str:
    if one is None:
        return id_
    pack = at.desk.pack
    area = at.names.of(pack.crime_areas, one.header.crime_area)
    return f"{area}, {at.names.of(pack.bodies, one.header.body)}, {one.since}"


def _stands(at: Seat, here: _Week) -> Table:
    rows = [
        {
            "operation": Link(
                _name(at, row.operation, here.operations.get(row.operation)),
                f"/operations/{row.operation}",
            ),
            "level": accounting.level(at, row.level),
            "kind": at.names.of(at.desk.pack.work_kinds, row.kind),
            "hours": Decimal(row.minutes) / 60,
        }
        for row in here.stands
    ]
    return tables.whole("week", at.t("hours.stands"), _STANDS, rows, at.t("hours.nothing"))


def _form(at: Seat, here: _Week, form: Form | None) -> Sheet:
    kinds = accounting.work_kinds(at)
    lines = here.lines(kinds[0][0])
    defaults: dict[str, Sequence[str]] = {"week": [here.week], "lines": [str(len(lines))]}
    asks = [Ask(name="week", words="", kind="hidden"), Ask(name="lines", words="", kind="hidden")]
    for no, row in enumerate(lines):
        defaults |= {
            f"operation_{no}": [row.operation],
            f"hours_{no}": [at.f.number(Decimal(row.minutes) / 60, 2)] if row.minutes else [""],
            f"level_{no}": [row.level],
            f"kind_{no}": [row.kind],
        }
        asks += _asks(at, no, _name(at, row.operation, here.operations[row.operation]), kinds)
    shown_form = (
        Form(defaults) if form is None else replace(form, values={**defaults, **form.values})
    )
    return Sheet(
        path="/hours",
        heading=at.t("hours.put_in"),
        lead=at.t("hours.means"),
        button=at.t("hours.send"),
        form=shown_form,
        asks=asks,
    )


def _asks(at: Seat, no: int, name: str, kinds: Sequence[tuple[str, str]]) -> list[Ask]:
    levels = accounting.levels(at)
    beside = [
        Ask(name=f"level_{no}", words=at.t("hours.level"), kind="select", choices=levels),
        Ask(name=f"kind_{no}", words=at.t("hours.kind"), kind="select", choices=kinds),
    ]
    return [
        Ask(name=f"operation_{no}", words="", kind="hidden"),
        Ask(
            name=f"hours_{no}",
            words=name,
            kind="number",
            width="narrow",
            required=False,
            unit=at.t("hours.unit"),
            beside=beside,
        ),
    ]


@act("/hours")
def put_in(request: AnyRequest, data: FormData) -> Response[str]:
    """Put the own week in: every line of the page at once, or none."""
    at = seat(request)
    permit = at.permit(Action.REPORT_HOURS)
    week = str(data.get("week", ""))
    form, rows = _read(data)
    if form.errors:
        return _show(at, form, week)
    told: list[Told] = []

    def do(work: Work, permit: Permit) -> Refused | None:
        found = timekeeping.check(work, at.desk.pack, permit.user, week, [r for _, r in rows])
        told.extend([] if found is None else [found])
        return timekeeping.put_in(
            work, permit, at.desk.pack, week=week, rows=[row for _, row in rows]
        )

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        place = told[0].row if told else None
        at_line = 0 if place is None or not rows else rows[place][0]
        return _show(at, form.refused(done, at=f"hours_{at_line}"), week)
    return pages.redirect(request, f"/hours?week={week}", receipt="receipt.hours_put_in")


def _read(data: Mapping[str, Any]) -> tuple[Form, list[tuple[int, Row]]]:
    """The lines that the page sent, each with its place. An empty field takes its line back."""
    form, rows = filled(data), []
    count = str(data.get("lines", "0"))
    for no in range(min(int(count) if count.isdecimal() else 0, MOST_LINES)):
        counted = _minutes(str(data.get(f"hours_{no}", "")))
        if isinstance(counted, Refused):
            form = replace(form, errors=(*form.errors, FieldError(f"hours_{no}", counted)))
            continue
        words = {name: str(data.get(f"{name}_{no}", "")) for name in ("operation", "level", "kind")}
        rows.append((no, Row(**words, minutes=counted)))
    return form, rows


def _minutes(written: str) -> int | Refused:
    if not written.strip():
        return 0
    try:
        return minutes(Decimal(str(as_written(written))))
    except InvalidOperation:
        return refuse(Code.FIELD_NOT_A_NUMBER)


def _file(at: Seat, form: Form | None) -> Sheet:
    return Sheet(
        path="/hours/file",
        heading=at.t("hours.by_file"),
        lead=at.t("hours.by_file_means", columns=", ".join(timesheet.COLUMNS)),
        button=at.t("hours.send_file"),
        quiet=True,
        kind="secondary",
        upload=True,
        form=form or Form(),
        asks=[Ask(name="file", words=at.t("hours.file"), kind="file", unit=".csv")],
    )


def _refused_file(at: Seat, faults: Sequence[Fault] | None) -> list[Block]:
    """What was wrong, row by row; nothing of the file was kept."""
    if not faults:
        return []
    rows = [{"row": str(one.row), "why": at.t.refusal(one.refused)} for one in faults]
    return [tables.whole("faults", at.t("hours.faults"), _FAULTS, rows, "")]


@act("/hours/file")
def send(request: AnyRequest, data: FileData) -> Response[str]:
    """Put hours in out of a file: whole, or not at all."""
    at = seat(request)
    permit = at.permit(Action.REPORT_HOURS)
    file = data.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _show(at, Form().refused(refuse(Code.FIELD_MISSING), at="file"), faults=[])
    sheet = timesheet.parse(file.file.read(timesheet.MOST_BYTES + 1))
    if isinstance(sheet, Refused):
        return _show(at, Form().refused(sheet, at="file"), faults=[])
    with at.desk.read(permit, "hours", "follow-up") as reading:
        faults = timesheet.faults(reading, at.desk.pack, at.user, sheet)
    if faults:
        return _show(at, Form().refused(refuse(Code.ROW_INVALID), at="file"), faults=faults)
    taken = at.attempt(permit, lambda work, by: timesheet.take_in(work, by, at.desk.pack, sheet))
    if isinstance(taken, Refused):
        return _show(at, Form().refused(taken, at="file"), faults=[])
    return pages.redirect(request, "/hours", receipt="receipt.hours_put_in")


@page("/hours/template")
def template(request: AnyRequest) -> Response[bytes]:
    """A file to fill in: a row for each operation of the week, with what stands of it."""
    at = seat(request)
    permit = at.permit(Action.REPORT_HOURS)
    with at.desk.read(permit, "hours", "follow-up") as reading:
        asked = str(at.request.query_params.get("week", ""))
        last = week_of(reading.now.date() - timedelta(days=7))
        week = asked if _WEEK.fullmatch(asked) and monday(asked) else last
        here = _week(at, reading, week)
    kind = accounting.work_kinds(at)[0][0]
    rows = [
        (one.operation, week, "", one.level, one.kind, f"{Decimal(one.minutes) / 60:.2f}")
        for one in here.lines(kind)
    ]
    return Response(
        csv_bytes(timesheet.COLUMNS, rows),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{week}.csv"'},
    )


HANDLERS = [shown, put_in, send, template]
