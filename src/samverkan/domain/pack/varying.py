"""What a variant may do: everything that the core leaves open, and nothing that the law fixes.

Each objection names its place and the codes of which its sentence speaks, as `key=code`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samverkan.domain.pack.agencies import Body, Direction, Doubt, Level
from samverkan.domain.pack.arranging import LOOSE, arranged
from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.model import Pack
from samverkan.domain.pack.processes import MeetingPart, Openness, Rhythm, Step, StepKind, Variable
from samverkan.domain.pack.shapes import Path
from samverkan.domain.pack.variants import (
    Altered,
    Change,
    Choice,
    Delegated,
    Drop,
    Group,
    Insert,
    Move,
    OwnCriterion,
    Partner,
    Question,
    Variant,
    Weight,
    Word,
)

Objection = tuple[Path, Fault, str]
VARIABLES: dict[str, str] = {
    "rhythm": "rhythm",
    "insert": "extra-steps",
    "drop": "open-steps",
    "move": "open-steps",
    "question": "forms",
    "criterion": "criteria",
    "weight": "weights",
    "partner": "partners",
    "mandate": "mandates",
    "group": "groups",
    "word": "words",
}
"""The variable of the model that each part of a change varies."""
QUESTIONNAIRE = "questionnaire"
"""The form, and the variable, of the situation picture's questions."""
_HEIGHT = (Level.LOCAL, Level.REGIONAL, Level.NATIONAL)


def variable_of(name: str, part: Altered) -> str:
    """Which variable a part varies; the questionnaire is one of its own among the forms."""
    asked = isinstance(part, Question) and part.form == QUESTIONNAIRE
    return QUESTIONNAIRE if asked else VARIABLES[name]


@dataclass(frozen=True, slots=True)
class _Case:
    """One change being looked at: with the changes before it, those of wider variants first."""

    pack: Pack
    variant: Variant
    change: Change
    before: tuple[Change, ...]
    variable: Variable

    def steps(self, process: str) -> dict[str, Step]:
        """The steps as they stand on the change's first day, before it."""
        found = self.pack.processes.get(process)
        held = [one for one in self.before if one.holds(self.change.since)]
        return {} if found is None else {one.id: one for one in arranged(found, held)}

    @property
    def body(self) -> Body | None:
        """The variant's body."""
        return self.pack.bodies.get(self.variant.body)

    def alike(self, kind: type[Altered]) -> list[Altered]:
        """The parts of that kind that are in force beside it."""
        held = (one for one in self.before if one.holds(self.change.since))
        return [one.part for one in held if isinstance(one.part, kind)]


def lineage(pack: Pack, variant: Variant) -> tuple[Variant, ...]:
    """The variants that this one builds upon, the widest first. A ring ends where it closes."""
    found: list[Variant] = []
    above = pack.variants.get(variant.above or "")
    while above is not None and above is not variant and above not in found:
        found.insert(0, above)
        above = pack.variants.get(above.above or "")
    return tuple(found)


def objections(pack: Pack, variant: Variant, above: Sequence[Change] = ()) -> Iterator[Objection]:
    """Everything that speaks against the variant. `above` are the changes that it builds upon."""
    at: Path = ("variants", variant.id)
    yield from (((*at, where), fault, said) for where, fault, said in _placed(pack, variant))
    before = list(above)
    for change in variant.changes.values():
        here = (*at, "changes", change.id)
        for where, fault, said in _change(pack, variant, change, tuple(before)):
            yield (*here, *where), fault, said
        if len(change.parts) == 1:
            before.append(change)


def _placed(pack: Pack, variant: Variant) -> Iterator[tuple[str, Fault, str]]:
    body = pack.bodies.get(variant.body)
    level = Level.NATIONAL if variant.level is Level.NATIONAL else Level.REGIONAL
    if body is not None and body.level is not level:
        yield "body", Fault.BODY_LEVEL, f"body={body.id} level={variant.level.value}"
    above = pack.variants.get(variant.above or "")
    if above is not None and _HEIGHT.index(above.level) <= _HEIGHT.index(variant.level):
        yield "above", Fault.UNDER, above.id


def _change(
    pack: Pack, variant: Variant, change: Change, before: tuple[Change, ...]
) -> Iterator[tuple[Path, Fault, str]]:
    if len(change.parts) != 1:
        yield (), Fault.ONE_CHANGE, f"change={change.id}"
        return
    for body in (pack.bodies.get(code) for code in dict.fromkeys((variant.body, change.by))):
        if body is not None and not _there(body, change):
            yield ("since",), Fault.BODY_GONE, f"body={body.id}"
    if change.decided > change.since:
        yield ("decided",), Fault.DATE_ORDER, change.decided.isoformat()
    ((name, part),) = change.parts.items()
    variable = pack.openness.get(variable_of(name, part))
    if variable is None:
        yield (name,), Fault.NOT_OPEN, f"variable={variable_of(name, part)}"
    elif variable.openness is Openness.FIXED:
        yield (name,), Fault.FIXED, f"variable={variable.id}"
    else:
        case = _Case(pack, variant, change, before, variable)
        found = (*_counted(case, part), *_part(case, part))
        yield from (((name,), fault, said) for fault, said in found)


def _there(body: Body, change: Change) -> bool:
    """A decision is made by a body that exists, and holds in one that exists."""
    return body.since <= change.decided and (body.until is None or change.since <= body.until)


Found = Iterator[tuple[Fault, str]]


def _counted(case: _Case, part: Altered) -> Found:
    most = case.variable.count
    beside = [one for one in case.alike(type(part)) if variable_like(one, part)]
    if most is not None and len(beside) >= most:
        yield Fault.COUNT, f"variable={case.variable.id} most={most}"


def variable_like(one: Altered, other: Altered) -> bool:
    """Whether two parts of a kind count together: questions by form, all else by kind."""
    if isinstance(one, Question) and isinstance(other, Question):
        return one.form == other.form
    return True


def _part(case: _Case, part: Altered) -> Found:
    match part:
        case Rhythm():
            yield from _bounded(case, part.weeks)
        case Insert() | Drop() | Move():
            yield from _step(case, part)
        case Question():
            yield from _question(case, part)
        case OwnCriterion() | Weight():
            yield from _criterion(case, part)
        case Partner():
            yield from _partner(case, part)
        case Delegated():
            yield from _delegated(case, part)
        case Group():
            yield from _seated(case, part.members)
        case Word():
            yield from _word(case, part)


def _bounded(case: _Case, value: int) -> Found:
    least, most = case.variable.least, case.variable.most
    if (least is not None and value < least) or (most is not None and value > most):
        yield Fault.BOUNDS, f"variable={case.variable.id} least={least} most={most}"


def _step(case: _Case, part: Insert | Drop | Move) -> Found:
    steps = case.steps(part.process)
    named = f"process={part.process} step={part.step}"
    step = steps.get(part.step)
    if isinstance(part, Insert):
        if step is not None:
            yield Fault.DOUBLED, part.step
    elif step is None:
        yield Fault.NO_STEP, named
    elif step.kind not in LOOSE:
        how = "drop" if isinstance(part, Drop) else "move"
        fault = Fault.LEGAL_STEP if step.kind is StepKind.LEGAL else Fault.CORE_STEP
        yield fault, f"{named} how={how}"
    if not isinstance(part, Drop):
        yield from _beside(part, steps)


def _beside(part: Insert | Move, steps: dict[str, Step]) -> Found:
    anchors = [anchor for anchor in (part.before, part.after) if anchor is not None]
    if len(anchors) != 1:
        yield Fault.BESIDE, f"process={part.process} step={part.step}"
    for anchor in anchors:
        if anchor not in steps or anchor == part.step:
            yield Fault.NO_STEP, f"process={part.process} step={anchor}"


def _question(case: _Case, part: Question) -> Found:
    if (part.answer is Choice.OPTIONS) != bool(part.options):
        yield Fault.MISSING_KEY if not part.options else Fault.UNKNOWN_KEY, "options"
    asked = [one for one in case.alike(Question) if isinstance(one, Question)]
    if any(one.form == part.form and one.code == part.code for one in asked):
        yield Fault.DOUBLED, part.code


def _criterion(case: _Case, part: OwnCriterion | Weight) -> Found:
    own = {one.code for one in case.alike(OwnCriterion) if isinstance(one, OwnCriterion)}
    known = {*case.pack.criteria, *own}
    if isinstance(part, OwnCriterion):
        if part.code in known:
            yield Fault.DOUBLED, part.code
        if part.least >= part.most:
            yield Fault.OUT_OF_RANGE, str(part.least)
        weights = case.pack.openness.get("weights")
        most = weights.most if weights is not None else None
        if most is not None and part.weight > most:
            yield Fault.BOUNDS, f"variable=weights least=1 most={most}"
    elif part.criterion not in known:
        yield Fault.UNKNOWN_REFERENCE, f"criteria: {part.criterion}"
    else:
        yield from _bounded(case, part.weight)


def _partner(case: _Case, part: Partner) -> Found:
    """Persons are spoken of in the closed part: only a party that a basis names may hear (L4)."""
    if any(isinstance(one, Partner) and one.code == part.code for one in case.alike(Partner)):
        yield Fault.DOUBLED, part.code
    if (part.part is MeetingPart.CLOSED or part.basis is not None) and not receives(
        case.pack, part, case
    ):
        yield Fault.PARTNER_CLOSED, f"partner={part.code} kind={part.kind.value}"


def receives(pack: Pack, part: Partner, case: _Case) -> bool:
    """Whether the basis that the partner names lets it receive, from the change's first day on."""
    if part.party is None or part.basis is None:
        return False
    held = pack.standing(part.party, part.basis, Direction.RECEIVE, on=case.change.since)
    basis = pack.bases.get(part.basis)
    if held is None or basis is None or held.doubt is Doubt.WHETHER:
        return False
    last = case.change.until
    ends = [end for end in (held.until, basis.until) if end is not None]
    return all(last is not None and last <= end for end in ends)


def _delegated(case: _Case, part: Delegated) -> Found:
    if part.act not in case.variable.acts:
        yield Fault.NOT_DELEGABLE, f"act={part.act}"
    yield from _bounded(case, part.hours)
    yield from _seated(case, (part.party,))


def _seated(case: _Case, members: Iterable[str]) -> Found:
    body = case.body
    if body is None:
        return
    for party in members:
        if party not in body.members:
            yield Fault.NOT_A_MEMBER, f"party={party} body={body.id}"


def _word(case: _Case, part: Word) -> Found:
    pack = case.pack
    known = {*pack.bodies, *pack.processes, *pack.roles, *pack.forms}
    if part.term not in known:
        yield Fault.UNKNOWN_REFERENCE, f"words: {part.term}"
