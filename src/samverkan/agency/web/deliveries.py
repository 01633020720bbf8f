"""Deliveries: what was read, what could not be used and why, and the form for a new one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from samverkan.agency.facts import DeliveryFacts, RejectFacts
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Facts, Sheet, Sight, Ways
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.rejects import form_words, rejects_file, worded
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DeliveryId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import FileData, act, page
from samverkan.shell.visit import AnyRequest

SUFFIXES = (".csv", ".txt", ".xlsx", ".parquet", ".json", ".jsonl")
_COLUMNS = (
    Column("file", "delivery.file", Kind.LINK),
    Column("kind", "delivery.kind"),
    Column("at", "delivery.at", Kind.MOMENT),
    Column("rows", "delivery.rows", Kind.NUMBER),
    Column("subjects", "delivery.subjects", Kind.NUMBER),
    Column("statements", "delivery.statements", Kind.NUMBER),
    Column("rejects", "delivery.rejects", Kind.NUMBER),
)
_REJECTS = (
    Column("row", "delivery.row"),
    Column("column", "delivery.column"),
    Column("reason", "delivery.code"),
    Column("effect", "delivery.effect"),
)


def kinds(at: Seat) -> list[tuple[str, str]]:
    """The deliveries that the pack describes for this party."""
    found_ = []
    for code, node in at.desk.pack.deliveries.items():
        if isinstance(node, Mapping) and node.get("party") == at.desk.me:
            names = node.get("names")
            named = isinstance(names, Mapping) and names.get(at.names.language)
            found_.append((code, str(named or code)))
    return found_


@page("/deliveries")
def listed(request: AnyRequest) -> Response[str]:
    """What was read, newest first, and the form."""
    return _show(seat(request), Form())


def _show(at: Seat, form: Form) -> Response[str]:
    with at.desk.read(at.permit(Action.INGEST), "deliveries", "own-case") as reading:
        words = dict(kinds(at))
        rows = [
            {
                "file": Link(one.file, f"/deliveries/{one.id}"),
                "kind": words.get(one.kind, one.kind),
                "at": one.at,
                "rows": one.rows,
                "subjects": one.subjects,
                "statements": one.statements,
                "rejects": one.rejects,
            }
            for one in reading.register.deliveries()
        ]
    table = tables.whole("deliveries", at.t("delivery.all"), _COLUMNS, rows, at.t("delivery.none"))
    most = at.request.app.state.site.upload_limit // 1_000_000
    upload = Sheet(
        path="/deliveries",
        heading=at.t("delivery.new"),
        lead=at.t("delivery.new_means"),
        button=at.t("delivery.send"),
        upload=True,
        form=form,
        asks=[
            Ask(name="kind", words=at.t("delivery.kind"), kind="select", choices=kinds(at)),
            Ask(
                name="file",
                words=at.t("delivery.file"),
                kind="file",
                unit=",".join(SUFFIXES),
                hint=at.t("delivery.most", most=most),
            ),
        ],
    )
    sight = Sight(title=at.t("delivery.title"), lead=at.t("delivery.lead"), blocks=[table, upload])
    return blocks.show(at.request, sight)


@act("/deliveries")
def send(request: AnyRequest, data: FileData) -> Response[str]:
    """Read a file in: whole, or not at all."""
    at = seat(request)
    permit = at.permit(Action.INGEST)
    kind, file = str(data.get("kind", "")), data.get("file")
    form = Form({"kind": (kind,)})
    if kind not in dict(kinds(at)):
        form = form.refused(refuse(Code.FIELD_NOT_A_CHOICE), at="kind")
    if not isinstance(file, UploadFile) or not file.filename:
        form = form.refused(refuse(Code.FIELD_MISSING), at="file")
    elif PurePath(file.filename).suffix.lower() not in SUFFIXES:
        form = form.refused(refuse(Code.FILE_UNREADABLE), at="file")
    if form.errors or not isinstance(file, UploadFile):
        return _show(at, form)
    taken = _take_in(at, permit, kind, file)
    if isinstance(taken, Refused):
        return _show(at, form.refused(taken, at="file"))
    return pages.redirect(request, f"/deliveries/{taken}", receipt="receipt.delivery_taken")


def _take_in(at: Seat, permit: Permit, kind: str, file: UploadFile) -> str | Refused:
    """Through a folder of our own that is gone afterwards, under the file's last name alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePath(file.filename.replace("\\", "/")).name
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        taken = at.desk.take_in(permit, path, kind)
    return taken if isinstance(taken, Refused) else taken.id


@page("/deliveries/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One delivery with what was not used as it stood; no value of that is kept."""
    at = seat(request)
    here, rejects = _looked_at(at, number)
    pages_ = tables.pages_of(at, "rejects", len(rejects))
    rows = [_row(at, each) for each in rejects[tables.part(pages_)]]
    table = Table(
        id="rejects",
        caption=at.t("delivery.all_rejects"),
        columns=_REJECTS,
        rows=rows,
        empty=at.t("delivery.no_rejects"),
        pages=pages_,
    )
    above = Link(at.t("delivery.title"), "/deliveries")
    body: list[Block] = [_facts(at, here), table]
    if rejects:
        body.append(Ways([Link(at.t("delivery.get_rejects"), f"/deliveries/{here.id}/rejects")]))
    return blocks.show(request, Sight(title=here.file, above=above, blocks=body))


def _looked_at(at: Seat, number: str) -> tuple[DeliveryFacts, list[RejectFacts]]:
    permit, id_ = at.permit(Action.INGEST), identifier(DeliveryId, number)
    with at.desk.read(permit, id_, "own-case") as reading:
        return found(reading.register.delivery(id_)), reading.register.rejects(id_)


def _row(at: Seat, each: RejectFacts) -> dict[str, object]:
    effect, reason = worded(at.t, each)
    return {"row": str(each.row), "column": each.column, "reason": reason, "effect": effect}


def _facts(at: Seat, here: DeliveryFacts) -> Facts:
    pairs: list[tuple[str, object]] = [
        (at.t("delivery.kind"), dict(kinds(at)).get(here.kind, here.kind)),
        (at.t("delivery.at"), here.at),
        (at.t("delivery.form"), form_words(at.t, here.form)),
        (at.t("delivery.rows"), here.rows),
        (at.t("delivery.subjects"), here.subjects),
        (at.t("delivery.statements"), here.statements),
        (at.t("delivery.digest"), here.sha256.hex()),
    ]
    if here.unread:
        pairs.insert(3, (at.t("delivery.unread"), ", ".join(here.unread)))
    return Facts(pairs)


@page("/deliveries/{number:str}/rejects")
def rejects_of(request: AnyRequest, number: FromPath[str]) -> Response[bytes]:
    """What was not used as it stood, as a file for the one who is to mend the register."""
    at = seat(request)
    here, rejects = _looked_at(at, number)
    return Response(
        rejects_file(at.t, rejects),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{here.id}.csv"'},
    )


HANDLERS = [listed, send, one, rejects_of]
