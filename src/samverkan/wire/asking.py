"""Requests and disclosures: from party to party, sealed all the way. Here persons may be named."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Day, Digest, Ident, Instant, SealedText, Short, Signature
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

SealedNumber = Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{1,20}\Z")]
"""An identity number in its canonical form, in messages that are sealed from party to party."""
Prop = Annotated[str, Meta(pattern=r"^[a-z][A-Za-z]{1,40}\Z")]


class Ask(Message, frozen=True, kw_only=True):
    """`request.ask`: need and basis (SFS 2016:774 § 2), about the record behind a hit or a firing.

    `handle` is the receiver's own record handle, opened from a hit. Without one, `firing` and
    `typology` name a firing that both were told of. `props` are asked for.
    By `number` no cooperation has told of a record: `revealed` is then the basis on which the asker
    lets the receiver know that it works on this subject. `case` is the asker's own
    file, `header` the joint header above it, if there is one.
    """

    request: Ident
    by: By
    scope: Ident
    case: Ident
    header: Ident | None = None
    handle: Short | None = None
    number: SealedNumber | None = None
    revealed: Code | None = None
    firing: Ident | None = None
    typology: Code | None = None
    schema: Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z]{1,40}\Z")]
    props: list[Prop]
    basis: Code
    need: Code
    need_text: SealedText
    answer_by: Instant


class Item(Message, frozen=True, kw_only=True):
    """One field of an answer: released with its values, withheld with its reason, or absent."""

    prop: Prop
    outcome: Code
    reason: Code | None = None
    values: list[SealedText]
    said: Day | None = None
    source: Code | None = None


class Disclosed(Message, frozen=True, kw_only=True):
    """`request.answer`: what the releasing officer let out, signed by the party.

    `restriction` is what protects the items at the receiver, `expires` their clock.
    """

    disclosure: Ident
    request: Ident
    by: By
    basis: Code
    items: list[Item]
    restriction: Code
    expires: Day
    signature: Signature


class Received(Message, frozen=True, kw_only=True):
    """`request.receipt`: the disclosure could be opened; `digest` is over its canonical bytes."""

    disclosure: Ident
    digest: Digest


class Amended(Message, frozen=True, kw_only=True):
    """`disclosure.corrected` and `disclosure.recalled`: the owner's new word on fields it disclosed.

    Corrected: released with the new values, or withheld since the identity was protected. Recalled:
    withheld. Signed like a disclosure; `reason` is a code of the pack.
    """

    amendment: Ident
    disclosure: Ident
    by: By
    items: list[Item]
    reason: Code
    expires: Day
    signature: Signature


class AnnexSubject(Message, frozen=True, kw_only=True):
    """One subject of a proposal, for the eyes of the scope's parties."""

    names: list[SealedText]
    number: SealedText | None = None
    why: SealedText


class Annex(Message, frozen=True, kw_only=True):
    """`proposal.annex`: the sealed part of council papers, party to party."""

    proposal: Ident
    scope: Ident
    subjects: list[AnnexSubject]
