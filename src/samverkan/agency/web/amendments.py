"""Corrections and recalls on the page of a request: what was said later, and the owner's forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from samverkan.agency import amending
from samverkan.agency.amendments import struck, words
from samverkan.agency.facts import RequestFacts
from samverkan.agency.ports import Reading
from samverkan.agency.web import tables
from samverkan.agency.web.blocks import Ask, Block, Notice, Sheet
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.subjects import prop_words, value_words
from samverkan.domain.statement import Prop
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Struck, Tone
from samverkan.wire.asking import Amended, Disclosed, Item

_COLUMNS = (
    Column("at", "amend.at", Kind.MOMENT),
    Column("prop", "request.prop"),
    Column("values", "amend.word"),
    Column("reason", "request.reason"),
)


def later(at: Seat, reading: Reading, sent: Disclosed | None) -> tuple[set[str], list[Block]]:
    """The fields whose first word no longer counts, and what was said of them later."""
    if sent is None:
        return set(), []
    return _struck(reading, sent), _shown(at, reading, sent)


def values(at: Seat, item: Item, gone: Collection[str]) -> str | Struck:
    """An item's values as they were said, struck through if they no longer count."""
    said = ", ".join(value_words(at, item.prop, value) for value in item.values)
    return Struck(said) if item.prop in gone and said else said


def _struck(reading: Reading, sent: Disclosed) -> set[str]:
    """The fields of a disclosure whose first word no longer counts."""
    later = reading.amendments.of(sent.disclosure)
    return {prop for source, prop in struck(sent, later) if source == sent.disclosure}


def _shown(at: Seat, reading: Reading, sent: Disclosed | None) -> list[Block]:
    """What was said later of the fields of a disclosure; nothing if nothing was."""
    later = [] if sent is None else reading.amendments.of(sent.disclosure)
    if sent is None or not later:
        return []
    gone = set(struck(sent, later))
    rows = [
        {
            "at": one.at,
            "prop": prop_words(at, item.prop),
            "values": _word(at, one.body, item, gone),
            "reason": at.names.reason("amend", one.body.reason),
        }
        for one in later
        for item in one.body.items
    ]
    return [tables.whole("amendments", at.t("amend.title"), _COLUMNS, rows, "")]


def _word(at: Seat, body: Amended, item: Item, gone: set[tuple[str, str]]) -> str | Struck:
    said = ", ".join(value_words(at, item.prop, value) for value in item.values)
    said = said or at.t("amend.recalled")
    return Struck(said) if (body.amendment, item.prop) in gone else said


def sheets(
    at: Seat, reading: Reading, request: RequestFacts, sent: Disclosed | None, form: Form
) -> list[Block]:
    """The owner's forms: to correct what reads otherwise now, and to take fields back."""
    if sent is None or request.outgoing:
        return []
    said = words(sent, reading.amendments.of(sent.disclosure))
    standing = [prop for prop, word in said.items() if word.released]
    props = amending.changed(reading, request, sent)
    reason = Ask(
        name="reason",
        words=at.t("amend.why"),
        kind="select",
        choices=at.names.reasons("amend"),
    )
    due = _correction(at, request, props, reason, form) if props else []
    return [*due, *(_recall(at, request, standing, reason, form) if standing else [])]


def _correction(
    at: Seat, request: RequestFacts, props: Sequence[Prop], reason: Ask, form: Form
) -> list[Block]:
    named = ", ".join(prop_words(at, prop).lower() for prop in props)
    return [
        Notice(Tone.WARN, at.t("amend.due"), [at.t("amend.due_means", props=named)]),
        Sheet(
            path=f"/requests/{request.id}/correct",
            heading=at.t("amend.correct"),
            button=at.t("amend.correct_send", party=at.names.brief(request.peer)),
            form=Form() if form.values.get("props") else form,
            asks=[reason],
        ),
    ]


def _recall(
    at: Seat, request: RequestFacts, standing: Sequence[str], reason: Ask, form: Form
) -> list[Block]:
    ticks = Ask(
        name="props",
        words=at.t("amend.props"),
        kind="ticks",
        choices=[(prop, prop_words(at, prop)) for prop in standing],
    )
    return [
        Sheet(
            path=f"/requests/{request.id}/recall",
            heading=at.t("amend.recall"),
            lead=at.t("amend.recall_means"),
            button=at.t("amend.recall_send"),
            kind="danger",
            quiet=not form.errors,
            form=form,
            asks=[ticks, reason],
        )
    ]
