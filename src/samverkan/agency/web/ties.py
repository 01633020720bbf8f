"""The case's graph on its page: the drawing, and behind it the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samverkan.agency.web import tables
from samverkan.agency.web.blocks import Block, Fold, Heading, Text
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.drawing import drawing, judged_words, secrecy, value
from samverkan.agency.web.subjects import prop_words
from samverkan.domain.graph import Behind, Edge, Graph, Point, Record, Tie
from samverkan.kernel.ids import SubjectId
from samverkan.shell.parts import Column, Kind, Link

_COLUMNS = (
    Column("subject", "graph.subject"),
    Column("tie", "graph.tie"),
    Column("other", "graph.other"),
    Column("party", "line.party"),
    Column("restriction", "line.restriction"),
    Column("said", "line.said", Kind.DAY),
    Column("expires", "line.expires", Kind.DAY),
)


def shown(at: Seat, case: Graph, names: Mapping[SubjectId, str]) -> list[Block]:
    """Nothing where the case has no tie yet: then its tables say all there is."""
    if not case.ties:
        return []
    rows = list(_rows(at, case, names))
    table = tables.whole("ties", at.t("graph.table"), _COLUMNS, rows, at.t("line.none"))
    parts: list[Block] = [Heading(at.t("graph.heading")), drawing(at, case, names)]
    if case.left_out:
        parts.append(Text(at.t("graph.left_out", n=case.left_out), faint=True))
    return [*parts, Fold(at.t("graph.as_table"), [table])]


def _rows(at: Seat, case: Graph, names: Mapping[SubjectId, str]) -> Iterator[dict[str, object]]:
    """A row for each tie and source: who said it, what protects it, until when it may be kept."""
    points = {point.id: point for point in case.points}
    for tie in case.ties:
        subject = points[tie.subject].subject
        name = names[subject] if subject is not None else ""
        for line in tie.lines or (None,):
            yield {"subject": name, **_tie(at, points[tie.other], tie), **_source(at, line)}


def _tie(at: Seat, other: Point, tie: Tie) -> dict[str, object]:
    if other.record is not None:
        return {"tie": judged_words(at, other, tie), "other": _record(at, other.record)}
    if other.prop is None:
        return {"tie": "", "other": ""}
    words = prop_words(at, other.prop.value)
    return {"tie": words, "other": value(at, other.prop, other.value)}


def _record(at: Seat, record: Record) -> Link:
    """The page on which a person judged it, or asked about it."""
    where = "requests" if record.behind is not Behind.HIT else "hits"
    words = at.t("graph.record", party=at.names.party(record.party))
    return Link(words, f"/{where}/{record.at}")


def _source(at: Seat, line: Edge | None) -> dict[str, object]:
    if line is None:
        return {"party": "", "restriction": "", "said": None, "expires": None}
    return {
        "party": f"{at.names.party(line.party)}: {prop_words(at, line.prop.value).lower()}",
        "restriction": secrecy(at, line.restriction),
        "said": line.said_on,
        "expires": line.expires_on,
    }
