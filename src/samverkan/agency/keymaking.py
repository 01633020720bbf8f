"""The matching keys of a scope: made by its holders together, used for its parties, destroyed.

No dealer: each holder draws its own share of each key and shows the others its public part with
a proof of possession. Only when all holders report the same transcript are the keys used, so
that nobody can have been shown something else. MATCHING section 3.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from samverkan.agency.facts import Place, Served, ShareFacts
from samverkan.agency.following import Cooperation, cooperations, scope_of_message
from samverkan.agency.instruments import KeyMaker, Oprf
from samverkan.agency.ports import Reading, Work
from samverkan.domain.enrolment import quota
from samverkan.domain.pack import Pack
from samverkan.domain.token import KeyType
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import (
    Blinded,
    Contribution,
    Contributions,
    Draft,
    Evaluate,
    Evaluated,
    Part,
    Transcript,
)

ONE = (1).to_bytes(32, "little")
"""The Lagrange factor of every holder where all take part: the key is the sum of all shares."""


def key_types(draft: Draft) -> list[str]:
    """Every key of a scope: its match key types, and one for each typology and epoch."""
    tags = [str(KeyType.of_typology(name, draft.epoch)) for name in draft.typologies]
    return sorted([*draft.key_types, *tags])


def begin(work: Work, maker: KeyMaker, draft: Draft) -> None:
    """A scope has come into force: draw own shares and show the holders their public parts."""
    if draft.parent is None or work.me not in draft.holders:
        return
    scope, epoch = draft.cooperation, draft.epoch
    if work.me in work.keys.contributions(scope, epoch):
        return
    shares, items = [], []
    for key_type in key_types(draft):
        secret = maker.draw()
        shares.append(ShareFacts(scope, epoch, key_type, secret))
        items.append(maker.contribute(secret, _place(draft, key_type, work.me)))
    work.keys.add_shares(shares)
    work.keys.add_contributions(scope, epoch, work.me, items)
    body = Contributions(scope=scope, epoch=epoch, items=items)
    for holder in _others(draft, work.me):
        work.post(holder, "keys.contribute", body)
    work.log(Entry("keys.contributed", work.me, scope))
    _conclude(work, maker, draft)


def contributed(work: Work, maker: KeyMaker, sender: str, body: Contributions) -> Refused | None:
    """Keep another holder's public parts. It may have heard of the scope before we have."""
    if len({item.key_type for item in body.items}) != len(body.items):
        return refuse(Code.MESSAGE_MALFORMED)
    work.keys.add_contributions(body.scope, body.epoch, sender, body.items)
    work.log(Entry("keys.received", sender, body.scope))
    found = cooperations(work.feed.all()).get(body.scope)
    if found is None or not found.in_force:
        return None
    return _conclude(work, maker, found.draft)


def _conclude(work: Work, maker: KeyMaker, draft: Draft) -> Refused | None:
    """When every holder has shown its parts: check each proof, then say what was seen."""
    scope, epoch = draft.cooperation, draft.epoch
    seen = work.keys.contributions(scope, epoch)
    if not set(draft.holders) <= set(seen):  # what an outsider has sent counts for nothing
        return None
    items: list[tuple[Place, Contribution]] = []
    for holder in draft.holders:
        shown = {item.key_type: item for item in seen[holder]}
        if sorted(shown) != key_types(draft):
            return refuse(Code.KEYGEN_FAILED, holder=holder)
        for key_type, item in shown.items():
            place = _place(draft, key_type, holder)
            if not maker.check(item, place):
                return refuse(Code.KEYGEN_FAILED, holder=holder)
            items.append((place, item))
    digest = maker.transcript(items)
    work.keys.add_transcript(scope, epoch, work.me, digest)
    said = Transcript(scope=scope, epoch=epoch, digest=digest)
    for party in sorted({*draft.parties, *draft.holders} - {work.me}):
        work.post(party, "keys.transcript", said)  # who holds nothing waits for the keys as well
    work.log(Entry("keys.checked", work.me, scope))
    return None


def confirmed(work: Work, sender: str, body: Transcript) -> Refused | None:
    """Keep what another holder says it has seen."""
    work.keys.add_transcript(body.scope, body.epoch, sender, body.digest)
    work.log(Entry("keys.confirmed", sender, body.scope))
    return None


def ready(reading: Reading, draft: Draft) -> bool:
    """Whether all holders have seen the same; before that no party uses a key."""
    digests = reading.keys.transcripts(draft.cooperation, draft.epoch)
    shown = {digests.get(holder) for holder in draft.holders}
    return None not in shown and len(shown) == 1


@dataclass(frozen=True, slots=True)
class Holding:
    """What a holder answers with: the function itself, and the pack that says how much."""

    oprf: Oprf
    pack: Pack


def evaluate(work: Work, holding: Holding, sender: str, body: Evaluate) -> Evaluated | Refused:
    """Answer a party's blinded batches with the own shares. Nothing of their content can be seen.

    All are answered, or none: `TOO_MANY` above the party's quota of a key type, over all calls.
    """
    scope = scope_of_message(work, body.scope)
    if isinstance(scope, Refused):
        return scope
    refused = _unfit(holding.pack, scope, sender, body)
    if refused is not None:
        return refused
    if not ready(work, scope.draft):
        return refuse(Code.NOT_YET)
    parts = []
    for batch in body.batches:
        part = _part(work, holding, sender, scope.draft, batch)
        if isinstance(part, Refused):
            return part
        parts.append(part)
    return Evaluated(batches=parts)


def _part(
    work: Work, holding: Holding, sender: str, draft: Draft, batch: Blinded
) -> Part | Refused:
    scope, epoch, key_type = draft.cooperation, draft.epoch, batch.key_type
    share = work.keys.share(scope, epoch, key_type)
    if share is None:
        return refuse(Code.KEY_TYPE_UNKNOWN)
    factor = batch.factors[batch.holders.index(work.me)]
    points = holding.oprf.evaluate(share, factor, batch.points)
    if points is None:
        return refuse(Code.MESSAGE_MALFORMED)
    served = work.keys.serve(Served(scope, epoch, key_type, sender, batch.count, batch.total))
    refused = _beyond(holding.pack, draft, served)
    if refused is not None:
        return refused
    codes = (sender, key_type, f"n{batch.count}", f"sum{served.count}", f"total{served.total}")
    work.log(Entry("oprf.evaluated", work.me, scope, codes=codes))
    return Part(key_type=key_type, batch=batch.batch, points=points)


def _beyond(pack: Pack, draft: Draft, served: Served) -> Refused | None:
    """Quotas hold over all calls to all holders: for the sum here, and for the total signed.

    A total that is less than what was evaluated here is a lie (MATCHING section 3, n/t evasion).
    """
    if served.count > served.total:
        return refuse(Code.MESSAGE_MALFORMED)
    most = quota(pack, draft.sizes, served.party, served.key_type)
    return refuse(Code.TOO_MANY) if served.total > most else None


def _unfit(pack: Pack, scope: Cooperation, sender: str, body: Evaluate) -> Refused | None:
    draft = scope.draft
    if sender not in draft.parties:
        return refuse(Code.NO_COOPERATION)
    asked = [batch.key_type for batch in body.batches]
    if body.epoch != draft.epoch or not set(asked) <= set(key_types(draft)):
        return refuse(Code.KEY_TYPE_UNKNOWN)
    if not all(may_use(pack, draft, sender, key_type) for key_type in asked):
        return refuse(Code.KEY_TYPE_UNKNOWN)
    sound = len(set(asked)) == len(asked) and all(_sound(draft, one) for one in body.batches)
    return None if sound else refuse(Code.MESSAGE_MALFORMED)


def _sound(draft: Draft, batch: Blinded) -> bool:
    """Whether it is for all holders alike, and its bytes are those that it names."""
    whole = (
        batch.holders == draft.holders
        and batch.threshold == draft.threshold
        and batch.factors == [ONE] * len(draft.holders)
    )
    named = hashlib.sha256(batch.points).digest() == batch.batch
    return whole and named and len(batch.points) == 32 * batch.count


def may_use(pack: Pack, draft: Draft, party: str, key_type: str) -> bool:
    """A typology's key serves only parties with a condition in it (MATCHING section 5)."""
    if key_type in draft.key_types:
        return True
    if key_type not in key_types(draft):
        return False
    name = key_type.split(":")[1]
    return any(pack.conditions[code].party == party for code in pack.typologies[name].conditions)


def destroy(work: Work, scope: str) -> None:
    """The scope has ended: shares, locks and tags are gone; the receipt is this entry."""
    gone = work.keys.destroy(scope)
    work.log(Entry("keys.destroyed", work.me, scope, codes=(f"n{gone}",)))


def _place(draft: Draft, key_type: str, holder: str) -> Place:
    return Place(draft.cooperation, draft.epoch, key_type, holder, draft.holders.index(holder) + 1)


def _others(draft: Draft, me: str) -> list[str]:
    return [holder for holder in draft.holders if holder != me]
