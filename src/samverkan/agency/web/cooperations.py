"""Cooperations: what is agreed between the parties, who has decided, what this party has put in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import joining, keymaking
from samverkan.agency.facts import EnrolmentFacts, RuleFacts
from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, filters, openings, tables
from samverkan.agency.web.blocks import Block, Chain, Facts, Notice, Sheet, Sight, Ways
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import pages
from samverkan.shell.parts import Column, Kind, Link, Progress, Step, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

READERS = (
    (Action.DECIDE_COOPERATION, None),
    (Action.SIGN_RULE, None),
    (Action.ENROL, None),
    (Action.READ_INBOX, None),
)
STATES = {
    "ended": Tag("cooperation.ended", Tone.NEUTRAL),
    "holds": Tag("cooperation.in_force", Tone.GOOD),
    "waits": Tag("cooperation.waits", Tone.WARN),
    "past": Tag("cooperation.not_today", Tone.NEUTRAL),
}
_COLUMNS = (
    Column("name", "cooperation.name", Kind.LINK),
    Column("kind", "cooperation.kind"),
    Column("parties", "cooperation.parties"),
    Column("until", "cooperation.until", Kind.DAY),
    Column("state", "cooperation.state", Kind.TAG),
)
_RULES = (
    Column("query", "rule.query", Kind.LINK),
    Column("receivers", "rule.receivers"),
    Column("until", "rule.until", Kind.DAY),
    Column("state", "rule.state", Kind.TAG),
    Column("officer", "rule.officer"),
)
_ENROLMENTS = (
    Column("query", "rule.query", Kind.LINK),
    Column("subjects", "enrol.subjects", Kind.NUMBER),
    Column("entries", "enrol.entries", Kind.NUMBER),
    Column("open", "enrol.open", Kind.TAG),
    Column("necessity", "enrol.necessity"),
    Column("at", "enrol.at", Kind.MOMENT),
)
_OPEN = (
    Column("query", "rule.query"),
    Column("rule", "enrol.rule", Kind.TAG),
    Column("next", "enrol.next", Kind.LINK),
)


def state(one: Cooperation, reading: Reading) -> Tag:
    """Where a cooperation stands today."""
    if one.ended:
        return STATES["ended"]
    if not one.in_force:
        return STATES["waits"]
    return STATES["holds" if one.holds(reading.now.date()) else "past"]


@page("/cooperations")
def listed(request: AnyRequest) -> Response[str]:
    """Every cooperation that this party knows."""
    at = seat(request)
    with at.desk.read(at.first(READERS), "cooperations", "own-case") as reading:
        every = list(cooperations(reading.feed.all()).values())
        states = {one.id: state(one, reading) for one in every}
        by_state = _by_state(at, states.values())
        kept = [one for one in every if by_state.chosen(at) in ("", states[one.id].text)]
        pages_ = tables.pages_of(at, "cooperations", len(kept))
        rows = [_row(at, one, states[one.id]) for one in _families(kept)[tables.part(pages_)]]
    table = Table(
        id="cooperations",
        caption=at.t("cooperation.all"),
        columns=_COLUMNS,
        rows=rows,
        empty=at.t("cooperation.none"),
        pages=pages_,
    )
    ways: list[Block] = []
    if at.may(Action.DECIDE_COOPERATION):
        ways = [Ways([Link(at.t("cooperation.new"), "/cooperations/new")], main=True)]
    body = [*filters.shown(at, [by_state]), table, *ways]
    sight = Sight(title=at.t("cooperation.title"), lead=at.t("cooperation.lead"), blocks=body)
    return blocks.show(request, sight)


def _by_state(at: Seat, states: Iterable[Tag]) -> filters.Question:
    choices = [(tag.text, at.t(tag.text)) for tag in STATES.values() if tag in set(states)]
    return filters.Question("state", at.t("filter.state"), choices)


def _families(known: list[Cooperation]) -> list[Cooperation]:
    """Each framework with its scopes below it."""
    place = {one.id: number for number, one in enumerate(known)}
    return sorted(known, key=lambda one: (place.get(one.draft.parent or one.id, -1), one.is_scope))


def _row(at: Seat, one: Cooperation, stands: Tag) -> dict[str, object]:
    kind = at.t("cooperation.scope") if one.is_scope else at.t("cooperation.framework")
    return {
        "name": Link(at.names.cooperation(one.draft), f"/cooperations/{one.id}"),
        "kind": kind,
        "parties": _briefly(at, one.draft.parties),
        "until": date.fromisoformat(one.draft.until),
        "state": stands,
    }


def _briefly(at: Seat, parties: Sequence[str]) -> str:
    """The parties by abbreviation: a list has no room for thirteen names."""
    return ", ".join(at.names.brief(party) for party in parties)


@page("/cooperations/{cooperation:str}")
def one(request: AnyRequest, cooperation: FromPath[str]) -> Response[str]:
    """One cooperation."""
    return show_one(seat(request), cooperation)


def show_one(at: Seat, cooperation: str, refused: Refused | None = None) -> Response[str]:
    """The page of one cooperation; `refused` tells why an act on it was not done."""
    permit = at.first(READERS)
    id_ = identifier(CooperationId, cooperation)
    with at.desk.read(permit, id_, "own-case") as reading:
        known = cooperations(reading.feed.all())
        here = found(known.get(id_))
        parts: list[Block] = []
        if refused is not None:
            parts.append(blocks.refusal(at.t, refused))
        parts += [*_next(at, reading, here), Facts(_terms(at, reading, here, known))]
        parts.append(blocks.Heading(at.t("cooperation.decided_by")))
        parts.append(Chain(at.t("cooperation.decided_by"), _decisions(at, here), full=True))
        if here.is_scope and here.in_force:
            parts += _own(at, reading, here)
    sight = Sight(
        title=at.names.cooperation(here.draft),
        above=Link(at.t("cooperation.title"), "/cooperations"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _next(at: Seat, reading: Reading, here: Cooperation) -> list[Block]:
    """What can be done now by this officer."""
    if here.ended or at.may(Action.DECIDE_COOPERATION) is None:
        return []
    if reading.commands.sent("cooperation.end", here.id):
        return [Notice(Tone.WARN, at.t("end.sent"), [at.t("act.on_its_way")])]
    if at.desk.me not in here.accepted and not here.in_force:
        if reading.commands.sent("cooperation.accept", here.id):
            return [Notice(Tone.INFO, at.t("cooperation.sent"), [at.t("cooperation.sent_means")])]
        return [
            Sheet(
                path=f"/cooperations/{here.id}/accept",
                heading=at.t("cooperation.decide"),
                lead=at.t("cooperation.decide_means"),
                button=at.t("cooperation.accept"),
            ),
            Ways([Link(at.t("end.decline"), f"/cooperations/{here.id}/end")]),
        ]
    ways = []
    if here.in_force and not here.is_scope and here.holds(reading.now.date()):
        ways = [Link(at.t("cooperation.new_scope"), f"/cooperations/new?parent={here.id}")]
    if at.desk.me in here.draft.parties:
        ways.append(Link(at.t("end.title"), f"/cooperations/{here.id}/end"))
    return [Ways(ways)] if ways else []


def _terms(
    at: Seat, reading: Reading, here: Cooperation, known: dict[str, Cooperation]
) -> list[tuple[str, object]]:
    draft, names, t = here.draft, at.names, at.t
    pack = names.pack
    pairs: list[tuple[str, object]] = [
        (t("cooperation.state"), state(here, reading)),
        (t("cooperation.purpose"), names.of(pack.purposes, draft.purpose)),
        (t("cooperation.grounds"), ", ".join(names.of(pack.grounds, g) for g in draft.grounds)),
        (t("cooperation.region"), names.region(draft.region)),
        (t("cooperation.parties"), names.parties(draft.parties)),
        (t("cooperation.span"), f"{draft.since} – {draft.until}"),
    ]
    above = known.get(draft.parent or "")
    if above is None:
        return pairs
    sizes = [f"{names.party(p)}: {names.of(pack.size_classes, s)}" for p, s in draft.sizes.items()]
    ready = keymaking.ready(reading, draft)
    return [
        (
            t("cooperation.framework"),
            Link(names.cooperation(above.draft), f"/cooperations/{above.id}"),
        ),
        *pairs,
        (
            t("cooperation.typologies"),
            ", ".join(names.of(pack.typologies, c) for c in draft.typologies),
        ),
        (t("cooperation.key_types"), ", ".join(names.key_type(c) for c in draft.key_types)),
        (t("cooperation.sizes"), "; ".join(sizes)),
        (t("cooperation.operator"), names.party(draft.operator)),
        (
            t("cooperation.keys"),
            Tag("matching_keys.ready", Tone.GOOD)
            if ready
            else Tag("matching_keys.waits", Tone.WARN),
        ),
    ]


def _decisions(at: Seat, here: Cooperation) -> list[Step]:
    done = here.accepted
    return [
        Step(
            at.names.party(party),
            Progress.DONE if here.in_force or party in done else Progress.NOW,
        )
        for party in here.draft.parties
    ]


def _own(at: Seat, reading: Reading, here: Cooperation) -> list[Block]:
    """Own rules and enrolments in a scope, and the queries that have none yet."""
    t = at.t
    open_rows = openings.rows(at, reading, here)
    waiting = reading.enrolments.waiting(here.id)
    parts: list[Block] = [
        blocks.Heading(t("rule.heading")),
        blocks.Text(t("rule.means")),
        tables.whole("queries", t("rule.queries"), _OPEN, open_rows, t("rule.no_queries")),
    ]
    for party, code in reading.selections.refusals(here.id):
        said = at.t.refusal(refuse(Code(code) if code in set(Code) else Code.MESSAGE_MALFORMED))
        parts.append(
            Notice(Tone.BAD, at.t("enrol.refused_by", party=at.names.party(party)), [said])
        )
    if waiting:
        parts.append(Notice(Tone.INFO, t("enrol.waiting", n=waiting), [t("enrol.waiting_means")]))
    return [*parts, _rules(at, reading, here), _enrolments(at, reading, here)]


def _rules(at: Seat, reading: Reading, here: Cooperation) -> Table:
    rows = [
        {
            "query": Link(at.names.query(rule.query), f"/cooperations/{here.id}/rules/{rule.id}"),
            "receivers": at.names.parties(rule.receivers),
            "until": rule.until,
            "state": _rule_state(rule, reading.now.date()),
            "officer": at.who(rule.officer),
        }
        for rule in reading.enrolments.rules(here.id)
    ]
    return tables.whole("rules", at.t("rule.own"), _RULES, rows, at.t("rule.none"))


def _enrolments(at: Seat, reading: Reading, here: Cooperation) -> Table:
    rows = [
        {
            "query": Link(
                at.names.query(one.query), f"/cooperations/{here.id}/enrolments/{one.id}"
            ),
            "subjects": one.subjects,
            "entries": one.entries,
            "open": _openness(one),
            "necessity": at.names.reason("necessity", one.necessity),
            "at": one.at,
        }
        for one in reading.enrolments.all(here.id)
    ]
    return tables.whole("enrolments", at.t("enrol.own"), _ENROLMENTS, rows, at.t("enrol.none"))


def _rule_state(rule: RuleFacts, today: date) -> Tag:
    if rule.withdrawn:
        return Tag("rule.is_withdrawn", Tone.NEUTRAL)
    return Tag("rule.holds", Tone.GOOD) if rule.holds(today) else Tag("rule.over", Tone.NEUTRAL)


def _openness(one: EnrolmentFacts) -> Tag:
    if not one.stands:
        return Tag("enrol.is_taken_back", Tone.NEUTRAL)
    if one.enquiry is not None and one.enquiry.waits:
        return Tag("ask_one.waits", Tone.WARN)
    return Tag("enrol.silent", Tone.NEUTRAL) if one.rule is None else Tag("enrol.opened", Tone.GOOD)


@act("/cooperations/{cooperation:str}/accept")
def accept(request: AnyRequest, cooperation: FromPath[str], data: FormData) -> Response[str]:
    """Decide that this party takes part."""
    del data
    at = seat(request)
    id_ = identifier(CooperationId, cooperation)
    permit: Permit = at.permit(Action.DECIDE_COOPERATION)
    refused = at.attempt(permit, partial(_accept, id_))
    if isinstance(refused, Refused):
        raise RefusedError(refused)
    return pages.redirect(request, f"/cooperations/{id_}", receipt="receipt.cooperation_accepted")


def _accept(cooperation: str, work: Work, permit: Permit) -> bool | Refused:
    return joining.accept(work, permit, cooperation) or True


HANDLERS = [listed, one, accept]
