"""New keys for this party: proposed under the old key, countersigned by others, then changed.

A countersignature means that an officer has compared the new keys with their owner by another
way (a telephone call, a visit). The exchange only carries what is signed. ADR 4.
"""

from __future__ import annotations

from samverkan.agency.facts import ProposedKeys
from samverkan.agency.instruments import Pins
from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.domain.directory import (
    COUNTERSIGNERS,
    KeyCard,
    KeyChange,
    Pinned,
    change_bytes,
    fingerprint,
)
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Countersignature, KeyChanged, KeyProposal


def propose(
    work: Work, permit: Permit, pins: Pins, card: KeyCard, *, ask: tuple[str, ...]
) -> Refused | None:
    """Sign the next keys with the present one and send them to those who shall countersign."""
    require(permit, Action.CHANGE_KEYS)
    now = pins.current(work.me)
    if now is None or card.address != work.me or card.version != now.card.version + 1:
        return refuse(Code.KEY_CHANGE_REFUSED)
    if len(set(ask) - {work.me}) < COUNTERSIGNERS:
        return refuse(Code.KEY_CHANGE_REFUSED)
    old = work.sign(change_bytes(card, now.digest))
    work.keys.add_proposal(ProposedKeys(card, now.digest, old))
    body = KeyProposal(version=card.version, sign=card.sign, seal=card.seal, old=old)
    for party in ask:
        work.post(party, "directory.propose", body)
    codes = (permit.policy, f"v{card.version}")
    work.log(Entry("keys.proposed", permit.user, work.me, codes=codes))
    return None


def proposed(work: Work, pins: Pins, sender: str, body: KeyProposal) -> Refused | None:
    """Keep another party's next keys until somebody here has compared them with their owner."""
    now = pins.current(sender)
    card = KeyCard(sender, body.version, body.sign, body.seal)
    if now is None or card.version != now.card.version + 1:
        return refuse(Code.KEY_CHANGE_REFUSED)
    if not pins.valid(now.card.sign, change_bytes(card, now.digest), body.old):
        return refuse(Code.KEY_CHANGE_REFUSED)
    work.keys.add_proposal(ProposedKeys(card, now.digest, body.old))
    work.log(Entry("keys.asked", sender, sender, codes=(f"v{body.version}",)))
    return None


def countersign(work: Work, permit: Permit, party: str) -> Refused | None:
    """Vouch for another party's next keys, after comparing them with their owner."""
    require(permit, Action.CHANGE_KEYS)
    waiting = work.keys.proposal(party)
    if waiting is None or party == work.me:
        return refuse(Code.NOT_FOUND)
    signature = work.sign(change_bytes(waiting.card, waiting.before))
    body = Countersignature(version=waiting.card.version, signature=signature)
    work.keys.drop_proposal(party)
    work.post(party, "directory.countersign", body)
    codes = (permit.policy, f"v{waiting.card.version}")
    work.log(Entry("keys.countersigned", permit.user, party, codes=codes))
    return None


def countersigned(
    work: Work, pins: Pins, sender: str, body: Countersignature
) -> KeyChange | Refused | None:
    """Take in a countersignature; with enough of them, the change that can be published."""
    waiting = work.keys.proposal(work.me)
    signer = pins.current(sender)
    if waiting is None or signer is None or body.version != waiting.card.version:
        return refuse(Code.KEY_CHANGE_REFUSED)
    if not pins.valid(signer.card.sign, change_bytes(waiting.card, waiting.before), body.signature):
        return refuse(Code.KEY_CHANGE_REFUSED)
    work.keys.add_countersignature(sender, body.signature)
    work.log(Entry("keys.vouched", sender, work.me, codes=(f"v{body.version}",)))
    signatures = work.keys.countersignatures()
    if len(signatures) < COUNTERSIGNERS:
        return None
    return KeyChange(waiting.card, waiting.old, signatures)


def fingerprint_of(waiting: ProposedKeys) -> str:
    """What two people read to each other of keys that are not in force yet."""
    return fingerprint(Pinned(waiting.card, waiting.card.digest(waiting.before)))


def publish(work: Work, change: KeyChange, *, to: tuple[str, ...]) -> None:
    """Tell every address; these posts are the last ones signed with the old key."""
    card = change.card
    body = KeyChanged(
        version=card.version,
        sign=card.sign,
        seal=card.seal,
        old=change.old,
        countersigned=dict(change.countersigned),
    )
    for address in to:
        work.post(address, "directory.change", body)
    work.keys.drop_proposal(work.me)
    work.log(Entry("keys.changed", work.me, work.me, codes=(f"v{card.version}",)))
