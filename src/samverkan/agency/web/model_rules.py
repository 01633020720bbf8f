"""The model's rules, to read: processes, catalogues, law, and what may vary."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import ways
from samverkan.agency.web import blocks, filters, model_drawing, tables
from samverkan.agency.web.blocks import Block, Sight, Text
from samverkan.agency.web.desk import Seat, found, seat
from samverkan.agency.web.model import opened
from samverkan.domain.pack import Process, Step, Typology, Variable
from samverkan.domain.policy import Action
from samverkan.domain.variant import EffectiveModel
from samverkan.shell import variations
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_PROCESSES = (
    Column("process", "model.process", Kind.LINK),
    Column("meaning", "model.meaning"),
    Column("steps", "model.steps", Kind.NUMBER),
    Column("legal", "model.legal_steps", Kind.NUMBER),
)
_STEPS = (
    Column("no", "model.order"),
    Column("step", "model.step_name"),
    Column("kind", "model.step_kind"),
    Column("who", "model.who"),
    Column("law", "model.law"),
    Column("demand", "model.demand"),
)
_OPENNESS = (
    Column("variable", "model.variable"),
    Column("open", "model.open"),
    Column("law", "model.law"),
    Column("means", "model.meaning"),
)


def _shown(at: Seat, title: str, lead: str, parts: list[Block]) -> Response[str]:
    back = Link(at.t("model.title"), "/model")
    return blocks.show(at.request, Sight(title=title, lead=lead, above=back, blocks=parts))


@page("/model/processes")
def processes(request: AnyRequest) -> Response[str]:
    """Every process."""
    at = seat(request)
    opened(at, "model-processes")
    rows = [
        {
            "process": Link(at.names.words(one.names), f"/model/processes/{one.id}"),
            "meaning": at.names.words(one.meaning),
            "steps": len(one.steps),
            "legal": sum(step.kind.value == "legal" for step in one.steps.values()),
        }
        for one in at.desk.pack.processes.values()
    ]
    table = tables.whole(
        "processes", at.t("model.processes"), _PROCESSES, rows, at.t("model.nothing")
    )
    return _shown(at, at.t("model.part.processes"), at.t("model.processes_lead"), [table])


@page("/model/processes/{code:str}")
def process(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    """One process as a diagram and in order, as the core has it or as a body works."""
    at = seat(request)
    whole: Process = found(at.desk.pack.processes.get(code))
    asked = _bodies(at)
    with at.desk.read(at.permit(Action.READ_INBOX), f"model-{code}", "follow-up") as reading:
        body = asked.chosen(at)
        model = ways.model(reading, at.desk.pack, body) if body else None
    steps = tuple(whole.steps.values()) if model is None else model.steps(code)
    name = at.names.words(whole.names)
    parts: list[Block] = [
        *filters.shown(at, [asked]),
        *_version(at, model),
        model_drawing.process(at, name, steps),
        _steps(at, steps),
    ]
    return _shown(at, name, at.names.words(whole.meaning), parts)


def _bodies(at: Seat) -> filters.Question:
    bodies = [(code, at.names.words(one.names)) for code, one in at.desk.pack.bodies.items()]
    return filters.Question("body", at.t("model.as_in"), bodies)


def _version(at: Seat, model: EffectiveModel | None) -> list[Block]:
    if model is None:
        return [Text(at.t("model.is_core"), faint=True)]
    named = ", ".join(at.names.words(one.names) for one in model.variants)
    words = at.t("model.under", version=model.version, variants=named or at.t("model.no_variant"))
    return [Text(words, faint=True)]


def _steps(at: Seat, steps: tuple[Step, ...]) -> Table:
    rows = [
        {
            "no": no + 1,
            "step": at.names.words(step.names),
            "kind": at.t(f"model.step.{step.kind.value}"),
            "who": ", ".join(at.names.role(role) for role in step.roles) or at.t("model.by_node"),
            "law": _law(at, step.statute, step.section),
            "demand": at.names.words(step.demand) if step.demand is not None else "",
        }
        for no, step in enumerate(steps)
    ]
    return tables.whole("steps", at.t("model.steps_in_order"), _STEPS, rows, at.t("model.nothing"))


def _law(at: Seat, statute: str | None, section: str | None) -> str:
    if statute is None:
        return ""
    return at.t("model.law_of", statute=statute, section=section or "")


@page("/model/catalogue")
def catalogue(request: AnyRequest) -> Response[str]:
    """Criteria, measures, indicators, forms."""
    at = seat(request)
    opened(at, "model-catalogue")
    parts: list[Block] = [_criteria(at), _measures(at), _indicators(at), _forms(at)]
    return _shown(at, at.t("model.part.catalogue"), at.t("model.catalogue_lead"), parts)


def _criteria(at: Seat) -> Table:
    columns = (
        Column("name", "proposal.criterion"),
        Column("question", "proposal.question"),
        Column("range", "model.range"),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "question": at.names.words(one.question),
            "range": f"{one.least} - {one.most}",
        }
        for one in at.desk.pack.criteria.values()
    ]
    return tables.whole("criteria", at.t("model.criteria"), columns, rows, at.t("model.nothing"))


def _measures(at: Seat) -> Table:
    pack, names = at.desk.pack, at.names
    columns = (
        Column("name", "model.measure"),
        Column("kind", "model.measure_kind"),
        Column("parties", "model.parties"),
        Column("counted", "model.counted_by"),
    )
    rows = [
        {
            "name": names.words(one.names),
            "kind": names.of(pack.measure_kinds, one.kind),
            "parties": names.parties(one.parties),
            "counted": ", ".join(names.of(pack.indicators, code) for code in one.indicators),
        }
        for one in pack.measures.values()
    ]
    return tables.whole("measures", at.t("model.measures"), columns, rows, at.t("model.nothing"))


def _indicators(at: Seat) -> Table:
    pack, names = at.desk.pack, at.names
    columns = (
        Column("name", "proposal.indicator"),
        Column("definition", "model.meaning"),
        Column("unit", "model.unit"),
        Column("stages", "model.stages"),
    )
    rows = [
        {
            "name": names.words(one.names),
            "definition": names.words(one.definition),
            "unit": names.of(pack.units, one.unit),
            "stages": ", ".join(names.of(pack.stages, stage) for stage in one.stages),
        }
        for one in pack.indicators.values()
    ]
    return tables.whole(
        "indicators", at.t("model.indicators"), columns, rows, at.t("model.nothing")
    )


def _forms(at: Seat) -> Table:
    columns = (Column("name", "model.form"),)
    rows = [{"name": at.names.words(one.names)} for one in at.desk.pack.forms.values()]
    return tables.whole("forms", at.t("model.forms"), columns, rows, at.t("model.nothing"))


@page("/model/law")
def law(request: AnyRequest) -> Response[str]:
    """Legal bases, what each typology discloses, how long data may be kept."""
    at = seat(request)
    opened(at, "model-law")
    parts: list[Block] = [_bases(at), _typologies(at), _retention(at)]
    return _shown(at, at.t("model.part.law"), at.t("model.law_lead"), parts)


def _bases(at: Seat) -> Table:
    columns = (
        Column("name", "model.basis"),
        Column("law", "model.law"),
        Column("need", "model.need"),
        Column("test", "model.test"),
        Column("since", "model.since", Kind.DAY),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "law": _law(at, one.statute, one.section),
            "need": at.names.words(one.need),
            "test": at.names.words(one.test),
            "since": one.since,
        }
        for one in at.desk.pack.bases.values()
    ]
    return tables.whole("bases", at.t("model.bases"), columns, rows, at.t("model.nothing"))


def _typologies(at: Seat) -> Table:
    columns = (
        Column("name", "model.typology"),
        Column("needs", "model.threshold"),
        Column("discloses", "model.discloses"),
        Column("law", "model.basis"),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "needs": at.t("model.of", n=one.threshold, all=len(one.conditions)),
            "discloses": "; ".join(_disclosed(at, one)),
            "law": at.names.of(at.desk.pack.bases, one.basis),
        }
        for one in at.desk.pack.typologies.values()
    ]
    return tables.whole(
        "typologies", at.t("model.typologies"), columns, rows, at.t("model.nothing")
    )


def _disclosed(at: Seat, typology: Typology) -> Iterator[str]:
    """Each owner's condition is told to the other owners when the typology fires."""
    for code in typology.conditions:
        owner = at.desk.pack.conditions[code].party
        yield f"{at.names.brief(owner)}: {at.names.condition(code).lower()}"


def _retention(at: Seat) -> Table:
    columns = (
        Column("name", "model.kept"),
        Column("parties", "model.parties"),
        Column("months", "model.months", Kind.NUMBER),
        Column("from", "model.counted_from"),
        Column("law", "model.law"),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "parties": at.names.parties(one.parties),
            "months": one.months,
            "from": at.t(f"model.from.{one.counted_from.value}"),
            "law": _law(at, one.statute, one.section),
        }
        for one in at.desk.pack.retention.values()
    ]
    return tables.whole("retention", at.t("model.retention"), columns, rows, at.t("model.nothing"))


@page("/model/openness")
def openness(request: AnyRequest) -> Response[str]:
    """What may vary, within which bounds, and what the law fixes."""
    at = seat(request)
    opened(at, "model-openness")
    rows = [
        {
            "variable": at.names.words(one.names),
            "open": _opened(at, one),
            "law": _law(at, one.statute, one.section),
            "means": at.names.words(one.means),
        }
        for one in at.desk.pack.openness.values()
    ]
    core = [
        {
            "level": at.t(f"model.level_of.{level.value}"),
            "rhythm": variations.rhythm(at.t, said),
        }
        for level, said in at.desk.pack.rhythms.items()
    ]
    columns = (Column("level", "model.level"), Column("rhythm", "model.rhythm"))
    nothing = at.t("model.nothing")
    parts: list[Block] = [
        tables.whole("openness", at.t("model.openness"), _OPENNESS, rows, nothing),
        tables.whole("rhythms", at.t("model.rhythms"), columns, core, nothing),
    ]
    return _shown(at, at.t("model.part.openness"), at.t("model.openness_lead"), parts)


def _opened(at: Seat, variable: Variable) -> str:
    words = at.t(f"model.openness_of.{variable.openness.value}")
    bounds = []
    if variable.least is not None or variable.most is not None:
        bounds.append(at.t("model.between", least=variable.least, most=variable.most))
    if variable.count is not None:
        bounds.append(at.t("model.at_most", n=variable.count))
    return ", ".join([words, *bounds])


HANDLERS = [processes, process, catalogue, law, openness]
