"""What has left this party: answers to requests, and conditions that a firing told its owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from litestar import Response

from samverkan.agency.facts import FiringDisclosure, RequestFacts
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Sight
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.subjects import names_of, prop_words
from samverkan.domain.disclosure import Fate
from samverkan.domain.policy import Action
from samverkan.domain.request import Step
from samverkan.kernel.ids import SubjectId
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_COLUMNS = (
    Column("subject", "hit.subject"),
    Column("at", "disclosed.at", Kind.DAY),
    Column("to", "disclosed.to"),
    Column("what", "disclosed.what"),
    Column("under", "disclosed.under"),
    Column("of", "disclosed.of", Kind.LINK),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One disclosure: when, whose record, and what it came of."""

    at: datetime
    subject: SubjectId
    of: RequestFacts | FiringDisclosure


@page("/disclosures")
def listed(request: AnyRequest) -> Response[str]:
    """Everything, newest first."""
    at = seat(request)
    with at.desk.read(at.permit(Action.ANSWER), "disclosures", "weigh-request") as reading:
        table = _table(at, reading, _lines(reading))
    body: list[Block] = [table]
    sight = Sight(title=at.t("disclosed.title"), lead=at.t("disclosed.lead"), blocks=body)
    return blocks.show(request, sight)


def _lines(reading: Reading) -> list[Line]:
    found = [Line(one.at, one.subject, one) for one in reading.firings.disclosures()]
    for request in reading.cases.requests():
        sent = [moment for step, moment, _ in request.steps if step is Step.ANSWER]
        if sent and not request.outgoing:
            found.append(Line(sent[0], request.subject, request))
        if request.outgoing and request.ask.number is not None:
            found.append(Line(request.at, request.subject, request))
    return sorted(found, key=lambda line: line.at, reverse=True)


def _table(at: Seat, reading: Reading, known: list[Line]) -> Table:
    pages_ = tables.pages_of(at, "disclosures", len(known))
    shown = known[tables.part(pages_)]
    names = names_of(at, reading, [line.subject for line in shown])
    rows: list[dict[str, object]] = []
    for line in shown:
        row = {"at": line.at.date(), "subject": names[line.subject]}
        of = line.of
        said = _fired(at, of) if isinstance(of, FiringDisclosure) else _answered(at, reading, of)
        rows.append({**row, **said})
    return Table(
        id="disclosures",
        caption=at.t("disclosed.title"),
        columns=_COLUMNS,
        rows=rows,
        empty=at.t("disclosed.none"),
        pages=pages_,
    )


def _fired(at: Seat, of: FiringDisclosure) -> dict[str, object]:
    return {
        "to": at.names.parties(list(of.receivers)),
        "what": ", ".join(at.names.condition(code) for code in of.conditions),
        "under": at.t("disclosed.rule"),
        "of": at.names.of(at.desk.pack.typologies, of.typology),
    }


def _answered(at: Seat, reading: Reading, of: RequestFacts) -> dict[str, object]:
    if of.outgoing:  # the question itself let the other know that we work on the subject
        return {
            "to": at.names.party(of.peer),
            "what": at.t("disclosed.works_on"),
            "under": at.names.of(at.desk.pack.bases, of.ask.revealed),
            "of": at.t("disclosed.own_question"),
        }
    sent = reading.cases.disclosure(of.id)
    items = [] if sent is None else sent.items
    let_out = [prop_words(at, one.prop) for one in items if one.outcome == Fate.RELEASED.value]
    return {
        "to": at.names.party(of.peer),
        "what": ", ".join(let_out) or at.t("disclosed.nothing"),
        "under": at.names.of(at.desk.pack.bases, of.ask.basis),
        "of": Link(at.t("disclosed.request"), f"/requests/{of.id}"),
    }


HANDLERS = [listed]
