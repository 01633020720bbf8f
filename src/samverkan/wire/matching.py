"""Enrolments, hits and firings between a party and the exchange. No field could name a person."""

from __future__ import annotations

from samverkan.wire.forms import Amount, Blob, Code, Count, Day, Digest, Ident, Party, Short
from samverkan.wire.v1 import Message


class Upload(Message, frozen=True, kw_only=True):
    """One batch of entries of one key type, in the layout of `domain/bundle`.

    `rule` and `open_to` say to whom the release rule opens these records; without a rule they
    are silent. `open_fields` are the fields whose agreement the rule lets a hit name. `collisions`
    says of open records by field, in tenths of a bit, how often two of them agree by chance.
    """

    scope: Ident
    epoch: Count
    enrolment: Ident
    key_type: Code
    rule: Ident | None = None
    open_to: list[Party]
    open_fields: list[Code]
    until: Day
    count: Count
    root: Digest
    collisions: dict[Code, Count]
    batch: Blob


class Uploads(Message, frozen=True, kw_only=True):
    """`index.upload`: the batches of an enrolment, one of each key type; all are taken, or none."""

    batches: list[Upload]


class Uploaded(Message, frozen=True, kw_only=True):
    """`index.uploaded`: the exchange's receipt; entries by key type."""

    enrolment: Ident
    counts: dict[Code, Count]


class Withdraw(Message, frozen=True, kw_only=True):
    """`index.withdraw`: an enrolment was taken back; its entries leave the index.

    One of a typology's condition names both, and the list of tags leaves instead.
    """

    scope: Ident
    enrolment: Ident
    typology: Code | None = None
    condition: Code | None = None


class Close(Message, frozen=True, kw_only=True):
    """`rule.close`: a release rule was withdrawn; records under it are silent from now on."""

    scope: Ident
    rule: Ident


class Gone(Message, frozen=True, kw_only=True):
    """`hit.gone`: what these hits told of was taken back."""

    scope: Ident
    hits: list[Ident]


class Tags(Message, frozen=True, kw_only=True):
    """`typology.tags`: own subjects that meet one own condition, padded, as `domain/taglist` lays out.

    `open_to` are the receivers whom the signed rule names, `until` is its last day.
    """

    scope: Ident
    epoch: Count
    typology: Code
    condition: Code
    open_to: list[Party]
    until: Day
    tags: Blob


class Assessed(Message, frozen=True, kw_only=True):
    """`firing.assessed`: an officer of an owner has assessed a firing, or withdrawn that."""

    firing: Ident
    assessed: bool


class HitTold(Message, frozen=True, kw_only=True):
    """A hit: an own entry shares a match key with one of another party, and agrees enough.

    `handle` opens, and `proof` verifies, only with the lock of the shared value. `agreed` names
    identity fields (and fields that the rule opens); `supports` and `against` count the rest.
    `weight` is the match weight in thousandths of a bit.
    """

    hit: Ident
    scope: Ident
    epoch: Count
    key_type: Code
    own_entry: Short
    party: Party
    entry: Short
    handle: Short
    proof: Short
    agreed: list[Code]
    disagreed: list[Code]
    supports: Count
    against: Count
    rare: list[Code]
    weight: Amount
    level: Code
    rule: Ident | None = None


class HitsTold(Message, frozen=True, kw_only=True):
    """`hit.told`: hits that one enrolment has made, for one receiver."""

    hits: list[HitTold]


class Fired(Message, frozen=True, kw_only=True):
    """`typology.fired`: an own subject meets the typology; own handles and conditions are named.

    `by` is the least sure thing that unites the parties' records (number, repair or name), `of`
    how many conditions meet at once. It may be told again, when more meet. `firing` is the same for all who are told, so that one can ask another about it; `parties`
    are those, the receiver among them. What the others' conditions are is asked for.
    """

    firing: Ident
    scope: Ident
    epoch: Count
    typology: Code
    handles: list[Short]
    conditions: list[Code]
    parties: list[Party]
    of: Count
    by: Code
