"""New keys for this party: proposed under the old key, countersigned by others, then changed.

A countersignature means that an officer has compared the new keys with their owner by another
way (a telephone call, a visit). The exchange only carries what is signed. ADR 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.domain.directory import KeyCard, change_bytes
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.entry import Entry
from samverkan.wire.joining import Countersignature, KeyChanged, KeyProposal


@dataclass(frozen=True, slots=True)
class Proposed:
    """A party's next keys with its old key's signature, and the digest they follow on."""

    card: KeyCard
    before: bytes
    old: bytes


def propose(
    work: Work, permit: Permit, card: KeyCard, *, before: bytes, ask: tuple[str, ...]
) -> Proposed:
    """Sign the next keys with the present one and send them to those who shall countersign."""
    require(permit, Action.CHANGE_KEYS)
    old = work.sign(change_bytes(card, before))
    body = KeyProposal(version=card.version, sign=card.sign, seal=card.seal, old=old)
    for party in ask:
        work.post(party, "directory.propose", body)
    codes = (permit.policy, f"v{card.version}")
    work.log(Entry("keys.proposed", permit.user, work.me, codes=codes))
    return Proposed(card, before, old)


def countersign(work: Work, permit: Permit, party: str, proposed: Proposed) -> None:
    """Vouch for another party's next keys, after comparing them with their owner."""
    require(permit, Action.CHANGE_KEYS)
    signature = work.sign(change_bytes(proposed.card, proposed.before))
    body = Countersignature(version=proposed.card.version, signature=signature)
    work.post(party, "directory.countersign", body)
    codes = (permit.policy, f"v{proposed.card.version}")
    work.log(Entry("keys.countersigned", permit.user, party, codes=codes))


def publish(
    work: Work, proposed: Proposed, signatures: Mapping[str, bytes], *, to: tuple[str, ...]
) -> None:
    """Tell every address; this post is the last one signed with the old key."""
    card = proposed.card
    body = KeyChanged(
        version=card.version,
        sign=card.sign,
        seal=card.seal,
        old=proposed.old,
        countersigned=dict(signatures),
    )
    for address in to:
        work.post(address, "directory.change", body)
    work.log(Entry("keys.changed", work.me, work.me, codes=(f"v{card.version}",)))
