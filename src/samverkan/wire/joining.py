"""Cooperations and their matching keys: commands to steering, events from it, key making.

A command names the officer whom the sending node vouches for (`By`); steering has no accounts.
An event reaches each party concerned as `feed.event`, numbered by its envelope.
"""

from __future__ import annotations

from typing import Any

from samverkan.wire.forms import Blob, Code, Count, Day, Digest, Ident, Instant, Party, Signature
from samverkan.wire.v1 import Message


class By(Message, frozen=True, kw_only=True):
    """The officer behind a command: number, role of the mandate used, policy that allowed it."""

    user: Ident
    role: Code
    policy: Code


class Event(Message, frozen=True, kw_only=True):
    """`feed.event`: what has happened in steering, by which party's command, when."""

    party: Party
    at: Instant
    kind: Code
    body: dict[str, Any]


class CommandRefused(Message, frozen=True, kw_only=True):
    """Event `command.refused`, to the sender alone."""

    command: Code
    subject: Ident
    code: Code


class Draft(Message, frozen=True, kw_only=True):
    """`cooperation.draft`: a framework (no parent), or a scope below one in force."""

    by: By
    cooperation: Ident
    parent: Ident | None = None
    purpose: Code
    grounds: list[Code]
    region: Code
    parties: list[Party]
    holders: list[Party]
    threshold: Count
    operator: Party
    typologies: list[Code]
    key_types: list[Code]
    sizes: dict[Party, Code]
    epoch: Count
    since: Day
    until: Day


class Accept(Message, frozen=True, kw_only=True):
    """`cooperation.accept`: this party's own decision to take part (SFS 2016:774 § 1)."""

    by: By
    cooperation: Ident


class InForce(Message, frozen=True, kw_only=True):
    """Event `cooperation.in-force`: every party has accepted. Goes to the exchange as well."""

    draft: Draft


class End(Message, frozen=True, kw_only=True):
    """`cooperation.end`: close it; matching keys are destroyed, the table is dropped."""

    by: By
    cooperation: Ident


class Contribution(Message, frozen=True, kw_only=True):
    """One holder's public part of one key, with proof that it knows the secret part."""

    key_type: Code
    public: Digest
    proof: Signature


class Contributions(Message, frozen=True, kw_only=True):
    """`keys.contribute`: holder to holder, after a scope has come into force."""

    scope: Ident
    epoch: Count
    items: list[Contribution]


class Transcript(Message, frozen=True, kw_only=True):
    """`keys.transcript`: what a holder has seen of all contributions; all must agree."""

    scope: Ident
    epoch: Count
    digest: Digest


class Blinded(Message, frozen=True, kw_only=True):
    """Blinded points of one key type.

    `factors` are the Lagrange factors of `holders`, 32-byte scalars, in the same order; all one
    where every holder takes part. `batch` is the SHA-256 of the points, `total` the sender's
    running count for this key type.
    """

    key_type: Code
    holders: list[Party]
    threshold: Count
    factors: list[Digest]
    count: Count
    batch: Digest
    total: Count
    points: Blob


class Evaluate(Message, frozen=True, kw_only=True):
    """`oprf.evaluate` (call): one batch of each key type, the same batches to all holders."""

    scope: Ident
    epoch: Count
    batches: list[Blinded]


class Part(Message, frozen=True, kw_only=True):
    """A holder's part of one batch: factor · share · point, in the order of the batch."""

    key_type: Code
    batch: Digest
    points: Blob


class Evaluated(Message, frozen=True, kw_only=True):
    """Reply to `oprf.evaluate`: a part for every batch that was asked about."""

    batches: list[Part]


class KeyProposal(Message, frozen=True, kw_only=True):
    """`directory.propose`: a party's next keys, for the receiver to countersign."""

    version: Count
    sign: Digest
    seal: Digest
    old: Signature


class Countersignature(Message, frozen=True, kw_only=True):
    """`directory.countersign`: the receiver has checked the keys with their owner."""

    version: Count
    signature: Signature


class KeyChanged(Message, frozen=True, kw_only=True):
    """`directory.change`: the new keys with all signatures, to every address."""

    version: Count
    sign: Digest
    seal: Digest
    old: Signature
    countersigned: dict[Party, Signature]
