"""The public keys by which parties know each other: shown, changed, vouched for.

A fingerprint is compared with its owner by another way than this one, and only then vouched for.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromPath
from pydantic import Field

from samverkan.agency import rekeying
from samverkan.agency.facts import ProposedKeys
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, tables
from samverkan.agency.web.blocks import Ask, Block, Facts, Notice, Sheet, Sight, Ways
from samverkan.agency.web.desk import Seat, found, seat
from samverkan.domain.directory import COUNTERSIGNERS, Pinned, fingerprint
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table, Tag, Tone
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest
from samverkan.wire.v1 import EXCHANGE, STEERING

_PINNED = (
    Column("address", "keys.address"),
    Column("version", "keys.version", Kind.NUMBER),
    Column("fingerprint", "keys.fingerprint"),
)
_WAITING = (
    Column("party", "keys.address", Kind.LINK),
    Column("version", "keys.version", Kind.NUMBER),
    Column("fingerprint", "keys.fingerprint"),
    Column("state", "keys.state", Kind.TAG),
)


class Wanted(forms.Asked):
    """The form that changes the own keys: who is asked to vouch."""

    ask: Annotated[list[str], forms.Several] = Field(min_length=1)


class Compared(forms.Asked):
    """The form that vouches: a tick that says how it was compared."""

    compared: Literal["yes"]


@page("/keys")
def listed(request: AnyRequest) -> Response[str]:
    """Keys that wait, keys in force, and the way to new ones."""
    at = seat(request)
    permit = at.permit(Action.CHANGE_KEYS)
    with at.desk.read(permit, "keys") as reading:
        waiting = reading.keys.proposals()
        vouched = reading.keys.countersignatures()
    parts: list[Block] = []
    if any(one.card.address == at.desk.me for one in waiting):
        words = at.t("keys.own_waits", n=len(vouched), most=COUNTERSIGNERS)
        parts.append(Notice(Tone.INFO, at.t("keys.own_waits_heading"), [words]))
    parts += [_waiting(at, waiting), _pinned(at, at.desk.pinned(permit))]
    parts.append(Ways([Link(at.t("keys.change"), "/keys/change")]))
    sight = Sight(title=at.t("keys.title"), lead=at.t("keys.lead"), blocks=parts)
    return blocks.show(request, sight)


def _pinned(at: Seat, pinned: dict[str, Pinned]) -> Table:
    rows = [
        {
            "address": _address(at, address),
            "version": pin.card.version,
            "fingerprint": fingerprint(pin),
        }
        for address, pin in sorted(pinned.items())
    ]
    return tables.whole("pinned", at.t("keys.pinned"), _PINNED, rows, at.t("keys.none"))


def _address(at: Seat, address: str) -> str:
    """A party, or a role of the hub."""
    hub = {EXCHANGE: "address.exchange", STEERING: "address.steering"}
    return at.t(hub[address]) if address in hub else at.names.party(address)


def _waiting(at: Seat, waiting: list[ProposedKeys]) -> Table:
    rows = []
    for one in waiting:
        party, own = one.card.address, one.card.address == at.desk.me
        name = at.names.party(party)
        rows.append(
            {
                "party": name if own else Link(name, f"/keys/vouch/{party}"),
                "version": one.card.version,
                "fingerprint": rekeying.fingerprint_of(one),
                "state": Tag("keys.asked_others" if own else "keys.to_compare", Tone.WARN),
            }
        )
    return tables.whole("next", at.t("keys.waiting"), _WAITING, rows, at.t("keys.none_waiting"))


@page("/keys/change")
def change(request: AnyRequest) -> Response[str]:
    """Who shall vouch, and what a change means."""
    return _change(seat(request), Form())


def _change(at: Seat, sent: Form) -> Response[str]:
    permit = at.permit(Action.CHANGE_KEYS)
    with at.desk.read(permit, "keys"):
        known = at.desk.pinned(permit)
    others = [
        (party, at.names.party(party))
        for party in sorted(known)
        if party in at.desk.pack.parties and party != at.desk.me
    ]
    sheet = Sheet(
        path="/keys/change",
        heading=at.t("keys.who_vouches"),
        lead=at.t("keys.change_means", n=COUNTERSIGNERS),
        button=at.t("keys.change_send"),
        kind="danger",
        form=sent,
        asks=[
            Ask(
                name="ask",
                words=at.t("keys.ask"),
                kind="ticks",
                choices=others,
                hint=at.t("keys.ask_hint", n=COUNTERSIGNERS),
            )
        ],
    )
    own = Facts([(at.t("keys.now"), fingerprint(found(known.get(at.desk.me))))])
    above = Link(at.t("keys.title"), "/keys")
    sight = Sight(title=at.t("keys.change"), above=above, blocks=[own, sheet])
    return blocks.show(at.request, sight)


@act("/keys/change")
def propose(request: AnyRequest, data: FormData) -> Response[str]:
    """Draw the next keys and ask others to vouch for them."""
    at = seat(request)
    permit = at.permit(Action.CHANGE_KEYS)
    asked = forms.read(Wanted, data)
    if isinstance(asked, Form):
        return _change(at, asked)
    with at.desk.read(permit, "keys"):
        known = at.desk.pinned(permit)
    others = tuple(one for one in asked.ask if one in known and one != at.desk.me)
    if len(set(others)) < COUNTERSIGNERS:  # before any key is drawn
        refused = refuse(Code.FIELD_TOO_FEW, least=str(COUNTERSIGNERS))
        return _change(at, forms.filled(data).refused(refused, at="ask"))
    at.desk.propose_keys(permit, others)
    return pages.redirect(request, "/keys", receipt="receipt.keys_asked")


@page("/keys/vouch/{party:str}")
def compare(request: AnyRequest, party: FromPath[str]) -> Response[str]:
    """The fingerprint to compare with its owner."""
    return _compare(seat(request), party, Form())


def _compare(at: Seat, party: str, sent: Form) -> Response[str]:
    with at.desk.read(at.permit(Action.CHANGE_KEYS), "keys") as reading:
        waiting = reading.keys.proposal(party)
    if party == at.desk.me:
        raise RefusedError(refuse(Code.NOT_FOUND))
    here = found(waiting)
    name = at.names.party(party)
    body: list[Block] = [
        Notice(Tone.WARN, at.t("keys.compare"), [at.t("keys.compare_means", party=name)]),
        Facts(
            [
                (at.t("keys.address"), name),
                (at.t("keys.version"), here.card.version),
                (at.t("keys.fingerprint"), rekeying.fingerprint_of(here)),
            ]
        ),
        Sheet(
            path=f"/keys/vouch/{party}",
            heading=at.t("keys.vouch"),
            button=at.t("keys.vouch_send", party=name),
            form=sent,
            asks=[
                Ask(
                    name="compared",
                    words=at.t("keys.compared"),
                    kind="ticks",
                    choices=[("yes", at.t("keys.compared_yes", party=name))],
                )
            ],
        ),
    ]
    sight = Sight(
        title=at.t("keys.vouch_title", party=name),
        above=Link(at.t("keys.title"), "/keys"),
        blocks=body,
    )
    return blocks.show(at.request, sight)


@act("/keys/vouch/{party:str}")
def vouch(request: AnyRequest, party: FromPath[str], data: FormData) -> Response[str]:
    """Vouch for the keys that were compared."""
    at = seat(request)
    permit = at.permit(Action.CHANGE_KEYS)
    asked = forms.read(Compared, data)
    if isinstance(asked, Form):
        return _compare(at, party, asked)
    done = at.attempt(permit, partial(_vouch, party))
    if isinstance(done, Refused):
        raise RefusedError(done)
    return pages.redirect(request, "/keys", receipt="receipt.vouched")


def _vouch(party: str, work: Work, permit: Permit) -> bool | Refused:
    return rekeying.countersign(work, permit, party) or True


HANDLERS = [listed, change, propose, compare, vouch]
