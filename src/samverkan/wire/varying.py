"""Variants of the model: drafts, each member's own stand, and what follows; and steps that are done.

A variant travels as its canonical data in pieces: the head, and each change by itself. Its texts
are of areas and ways of working, never of a person, and anybody may read them.
"""

from __future__ import annotations

from samverkan.wire.forms import Code, Digest, Ident, PublicText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message


class DraftVariant(Message, frozen=True, kw_only=True):
    """`variant.draft`: a member puts a variant before its body.

    `digest` is the SHA-256 of the whole, over canonical bytes; `promotes` the variant in force
    whose way of working it takes up, if it does.
    """

    by: By
    variant: Ident
    body: Code
    code: Code
    digest: Digest
    head: PublicText
    changes: list[PublicText]
    promotes: Ident | None = None


class StandVariant(Message, frozen=True, kw_only=True):
    """`variant.adopt`, `variant.oppose`, `variant.withdraw`: this member's own decision on it."""

    by: By
    variant: Ident
    digest: Digest


class PromoteVariant(Message, frozen=True, kw_only=True):
    """`variant.promote`: a way of working in force is put before a wider body, under a new number."""

    by: By
    variant: Ident
    origin: Ident
    body: Code


class VariantInForce(Message, frozen=True, kw_only=True):
    """Event `variant.in-force`: as many members as must sit are for it, the chair's party too,
    and none is against."""

    variant: Ident
    body: Code
    digest: Digest


class VariantEnded(Message, frozen=True, kw_only=True):
    """Event `variant.ended`: too few members are still for it."""

    variant: Ident
    body: Code


class StepDone(Message, frozen=True, kw_only=True):
    """`step.done`: a step that a variant adds to a process has been taken with this proposal."""

    by: By
    proposal: Ident
    step: Code
