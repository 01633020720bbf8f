"""The ledger for those who audit: newest first, and whether it is whole."""

from __future__ import annotations

from datetime import datetime

from litestar import Response

from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Notice, Sheet, Sight, Ways
from samverkan.agency.web.desk import LogLine, Seat, seat
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.shell.parts import Column, Kind, Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

PAGE = 50
_COLUMNS = (
    Column("seq", "log.seq"),
    Column("at", "log.at", Kind.MOMENT),
    Column("action", "log.action"),
    Column("actor", "log.actor"),
    Column("subject", "log.subject"),
    Column("reason", "log.reason"),
    Column("codes", "log.codes"),
)


@page("/log")
def listed(request: AnyRequest) -> Response[str]:
    """One page of the ledger."""
    return _show(seat(request), [])


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
    asked = at.request.query_params.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    lines = at.desk.ledger(at.permit(Action.READ_LEDGER), limit=PAGE, before=before)
    people = {str(officer.user): officer.name for officer in at.desk.officers()}
    rows = [_row(at, line, people) for line in lines]
    table = tables.whole("log", at.t("log.all"), _COLUMNS, rows, at.t("log.none"))
    ways = [Link(at.t("log.newest"), "/log")] if before is not None else []
    if lines and lines[-1].seq > 1:
        ways.append(Link(at.t("log.older"), f"/log?before={lines[-1].seq}"))
    check = Sheet(
        path="/log/verify",
        heading=at.t("log.verify"),
        lead=at.t("log.verify_means"),
        button=at.t("log.verify_send"),
    )
    sight = Sight(
        title=at.t("log.title"),
        lead=at.t("log.lead"),
        blocks=[*parts, check, table, *([Ways(ways)] if ways else [])],
    )
    return blocks.show(at.request, sight)


def _row(at: Seat, line: LogLine, people: dict[str, str]) -> dict[str, object]:
    entry = line.entry
    return {
        "seq": at.f.number(line.seq),
        "at": datetime.fromisoformat(line.at),
        "action": entry.action,
        "actor": people.get(entry.actor, entry.actor),
        "subject": entry.subject,
        "reason": "" if entry.reason == "none" else at.names.reason("read", entry.reason),
        "codes": ", ".join(entry.codes),
    }


HANDLERS = [listed, verify]
