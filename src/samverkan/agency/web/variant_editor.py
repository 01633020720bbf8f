"""A variant written in the browser: looked through as it is written, then sent to its body.

It works without script: the button asks for the same that the page asks for by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import yaml
from litestar import Response

from samverkan.agency import varying, ways
from samverkan.agency.ports import Reading, Work
from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Ask, Block, Sheet, Sight, Verdict
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.pack import Pack, PackError, Variant, read_variant
from samverkan.domain.policy import Action, Permit
from samverkan.domain.variant import spell
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import VariantId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import pages, variations
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest

FIELD = "text"
_VERDICT = "verdict"
_MOST = 20
"""Faults that are shown at once."""


@page("/model/variants/new")
def form(request: AnyRequest) -> Response[str]:
    """An empty variant of an own body, or one that is there, to go on from."""
    at = seat(request)
    start = request.query_params.get("from", "")
    with at.desk.read(_permit(at), "variant-draft", "follow-up") as reading:
        text = _start(at, reading, start)
        pack = _known(at, reading)
    return _show(at, pack, text)


def _permit(at: Seat) -> Permit:
    """To write a variant one sits in a body."""
    return at.first([(Action.VARY, body) for body in at.desk.pack.bodies])


def _known(at: Seat, reading: Reading) -> Pack:
    """The model with the variants in force, upon which another may build."""
    held = ways.in_force(reading, at.desk.pack)
    return replace(at.desk.pack, variants={one.id: one for one in held})


def _start(at: Seat, reading: Reading, start: str) -> str:
    known = ways.adoptions(reading, at.desk.pack).get(start)
    variant = known.variant if known is not None else at.desk.pack.variants.get(start)
    data: Mapping[str, Any] = _bare(at, reading)
    if variant is not None:  # what somebody goes on from is an example no more
        data = spell(replace(variant, example=False))
    return str(yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=100))


def _bare(at: Seat, reading: Reading) -> dict[str, Any]:
    """The least that a variant says, with a rhythm to begin from."""
    code = at.bodies(Action.VARY)[0]
    body, today = at.desk.pack.bodies[code], reading.now.date().isoformat()
    words = {language: at.names.words(body.names) for language in at.desk.pack.pack.languages}
    change = {
        "since": today,
        "decided": today,
        "by": code,
        "why": words,
        "rhythm": {"weeks": 2, "weekday": 3},
    }
    return {
        "id": "own-way",
        "names": words,
        "level": body.level.value,
        "body": code,
        "core": at.desk.pack.pack.version,
        "changes": {"rhythm": change},
    }


def looked_through(at: Seat, pack: Pack, text: str) -> Variant | tuple[PackError, ...]:
    """The variant that the text spells, or everything that speaks against it."""
    source = at.desk.variant_text(text)
    return (source,) if isinstance(source, PackError) else read_variant(source, pack)


def _verdict(at: Seat, pack: Pack, text: str, read: Variant | tuple[PackError, ...]) -> Verdict:
    heading = at.t("variant.verdict")
    if isinstance(read, Variant):
        return Verdict(_VERDICT, heading, [], at.t("variant.sound"), _sending(at, text))
    lines = [
        at.t("variant.fault", line=one.line, said=variations.refused(at.t, pack, one))
        for one in read[:_MOST]
    ]
    return Verdict(_VERDICT, heading, lines)


def _show(at: Seat, pack: Pack, text: str, refused: Refused | None = None) -> Response[str]:
    read = looked_through(at, pack, text)
    sheet = Sheet(
        path="/model/variants/check",
        heading=at.t("variant.write"),
        lead=at.t("variant.write_means"),
        button=at.t("variant.check"),
        kind="secondary",
        form=Form({FIELD: (text,)}),
        asks=[
            Ask(
                name=FIELD,
                words=at.t("variant.text"),
                kind="code",
                hint=at.t("variant.text_hint"),
                live="/model/variants/check",
                live_to=_VERDICT,
            )
        ],
    )
    parts: list[Block] = [] if refused is None else [blocks.refusal(at.t, refused)]
    parts += [sheet, _verdict(at, pack, text, read)]
    sight = Sight(
        title=at.t("variant.new"),
        lead=at.t("variant.new_lead"),
        above=Link(at.t("model.part.variants"), "/model/variants"),
        blocks=parts,
    )
    return blocks.show(at.request, sight)


def _sending(at: Seat, text: str) -> Sheet:
    return Sheet(
        path="/model/variants/send",
        heading=at.t("variant.send"),
        lead=at.t("variant.send_means"),
        button=at.t("variant.send_now"),
        form=Form({FIELD: (text,)}),
        asks=[Ask(name=FIELD, words=at.t("variant.text"), kind="hidden")],
    )


def _written(data: Mapping[str, Any]) -> str:
    return str(data.get(FIELD, "")).replace("\r\n", "\n")


@act("/model/variants/check")
def check(request: AnyRequest, data: FormData) -> Response[str]:
    """What speaks against the text, by line; nothing is kept."""
    at = seat(request)
    with at.desk.read(_permit(at), "variant-draft", "follow-up") as reading:
        pack = _known(at, reading)
    return _show(at, pack, _written(data))


@act("/model/variants/send")
def send(request: AnyRequest, data: FormData) -> Response[str]:
    """Put it before its body."""
    at = seat(request)
    text = _written(data)
    with at.desk.read(_permit(at), "variant-draft", "follow-up") as reading:
        pack = _known(at, reading)
    read = looked_through(at, pack, text)
    if not isinstance(read, Variant):
        return _show(at, pack, text)
    permit = at.may(Action.VARY, read.body)
    if permit is None:
        return _show(at, pack, text, refuse(Code.NO_MANDATE))
    done = at.attempt(permit, partial(_draft, at, read))
    if isinstance(done, Refused):
        return _show(at, pack, text, done)
    return pages.redirect(request, "/model/variants", receipt="receipt.variant_drafted")


def _draft(at: Seat, variant: Variant, work: Work, permit: Permit) -> VariantId | Refused:
    return varying.draft(work, permit, at.desk.pack, variant)


HANDLERS = [form, check, send]
