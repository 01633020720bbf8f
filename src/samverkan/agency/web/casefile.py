"""The case in tables: each subject line by line with its origin, then what was asked and proposed."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.agency import answer, following
from samverkan.agency.casework import CaseView, SubjectView
from samverkan.agency.facts import HitFacts
from samverkan.agency.ports import Reading
from samverkan.agency.web import by_number, tables
from samverkan.agency.web.blocks import Block, Fold, Notice, Text
from samverkan.agency.web.council import STATES as ROUNDS
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.drawing import secrecy
from samverkan.agency.web.requests import STATES, clock
from samverkan.agency.web.subjects import SCHEMAS, VERDICTS, prop_words, value_words
from samverkan.domain.graph import Edge, disputed, standing
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import SubjectId
from samverkan.shell.parts import Column, Kind, Link, Struck, Table, Tone

_FEW = 3
"""With more subjects than these, each one's lines are folded away."""
_LINES = (
    Column("prop", "line.prop"),
    Column("values", "line.values"),
    Column("party", "line.party"),
    Column("restriction", "line.restriction"),
    Column("said", "line.said", Kind.DAY),
    Column("expires", "line.expires", Kind.DAY),
)
_HITS = (
    Column("party", "hit.party", Kind.LINK),
    Column("level", "hit.level"),
    Column("verdict", "hit.verdict", Kind.TAG),
)
_REQUESTS = (
    Column("peer", "request.peer", Kind.LINK),
    Column("need", "request.need"),
    Column("clock", "request.answer_by"),
    Column("state", "request.state", Kind.TAG),
)
_PROPOSALS = (
    Column("body", "proposal.body", Kind.LINK),
    Column("area", "proposal.area"),
    Column("state", "proposal.state", Kind.TAG),
)


def subjects(
    at: Seat, reading: Reading, view: CaseView, names: Mapping[SubjectId, str]
) -> list[Fold]:
    """Every subject under its name."""
    few = len(view.subjects) <= _FEW
    return [
        Fold(
            f"{names[one.subject]} ({at.t(SCHEMAS[one.schema]).lower()})",
            _subject(at, reading, view, one, names[one.subject]),
            open=few,
        )
        for one in view.subjects
    ]


def _subject(
    at: Seat, reading: Reading, view: CaseView, one: SubjectView, name: str
) -> list[Block]:
    t = at.t
    rows = [
        {
            "prop": prop_words(at, line.prop.value),
            "values": _values(at, line),
            "party": at.names.party(line.party),
            "restriction": secrecy(at, line.restriction),
            "said": line.said_on,
            "expires": line.expires_on,
        }
        for line in one.lines
    ]
    hits = [
        {
            "party": Link(at.names.party(hit.party), f"/hits/{hit.id}"),
            "level": at.names.level(hit.told),
            "verdict": _verdict(reading, hit),
        }
        for hit in one.hits
    ]
    key = str(one.subject)
    return [
        *_disputed(at, one),
        *by_number.ways(at, reading, view, one.subject),
        Table(
            id=f"lines-{key}",
            caption=t("line.all", name=name),
            columns=_LINES,
            rows=rows,
            empty=t("line.none"),
            grouped=True,
        ),
        Text(_secrecy(at, one), faint=True),
        tables.whole(f"hits-{key}", t("line.hits", name=name), _HITS, hits, t("line.no_hits")),
    ]


def _values(at: Seat, line: Edge) -> str | Struck:
    """What the line says; struck through where its party has said otherwise since."""
    said = ", ".join(value_words(at, line.prop, value) for value in line.values)
    return Struck(said) if line.struck else said


def _disputed(at: Seat, one: SubjectView) -> list[Block]:
    """What the sources do not agree on, before the lines in which it is easily overlooked."""
    words = [
        at.t("line.differs", prop=prop_words(at, prop.value), values=_who_says_what(at, one, prop))
        for prop in disputed(one.lines)
    ]
    return [Notice(Tone.WARN, at.t("line.disputed"), words)] if words else []


def _who_says_what(at: Seat, one: SubjectView, prop: Prop) -> str:
    said: dict[str, list[str]] = {}
    for line in one.lines:
        for value in line.values if line.prop is prop and not line.struck else ():
            said.setdefault(value, []).append(at.names.brief(line.party))
    return "; ".join(
        f"{value_words(at, prop, value)} ({', '.join(dict.fromkeys(parties))})"
        for value, parties in said.items()
    )


def _secrecy(at: Seat, one: SubjectView) -> str:
    """The rules of secrecy of the lines above, in words."""
    codes = dict.fromkeys(line.restriction for line in one.lines)
    rules = [
        f"{secrecy(at, code)}: {at.names.of(at.desk.pack.classifications, code)}"
        for code in codes
        if code in at.desk.pack.classifications
    ]
    return "; ".join(rules)


def _verdict(reading: Reading, hit: HitFacts) -> object:
    judged = standing(note.judgement for note in reading.hits.notes(hit))
    return "" if judged is None else VERDICTS[judged.verdict]


def requests(at: Seat, reading: Reading, view: CaseView) -> Table:
    """What was asked in the case, of whom, and how it stands."""
    rows = [
        {
            "peer": Link(at.names.party(one.peer), f"/requests/{one.id}"),
            "need": at.names.reason("need", one.ask.need),
            "clock": clock(at, one, reading.now),
            "state": STATES[answer.standing(one, reading.now)],
        }
        for one in view.requests
    ]
    return tables.whole(
        "requests", at.t("case.all_requests"), _REQUESTS, rows, at.t("case.no_requests")
    )


def proposals(at: Seat, reading: Reading, view: CaseView) -> Table:
    """What has become of the case's proposals; one that steering has not told of yet is on its way."""
    known = following.proposals(reading)
    rows: list[dict[str, object]] = []
    for id_ in view.proposals:
        proposal = known.get(id_)
        if proposal is None:
            rows.append({"body": at.t("proposal.on_its_way"), "area": "", "state": ""})
            continue
        header = proposal.header
        name = at.names.of(at.desk.pack.bodies, header.body)
        reads = at.may(Action.READ_COUNCIL, header.body)
        rows.append(
            {
                "body": Link(name, f"/council/{id_}") if reads else name,
                "area": at.names.of(at.desk.pack.crime_areas, header.crime_area),
                "state": ROUNDS[proposal.state],
            }
        )
    return tables.whole(
        "proposals", at.t("case.proposals"), _PROPOSALS, rows, at.t("case.no_proposals")
    )
