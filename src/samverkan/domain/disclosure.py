"""Minimise and release: what leaves a party, field by field.

`Released` is the only thing that the outgoing port accepts, and only `release` makes one. It
holds exactly the fields that were asked for, each released, withheld with a reason, or absent.
A protected identity's address, phone, account and vehicle are withheld whatever the officer ticks
(DESIGN section 5): contact goes through a named officer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samverkan.domain.statement import Prop, Statement
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, SamverkanError, refuse

GUARDED = frozenset({Prop.STREET, Prop.POSTCODE, Prop.CITY, Prop.PHONE, Prop.ACCOUNT, Prop.VEHICLE})
PROTECTED_REASON = "protected-identity"


class Fate(StrEnum):
    """What became of one field."""

    RELEASED = "released"
    WITHHELD = "withheld"
    ABSENT = "absent"
    NO_ANSWER = "no-answer"  # nothing is said, not even whether there is anything


class ForgedRelease(SamverkanError):
    """Somebody built a `Released` elsewhere. A fault of ours."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The releasing officer's choice for one field; withholding needs a reason code (L2, L3)."""

    release: Fate
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One field as it leaves. `said_at` is when the newest of the values was said."""

    prop: Prop
    fate: Fate
    reason: str | None = None
    values: tuple[str, ...] = field(default=(), repr=False)
    said_on: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class _Seal:
    """Made by `release` alone, over the very fields: a copy with another field does not fit it."""

    over: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """What may be sent. Raises `ForgedRelease` when made by anything but `release`."""

    items: tuple[Item, ...]
    basis: str
    restriction: str
    expires_on: date
    seal: object = field(repr=False)

    def __post_init__(self) -> None:
        over = (self.items, self.basis, self.restriction, self.expires_on)
        if not isinstance(self.seal, _Seal) or self.seal.over != over:
            raise ForgedRelease


@dataclass(frozen=True, slots=True)
class Terms:
    """What the basis demands of a disclosure: its protection at the receiver, and its clock.

    `uniform`: when no field is released, the answer tells no difference between a record that
    is absent, silent, protected or withheld.
    """

    basis: str
    restriction: str
    expires_on: date
    reasons: frozenset[str]
    uniform: bool = False


def release(
    asked: Sequence[Prop],
    statements: Sequence[Statement],
    choices: Mapping[Prop, Choice],
    *,
    terms: Terms,
    protected: bool,
) -> Released | Refused:
    """Cut the answer to what was asked and chosen. A field without a choice refuses the whole."""
    items = []
    for prop in asked:
        item = _item(prop, statements, choices.get(prop), terms, protected=protected)
        if isinstance(item, Refused):
            return item
        items.append(item)
    if terms.uniform and not any(item.fate is Fate.RELEASED for item in items):
        return _silent(asked, terms)
    expires = min([terms.expires_on, *(s.expires_on for s in statements)])
    made = (tuple(items), terms.basis, terms.restriction, expires)
    return Released(*made, seal=_Seal(made))


def _silent(asked: Sequence[Prop], terms: Terms) -> Released:
    """No answer possible: the same for every reason, to the last day of its clock."""
    items = tuple(Item(prop, Fate.NO_ANSWER) for prop in asked)
    made = (items, terms.basis, terms.restriction, terms.expires_on)
    return Released(*made, seal=_Seal(made))


def _item(
    prop: Prop,
    statements: Sequence[Statement],
    choice: Choice | None,
    terms: Terms,
    *,
    protected: bool,
) -> Item | Refused:
    if choice is None:
        return refuse(Code.FIELD_MISSING, field=prop.value)
    if protected and prop in GUARDED:
        return Item(prop, Fate.WITHHELD, PROTECTED_REASON)
    if choice.release is not Fate.RELEASED:
        if choice.reason not in terms.reasons:
            return refuse(Code.REASON_MISSING, field=prop.value)
        return Item(prop, Fate.WITHHELD, choice.reason)
    said = sorted((s for s in statements if s.prop is prop), key=lambda s: s.said_at, reverse=True)
    if not said:
        return Item(prop, Fate.ABSENT)
    values = tuple(dict.fromkeys(s.value for s in said))
    return Item(prop, Fate.RELEASED, None, values, said[0].said_at.date(), said[0].purpose)
