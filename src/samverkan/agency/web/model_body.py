"""How one body works today: its rhythm, partners, mandates, groups, criteria and questions."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import ways
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Block, Facts, Sight
from samverkan.agency.web.desk import Seat, found, seat
from samverkan.domain.policy import Action
from samverkan.domain.variant import EffectiveModel
from samverkan.shell import variations
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest


@page("/model/bodies/{code:str}")
def body(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    """One body, and its way of working by decision."""
    at = seat(request)
    known = found(at.desk.pack.bodies.get(code))
    with at.desk.read(at.permit(Action.READ_INBOX), f"model-{code}", "follow-up") as reading:
        model = ways.model(reading, at.desk.pack, code)
    parts: list[Block] = [
        Facts(
            [
                (at.t("proposal_own.model"), model.version),
                (at.t("model.variants_held"), _named(at, model)),
                (at.t("model.rhythm"), variations.rhythm(at.t, model.rhythm)),
                (at.t("model.chair"), at.names.party(known.chair)),
                (at.t("model.who_sits"), at.names.parties(known.members)),
            ]
        ),
        _criteria(at, model),
        _mandates(at, model),
        _partners(at, model),
        _groups(at, model),
        _questions(at, model),
    ]
    sight = Sight(
        title=at.names.words(model.word(code, known.names)),
        lead=at.names.words(known.mandate),
        above=Link(at.t("model.part.bodies"), "/model/bodies"),
        blocks=parts,
    )
    return blocks.show(request, sight)


def _named(at: Seat, model: EffectiveModel) -> str:
    named = ", ".join(at.names.words(one.names) for one in model.variants)
    return named or at.t("model.no_variant")


def _criteria(at: Seat, model: EffectiveModel) -> Table:
    columns = (
        Column("name", "proposal.criterion"),
        Column("question", "proposal.question"),
        Column("weight", "model.weight", Kind.NUMBER),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "question": at.names.words(one.question),
            "weight": one.weight,
        }
        for one in model.criteria.values()
    ]
    return tables.whole("criteria", at.t("model.criteria"), columns, rows, at.t("model.nothing"))


def _mandates(at: Seat, model: EffectiveModel) -> Table:
    """What a coordinator may decide alone, and how far (N14)."""
    columns = (
        Column("name", "model.mandate"),
        Column("party", "model.party"),
        Column("act", "model.act"),
        Column("role", "model.role"),
        Column("hours", "model.most_hours", Kind.NUMBER),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "party": at.names.party(one.party),
            "act": at.names.of(at.desk.pack.actions, one.act),
            "role": at.names.role(one.role),
            "hours": one.hours,
        }
        for one in model.mandates
    ]
    return tables.whole("mandates", at.t("model.mandates"), columns, rows, at.t("model.none_own"))


def _partners(at: Seat, model: EffectiveModel) -> Table:
    columns = (
        Column("name", "model.partner"),
        Column("kind", "model.body_kind"),
        Column("part", "model.sits_in"),
    )
    rows = [
        {
            "name": at.names.words(one.names),
            "kind": at.t(f"variation.kind.{one.kind.value}"),
            "part": at.t(f"variation.part.{one.part.value}"),
        }
        for one in model.partners
    ]
    return tables.whole("partners", at.t("model.partners"), columns, rows, at.t("model.none_own"))


def _groups(at: Seat, model: EffectiveModel) -> Table:
    columns = (Column("name", "model.group"), Column("members", "model.who_sits"))
    rows = [
        {"name": at.names.words(one.names), "members": at.names.parties(one.members)}
        for one in model.groups
    ]
    return tables.whole("groups", at.t("model.groups"), columns, rows, at.t("model.none_own"))


def _questions(at: Seat, model: EffectiveModel) -> Table:
    forms = at.desk.pack.forms
    columns = (Column("question", "proposal_own.question"), Column("form", "model.form"))
    rows = [
        {"question": at.names.words(one.names), "form": at.names.of(forms, form)}
        for form in forms
        for one in model.questions(form)
    ]
    return tables.whole("questions", at.t("model.questions"), columns, rows, at.t("model.none_own"))


HANDLERS = [body]
