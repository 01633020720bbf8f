"""Public statistics of the party: what is loaded, from whom, and the form for a file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePath

from litestar import Response
from litestar.datastructures import UploadFile
from pydantic import Field

from samverkan.agency import collecting
from samverkan.agency.collecting import LONGEST, Asked, Faults
from samverkan.agency.ports import Work
from samverkan.agency.shelf import SeriesFacts
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statistics import Columns, Measure
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Tone
from samverkan.shell.routes import FileData, FormData, act, page
from samverkan.shell.visit import AnyRequest

SUFFIXES = (".csv", ".txt", ".xlsx", ".px", ".json")
_COLUMNS = (
    Column("title", "pictures.series"),
    Column("source", "pictures.source"),
    Column("licence", "pictures.licence"),
    Column("dated", "pictures.dated", Kind.DAY),
    Column("measures", "pictures.measures"),
    Column("figures", "pictures.figure_count", Kind.NUMBER),
    Column("at", "pictures.loaded", Kind.MOMENT),
)


class Loading(forms.Asked):
    """What the loader says of a file; PC-Axis and JSON-stat say the rest themselves."""

    title: str = Field("", max_length=LONGEST)
    source: str = Field("", max_length=LONGEST)
    licence: str = Field(max_length=LONGEST)
    dated: date | None = None
    area: str = Field("", max_length=200)
    period: str = Field("", max_length=200)
    year: str = Field("", max_length=9)
    value: str = Field("", max_length=200)
    unit: str = Field("", max_length=100)


class Dropping(forms.Asked):
    """The form that takes a series away."""

    series: str = Field(max_length=40)


@page("/pictures/statistics")
def listed(request: AnyRequest) -> Response[str]:
    """Every series, newest first."""
    return _show(seat(request), Form())


def _show(at: Seat, form: Form, faults: Faults = ()) -> Response[str]:
    with at.desk.read(at.permit(Action.READ_INBOX), "statistics", "follow-up") as reading:
        known = reading.statistics.all()
    rows = [
        {
            "title": one.origin.title,
            "source": one.origin.source,
            "licence": one.origin.licence,
            "dated": one.origin.dated,
            "measures": ", ".join(dict.fromkeys(measure.name for measure in one.measures)),
            "figures": one.figures,
            "at": one.at,
        }
        for one in known
    ]
    table = tables.whole(
        "series", at.t("pictures.all_series"), _COLUMNS, rows, at.t("pictures.no_statistics")
    )
    parts: list[Block] = [*_faults(at, faults), table]
    if at.may(Action.DRAW_PICTURE):
        parts += [_loading(at, form), *_dropping(at, known)]
    sight = Sight(
        title=at.t("pictures.statistics"),
        lead=at.t("pictures.statistics_lead"),
        above=Link(at.t("pictures.title"), "/pictures"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _dropping(at: Seat, known: Sequence[SeriesFacts]) -> list[Block]:
    if not known:
        return []
    choices = [(one.id, one.origin.title) for one in known]
    series = Ask(name="series", words=at.t("pictures.series"), kind="select", choices=choices)
    return [
        Sheet(
            path="/pictures/statistics/drop",
            heading=at.t("pictures.drop"),
            button=at.t("pictures.drop_send"),
            quiet=True,
            asks=[series],
        )
    ]


def _faults(at: Seat, faults: Faults) -> list[Block]:
    """Every fault of a file in its sentence; nothing of it was kept."""
    if not faults:
        return []
    words = [at.t.refusal(one) for one in faults]
    return [Notice(Tone.BAD, at.t("pictures.faults", n=len(words)), words)]


def _loading(at: Seat, form: Form) -> Sheet:
    t = at.t
    plain = [("title", "series"), ("source", "source"), ("licence", "licence")]
    asks = [
        Ask(
            name="file",
            words=t("pictures.file"),
            kind="file",
            unit=",".join(SUFFIXES),
            hint=t("pictures.file_means"),
        ),
        *(
            Ask(name=name, words=t(f"pictures.{key}"), required=name == "licence")
            for name, key in plain
        ),
        Ask(name="dated", words=t("pictures.dated"), kind="date", width="narrow", required=False),
    ]
    asks += [
        Ask(
            name=name,
            words=t(f"pictures.column_{name}"),
            required=False,
            hint=t("pictures.columns_mean") if name == "area" else "",
        )
        for name in ("area", "period", "year", "value", "unit")
    ]
    return Sheet(
        path="/pictures/statistics",
        heading=t("pictures.load"),
        lead=t("pictures.load_means"),
        button=t("pictures.load_send"),
        upload=True,
        form=form,
        asks=asks,
    )


@act("/pictures/statistics")
def load(request: AnyRequest, data: FileData) -> Response[str]:
    """Load a file: whole, or every fault of it and nothing."""
    at = seat(request)
    permit, file = at.permit(Action.DRAW_PICTURE), data.get("file")
    written = {name: value for name, value in data.items() if name != "file"}
    read = forms.read(Loading, written)
    form = read if isinstance(read, Form) else forms.filled(written)
    if not isinstance(file, UploadFile) or not file.filename:
        form = form.refused(refuse(Code.FIELD_MISSING), at="file")
    elif PurePath(file.filename).suffix.lower() not in SUFFIXES:
        form = form.refused(refuse(Code.FILE_UNREADABLE), at="file")
    if form.errors or isinstance(read, Form) or not isinstance(file, UploadFile):
        return _show(at, form)
    kept = _load(at, permit, read, file)
    if isinstance(kept, tuple):
        named = kept[0].params.get("field", "file")
        at_field = named if named in written else "file"
        return _show(at, form.refused(kept[0], at=at_field), kept)
    return pages.redirect(request, "/pictures/statistics", receipt="receipt.statistics_loaded")


def _load(at: Seat, permit: Permit, read: Loading, file: UploadFile) -> SeriesId | Faults:
    """Through a folder of our own that is gone afterwards, under the file's last name alone."""
    values = {read.value: Measure(read.title or read.value, read.unit)} if read.value else {}
    columns = Columns(
        area=read.area,
        period=read.period or None,
        year=read.year or None,
        values=values,
    )
    given = bool(read.area or read.period or read.year or read.value)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePath(file.filename.replace("\\", "/")).name
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        asked = Asked(
            path, columns if given else None, read.title, read.source, read.licence, read.dated
        )
        return at.desk.load_statistics(permit, asked)


@act("/pictures/statistics/drop")
def drop(request: AnyRequest, data: FormData) -> Response[str]:
    """Take a series away."""
    at = seat(request)
    permit = at.permit(Action.DRAW_PICTURE)
    read = forms.read(Dropping, data)
    if isinstance(read, Form):
        return _show(at, Form())
    series = identifier(SeriesId, read.series)

    def do(work: Work, permit: Permit) -> Refused | None:
        return collecting.discard(work, permit, series)

    at.attempt(permit, do)
    return pages.redirect(request, "/pictures/statistics", receipt="receipt.statistics_dropped")


HANDLERS = [listed, load, drop]
