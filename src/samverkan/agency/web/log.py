"""The ledger for those who audit: newest first, less of it by what is sought, and whether it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from litestar import Response

from samverkan.agency.tracing import Line, Sought, Trace
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Filter, Notice, Sheet, Sight, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.shell.csvfile import csv_bytes
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

PAGE = 50
MOST = 10_000
"""Entries in one file."""
_NUMBER = re.compile(r"[a-z]{3}-[0-9a-hjkmnp-tv-z]{26}")
_COLUMNS = (
    Column("seq", "log.seq"),
    Column("at", "log.at", Kind.MOMENT),
    Column("action", "log.action"),
    Column("actor", "log.actor"),
    Column("subject", "log.subject"),
    Column("reason", "log.reason"),
    Column("codes", "log.codes"),
)
_KINDS = {
    "log.kind.looks": ("read.", "verified."),
    "log.kind.refused": ("refused.", "call.refused", "hit.refused"),
    "log.kind.cooperation": ("cooperation.", "scope.", "keys.", "directory."),
    "log.kind.records": (
        "delivery.", "rule.", "enrolment.", "index.", "typology.", "oprf.", "statistics.",
    ),
    "log.kind.leads": ("hit.", "firing."),
    "log.kind.told": ("request.", "disclosure.", "annex."),
    "log.kind.cases": ("case.", "header.", "step."),
    "log.kind.decisions": ("proposal.", "position.", "variant.", "method."),
    "log.kind.work": ("measure.", "hours.", "outcome.", "report.", "rate.", "cost.", "tally."),
    "log.kind.post": ("mail.", "feed.", "call."),
}  # fmt: skip
"""What the kinds of acts are called, and how their actions begin."""
_ASKED = ("kind", "who", "since", "until", "about")


@page("/log")
def listed(request: AnyRequest) -> Response[str]:
    """One page of the ledger."""
    return _show(seat(request), [])


@page("/log/csv")
def file(request: AnyRequest) -> Response[bytes]:
    """The same entries as a file, as many as one file holds. That it was fetched is recorded too."""
    at = seat(request)
    found = _trace(at, limit=MOST, export=True)
    rows = (_written(line, row) for line, row in _rows(at, found))
    return Response(
        csv_bytes([at.t(column.text) for column in _COLUMNS], rows),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="log.csv"'},
    )


@act("/log/verify")
def verify(request: AnyRequest, data: FormData) -> Response[str]:
    """Walk the whole chain and say what was found."""
    del data
    at = seat(request)
    verdict = at.desk.verify_ledger(at.permit(Action.READ_LEDGER))
    if verdict.ok:
        words = at.t("log.whole_means", n=at.f.number(verdict.entries))
        return _show(at, [Notice(Tone.GOOD, at.t("log.whole"), [words])])
    words = at.t("log.broken_means", seq=at.f.number(verdict.at))
    said = at.t.refusal(refuse(Code.LEDGER_BROKEN))
    return _show(at, [Notice(Tone.BAD, at.t("log.broken"), [said, words])])


def _show(at: Seat, parts: list[Block]) -> Response[str]:
    found = _trace(at, limit=PAGE)
    rows = [row for _, row in _rows(at, found)]
    table = tables.whole("log", at.t("log.all"), _COLUMNS, rows, at.t("log.none"))
    wrong = _about(at) is None
    if wrong:
        words = [at.t("log.about_wrong"), at.t("error.code", code=Code.FORM_INVALID)]
        parts = [*parts, Notice(Tone.WARN, at.t("log.about_unknown"), words)]
    check = Sheet(
        path="/log/verify",
        heading=at.t("log.verify"),
        lead=at.t("log.verify_means"),
        button=at.t("log.verify_send"),
    )
    sight = Sight(
        title=at.t("log.title"),
        lead=at.t("log.lead"),
        blocks=[*parts, check, _filter(at), table, *_ways(at, found)],
    )
    return blocks.show(at.request, sight)


def _written(line: Line, row: dict[str, object]) -> list[str | int]:
    """A row of the file: its number and moment as the ledger has them."""
    return [line.seq, line.at, *(str(row[column.key]) for column in _COLUMNS[2:])]


def _filter(at: Seat) -> Filter:
    """Every choice; the address holds what is chosen."""
    people = [(str(one.user), one.name) for one in at.desk.officers()]
    kinds = [(code.rpartition(".")[2], at.t(code)) for code in _KINDS]
    chosen = {name: (at.request.query_params.get(name, ""),) for name in _ASKED}
    asks = [
        Ask(name="kind", words=at.t("log.kinds"), kind="select", choices=kinds),
        Ask(name="who", words=at.t("log.actor"), kind="select", choices=people),
        Ask(name="since", words=at.t("log.since"), kind="date"),
        Ask(name="until", words=at.t("log.until"), kind="date"),
        Ask(name="about", words=at.t("log.about")),
    ]
    return Filter("/log", at.t("filter.label"), asks, Form(chosen), set=bool(_chosen(at)))


def _chosen(at: Seat) -> dict[str, str]:
    """What the address asks for."""
    asked = at.request.query_params
    return {name: asked[name] for name in _ASKED if asked.get(name, "")}


def _about(at: Seat) -> str | None:
    """The number asked for; None where what was written is none, and is then neither sought nor kept."""
    text = at.request.query_params.get("about", "").strip().lower()
    return text if not text or _NUMBER.fullmatch(text) else None


def _trace(at: Seat, *, limit: int, export: bool = False) -> Trace:
    """Log what is sought, then look. A number that is none finds nothing."""
    permit, asked = at.permit(Action.READ_LEDGER), at.request.query_params
    kinds = next(
        (begin for code, begin in _KINDS.items() if code.endswith(f".{asked.get('kind')}")), ()
    )
    people = {str(one.user) for one in at.desk.officers()}
    who, about = asked.get("who", ""), _about(at)
    sought = Sought(
        kinds=kinds,
        actor=who if who in people else "",
        about=about or "",
        since=_moment(at, asked.get("since", ""), 0),
        until=_moment(at, asked.get("until", ""), 1),
    )
    before = asked.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    found = at.desk.trace(permit, sought, limit=limit, before=start, export=export)
    return found if about is not None else Trace([], None)


def _moment(at: Seat, text: str, days: int) -> datetime | None:
    """When a day begins by the party's clocks, or the day after it; what is no day asks nothing."""
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time.min, at.f.zone)


def _ways(at: Seat, found: Trace) -> list[Block]:
    """To the newest, to the older, and to the file; each with what was chosen."""
    chosen, before = _chosen(at), at.request.query_params.get("before", "")
    ways = [Link(at.t("log.newest"), _address("/log", chosen))] if before else []
    if found.before is not None:
        words = at.t("log.older" if len(found.lines) >= PAGE else "log.further", seq=found.before)
        ways.append(Link(words, _address("/log", {**chosen, "before": str(found.before)})))
    if found.lines:
        ways.append(Link(at.t("log.file"), _address("/log/csv", chosen)))
    return [Ways(ways)] if ways else []


def _address(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


def _rows(at: Seat, found: Trace) -> Iterator[tuple[Line, dict[str, object]]]:
    people = {str(officer.user): officer.name for officer in at.desk.officers()}
    for line in found.lines:
        entry = line.entry
        yield (
            line,
            {
                "seq": at.f.number(line.seq),
                "at": datetime.fromisoformat(line.at),
                "action": entry.action,
                "actor": people.get(entry.actor, entry.actor),
                "subject": entry.subject,
                "reason": "" if entry.reason == "none" else at.names.reason("read", entry.reason),
                "codes": ", ".join(entry.codes),
            },
        )


HANDLERS = [listed, file, verify]
