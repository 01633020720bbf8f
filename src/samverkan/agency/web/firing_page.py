"""One firing: what it means and may mean instead, its assessment, and whom one can ask about it."""

from __future__ import annotations

from functools import partial

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import firings
from samverkan.agency.facts import FiringFacts, FiringNote
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks, case_opening, hits, judging
from samverkan.agency.web.blocks import Block, Facts, Heading, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.judging import Said, Saying
from samverkan.agency.web.subjects import RELEVANCES, met, name_of, record
from samverkan.domain.graph import Relevance, in_force
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import FiringId
from samverkan.kernel.outcome import Refused
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest


class Assessed(forms.Asked):
    """The form of an assessment."""

    relevance: Relevance
    note: str = Field(min_length=1, max_length=firings.LONGEST_NOTE)


@page("/firings/{firing:str}")
def one(request: AnyRequest, firing: FromPath[str]) -> Response[str]:
    """One firing."""
    return _show(seat(request), firing)


def chosen(at: Seat, reading: Reading, firing: str) -> FiringFacts:
    """The firing on the own subject that the address names, else on its first."""
    same = reading.firings.get(identifier(FiringId, firing))
    subject = at.request.query_params.get("subject")
    wanted = (one for one in same if subject in (None, one.subject))
    return found(next(wanted, None))


def _show(
    at: Seat, firing: str, *, assessed: Form | None = None, opened: Form | None = None
) -> Response[str]:
    permit = at.permit(Action.READ_HITS)
    with at.desk.read(permit, identifier(FiringId, firing), "assess-hit") as reading:
        here = chosen(at, reading, firing)
        own = reading.register.own_fields([here.subject]).get(here.subject)
        notes = reading.firings.notes(here.id)
        parts: list[Block] = [Facts(_fired(at, here)), *_doubts(at, here), *record(at, own)]
        parts += [
            *judging.history(at, _said(at, notes)),
            _assess(at, here, assessed or Form(), notes),
        ]
        parts += _ask(at, reading, here, notes)
        path = f"/firings/{here.id}"
        parts += case_opening.sheets(at, reading, here.scope, here.subject, opened or Form(), path)
        alike = [hit for hit in reading.hits.all() if hit.subject == here.subject]
        parts += [hits.pairs(at, reading, alike, reading.hits.judged())] if alike else []
    sight = Sight(
        title=at.t("firing.page", name=name_of(at, own)),
        lead=at.t("firing.lead"),
        above=Link(at.t("hit.title"), "/hits"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _fired(at: Seat, one: FiringFacts) -> list[tuple[str, object]]:
    others = [party for party in one.fired.parties if party != at.desk.me]
    own = ", ".join(at.names.condition(code) for code in one.fired.conditions)
    return [
        (at.t("firing.typology"), at.names.of(at.desk.pack.typologies, one.fired.typology)),
        (at.t("firing.met"), met(at, one)),
        (at.t("firing.own"), own),
        (at.t("firing.parties"), at.names.parties(others)),
        (at.t("firing.by"), _by(at, one)),
        (at.t("firing.at"), one.at),
    ]


def _by(at: Seat, one: FiringFacts) -> str:
    words = {
        "number": at.t("firing.by_number"),
        "repair": at.t("firing.by_repair"),
        "name": at.t("firing.by_name"),
    }
    return words.get(one.fired.by, one.fired.by)


def _doubts(at: Seat, one: FiringFacts) -> list[Block]:
    """What else it may be: another cause, or another person."""
    typology = found(at.desk.pack.typologies.get(one.fired.typology))
    words = [at.names.words(typology.false_positives), at.names.words(typology.next_step)]
    doubts: list[Block] = [Notice(Tone.WARN, at.t("firing.doubt"), words)]
    if one.fired.by != "number":
        doubts.append(Notice(Tone.WARN, at.t("firing.who"), [at.t("firing.who_means")]))
    return doubts


def _said(at: Seat, notes: list[FiringNote]) -> list[Said]:
    return [
        Said(
            at.t(RELEVANCES[one.appraisal.relevance].text),
            one.appraisal.at,
            one.appraisal.officer,
            one.note,
        )
        for one in notes
    ]


def _assess(at: Seat, one: FiringFacts, form: Form, notes: list[FiringNote]) -> Sheet:
    choices = [r for r in Relevance if notes or r is not Relevance.WITHDRAWN]
    saying = Saying(
        path=f"/firings/{one.id}/assess?subject={one.subject}",
        heading=at.t("firing.assess"),
        lead=at.t("firing.assess_means"),
        name="relevance",
        words=at.t("firing.relevance"),
        choices=[(r.value, at.t(RELEVANCES[r].text)) for r in choices],
    )
    return judging.sheet(at, saying, form, again=bool(notes))


def _ask(at: Seat, reading: Reading, one: FiringFacts, notes: list[FiringNote]) -> list[Block]:
    """Whom one can ask: the other owners, once a person has found the firing relevant."""
    made = in_force(note.appraisal for note in notes)
    if made is None or made.relevance is not Relevance.RELEVANT:
        return [Notice(Tone.INFO, at.t("hit.not_judged"), [at.t("firing.not_assessed_means")])]
    asked = {
        r.peer: Link(at.t("request.to", party=at.names.party(r.peer)), f"/requests/{r.id}")
        for r in reading.cases.requests()
        if r.outgoing and r.ask.firing == one.id
    }
    parts: list[Block] = [Heading(at.t("hit.next"))]
    if asked:
        parts.append(Notice(Tone.GOOD, at.t("hit.asked"), [], list(asked.values())))
    left = [p for p in one.fired.parties if p != at.desk.me and p not in asked]
    if any(case.scope == one.scope for case in reading.cases.all()):
        ways = [
            Link(at.t("request.new", party=at.names.party(party)), f"/firings/{one.id}/ask/{party}")
            for party in left
        ]
        parts += [blocks.Ways(ways)] if ways else []
    return parts


@act("/firings/{firing:str}/assess")
def assess(request: AnyRequest, firing: FromPath[str], data: FormData) -> Response[str]:
    """Assess the firing."""
    at = seat(request)
    permit, id_ = at.permit(Action.JUDGE_HIT), identifier(FiringId, firing)
    asked = forms.read(Assessed, data)
    if isinstance(asked, Form):
        return _show(at, firing, assessed=asked)
    made = at.attempt(permit, partial(_made, id_, asked))
    if isinstance(made, Refused):
        return _show(at, firing, assessed=forms.filled(data).refused(made, at="relevance"))
    return pages.redirect(request, f"/firings/{id_}", receipt="receipt.judged")


def _made(firing: FiringId, asked: Assessed, work: Work, permit: Permit) -> FiringFacts | Refused:
    return firings.assess(work, permit, firing, asked.relevance, asked.note)


@act("/firings/{firing:str}/case")
def open_case(request: AnyRequest, firing: FromPath[str], data: FormData) -> Response[str]:
    """Take the own subject of a firing into a case."""
    at = seat(request)
    permit = at.permit(Action.READ_CASE)
    with at.desk.read(permit, identifier(FiringId, firing), "own-case") as reading:
        here = chosen(at, reading, firing)
    opened = case_opening.take_in(at, permit, here.scope, here.subject, data)
    if isinstance(opened, Form):
        return _show(at, firing, opened=opened)
    return pages.redirect(request, f"/cases/{opened}", receipt="receipt.case_opened")


HANDLERS = [one, assess, open_case]
