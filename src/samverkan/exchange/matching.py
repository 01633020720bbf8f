"""Indexes become hits. No key is needed for it, and none is here.

A new batch is compared with what other parties have under the same indexes, slot by slot inside
their blocks; who hears of a pair follows from the two release rules alone. MATCHING section 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil

from samverkan.domain import match
from samverkan.domain.bundle import MalformedBatch, parse_batch, root_of
from samverkan.domain.enrolment import opens
from samverkan.domain.estimating import decided
from samverkan.domain.pack import Pack
from samverkan.domain.weighing import Weighing, weighings
from samverkan.exchange.learning import School, learn, model_of
from samverkan.exchange.ports import Index, Lessons, Placed, Post, ScopeFacts
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import HitId, Randomness
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Draft, End, InForce
from samverkan.wire.matching import HitsTold, HitTold, Upload, Uploaded, Uploads

_MILLI = 1000
_MOST = 500
"""Hits of one message."""
Told = dict[str, list[HitTold]]
"""What each party hears."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the pack the exchange works by: no words, only layouts, weights and thresholds."""

    weighings: Mapping[str, Weighing]
    sizes: Mapping[str, int]
    caps: Mapping[str, int]
    room: Mapping[str, int]
    """Entries a subject may have of a key type: twice the average, since names have many parts."""
    decided: Mapping[str, frozenset[str]]
    """The slots that a key type decides: pairs that met under it agree on them, whoever they are."""
    opens: Callable[[Draft], frozenset[str]]
    """The parties that may open records in a cooperation; who may only receive is not among them."""

    @property
    def school(self) -> School:
        """What weights are learned with."""
        return School(self.weighings, self.decided)

    @property
    def key_types(self) -> frozenset[str]:
        """Every key type of the pack."""
        return frozenset(self.weighings)


def rules(pack: Pack) -> Rules:
    """The exchange's part of a pack."""
    return Rules(
        weighings=weighings(pack),
        sizes={name: size.most for name, size in pack.size_classes.items()},
        caps={key_type.code: key_type.block_cap for key_type in pack.key_types.values()},
        room={kind.code: ceil(2 * kind.per_subject) for kind in pack.key_types.values()},
        decided={kind.code: decided(kind.props) for kind in pack.key_types.values()},
        opens=partial(_openers, pack),
    )


def _openers(pack: Pack, draft: Draft) -> frozenset[str]:
    """As the standing under the purpose's basis is on the cooperation's first day."""
    day = date.fromisoformat(draft.since)
    return frozenset(
        party for party in draft.parties if opens(pack, draft.purpose, party, (), on=day) is None
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """What one message is worked on with."""

    index: Index
    lessons: Lessons
    post: Post
    rules: Rules
    randomness: Randomness


def begin(desk: Desk, event: InForce) -> Refused | None:
    """A scope has come into force; a framework has no keys and nothing to match."""
    draft = event.draft
    if draft.parent is None or desk.index.scope(draft.cooperation) is not None:
        return None
    desk.index.open_scope(
        ScopeFacts(
            scope=draft.cooperation,
            epoch=draft.epoch,
            until=draft.until,
            sizes=dict(draft.sizes),
            key_types=frozenset(draft.key_types),
            typologies=frozenset(draft.typologies),
            opens=desk.rules.opens(draft),
        )
    )
    return None


def end(desk: Desk, event: End) -> Refused | None:
    """The scope has ended: its table is dropped."""
    desk.index.end_scope(event.cooperation)
    return None


def upload(desk: Desk, party: str, body: Uploads) -> Refused | None:
    """Take an enrolment into the index, give a receipt, and tell the hits that it makes.

    Each receiver hears of all its hits at once.
    """
    counts = {one.key_type: one.count for one in body.batches}
    enrolments = {one.enrolment for one in body.batches}
    if len(counts) != len(body.batches) or len(enrolments) != 1:
        return refuse(Code.MESSAGE_MALFORMED)
    told, met = Told(), dict[str, list[match.Pattern]]()
    for one in body.batches:
        refused = _take(desk, party, one, (told, met))
        if refused is not None:
            return refused
    _learn(desk, body, met)
    desk.post.post(party, "index.uploaded", Uploaded(enrolment=enrolments.pop(), counts=counts))
    for receiver, hits in told.items():
        for start in range(0, len(hits), _MOST):
            heard = HitsTold(hits=hits[start : start + _MOST])
            desk.post.post(receiver, "hit.told", heard)
    return None


def _learn(desk: Desk, body: Uploads, met: Mapping[str, list[match.Pattern]]) -> None:
    """What open pairs met with teaches how fields weigh from the next upload on."""
    scopes = {one.scope for one in body.batches}
    seen = {key_type: [one.states for one in found] for key_type, found in met.items() if found}
    for scope in scopes if seen else ():
        learn(desk.lessons, desk.rules.school, scope, seen)


def _take(
    desk: Desk, party: str, body: Upload, heard: tuple[Told, dict[str, list[match.Pattern]]]
) -> Refused | None:
    """Take one key type's batch; hits that it makes, and patterns of open pairs, are added."""
    scope = desk.index.scope(body.scope)
    refused = _unfit(desk, party, body, scope)
    if refused is not None:
        return refused
    weighing = desk.rules.weighings[body.key_type]
    try:
        batch = parse_batch(body.batch, weighing.layout)
    except MalformedBatch:
        return refuse(Code.MESSAGE_MALFORMED)
    header = batch.header
    claimed = (header.scope, header.key_type, header.party, header.epoch, header.count)
    if claimed != (body.scope, body.key_type, party, body.epoch, body.count):
        return refuse(Code.MESSAGE_MALFORMED)
    if root_of(batch.entries) != body.root:
        return refuse(Code.MESSAGE_MALFORMED)
    if desk.index.add(party, body, batch.entries):
        if body.open_to:
            known = {slot: n for slot, n in body.collisions.items() if slot in weighing.model.slots}
            desk.lessons.tell(body.scope, party, weighing.kind.value, known)
        placed = desk.index.blocks(body, {entry.index for entry in batch.entries})
        new = {entry.number for entry in batch.entries}
        told, met = heard
        met[body.key_type] = _tell_pairs(desk, body, (placed, new), told)
    return None


def _unfit(desk: Desk, party: str, body: Upload, scope: ScopeFacts | None) -> Refused | None:
    if scope is None:
        return _unheard(desk, body.scope)
    if party not in scope.sizes:
        return refuse(Code.NO_COOPERATION)
    if body.epoch != scope.epoch or body.key_type not in scope.key_types:
        return refuse(Code.KEY_TYPE_UNKNOWN)
    if not set(body.open_to) <= scope.sizes.keys() - {party} or body.until > scope.until:
        return refuse(Code.NOT_A_PARTY)
    if body.open_to and party not in scope.opens:
        return refuse(Code.RECEIVES_ONLY)
    most = desk.rules.sizes[scope.sizes[party]] * desk.rules.room[body.key_type]
    if desk.index.enrolled(body.scope, party, body.key_type) + body.count > most:
        return refuse(Code.SIZE_CLASS_EXCEEDED)
    return None


def _unheard(desk: Desk, scope: str) -> Refused:
    """A scope that steering has not told us of yet may be on its way; one that has ended is not."""
    return refuse(Code.NO_COOPERATION if desk.index.ended(scope) else Code.NOT_YET)


def _tell_pairs(
    desk: Desk, body: Upload, found: tuple[list[Placed], set[bytes]], told: Told
) -> list[match.Pattern]:
    """Tell what weighs enough; gives the patterns of pairs of which both records are open."""
    placed, new = found
    weighing, opened = desk.rules.weighings[body.key_type], []
    model = model_of(desk.lessons, desk.rules.school, body.scope, body.key_type)
    for one, other in match.pairs(placed, desk.rules.caps[body.key_type]):
        if one.entry.number not in new and other.entry.number not in new:
            continue
        pattern = match.compare(one.entry, other.entry, weighing.layout)
        if one.open_to and other.open_to:
            opened.append(pattern)
        weight = match.weigh(pattern, weighing.layout, model)
        if not match.enough(weight, model):
            continue
        hears = match.told(one, other)
        for own, counterpart in ((one, other), (other, one)):
            if own.party in hears:
                _tell(desk, body, Meeting(own, counterpart, pattern, weight), told)
    return opened


@dataclass(frozen=True, slots=True)
class Meeting:
    """A pair seen from the party that hears of it."""

    own: Placed
    other: Placed
    pattern: match.Pattern
    weight: float


def _tell(desk: Desk, body: Upload, meeting: Meeting, told: Told) -> None:
    own, other = meeting.own, meeting.other
    hit = HitId.draw(desk.randomness)
    if not desk.index.tell(hit, own.party, own.entry.number, other.entry.number):
        return
    weighing = desk.rules.weighings[body.key_type]
    said = match.explain(meeting.pattern, weighing.layout, weighing.model, other.open_fields)
    claim = other.entry.claim
    heard = HitTold(
        hit=hit,
        scope=body.scope,
        epoch=body.epoch,
        key_type=body.key_type,
        own_entry=own.entry.number,
        party=other.party,
        entry=claim.number,
        handle=claim.handle,
        proof=claim.proof,
        agreed=list(said.agreed),
        disagreed=list(said.disagreed),
        supports=said.supports,
        against=said.against,
        rare=list(said.rare),
        weight=round(meeting.weight * _MILLI),
        level=match.level(meeting.weight, weighing.model).value,
        rule=other.rule,
    )
    told.setdefault(own.party, []).append(heard)
