"""What waits: for this officer by own mandates, and what this party waits for from others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samverkan.agency import amending, answer, crediting, feedback, keymaking
from samverkan.agency.following import Cooperation, cooperations, operations, proposals
from samverkan.agency.headers import reviews_due
from samverkan.agency.ports import Reading
from samverkan.agency.web import local_waiting, openings, picture_waiting, variant_waiting
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.running import name_of
from samverkan.agency.web.subjects import prop_words
from samverkan.domain.council import State as Round
from samverkan.domain.operation import MeasureState
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.kernel.ids import RequestId
from samverkan.shell.parts import Link, Several, Tag, Tone

SOON = 60
"""Days before its end in which a cooperation shows as running out."""
AHEAD = 14
"""Days before its day in which a review waits for the lead."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: the way to it, what it is about, its last moment or day if it has one.

    `kind` is the text key of things that may be told together, `n` how many of them this line holds.
    """

    what: Link | Several
    about: str
    due: datetime | date | None = None
    kind: str = ""
    n: int = 1

    def day(self, at: Seat) -> date | None:
        """The last day, by the party's own clocks."""
        return at.f.local(self.due).date() if isinstance(self.due, datetime) else self.due


def remaining(due: date, today: date) -> Tag:
    """How long is left, in whole days, and how much that presses."""
    days = (due - today).days
    if days < 0:
        return Tag("inbox.late", Tone.BAD)
    if days == 0:
        return Tag("inbox.today", Tone.BAD)
    return Tag("inbox.days", Tone.WARN if days <= _WEEK else Tone.INFO, days)


def next_working_day(today: date) -> date:
    """The day after, or Monday: what is due then is hardly done unless it is begun before."""
    return today + timedelta(days={4: 3, 5: 2}.get(today.weekday(), 1))


def in_order(at: Seat, lines: Iterator[Waiting]) -> list[Waiting]:
    """What has a last day first, the nearest before all; the rest as the chain goes."""
    return sorted(lines, key=lambda line: line.day(at) or date.max)


def on_me(at: Seat, reading: Reading) -> list[Waiting]:
    """What this officer's mandates call for."""
    stations = (
        _cooperations, _running_out, _answers_due, _council, _leads, _answers_here, _measures,
        _reviews, _corrections, _corrected, _selections, _shares, _feedback, _pictures, _local,
        _ways,
    )  # fmt: skip
    return in_order(at, (line for station in stations for line in station(at, reading)))


def on_others(at: Seat, reading: Reading) -> list[Waiting]:
    """What has been asked of others, and what they have not done yet."""
    stations = (_answers_awaited, _acceptances_awaited, _positions_awaited)
    return in_order(at, (line for station in stations for line in station(at, reading)))


def _answers_awaited(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.ASK) is None:
        return
    for one in reading.cases.requests():
        if one.outgoing and answer.standing(one, reading.now) is State.SENT:
            case = reading.cases.get(one.case)
            words = at.t("inbox.awaits_answer", party=at.names.party(one.peer))
            due = datetime.fromisoformat(one.ask.answer_by)
            yield Waiting(Link(words, f"/requests/{one.id}"), case.title if case else "", due)


def _acceptances_awaited(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.DECIDE_COOPERATION) is None:
        return
    for one in cooperations(reading.feed.all()).values():
        left = [party for party in one.draft.parties if party not in one.accepted]
        if at.desk.me in one.accepted and left and not (one.in_force or one.ended):
            words = at.t("inbox.awaits_acceptance", parties=at.names.parties(left))
            yield Waiting(Link(words, f"/cooperations/{one.id}"), at.names.cooperation(one.draft))


def _positions_awaited(at: Seat, reading: Reading) -> Iterator[Waiting]:
    bodies = set(at.bodies(Action.TAKE_POSITION))
    for id_, one in proposals(reading).items() if bodies else []:
        body = at.desk.pack.bodies[one.header.body]
        said = one.latest()
        if body.id not in bodies or one.state is not Round.OPEN or at.desk.me not in said:
            continue
        words = at.t("inbox.awaits_positions", n=len(said), all=len(body.members))
        yield Waiting(Link(words, f"/council/{id_}"), at.names.words(body.names))


def _pictures(at: Seat, reading: Reading) -> Iterator[Waiting]:
    for one in picture_waiting.calls(at, reading):
        yield Waiting(one.what, one.about, one.due)


def _ways(at: Seat, reading: Reading) -> Iterator[Waiting]:
    for what, about in variant_waiting.calls(at, reading):
        yield Waiting(what, about)


def _running_out(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """A cooperation that ends soon: what is to go on needs a new decision before."""
    if at.may(Action.DECIDE_COOPERATION) is None:
        return
    today = reading.now.date()
    for one in cooperations(reading.feed.all()).values():
        until = date.fromisoformat(one.draft.until)
        if one.holds(today) and until - today <= timedelta(days=SOON):
            what = Link(at.t("inbox.runs_out"), f"/cooperations/{one.id}")
            yield Waiting(what, at.names.cooperation(one.draft), until)


def _cooperations(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.DECIDE_COOPERATION) is None:
        return
    for one in cooperations(reading.feed.all()).values():
        decided = at.desk.me in one.accepted or one.in_force or one.ended
        if not decided and not reading.commands.sent("cooperation.accept", one.id):
            what = Link(at.t("inbox.decide", n=1), f"/cooperations/{one.id}")
            yield Waiting(what, at.names.cooperation(one.draft), kind="inbox.decide")


def scopes(reading: Reading) -> list[Cooperation]:
    """The scopes in force today."""
    today = reading.now.date()
    known = cooperations(reading.feed.all()).values()
    return [one for one in known if one.is_scope and one.holds(today)]


def _selections(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """What the scopes wait for; a query that the party has left out does not come back every day."""
    signs, enrols = at.may(Action.SIGN_RULE), at.may(Action.ENROL)
    for scope in scopes(reading) if signs or enrols else []:
        unsigned, left = openings.owed(at, scope, openings.Made.read(at, reading, scope))
        name = at.names.cooperation(scope.draft)
        path = f"/cooperations/{scope.id}"
        if signs and unsigned:
            words = at.t("inbox.sign", n=unsigned)
            yield Waiting(Link(words, path), name, kind="inbox.sign", n=unsigned)
        if enrols and left and keymaking.ready(reading, scope.draft):
            words = at.t("inbox.enrol", n=left)
            yield Waiting(Link(words, path), name, kind="inbox.enrol", n=left)


def _leads(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.READ_HITS) is None:
        return
    assessed = reading.firings.assessed()
    free = [one for one in reading.firings.all() if one.id not in assessed]
    judged = reading.hits.judged()
    unjudged = [hit for hit in reading.hits.all() if hit.pair not in judged]
    if unjudged:
        strongest = at.t("inbox.strongest", level=at.names.level(unjudged[0].told))
        path = f"/hits/{unjudged[0].id}" if len(unjudged) == 1 else "/hits?verdict=none"
        yield Waiting(Link(at.t("inbox.hits", n=len(unjudged)), path), strongest)
    for code, count in Counter(one.fired.typology for one in free).items():
        first = next(one.id for one in free if one.fired.typology == code)
        path = f"/firings/{first}" if count == 1 else "/hits"
        name = at.names.of(at.desk.pack.typologies, code)
        words = at.t("inbox.firings", n=count)
        yield Waiting(Link(words, path), name, kind="inbox.firings", n=count)


def _answers_due(at: Seat, reading: Reading) -> Iterator[Waiting]:
    if at.may(Action.ANSWER) is None:
        return
    for one in reading.cases.requests():
        if not one.outgoing and answer.standing(one, reading.now) is State.SENT:
            what = Link(at.t("inbox.answer", party=at.names.party(one.peer)), f"/requests/{one.id}")
            due = datetime.fromisoformat(one.ask.answer_by)
            yield Waiting(what, at.names.reason("need", one.ask.need), due)


def _answers_here(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """Answers to own requests in cases of which nothing has been proposed yet."""
    if at.may(Action.READ_CASE) is None:
        return
    for case in reading.cases.all():
        if reading.cases.proposed(case.id):
            continue
        asked = reading.cases.asked_in(case.id)
        here = [r for r in asked if reading.cases.disclosure(r.id) is not None]
        if here:
            what = Link(at.t("inbox.answered", n=len(here), all=len(asked)), f"/cases/{case.id}")
            yield Waiting(what, case.title)


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
            words = at.t("inbox.position", n=1)
            yield Waiting(Link(words, f"/council/{id_}"), about, kind="inbox.position")
        if body in closes and at.desk.pack.bodies[body].chair == at.desk.me:
            yield Waiting(Link(at.t("inbox.close", n=len(one.latest())), f"/council/{id_}"), about)


def _corrections(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """What we have disclosed and our own register says otherwise now."""
    for one in amending.due(reading) if at.may(Action.ANSWER) else ():
        words = at.t("inbox.correct", party=at.names.party(one.request.peer))
        about = ", ".join(prop_words(at, prop).lower() for prop in one.props)
        yield Waiting(Link(words, f"/requests/{one.request.id}"), about)


def _corrected(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """What others have corrected or taken back of late of what they disclosed to us."""
    if at.may(Action.READ_CASE) is None:
        return
    for one in reading.amendments.since(reading.now - amending.HEARD, outgoing=False):
        request = reading.amendments.request_of(one.body.disclosure)
        known = None if request is None else reading.cases.request(RequestId(request))
        case = None if known is None else reading.cases.get(known.case)
        if known is not None and case is not None:
            words = at.t("inbox.corrected", party=at.names.party(known.peer))
            yield Waiting(Link(words, f"/requests/{known.id}"), case.title)


def _reviews(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """Joint cases that this party leads and that are soon to be reviewed."""
    if at.may(Action.LEAD_CASE) is None:
        return
    for one in reviews_due(reading, reading.now.date() + timedelta(days=AHEAD)):
        what = Link(at.t("inbox.review", name=name_of(at, one)), f"/cases/joint/{one.id}")
        yield Waiting(what, at.names.reason("case-purpose", one.purpose), one.review)


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
            yield Waiting(Link(at.t("inbox.plan", n=len(unplanned)), f"/operations/{id_}"), area)
        for measure in mine:
            if measure.state is MeasureState.PLANNED:
                name = at.names.of(at.desk.pack.measures, measure.kind)
                what = Link(at.t("inbox.measure", name=name.lower()), f"/operations/{id_}")
                yield Waiting(what, area, date.fromisoformat(measure.due))


def _shares(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """Shares that wait for an answer, and own outcomes that another party may have told as well."""
    if at.may(Action.RECORD_OUTCOME) is None:
        return
    indicators = at.desk.pack.indicators
    for here, one in crediting.shares_to_answer(reading):
        words = at.t("inbox.share", party=at.names.party(one.party))
        path = f"/operations/{here.operation}/outcomes/{one.id}"
        yield Waiting(Link(words, path), at.names.of(indicators, one.outcome.indicator))
    for here, one, _ in crediting.alike_to_settle(reading):
        path = f"/operations/{here.operation}/outcomes/{one.id}"
        about = at.names.of(indicators, one.outcome.indicator)
        yield Waiting(Link(at.t("inbox.alike"), path), about)


def _feedback(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """Contributors who have not heard what came of it, now that an operation has."""
    if at.may(Action.ASK) is None:
        return
    for one in feedback.given_to_us(reading):
        if one.open:
            words = at.t("inbox.feedback", party=at.names.party(one.request.peer))
            about = at.names.reason("need", one.request.ask.need)
            yield Waiting(Link(words, f"/contributions/{one.request.id}"), about)


def _local(at: Seat, reading: Reading) -> Iterator[Waiting]:
    """Invitations, delegations that run out, meetings near, questions that are ours to answer."""
    for what, about, due in local_waiting.local_work(at, reading):
        yield Waiting(what, about, due)
