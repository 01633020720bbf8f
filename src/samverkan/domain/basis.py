"""Which legal basis bears a disclosure: *must*, *may* or *may not*, and why (L1-L9).

Who may ask and who answers follows from each party's standing that day. Nothing here decides a
disclosure: the statute's test, in its own words, is a person's to make for each item.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.domain.pack import Basis, Direction, Pack, Standing
from samverkan.domain.pack.law import Obligation
from samverkan.kernel.ids import PartyId

_RANGE = re.compile(r"(\d+):(\d+)(?:-(\d+))?(?: ?([a-z]))?")


class Answer(StrEnum):
    """What a basis says of a disclosure, once its test is passed."""

    MUST = "must"
    MAY = "may"
    MAY_NOT = "may-not"


class Bar(StrEnum):
    """Why a basis does not bear it. One line of meaning each; the sentence is in the catalogue."""

    UNKNOWN = "unknown"  # the pack holds no such basis
    NOT_IN_FORCE = "not-in-force"
    RECEIVER = "receiver"  # whoever asks may not receive under it
    SENDER = "sender"  # whoever is asked may not disclose under it
    COOPERATION = "cooperation"  # it presupposes a cooperation in force between the two
    FIELDS = "fields"  # it reaches other items
    ASKED = "asked"  # it is the sender's own to act on: nobody can ask under it
    UNASKED = "unasked"  # it answers a request, and none was made


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one basis says of a disclosure from one party to another; `bar` when it may not be."""

    basis: str
    answer: Answer
    bar: Bar | None = None
    receives: Standing | None = None
    discloses: Standing | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A disclosure that is thought of: to whom, from whom, which items, on which day.

    `cooperating`: the basis for which a cooperation is in force between them, that both have
    decided; None where there is none. `asked`: the receiver has asked. No `props`: none are named
    yet.
    """

    receiver: str
    sender: str
    on: date
    cooperating: str | None
    props: Collection[str] = ()
    asked: bool = True


def rule(pack: Pack, code: str, matter: Matter) -> Ruling:
    """What the basis says. The first bar that stands in the way is told."""
    basis = pack.bases.get(code)
    if basis is None:
        return Ruling(code, Answer.MAY_NOT, Bar.UNKNOWN)
    on = matter.on
    receives = pack.standing(PartyId(matter.receiver), code, Direction.RECEIVE, on=on)
    discloses = pack.standing(PartyId(matter.sender), code, Direction.DISCLOSE, on=on)
    bar = _bar(basis, matter, receives, discloses)
    if bar is not None:
        return Ruling(code, Answer.MAY_NOT, bar, receives, discloses)
    bound = Answer.MUST if basis.obligation is Obligation.MUST else Answer.MAY
    return Ruling(code, bound, None, receives, discloses)


def _bar(
    basis: Basis, matter: Matter, receives: Standing | None, discloses: Standing | None
) -> Bar | None:
    if basis.since > matter.on or (basis.until is not None and basis.until < matter.on):
        return Bar.NOT_IN_FORCE
    if receives is None:
        return Bar.RECEIVER
    if discloses is None:
        return Bar.SENDER
    if basis.props and not set(matter.props) <= set(basis.props):
        return Bar.FIELDS
    if basis.unasked_only and matter.asked:
        return Bar.ASKED
    if basis.on_request_only and not matter.asked:
        return Bar.UNASKED
    decided = matter.cooperating == basis.id
    return Bar.COOPERATION if basis.needs_cooperation and not decided else None


def rulings(pack: Pack, matter: Matter) -> tuple[Ruling, ...]:
    """What every basis of the pack says, duties before permissions before what does not bear it."""
    order = list(Answer)
    found = [rule(pack, code, matter) for code in pack.bases]
    return tuple(sorted(found, key=lambda ruling: order.index(ruling.answer)))


def excludes(pack: Pack, code: str, classification: str) -> bool:
    """Whether items under that class of secrecy are outside the basis (2025:170 § 8).

    `excluded` names sections (`24:8`), ranges (`25:1-8`) and lettered sections (`40:7 d`) of the
    statute on secrecy. A class that the pack does not know is outside every basis that excludes.
    """
    basis = pack.bases.get(code)
    if basis is None or not basis.excluded:
        return False
    secret = pack.classifications.get(classification)
    return secret is None or any(_within(secret.section, span) for span in basis.excluded)


def _within(section: str, span: str) -> bool:
    held, meant = _RANGE.fullmatch(section), _RANGE.fullmatch(span)
    if held is None or meant is None:
        return section == span
    first, last = int(meant[2]), int(meant[3] or meant[2])
    return held[1] == meant[1] and first <= int(held[2]) <= last and meant[4] in (None, held[4])
