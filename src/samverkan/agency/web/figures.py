"""What a frozen report is made of: each figure down to its rows; and what past years have published."""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from litestar import Response
from litestar.params import FromPath

from samverkan.agency.web import blocks, tables
from samverkan.agency.web.amounts import amount
from samverkan.agency.web.blocks import Block, Facts, Fold, Sight, Text
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.operations import visible
from samverkan.agency.web.reports import READERS, frozen
from samverkan.kernel.ids import ReportId
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

MOST = 200
"""Figures that one page opens; a larger report is read from its files."""
_ROWS = (
    Column("outcome", "figures.outcome", Kind.LINK),
    Column("party", "position.party"),
    Column("amount", "effect.amount"),
    Column("decided", "effect.decided", Kind.DAY),
)
_PUBLISHED = (
    Column("year", "reports.year"),
    Column("area", "figures.area"),
    Column("says", "figures.says"),
    Column("indicator", "effect.indicator"),
    Column("amount", "effect.amount"),
    Column("source", "figures.source"),
)
Rows = Mapping[str, Any]


@page("/reports/{number:str}")
def explained(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """Every figure of a report with the rows that it is made of, as far as this officer may see."""
    at, id_ = seat(request), identifier(ReportId, number)
    with at.desk.read(at.first(READERS), id_, "follow-up") as reading:
        body = found(frozen(reading).get(id_))
        mine = frozenset(visible(at, reading))
    rows = rows_of(body)
    shown = rows["figures"][:MOST]
    parts: list[Block] = [
        Facts(
            [
                (at.t("reports.on"), str(body["on"])),
                (at.t("figures.operations"), len(rows["operations"])),
                (at.t("reports.digest"), b64decode(str(body["rows"])).hex()),
            ]
        ),
        Text(at.t("figures.means"), faint=True),
        *(_figure(at, no, figure, rows, mine) for no, figure in enumerate(shown)),
    ]
    title = at.t("figures.title", year=body["year"])
    above = Link(at.t("reports.title"), "/reports")
    return blocks.show(request, Sight(title=title, above=above, blocks=parts))


def rows_of(body: Mapping[str, object]) -> Rows:
    """The rows in a frozen report's file for machines."""
    with zipfile.ZipFile(io.BytesIO(b64decode(str(body["zip"])))) as zipped:
        rows: Rows = json.loads(zipped.read("rows.json"))
    return rows


def _figure(at: Seat, no: int, figure: Rows, rows: Rows, mine: frozenset[str]) -> Fold:
    indicator, stage = figure["indicator"], figure["stage"]
    heading = at.t(
        "figures.figure",
        indicator=at.names.of(at.desk.pack.indicators, indicator),
        stage=at.names.of(at.desk.pack.stages, stage),
        version=figure["version"],
        amount=amount(at, indicator, figure["amount"]),
    )
    made_of = [
        row
        for row in rows["outcomes"]
        if row["outcome"] in figure["outcomes"] and row["stage"] == stage
    ]
    return Fold(heading, [_made_of(at, no, made_of, mine)])


def _made_of(at: Seat, no: int, rows: Sequence[Rows], mine: frozenset[str]) -> Table:
    """The rows; a way on where the officer has to do with the operation, else the number alone."""
    cells = [
        {
            "outcome": Link(row["outcome"], f"/operations/{row['operation']}")
            if row["operation"] in mine
            else row["outcome"],
            "party": at.names.party(row["party"]),
            "amount": amount(at, row["indicator"], row["amount"]),
            "decided": date.fromisoformat(row["decided"]),
        }
        for row in rows
    ]
    return tables.whole(f"rows{no}", at.t("figures.rows"), _ROWS, cells, at.t("effect.none"))


@page("/reports/published")
def published(request: AnyRequest) -> Response[str]:
    """Figures of past years as others have published them, apart from everything counted here."""
    at, pack = seat(request), seat(request).desk.pack
    with at.desk.read(at.first(READERS), "published", "follow-up"):
        known = sorted(pack.published.values(), key=lambda one: one.year)
    rows = [
        {
            "year": str(one.year),
            "area": at.names.words(one.area) if one.area else at.t("figures.country"),
            "says": at.names.words(one.says),
            "indicator": at.names.of(pack.indicators, one.indicator) if one.indicator else "",
            "amount": f"{at.f.number(Decimal(one.amount))} {at.names.of(pack.units, one.unit)}",
            "source": one.source,
        }
        for one in known
    ]
    caption, empty = at.t("figures.published"), at.t("figures.no_published")
    body: list[Block] = [
        Text(at.t("figures.series")),
        tables.whole("published", caption, _PUBLISHED, rows, empty),
    ]
    sight = Sight(
        title=caption,
        lead=at.t("figures.published_means"),
        above=Link(at.t("reports.title"), "/reports"),
        blocks=body,
    )
    return blocks.show(request, sight)


HANDLERS = [published, explained]
