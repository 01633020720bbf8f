"""What a body's own way of working asks of a proposal: its steps, its questions, its criteria."""

from __future__ import annotations

from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import varying, ways
from samverkan.agency.following import proposals
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import tables
from samverkan.agency.web.blocks import Ask, Block, Sheet
from samverkan.agency.web.desk import Seat, Wanted, found, identifier, seat
from samverkan.domain import council
from samverkan.domain.council import Proposal, State
from samverkan.domain.org import Role
from samverkan.domain.pack import Question, Step
from samverkan.domain.pack.variants import Choice
from samverkan.domain.policy import Action, Permit
from samverkan.domain.variant import EffectiveModel
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ProposalId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Table
from samverkan.shell.routes import FormData, act
from samverkan.shell.visit import AnyRequest

_STEPS = (
    Column("step", "own_step.name"),
    Column("role", "own_step.role"),
    Column("done", "own_step.done"),
)
_ANSWERS = (
    Column("question", "proposal_own.question"),
    Column("answer", "proposal_own.answer"),
)
_CRITERIA = (
    Column("criterion", "proposal.criterion"),
    Column("question", "proposal.question"),
    Column("score", "proposal.score"),
    Column("weight", "proposal_own.counts"),
)
ANSWER = "answer."
"""Before the code of a question, in the form."""


def model_of(at: Seat, reading: Reading, here: Proposal) -> EffectiveModel:
    """The way of working under which the proposal was made."""
    return ways.begun_under(reading, at.desk.pack, here)


def criteria(at: Seat, model: EffectiveModel, here: Proposal) -> Table:
    """The scores, on the common criteria and the body's own, with how much each counts."""
    rows = [
        {
            "criterion": at.names.words(one.names),
            "question": at.names.words(one.question),
            "score": at.t("proposal.scored", score=here.header.criteria[code], most=one.most),
            "weight": at.t("proposal_own.weight", weight=one.weight),
        }
        for code, one in model.criteria.items()
        if code in here.header.criteria
    ]
    caption = at.t("proposal.criteria")
    return tables.whole("criteria", caption, _CRITERIA, rows, at.t("proposal.no_criteria"))


def own(at: Seat, model: EffectiveModel, here: Proposal) -> list[Block]:
    """The body's own steps and questions, where it has any."""
    return [*_steps(at, model, here), *_answers(at, model, here)]


def _steps(at: Seat, model: EffectiveModel, here: Proposal) -> list[Block]:
    steps = model.required(council.CLOSE)
    if not steps:
        return []
    done = {one.step: one for one in here.done}
    rows = [
        {
            "step": at.names.words(step.names),
            "role": ", ".join(at.names.role(role) for role in step.roles),
            "done": f"{at.names.party(done[step.id].party)}, {done[step.id].at[:10]}"
            if step.id in done
            else at.t("own_step.not_done"),
        }
        for step in steps
    ]
    table = tables.whole("own-steps", at.t("own_step.own"), _STEPS, rows, at.t("own_step.none"))
    return [table, *_marking(at, steps, here)]


def _marking(at: Seat, steps: tuple[Step, ...], here: Proposal) -> list[Block]:
    """The form by which this officer reports a step that is theirs to do."""
    own_ = _mine(at, steps, here)
    if here.state is not State.OPEN or not own_:
        return []
    choices = [(step.id, at.names.words(step.names)) for step in own_]
    ask = Ask(name="step", words=at.t("own_step.name"), kind="radio", choices=choices)
    return [
        Sheet(
            path=f"/council/{here.header.proposal}/step",
            heading=at.t("own_step.mark"),
            lead=at.t("own_step.mark_means"),
            button=at.t("own_step.send"),
            kind="secondary",
            asks=[ask],
        )
    ]


def mine(at: Seat, model: EffectiveModel, here: Proposal) -> list[Step]:
    """The steps that are not done and that this officer's mandates are for."""
    return _mine(at, model.required(council.CLOSE), here)


def _mine(at: Seat, steps: tuple[Step, ...], here: Proposal) -> list[Step]:
    left = here.undone(step.id for step in steps)
    return [step for step in steps if step.id in left and _permit(at, step) is not None]


def _permit(at: Seat, step: Step) -> Permit | None:
    """The officer's mandate to the role that the variant names."""
    found_ = (at.may(Action.DO_STEP, role=Role(role)) for role in step.roles)
    return next((permit for permit in found_ if permit is not None), None)


def _answers(at: Seat, model: EffectiveModel, here: Proposal) -> list[Block]:
    asked = [one for one in model.questions(council.FORM) if one.code in here.header.answers]
    if not asked:
        return []
    rows = [
        {
            "question": at.names.words(one.names),
            "answer": dict(choices(at, one)).get(here.header.answers[one.code], ""),
        }
        for one in asked
    ]
    caption = at.t("proposal_own.questions")
    return [tables.whole("own-questions", caption, _ANSWERS, rows, caption)]


def choices(at: Seat, question: Question) -> list[tuple[str, str]]:
    """The answers to a question, in words."""
    if question.answer is Choice.OPTIONS:
        return [(code, at.names.words(words)) for code, words in (question.options or {}).items()]
    if question.answer is Choice.YES_NO:
        return [("yes", at.t("proposal_own.yes")), ("no", at.t("proposal_own.no"))]
    return [(code, code.rpartition("-")[2]) for code in council.choices(question)]


def asks(at: Seat, model: EffectiveModel) -> list[Ask]:
    """The body's own questions, as questions of the proposal form."""
    return [
        Ask(
            name=ANSWER + one.code,
            words=at.names.words(one.names),
            kind="radio",
            choices=choices(at, one),
        )
        for one in model.questions(council.FORM)
    ]


class Marked(forms.Asked):
    """The form of a step."""

    step: str = ""


@act("/council/{number:str}/step")
def mark(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Report a step of the body's own as done."""
    at = seat(request)
    id_ = identifier(ProposalId, number)
    asked = forms.read(Marked, data)
    code = "" if isinstance(asked, Form) else asked.step
    bodies = at.bodies(Action.READ_COUNCIL)
    wanted: list[Wanted] = [(Action.READ_COUNCIL, body) for body in bodies]
    with at.desk.read(at.first(wanted), id_, "council-work") as reading:
        here = found(proposals(reading).get(id_))
        steps = model_of(at, reading, here).required(council.CLOSE)
    step = next((one for one in steps if one.id == code), None)
    permit = None if step is None else _permit(at, step)
    if permit is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    done = at.attempt(permit, partial(_do, at, id_, code))
    if isinstance(done, Refused):
        raise RefusedError(done)
    return pages.redirect(request, f"/council/{id_}", receipt="receipt.step_done")


def _do(at: Seat, id_: str, step: str, work: Work, permit: Permit) -> bool | Refused:
    return varying.do_step(work, permit, at.desk.pack, id_, step) or True


HANDLERS = [mark]
