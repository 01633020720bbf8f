"""The proposal form: what a body is asked to decide, and what goes only to the scope's parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import proposing, ways
from samverkan.agency.following import Cooperation, scope_in_force
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, own_steps
from samverkan.agency.web.blocks import Ask, Notice, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain import council
from samverkan.domain.pack import Matter, Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.variant import EffectiveModel
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId, ProposalId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_GOALS = (1, 2, 3)
Amount = Annotated[Decimal | None, forms.Written]


class Proposal(forms.Asked):
    """The form of a proposal; scores and goals stand in fields of their own."""

    body: str = Field(min_length=1)
    target: str = Field(min_length=1)
    crime_area: str = Field(min_length=1)
    measures: Annotated[list[str], forms.Several] = Field(min_length=1)
    until: date
    why: str = Field(min_length=1, max_length=proposing.LONGEST_WHY)


class Goal(forms.Asked):
    """One goal of the form."""

    indicator: str = ""
    baseline: Amount = None
    aim: Amount = None


@page("/cases/{case:str}/propose")
def form(request: AnyRequest, case: FromPath[str]) -> Response[str]:
    """The form, filled with what is usual."""
    return _show(seat(request), case, Form())


@act("/cases/{case:str}/propose")
def send(request: AnyRequest, case: FromPath[str], data: FormData) -> Response[str]:
    """Propose it."""
    at = seat(request)
    permit, id_ = at.permit(Action.PROPOSE), identifier(CaseId, case)
    with at.desk.read(permit, id_, "prepare-proposal") as reading:
        model = ways.model(reading, at.desk.pack, str(data.get("body", "")))
    sketch = _sketch(at, id_, data, model)
    if isinstance(sketch, Form):
        return _show(at, case, sketch)
    made = at.attempt(permit, partial(_propose, sketch))
    if isinstance(made, Refused):
        return _show(at, case, forms.filled(data).refused(made, at="body"))
    return pages.redirect(request, f"/cases/{id_}", receipt="receipt.proposed")


def _propose(sketch: proposing.Sketch, work: Work, permit: Permit) -> ProposalId | Refused:
    return proposing.propose(work, permit, sketch)


def _sketch(
    at: Seat, case: CaseId, data: Mapping[str, Any], model: EffectiveModel
) -> proposing.Sketch | Form:
    read = forms.read(Proposal, data)
    wrong = read if isinstance(read, Form) else forms.filled(data)
    scores, goals = {}, []
    answers, wrong = _answers(data, model, wrong)
    for code, criterion in model.criteria.items():
        score = str(data.get(f"score.{code}", ""))
        if score.isdigit() and criterion.least <= int(score) <= criterion.most:
            scores[code] = int(score)
        else:
            wrong = wrong.refused(refuse(Code.FIELD_NOT_A_CHOICE), at=f"score.{code}")
    for place, goal in _goals(data):
        if isinstance(goal, Form) or goal.baseline is None or goal.aim is None:
            wrong = wrong.refused(refuse(Code.FIELD_NOT_A_NUMBER), at=f"aim{place}")
        elif goal.indicator not in at.desk.pack.indicators:
            wrong = wrong.refused(refuse(Code.FIELD_NOT_A_CHOICE), at=f"indicator{place}")
        else:
            goals.append(_counted(at, goal))
    if isinstance(read, Form) or wrong.errors:
        return wrong
    return proposing.Sketch(
        case=case,
        body=read.body,
        target=read.target,
        crime_area=read.crime_area,
        criteria=scores,
        measures=tuple((party, code) for party, _, code in map(_split, read.measures)),
        goals=tuple(goals),
        until=read.until,
        why=read.why,
        model=model.version,
        answers=answers,
    )


def _answers(
    data: Mapping[str, Any], model: EffectiveModel, wrong: Form
) -> tuple[dict[str, str], Form]:
    """The answers to the body's own questions, and the form with what is missing."""
    answers = {}
    for one in model.questions(council.FORM):
        said = str(data.get(own_steps.ANSWER + one.code, ""))
        if said in council.choices(one):
            answers[one.code] = said
        else:
            at = own_steps.ANSWER + one.code
            wrong = wrong.refused(refuse(Code.FIELD_NOT_A_CHOICE), at=at)
    return answers, wrong


def _split(text: str) -> tuple[str, str, str]:
    return text.partition(":")


def _goals(data: Mapping[str, Any]) -> Iterator[tuple[int, Goal | Form]]:
    """The goals that were begun; an untouched row asks for nothing."""
    for place in _GOALS:
        fields = {name: data.get(f"{name}{place}", "") for name in ("indicator", "baseline", "aim")}
        if any(fields.values()):
            yield place, forms.read(Goal, fields)


def _counted(at: Seat, goal: Goal) -> tuple[str, int, int]:
    """A goal in the indicator's smallest unit."""
    pack = at.desk.pack
    decimals = pack.units[pack.indicators[goal.indicator].unit].decimals
    baseline, aim = (
        int((value or Decimal(0)).scaleb(decimals)) for value in (goal.baseline, goal.aim)
    )
    return goal.indicator, baseline, aim


def _show(at: Seat, case: str, form: Form) -> Response[str]:
    permit, id_ = at.permit(Action.PROPOSE), identifier(CaseId, case)
    with at.desk.read(permit, id_, "prepare-proposal") as reading:
        here = found(reading.cases.get(id_))
        scope = found(scope_in_force(reading, here.scope))
        today = reading.now.date()
        form = blocks.with_defaults(form, _defaults(at, scope, today))
        model = ways.model(reading, at.desk.pack, form.value("body"))
    sheet = Sheet(
        path=f"/cases/{id_}/propose",
        heading=at.t("proposal.form"),
        button=at.t("proposal.send"),
        asks=[
            *_asks(at, scope, today),
            *_scores(at, model),
            *own_steps.asks(at, model),
            *_goal_asks(at),
            *_last(at),
        ],
        form=form,
    )
    wall = Notice(Tone.INFO, at.t("proposal.wall"), [at.t("proposal.wall_means")])
    sight = Sight(
        title=at.t("proposal.new"),
        lead=at.t("proposal.new_lead"),
        above=Link(here.title, f"/cases/{id_}"),
        blocks=[wall, sheet],
    )
    return blocks.show(at.request, sight)


def _asks(at: Seat, scope: Cooperation, today: date) -> list[Ask]:
    pack, names, t = at.desk.pack, at.names, at.t
    bodies = {code: pack.bodies[code] for code in _deciding(pack, today)}
    measures = [
        (f"{party}:{code}", f"{names.party(party)}: {names.words(one.names).lower()}")
        for party in scope.draft.parties
        for code, one in pack.measures.items()
        if party in one.parties
    ]
    return [
        Ask(name="body", words=t("proposal.body"), kind="select", choices=names.choices(bodies)),
        Ask(
            name="target",
            words=t("proposal.target"),
            kind="select",
            choices=names.choices(pack.targets),
        ),
        Ask(
            name="crime_area",
            words=t("proposal.area"),
            kind="select",
            choices=names.choices(pack.crime_areas),
        ),
        Ask(
            name="measures",
            words=t("proposal.measures"),
            kind="ticks",
            choices=measures,
            hint=t("proposal.measures_hint"),
        ),
    ]


def _scores(at: Seat, model: EffectiveModel) -> list[Ask]:
    return [
        Ask(
            name=f"score.{code}",
            words=at.names.words(one.names),
            kind="select",
            hint=at.names.words(one.question),
            choices=[(str(n), str(n)) for n in range(one.least, one.most + 1)],
        )
        for code, one in model.criteria.items()
    ]


def _goal_asks(at: Seat) -> list[Ask]:
    asks: list[Ask] = []
    indicators = [
        (code, f"{at.names.words(one.names)} ({at.names.of(at.desk.pack.units, one.unit)})")
        for code, one in at.desk.pack.indicators.items()
    ]
    for place in _GOALS:
        amounts = [
            Ask(
                name=f"baseline{place}",
                words=at.t("proposal.baseline", place=place),
                kind="number",
                required=False,
                width="narrow",
            ),
            Ask(
                name=f"aim{place}",
                words=at.t("proposal.aim", place=place),
                kind="number",
                required=False,
                width="narrow",
            ),
        ]
        asks.append(
            Ask(
                name=f"indicator{place}",
                words=at.t("proposal.goal", place=place),
                kind="select",
                choices=indicators,
                required=False,
                beside=amounts,
            )
        )
    return asks


def _last(at: Seat) -> list[Ask]:
    return [
        Ask(name="until", words=at.t("proposal.until"), kind="date", width="narrow"),
        Ask(name="why", words=at.t("proposal.why"), kind="area", hint=at.t("proposal.why_hint")),
    ]


def _deciding(pack: Pack, today: date) -> list[str]:
    """The bodies that decide operations."""
    return [
        code for code, body in pack.bodies.items() if body.may_decide(Matter.OPERATION, on=today)
    ]


def _defaults(at: Seat, scope: Cooperation, today: date) -> dict[str, list[str]]:
    """The region's own body, the typology's crime area, half a year."""
    pack = at.desk.pack
    bodies = [b for b in _deciding(pack, today) if pack.bodies[b].region == scope.draft.region]
    areas = [pack.typologies[code].crime_area for code in scope.draft.typologies]
    until = (today + timedelta(days=182)).isoformat()
    return {"body": bodies[:1], "crime_area": areas[:1], "until": [until]}


HANDLERS = [form, send]
