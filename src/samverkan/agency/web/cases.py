"""Cases: what is known of each subject, line by line with its origin, and what has come of it."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import answer, casework
from samverkan.agency.casework import CaseView, SubjectView
from samverkan.agency.facts import HitFacts
from samverkan.agency.following import cooperations, proposals
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Facts, Figure, Heading, Node, Sight, Text, Ways
from samverkan.agency.web.council import STATES as ROUNDS
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.requests import STATES, clock
from samverkan.agency.web.subjects import SCHEMAS, VERDICTS, names_of, prop_words, value_words
from samverkan.domain.graph import standing
from samverkan.domain.policy import Action
from samverkan.kernel.ids import CaseId, SubjectId
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_CASES = (
    Column("title", "case.name", Kind.LINK),
    Column("scope", "case.scope"),
    Column("subjects", "case.subjects", Kind.NUMBER),
    Column("requests", "case.requests", Kind.NUMBER),
    Column("opened", "case.opened", Kind.DAY),
    Column("officer", "case.officer"),
)
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


@page("/cases")
def listed(request: AnyRequest) -> Response[str]:
    """Every case of this party."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_CASE), "cases", "own-case") as reading:
        known = reading.cases.all()
        pages_ = tables.pages_of(at, "cases", len(known))
        scopes = cooperations(reading.feed.all())
        asked = [r.case for r in reading.cases.requests() if r.outgoing]
        rows = [
            {
                "title": Link(case.title, f"/cases/{case.id}"),
                "scope": at.names.cooperation(scopes[case.scope].draft),
                "subjects": len(case.subjects),
                "requests": asked.count(case.id),
                "opened": case.at.date(),
                "officer": at.who(case.officer),
            }
            for case in known[tables.part(pages_)]
        ]
    table = Table(
        id="cases",
        caption=at.t("case.all"),
        columns=_CASES,
        rows=rows,
        empty=at.t("case.none"),
        pages=pages_,
    )
    sight = Sight(title=at.t("case.heading"), lead=at.t("case.lead"), blocks=[table])
    return blocks.show(request, sight)


@page("/cases/{case:str}")
def one(request: AnyRequest, case: FromPath[str]) -> Response[str]:
    """One case as this party may see it today."""
    at = seat(request)
    permit, id_ = at.permit(Action.READ_CASE), identifier(CaseId, case)
    with at.desk.read(permit, id_, "own-case") as reading:
        view = found(casework.view(reading, permit, id_))
        names = names_of(at, reading, [one.subject for one in view.subjects])
        parts: list[Block] = [_facts(at, reading, view)]
        if at.may(Action.PROPOSE):
            way = Link(at.t("proposal.make"), f"/cases/{id_}/propose")
            parts.append(Ways([way], main=not view.proposals))
        parts.append(_figure(at, view, names))
        for subject in view.subjects:
            parts += _subject(at, reading, subject, names[subject.subject])
        parts += [_requests(at, reading, view), _proposals(at, reading, view)]
    above = Link(at.t("case.heading"), "/cases")
    return blocks.show(request, Sight(title=view.case.title, above=above, blocks=parts))


def _facts(at: Seat, reading: Reading, view: CaseView) -> Facts:
    scope = cooperations(reading.feed.all())[view.case.scope]
    return Facts(
        [
            (
                at.t("case.scope"),
                Link(at.names.cooperation(scope.draft), f"/cooperations/{scope.id}"),
            ),
            (at.t("case.opened"), view.case.at),
            (at.t("case.officer"), at.who(view.case.officer)),
        ]
    )


def _figure(at: Seat, view: CaseView, names: dict[SubjectId, str]) -> Figure:
    """Subjects on the left, the parties that have said something of them on the right."""
    codes = sorted({line.party for one in view.subjects for line in one.lines})
    step = 56
    height = step * max(len(view.subjects), len(codes), 1)
    left = {
        s.subject: Node(300, _y(i, len(view.subjects), height), _short(names[s.subject]))
        for i, s in enumerate(view.subjects)
    }
    right = {
        c: Node(440, _y(i, len(codes), height), at.names.party(c), party=True)
        for i, c in enumerate(codes)
    }
    lines = sorted({(s.subject, line.party) for s in view.subjects for line in s.lines})
    return Figure(
        at.t("case.figure"),
        720,
        height,
        [*left.values(), *right.values()],
        [(left[subject], right[party]) for subject, party in lines],
    )


def _y(place: int, count: int, height: int) -> int:
    return int(height * (2 * place + 1) / (2 * count))


def _short(words: str) -> str:
    return words if len(words) <= 34 else words[:33] + "…"


def _subject(at: Seat, reading: Reading, one: SubjectView, name: str) -> list[Block]:
    t = at.t
    rows = [
        {
            "prop": prop_words(at, line.prop.value),
            "values": ", ".join(value_words(at, line.prop, value) for value in line.values),
            "party": at.names.party(line.party),
            "restriction": _cited(at, line.restriction),
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
    kind = t(SCHEMAS[one.schema])
    return [
        Heading(f"{name} ({kind.lower()})"),
        tables.whole(f"lines-{key}", t("line.all", name=name), _LINES, rows, t("line.none")),
        Text(_secrecy(at, one), faint=True),
        tables.whole(f"hits-{key}", t("line.hits", name=name), _HITS, hits, t("line.no_hits")),
    ]


def _cited(at: Seat, code: str) -> str:
    """Where the rule of secrecy stands."""
    known = at.desk.pack.classifications.get(code)
    if known is None:
        return at.t("line.unprotected")
    return at.t("line.cited", statute=known.statute, section=known.section)


def _secrecy(at: Seat, one: SubjectView) -> str:
    """The rules of secrecy of the lines above, in words."""
    codes = dict.fromkeys(line.restriction for line in one.lines)
    rules = [
        f"{_cited(at, code)}: {at.names.of(at.desk.pack.classifications, code)}"
        for code in codes
        if code in at.desk.pack.classifications
    ]
    return "; ".join(rules)


def _verdict(reading: Reading, hit: HitFacts) -> object:
    judged = standing(note.judgement for note in reading.hits.notes(hit))
    return "" if judged is None else VERDICTS[judged.verdict]


def _requests(at: Seat, reading: Reading, view: CaseView) -> Table:
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


def _proposals(at: Seat, reading: Reading, view: CaseView) -> Table:
    """What has become of the case's proposals; one that steering has not told of yet is on its way."""
    known = proposals(reading)
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


HANDLERS = [listed, one]
