"""The start page: what waits for this officer, and how far the work has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from litestar import Response

from samverkan.agency import answer, keymaking
from samverkan.agency.assessing import judgement
from samverkan.agency.following import Cooperation, cooperations, operations, proposals, refusals
from samverkan.agency.ports import Reading
from samverkan.agency.selecting import queries
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Chain, Heading, Notice, Sight
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.reports import frozen
from samverkan.agency.web.requests import clock
from samverkan.domain.council import State as Round
from samverkan.domain.operation import MeasureState
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.shell import pages
from samverkan.shell.parts import Column, Kind, Link, Progress, Step, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_COLUMNS = (
    Column("what", "inbox.what", Kind.LINK),
    Column("about", "inbox.about"),
    Column("clock", "inbox.clock"),
)
Waiting = dict[str, object]


@page("/")
def inbox(request: AnyRequest) -> Response[str]:
    """What waits, then the chain."""
    at = seat(request)
    permit = at.may(Action.READ_INBOX)
    if permit is None:
        return _without(at)
    with at.desk.read(permit, "inbox", "own-case") as reading:
        rows = list(_waiting(at, reading))
        steps = _chain(at, reading)
        refused = _refused(at, reading)
    table = tables.whole("waiting", at.t("inbox.waiting"), _COLUMNS, rows, at.t("inbox.nothing"))
    parts: list[Block] = [
        *refused,
        table,
        Heading(at.t("inbox.chain")),
        Chain(at.t("inbox.chain"), steps),
    ]
    title = at.t("inbox.title", name=at.who(at.user))
    return blocks.show(request, Sight(title=title, lead=at.t("inbox.lead"), blocks=parts))


def _without(at: Seat) -> Response[str]:
    """Who only audits begins with the ledger; who has no mandate in force is told so."""
    if at.may(Action.READ_LEDGER) is not None:
        return pages.redirect(at.request, "/log")
    words = [at.t.refusal(refuse(Code.NO_MANDATE))]
    notice = Notice(Tone.WARN, at.t("inbox.no_mandate"), words)
    title = at.t("inbox.title", name=at.who(at.user))
    return blocks.show(at.request, Sight(title=title, blocks=[notice]))


def _waiting(at: Seat, reading: Reading) -> Iterator[Waiting]:
    yield from _cooperations(at, reading)
    yield from _answers_due(at, reading)
    yield from _council(at, reading)
    yield from _selections(at, reading)
    yield from _leads(at, reading)
    yield from _answers_here(at, reading)
    yield from _measures(at, reading)


def _line(what: Link, about: str, clock_: str = "") -> Waiting:
    return {"what": what, "about": about, "clock": clock_}


def _cooperations(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.DECIDE_COOPERATION) is None:
        return
    for one in cooperations(reading.feed.all()).values():
        decided = at.desk.me in one.accepted or one.in_force or one.ended
        if not decided and not reading.commands.sent("cooperation.accept", one.id):
            what = Link(at.t("inbox.decide"), f"/cooperations/{one.id}")
            yield _line(what, at.names.cooperation(one.draft))


def _scopes(reading: Reading) -> list[Cooperation]:
    today = reading.now.date()
    known = cooperations(reading.feed.all()).values()
    return [one for one in known if one.is_scope and one.holds(today)]


def _selections(at: Seat, reading: Reading) -> Iterator[Waiting]:
    signs, enrols = at.may(Action.SIGN_RULE), at.may(Action.ENROL)
    for scope in _scopes(reading) if signs or enrols else []:
        own = set(queries(at.desk.pack, scope.draft, at.desk.me))
        unsigned = own - {rule.query for rule in reading.enrolments.rules(scope.id)}
        left = own - {one.query for one in reading.enrolments.all(scope.id)}
        name = at.names.cooperation(scope.draft)
        path = f"/cooperations/{scope.id}"
        if signs and unsigned:
            yield _line(Link(at.t("inbox.sign", n=len(unsigned)), path), name)
        if enrols and left and keymaking.ready(reading, scope.draft):
            yield _line(Link(at.t("inbox.enrol", n=len(left)), path), name)


def _leads(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.READ_HITS) is None:
        return
    firings = reading.firings.all()
    held = {subject for case in reading.cases.all() for subject in case.subjects}
    free = [one for one in firings if one.subject not in held]
    for code, count in Counter(one.fired.typology for one in free).items():
        what = Link(at.t("inbox.firings", n=count), "/hits")
        yield _line(what, at.names.of(at.desk.pack.typologies, code))
    unjudged = [hit for hit in reading.hits.all() if judgement(reading, hit) is None]
    if unjudged:
        strongest = at.t("inbox.strongest", level=at.names.level(unjudged[0].told))
        yield _line(Link(at.t("inbox.hits", n=len(unjudged)), "/hits"), strongest)


def _answers_due(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.ANSWER) is None:
        return
    for one in reading.cases.requests():
        if not one.outgoing and answer.standing(one, reading.now) is State.SENT:
            what = Link(at.t("inbox.answer", party=at.names.party(one.peer)), f"/requests/{one.id}")
            yield _line(what, at.names.reason("need", one.ask.need), clock(at, one, reading.now))


def _answers_here(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """Answers to own requests in cases of which nothing has been proposed yet."""
    if at.may(Action.READ_CASE) is None:
        return
    for case in reading.cases.all():
        if reading.cases.proposed(case.id):
            continue
        asked = [r for r in reading.cases.requests() if r.outgoing and r.case == case.id]
        here = [r for r in asked if reading.cases.disclosure(r.id) is not None]
        if here:
            what = Link(at.t("inbox.answered", n=len(here), all=len(asked)), f"/cases/{case.id}")
            yield _line(what, case.title)


def _council(at: Seat, reading: Reading) -> Iterator[Waiting]:
    takes, closes = set(at.bodies(Action.TAKE_POSITION)), set(at.bodies(Action.CLOSE_DECISION))
    for id_, one in proposals(reading).items() if takes or closes else []:
        body = one.header.body
        if one.state is not Round.OPEN:
            continue
        area = at.names.of(at.desk.pack.crime_areas, one.header.crime_area)
        about = f"{at.names.of(at.desk.pack.bodies, body)}: {area.lower()}"
        silent = at.desk.me not in one.latest()
        if body in takes and silent and not reading.commands.sent("position.take", id_):
            yield _line(Link(at.t("inbox.position"), f"/council/{id_}"), about)
        if body in closes and at.desk.pack.bodies[body].chair == at.desk.me:
            yield _line(Link(at.t("inbox.close", n=len(one.latest())), f"/council/{id_}"), about)


def _measures(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.PLAN_MEASURE) is None:
        return
    for id_, one in operations(reading).items():
        if at.desk.me not in one.parties:
            continue
        area = at.names.of(at.desk.pack.crime_areas, one.header.crime_area)
        mine = [m for m in one.measures.values() if m.party == at.desk.me]
        thought = {m.measure for m in one.header.measures if m.party == at.desk.me}
        unplanned = thought - {m.kind for m in mine}
        if unplanned:
            yield _line(Link(at.t("inbox.plan", n=len(unplanned)), f"/operations/{id_}"), area)
        for measure in mine:
            if measure.state is MeasureState.PLANNED:
                name = at.names.of(at.desk.pack.measures, measure.kind)
                what = Link(at.t("inbox.measure", name=name.lower()), f"/operations/{id_}")
                yield _line(what, area, measure.due)


def _refused(at: Seat, reading: Reading) -> list[Block]:
    """Commands that steering has refused: what, and the sentence of the code."""
    found = refusals(reading)[:3]
    words = []
    for one in found:
        known = one.code in {code.value for code in Code}
        words.append(
            at.t(
                "inbox.refused",
                command=one.command,
                code=one.code if not known else _said(at, one.code),
            )
        )
    return [Notice(Tone.BAD, at.t("inbox.refusals"), words)] if words else []


def _said(at: Seat, code: str) -> str:
    params = dict.fromkeys(("present", "quorum", "detail", "field"), "–")
    return at.t.refusal(refuse(Code(code), **params))


def _chain(at: Seat, reading: Reading) -> list[Step]:
    """The first station without result is where the work stands."""
    scopes = _scopes(reading)
    rounds = proposals(reading).values()
    done = [
        (at.t("chain.deliver"), bool(reading.register.deliveries()), "/deliveries"),
        (at.t("chain.cooperate"), bool(scopes), "/cooperations"),
        (at.t("chain.enrol"), any(reading.enrolments.all(s.id) for s in scopes), "/cooperations"),
        (at.t("chain.hit"), bool(reading.hits.all() or reading.firings.all()), "/hits"),
        (at.t("chain.ask"), bool(reading.cases.requests()), "/requests"),
        (at.t("chain.decide"), any(one.decided for one in rounds), "/council"),
        (at.t("chain.act"), bool(operations(reading)), "/operations"),
        (at.t("chain.report"), bool(frozen(reading)), "/reports"),
    ]
    reach = {
        item.path for item in at.request.app.state.site.frame.navigation(pages.current(at.request))
    }
    current = next((i for i, (_, ok, _) in enumerate(done) if not ok), len(done))
    return [
        Step(
            words,
            Progress.DONE if ok else Progress.NOW if i == current else Progress.LATER,
            path=path if path in reach else "",
        )
        for i, (words, ok, path) in enumerate(done)
    ]


HANDLERS = [inbox]
