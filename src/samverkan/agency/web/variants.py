"""Variants: which there are, in what each differs from the core, and each member's own stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import varying, ways
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, filters, tables
from samverkan.agency.web.blocks import (
    Ask,
    Block,
    Chain,
    Facts,
    Filter,
    Heading,
    Notice,
    Sheet,
    Sight,
    Text,
    Ways,
)
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.domain import adoption as rules
from samverkan.domain.adoption import Adoption
from samverkan.domain.comparing import Difference, Pair, compared, differences
from samverkan.domain.pack import Variant
from samverkan.domain.policy import Action, Permit
from samverkan.domain.variant import digest
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import VariantId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages, variations
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Progress, Step, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

_LIST = (
    Column("name", "variant.name", Kind.LINK),
    Column("body", "variant.body"),
    Column("level", "model.level"),
    Column("changes", "variant.changes", Kind.NUMBER),
    Column("state", "variant.state", Kind.TAG),
)
_DIFFERENCES = (
    Column("variable", "model.variable"),
    Column("core", "variant.core_says"),
    Column("own", "variant.variant_says"),
    Column("since", "variant.from", Kind.DAY),
    Column("until", "variant.until", Kind.DAY),
    Column("decided", "variant.decided", Kind.DAY),
    Column("by", "variant.decided_by"),
    Column("why", "variant.why"),
)
_PAIRS = (
    Column("variable", "model.variable"),
    Column("core", "variant.other_says"),
    Column("own", "variant.variant_says"),
)
EXAMPLE = Tag("variant.example", Tone.NEUTRAL)


def state(one: Adoption, now: datetime) -> Tag:
    """Where a variant stands."""
    if one.held(now):
        return Tag("variant.in_force", Tone.GOOD)
    return Tag("variant.over") if one.until is not None else Tag("variant.drafted", Tone.INFO)


@page("/model/variants")
def listed(request: AnyRequest) -> Response[str]:
    """Every variant that was put before a body, and the examples that come with the model."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_INBOX), "variants", "follow-up") as reading:
        known, now = ways.adoptions(reading, at.desk.pack), reading.now
    rows = [_row(at, one.variant, id_, state(one, now)) for id_, one in known.items()][::-1]
    shipped = [_row(at, one, one.id, EXAMPLE) for one in at.desk.pack.variants.values()]
    parts: list[Block] = [
        tables.whole("variants", at.t("variant.all"), _LIST, rows, at.t("variant.none")),
        tables.whole("examples", at.t("variant.examples"), _LIST, shipped, at.t("variant.none")),
    ]
    if at.bodies(Action.VARY):
        parts.insert(0, Ways([Link(at.t("variant.new"), "/model/variants/new")], main=True))
    sight = Sight(
        title=at.t("model.part.variants"),
        lead=at.t("variant.lead"),
        above=Link(at.t("model.title"), "/model"),
        blocks=parts,
    )
    return blocks.show(request, sight)


def _row(at: Seat, one: Variant, id_: str, tag: Tag) -> dict[str, object]:
    return {
        "name": Link(at.names.words(one.names), f"/model/variants/{id_}"),
        "body": at.names.of(at.desk.pack.bodies, one.body),
        "level": at.t(f"model.level_of.{one.level.value}"),
        "changes": len(one.changes),
        "state": tag,
    }


@page("/model/variants/{number:str}")
def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One variant beside the core, or beside another variant."""
    return show(seat(request), number)


def show(at: Seat, number: str, *, refused: Refused | None = None) -> Response[str]:
    """The page of a variant; with why an act on it was refused, if it was."""
    with at.desk.read(at.permit(Action.READ_INBOX), number, "follow-up") as reading:
        known, now = ways.adoptions(reading, at.desk.pack), reading.now
    adoption = known.get(number)
    variant = adoption.variant if adoption is not None else at.desk.pack.variants.get(number)
    way = found(variant)
    asked = _against(at, number, known)
    parts: list[Block] = [] if refused is None else [blocks.refusal(at.t, refused)]
    if adoption is None:
        parts.append(Notice(Tone.INFO, at.t("variant.example"), [at.t("variant.example_means")]))
    parts += [Facts(_facts(at, way, adoption, now)), *_origins(at, way)]
    parts += [*_comparing(at, number, asked), *_told(at, way, known, asked.chosen(at))]
    if adoption is not None:
        parts += [*_acts(at, adoption), *_promotions(at, adoption, now)]
    if at.bodies(Action.VARY):
        edit = Link(at.t("variant.edit"), f"/model/variants/new?from={number}")
        parts.append(Ways([edit]))
    sight = Sight(
        title=at.names.words(way.names),
        lead=at.names.of(at.desk.pack.bodies, way.body),
        above=Link(at.t("model.part.variants"), "/model/variants"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _comparing(at: Seat, number: str, asked: filters.Question) -> list[Block]:
    """The choice of another variant to be held against; none where there is no other."""
    if not asked.choices:
        return []
    ask = Ask(
        name=asked.name, words=asked.words, kind="select", choices=asked.choices, required=False
    )
    chosen = asked.chosen(at)
    form = Form({asked.name: (chosen,)})
    return [Filter(f"/model/variants/{number}", asked.words, [ask], form, bool(chosen))]


def _against(at: Seat, number: str, known: dict[str, Adoption]) -> filters.Question:
    others = [(id_, at.names.words(one.variant.names)) for id_, one in known.items()]
    shipped = [(one.id, at.names.words(one.names)) for one in at.desk.pack.variants.values()]
    choices = [(id_, words) for id_, words in (*others, *shipped) if id_ != number]
    return filters.Question("against", at.t("variant.against"), choices)


def _facts(
    at: Seat, way: Variant, adoption: Adoption | None, now: datetime
) -> list[tuple[str, object]]:
    pairs: list[tuple[str, object]] = [
        (at.t("variant.state"), EXAMPLE if adoption is None else state(adoption, now)),
        (at.t("model.level"), at.t(f"model.level_of.{way.level.value}")),
        (at.t("variant.core"), str(way.core)),
        (at.t("variant.digest"), digest(way).hex()[:16]),
    ]
    if adoption is not None:
        pairs += [
            (at.t("variant.by"), at.names.party(adoption.party)),
            (at.t("variant.for"), at.names.parties(sorted(adoption.supporters))),
            (at.t("variant.opposed"), at.names.parties(sorted(adoption.opponents))),
            (at.t("variant.from"), (adoption.since or "")[:10]),
        ]
    return pairs


def _origins(at: Seat, way: Variant) -> list[Block]:
    """The chain of promotion: where the way of working came from."""
    if not way.origins:
        return []
    steps = [
        Step(
            at.t(f"model.level_of.{one.level.value}"),
            Progress.DONE,
            by=at.names.of(at.desk.pack.bodies, one.body),
            remark=at.t("variant.from_day", day=one.since.isoformat()),
        )
        for one in way.origins
    ]
    steps.append(Step(at.t(f"model.level_of.{way.level.value}"), Progress.NOW))
    return [Heading(at.t("variant.origins")), Chain(at.t("variant.origins"), steps, full=True)]


def _told(at: Seat, way: Variant, known: dict[str, Adoption], against: str) -> list[Block]:
    if not against:
        rows = [_difference(at, way, one) for one in differences(way)]
        caption = at.t("variant.differences")
        return [tables.whole("differences", caption, _DIFFERENCES, rows, at.t("variant.alike"))]
    held = known.get(against)
    other = held.variant if held is not None else at.desk.pack.variants[against]
    pairs = [_pair(at, (way, other), pair) for pair in compared(way, other)]
    caption = at.t("variant.against_other", other=at.names.words(other.names))
    return [tables.whole("differences", caption, _PAIRS, pairs, at.t("variant.alike"))]


def _difference(at: Seat, way: Variant, one: Difference) -> dict[str, object]:
    change, pack = one.change, at.desk.pack
    return {
        "variable": at.names.of(pack.openness, one.variable),
        "core": variations.core_says(at.t, pack, way, change),
        "own": variations.variant_says(at.t, pack, change),
        "since": change.since,
        "until": change.until,
        "decided": change.decided,
        "by": at.names.of(pack.bodies, change.by),
        "why": at.names.words(change.why),
    }


def _pair(at: Seat, both: tuple[Variant, Variant], pair: Pair) -> dict[str, object]:
    shown = pair.one or pair.other
    variable = "" if shown is None else shown.variable
    return {
        "variable": at.names.of(at.desk.pack.openness, variable),
        "own": _side(at, both[0], pair.one, shown),
        "core": _side(at, both[1], pair.other, shown),
    }


def _side(at: Seat, way: Variant, side: Difference | None, shown: Difference | None) -> str:
    """What one of two variants says; where it says nothing, what the core says."""
    if side is not None:
        return variations.variant_says(at.t, at.desk.pack, side.change)
    return "" if shown is None else variations.core_says(at.t, at.desk.pack, way, shown.change)


def _acts(at: Seat, adoption: Adoption) -> list[Block]:
    """What this officer may say for the own party."""
    body = at.desk.pack.bodies.get(adoption.variant.body)
    if body is None or not at.may(Action.TAKE_POSITION, body.id) or adoption.until is not None:
        return []
    mine = adoption.stands.get(at.desk.me)
    kinds = [rules.WITHDRAW] if adoption.since and mine else []
    if mine is not True:
        kinds.append(rules.ADOPT)
    if adoption.since is None and mine is not False:
        kinds.append(rules.OPPOSE)
    return [_stand_sheet(at, adoption, kinds)] if kinds else [Text(at.t("variant.settled"))]


def _stand_sheet(at: Seat, adoption: Adoption, kinds: Sequence[str]) -> Sheet:
    quorum = at.desk.pack.bodies[adoption.variant.body].quorum
    choices = [(kind, at.t(f"variant.say.{kind.partition('.')[2]}")) for kind in kinds]
    return Sheet(
        path=f"/model/variants/{adoption.id}/stand",
        heading=at.t("variant.stand"),
        lead=at.t("variant.stand_means", quorum=quorum),
        button=at.t("variant.stand_send"),
        asks=[Ask(name="kind", words=at.t("variant.we"), kind="radio", choices=choices)],
    )


def _promotions(at: Seat, adoption: Adoption, now: datetime) -> list[Block]:
    """Wider bodies of this officer's, before which the way of working may be put."""
    bodies = {
        code: at.desk.pack.bodies[code]
        for code in at.bodies(Action.VARY)
        if rules.wider(adoption, at.desk.pack.bodies[code])
    }
    if not bodies or not adoption.held(now):
        return []
    ask = Ask(
        name="body", words=at.t("variant.body"), kind="select", choices=at.names.choices(bodies)
    )
    return [
        Sheet(
            path=f"/model/variants/{adoption.id}/promote",
            heading=at.t("variant.promote"),
            lead=at.t("variant.promote_means"),
            button=at.t("variant.promote_send"),
            kind="secondary",
            quiet=True,
            asks=[ask],
        )
    ]


class Said(forms.Asked):
    """The form of a stand."""

    kind: str = ""


class Wider(forms.Asked):
    """The form of a promotion."""

    body: str = ""


@act("/model/variants/{number:str}/stand")
def stand(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """This party's own decision on a variant."""
    at = seat(request)
    id_ = identifier(VariantId, number)
    asked = forms.read(Said, data)
    kind = "" if isinstance(asked, Form) else asked.kind
    if kind not in (rules.ADOPT, rules.OPPOSE, rules.WITHDRAW):
        return show(at, number, refused=refuse(Code.FIELD_NOT_A_CHOICE))
    permit = at.permit(Action.TAKE_POSITION, _body(at, id_))
    done = at.attempt(permit, partial(_stand, at, id_, kind))
    if isinstance(done, Refused):
        return show(at, number, refused=done)
    return pages.redirect(request, f"/model/variants/{id_}", receipt="receipt.variant_stood")


def _stand(at: Seat, id_: str, kind: str, work: Work, permit: Permit) -> bool | Refused:
    return varying.stand(work, permit, at.desk.pack, id_, kind) or True


def _body(at: Seat, id_: str) -> str:
    """Before which body the variant is; who may not know of it finds nothing."""
    with at.desk.read(at.permit(Action.READ_INBOX), id_, "follow-up") as reading:
        known = ways.adoptions(reading, at.desk.pack).get(id_)
    if known is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return known.variant.body


@act("/model/variants/{number:str}/promote")
def promote(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Put the way of working before a wider body."""
    at = seat(request)
    id_ = identifier(VariantId, number)
    asked = forms.read(Wider, data)
    body = "" if isinstance(asked, Form) else asked.body
    if body not in at.bodies(Action.VARY):
        return show(at, number, refused=refuse(Code.FIELD_NOT_A_CHOICE))
    done = at.attempt(at.permit(Action.VARY, body), partial(_promote, at, id_))
    if isinstance(done, Refused):
        return show(at, number, refused=done)
    return pages.redirect(request, "/model/variants", receipt="receipt.variant_promoted")


def _promote(at: Seat, id_: str, work: Work, permit: Permit) -> VariantId | Refused:
    return varying.promote(work, permit, at.desk.pack, id_)


HANDLERS = [listed, one, stand, promote]
