"""Lists of tags become firings: how many conditions meet in one opaque subject, and who is told.

No key is needed for it, and none is here. A firing discloses every owner's condition to all the
others, so a list counts only while its signed rule is open to all of them. MATCHING section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from samverkan.domain import typology
from samverkan.domain.taglist import MalformedTags, parse_tags, read_tags
from samverkan.domain.typology import Firing, Typology
from samverkan.exchange.ports import Index, Known, Lists, Post, ScopeFacts, TagPlace
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import FiringId, Randomness
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.matching import Assessed, Fired, Tags

PATIENCE = timedelta(days=90)
"""How long a firing that nobody has assessed is kept (DESIGN section 5)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one list is worked on with."""

    index: Index
    lists: Lists
    post: Post
    typologies: Mapping[str, Typology]
    randomness: Randomness


def tags(desk: Desk, party: str, body: Tags) -> Refused | None:
    """Take one condition's list of tags, and tell the owners where the typology now fires."""
    scope = desk.index.scope(body.scope)
    if scope is None:
        return refuse(Code.NO_COOPERATION if desk.index.ended(body.scope) else Code.NOT_YET)
    known = desk.typologies.get(body.typology)
    if known is None or body.typology not in scope.typologies:
        return refuse(Code.NO_COOPERATION if party not in scope.sizes else Code.KEY_TYPE_UNKNOWN)
    refused = _unfit(party, body, scope, known)
    if refused is not None:
        return refused
    try:
        parse_tags(body.tags)
    except MalformedTags:
        return refuse(Code.MESSAGE_MALFORMED)
    place = TagPlace(body.scope, body.epoch, body.typology, body.condition)
    desk.lists.put(place, party, body.until, body.tags)
    _fire(desk, body, known)
    return None


def _unfit(party: str, body: Tags, scope: ScopeFacts, known: Typology) -> Refused | None:
    if party not in scope.sizes:
        return refuse(Code.NO_COOPERATION)
    if body.epoch != scope.epoch:
        return refuse(Code.KEY_TYPE_UNKNOWN)
    if body.condition not in known.of(party):
        return refuse(Code.NOT_THE_OWNER)
    if party not in scope.opens:  # a firing tells the condition: whoever lists it opens it
        return refuse(Code.RECEIVES_ONLY)
    if body.until > scope.until or not known.owners - {party} <= set(body.open_to):
        return refuse(Code.NO_RELEASE_RULE)
    return None


def _fire(desk: Desk, body: Tags, known: Typology) -> None:
    where = (body.scope, body.epoch, body.typology)
    there = desk.lists.all(*where)
    if len({condition for condition, _ in there}) < known.threshold:
        return  # too few conditions are listed yet for any subject to meet enough of them
    lists = {at: read_tags(listed) for at, listed in there.items()}
    counted = typology.count(known, lists)
    before = {member: told for told in desk.lists.told(*where) for member in told.members}
    for firing in counted.firings:
        told = sorted({before[m].id for m in firing.members if m in before})
        now = Known(
            id=told[0] if told else FiringId.draw(desk.randomness),
            met=firing.met,
            members=frozenset(firing.members),
        )
        if now not in before.values():
            desk.lists.tell(now, *where)
            _tell(desk, body, now.id, firing)


def _tell(desk: Desk, body: Tags, number: FiringId, firing: Firing) -> None:
    told = firing.told()
    for owner, own in told.items():
        fired = Fired(
            firing=number,
            scope=body.scope,
            epoch=body.epoch,
            typology=body.typology,
            handles=list(own.handles),
            conditions=list(own.conditions),
            parties=list(told),
            of=firing.met,
            by=firing.by.name.lower(),
        )
        desk.post.post(owner, "typology.fired", fired)


def assessed(desk: Desk, party: str, body: Assessed) -> Refused | None:
    """An owner has assessed a firing, or withdrawn that; how, it does not say."""
    noted = desk.lists.assess(body.firing, party, assessed=body.assessed)
    return None if noted else refuse(Code.NOT_FOUND)


def stale(lists: Lists, now: datetime) -> list[FiringId]:
    """The firings that no owner has assessed in 90 days."""
    return lists.stale(now - PATIENCE)


def forget(lists: Lists, now: datetime) -> list[FiringId]:
    """Erase what is stale, and what fired of it out of the lists."""
    gone = stale(lists, now)
    for firing in gone:
        lists.erase(firing)
    return gone
