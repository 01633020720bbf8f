"""Hits: a lead in words, the own record beside it, and a person's judgement; firings are listed above."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import assessing
from samverkan.agency.facts import FiringFacts, HitFacts, Note
from samverkan.agency.leads import Pair
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, case_opening, filters, judging, tables
from samverkan.agency.web.blocks import Block, Facts, Heading, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.judging import Said, Saying
from samverkan.agency.web.subjects import (
    UNJUDGED,
    VERDICTS,
    met,
    name_of,
    names_of,
    record,
    relevance_tag,
)
from samverkan.domain.graph import Judgement, Verdict, standing
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import HitId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_HITS = (
    Column("subject", "hit.subject", Kind.LINK),
    Column("party", "hit.party"),
    Column("level", "hit.level"),
    Column("agreed", "hit.agreed"),
    Column("blocks", "hit.blocks", Kind.NUMBER),
    Column("verdict", "hit.verdict", Kind.TAG),
)
_FIRINGS = (
    Column("subject", "hit.subject", Kind.LINK),
    Column("typology", "firing.typology"),
    Column("met", "firing.met"),
    Column("own", "firing.own"),
    Column("at", "firing.at", Kind.DAY),
    Column("relevance", "firing.relevance", Kind.TAG),
)
_UNJUDGED = "none"
_STANDING = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)


class Judged(forms.Asked):
    """The form of a judgement."""

    verdict: Verdict
    note: str = Field(min_length=1, max_length=assessing.LONGEST_NOTE)


@page("/hits")
def listed(request: AnyRequest) -> Response[str]:
    """Firings first, then every pair, strongest first; fewer of both by what the address asks."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_HITS), "hits", "assess-hit") as reading:
        fired, known = reading.firings.all(), reading.hits.all()
        judged = reading.hits.judged()
        asked = [
            filters.by_scope(
                at, reading, [*(one.scope for one in fired), *(hit.scope for hit in known)]
            ),
            filters.by_party(at, [hit.party for hit in known]),
            _by_verdict(at),
        ]
        scope, party, verdict = (one.chosen(at) for one in asked)
        kept = [
            hit
            for hit in known
            if scope in ("", hit.scope)
            and party in ("", hit.party)
            and verdict in ("", _standing(hit, judged))
        ]
        firings = _firings(at, reading, [one for one in fired if scope in ("", one.scope)])
        hits = pairs(at, reading, kept, judged)
    choices = filters.shown(at, asked) if known or fired else []
    body: list[Block] = [*choices, firings, hits]
    return blocks.show(request, Sight(title=at.t("hit.title"), lead=at.t("hit.lead"), blocks=body))


def _by_verdict(at: Seat) -> filters.Question:
    """Not judged, or judged so."""
    tags = {_UNJUDGED: UNJUDGED, **{v.value: tag for v, tag in VERDICTS.items() if v in _STANDING}}
    choices = [(code, at.t(tag.text)) for code, tag in tags.items()]
    return filters.Question("verdict", at.t("filter.verdict"), choices)


def _standing(hit: HitFacts, judged: Mapping[Pair, Judgement]) -> str:
    known = judged.get(hit.pair)
    return _UNJUDGED if known is None else known.verdict.value


def pairs(
    at: Seat, reading: Reading, known: list[HitFacts], judgements: Mapping[Pair, Judgement]
) -> Table:
    """Pairs as a table."""
    pages_ = tables.pages_of(at, "hits", len(known))
    shown = known[tables.part(pages_)]
    names = names_of(at, reading, [hit.subject for hit in shown])
    rows = []
    for hit in shown:
        judged = judgements.get(hit.pair)
        rows.append(
            {
                "subject": Link(names[hit.subject], f"/hits/{hit.id}"),
                "party": at.names.party(hit.party),
                "level": at.names.level(hit.told).replace(" ", "\u00a0"),
                "agreed": at.names.slots(hit.told, hit.told.agreed),
                "blocks": hit.blocks,
                "verdict": _tag(hit, judged),
            }
        )
    return Table(
        id="hits",
        caption=at.t("hit.all"),
        columns=_HITS,
        rows=rows,
        empty=at.t("hit.none"),
        pages=pages_,
    )


def _tag(hit: HitFacts, judged: Judgement | None) -> Tag:
    if hit.gone:
        return Tag("hit.gone", Tone.NEUTRAL)
    return UNJUDGED if judged is None else VERDICTS[judged.verdict]


def _firings(at: Seat, reading: Reading, known: list[FiringFacts]) -> Table:
    pages_ = tables.pages_of(at, "firings", len(known))
    shown = known[tables.part(pages_)]
    names = names_of(at, reading, [one.subject for one in shown])
    assessed = reading.firings.assessed()
    rows = [
        {
            "subject": Link(names[one.subject], f"/firings/{one.id}?subject={one.subject}"),
            "typology": at.names.of(at.desk.pack.typologies, one.fired.typology),
            "met": met(at, one),
            "own": ", ".join(at.names.condition(code) for code in one.fired.conditions),
            "at": one.at.date(),
            "relevance": relevance_tag(assessed.get(one.id)),
        }
        for one in shown
    ]
    return Table(
        id="firings",
        caption=at.t("firing.all"),
        columns=_FIRINGS,
        rows=rows,
        empty=at.t("firing.none"),
        pages=pages_,
    )


@page("/hits/{hit:str}")
def one(request: AnyRequest, hit: FromPath[str]) -> Response[str]:
    """One pair: explanation, own record, judgement, and what comes next."""
    return show_hit(seat(request), hit)


def show_hit(
    at: Seat, hit: str, *, judged: Form | None = None, opened: Form | None = None
) -> Response[str]:
    """The page of one pair, perhaps with a form as it was sent."""
    permit, id_ = at.permit(Action.READ_HITS), identifier(HitId, hit)
    with at.desk.read(permit, id_, "assess-hit") as reading:
        here = found(reading.hits.get(id_))
        own = reading.register.own_fields([here.subject]).get(here.subject)
        notes = reading.hits.notes(here)
        gone = [Notice(Tone.WARN, at.t("hit.gone"), [at.t("hit.gone_means")])] if here.gone else []
        parts: list[Block] = [*gone, Facts(_explained(at, here)), *record(at, own)]
        parts += [*judging.history(at, _said(at, notes)), _judge(at, here, judged or Form(), notes)]
        parts += _after(at, reading, here, notes, opened or Form())
    sight = Sight(
        title=at.t("hit.page", name=name_of(at, own), party=at.names.party(here.party)),
        lead=at.t("hit.one_lead"),
        above=Link(at.t("hit.title"), "/hits"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _explained(at: Seat, hit: HitFacts) -> list[tuple[str, object]]:
    """What the hit says of itself, in words."""
    t, told, names = at.t, hit.told, at.names
    return [
        (t("hit.level"), names.level(told)),
        (t("hit.met_on"), names.key_type(told.key_type)),
        (t("hit.agreed"), names.slots(told, told.agreed)),
        (t("hit.disagreed"), names.slots(told, told.disagreed)),
        (t("hit.others"), t("hit.counts", supports=told.supports, against=told.against)),
        (t("hit.rare"), names.slots(told, told.rare)),
        (t("hit.weight"), t("hit.weight_means", bits=at.f.number(told.weight / 1000, 1))),
        (t("hit.blocks"), hit.blocks),
        (t("hit.at"), hit.at),
    ]


def _said(at: Seat, notes: list[Note]) -> list[Said]:
    return [
        Said(
            at.t(VERDICTS[one.judgement.verdict].text),
            one.judgement.at,
            one.judgement.officer,
            one.note,
        )
        for one in notes
    ]


def _judge(at: Seat, hit: HitFacts, form: Form, notes: list[Note]) -> Sheet:
    verdicts = [v for v in Verdict if notes or v is not Verdict.WITHDRAWN]
    saying = Saying(
        path=f"/hits/{hit.id}/judge",
        heading=at.t("hit.judge"),
        lead=at.t("hit.judge_means"),
        name="verdict",
        words=at.t("hit.verdict"),
        choices=[(v.value, at.t(VERDICTS[v].text)) for v in verdicts],
    )
    return judging.sheet(at, saying, form, again=bool(notes))


def _after(at: Seat, reading: Reading, hit: HitFacts, notes: list[Note], form: Form) -> list[Block]:
    """What can be done once a person has said that it is the same."""
    judged = standing(note.judgement for note in notes)
    if judged is None or judged.verdict is not Verdict.SAME:
        return [Notice(Tone.INFO, at.t("hit.not_judged"), [at.t("hit.not_judged_means")])]
    parts: list[Block] = [Heading(at.t("hit.next"))]
    cases = [case for case in reading.cases.all() if case.scope == hit.scope]
    asked = [r for r in reading.cases.requests() if r.outgoing and r.ask.handle == hit.handle]
    if asked:
        links = [
            Link(at.t("request.to", party=at.names.party(r.peer)), f"/requests/{r.id}")
            for r in asked
        ]
        parts.append(Notice(Tone.GOOD, at.t("hit.asked"), [], links))
    if cases:
        way = Link(at.t("hit.ask"), f"/hits/{hit.id}/ask")
        parts.append(blocks.Ways([way], main=not asked))
    return [
        *parts,
        *case_opening.sheets(at, reading, hit.scope, hit.subject, form, f"/hits/{hit.id}"),
    ]


@act("/hits/{hit:str}/judge")
def judge(request: AnyRequest, hit: FromPath[str], data: FormData) -> Response[str]:
    """Judge the pair."""
    at = seat(request)
    permit, id_ = at.permit(Action.JUDGE_HIT), identifier(HitId, hit)
    asked = forms.read(Judged, data)
    if isinstance(asked, Form):
        return show_hit(at, hit, judged=asked)
    made = at.attempt(permit, partial(_made, id_, asked))
    if isinstance(made, Refused):
        return show_hit(at, hit, judged=forms.filled(data).refused(made, at="verdict"))
    return pages.redirect(request, f"/hits/{id_}", receipt="receipt.judged")


def _made(hit: HitId, asked: Judged, work: Work, permit: Permit) -> HitFacts | Refused:
    return assessing.judge(work, permit, hit, asked.verdict, asked.note)


@act("/hits/{hit:str}/case")
def open_case(request: AnyRequest, hit: FromPath[str], data: FormData) -> Response[str]:
    """Take the own subject into a new case or one that is there."""
    at = seat(request)
    permit, id_ = at.permit(Action.READ_CASE), identifier(HitId, hit)
    with at.desk.read(permit, id_, "own-case") as reading:
        here = found(reading.hits.get(id_))
    opened = case_opening.take_in(at, permit, here.scope, here.subject, data)
    if isinstance(opened, Form):
        return show_hit(at, hit, opened=opened)
    return pages.redirect(request, f"/cases/{opened}", receipt="receipt.case_opened")


HANDLERS = [listed, one, judge, open_case]
