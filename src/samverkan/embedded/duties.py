"""The demo's duties, in the order of the chain; see `officers`."""

from __future__ import annotations

import json
from datetime import timedelta

from samverkan.agency import assessing, enrolling, joining, keymaking, releasing
from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.selecting import queries
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.graph import Verdict
from samverkan.domain.policy import Action
from samverkan.embedded.officers import Desk
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.kernel.purpose import Stamp

_SURE = ("strong", "very_strong")
_YEAR = timedelta(days=365)


def ingest(desk: Desk) -> bool:
    """The administrator takes in each delivery that has come and was not read."""
    folder = desk.plan.deliveries / desk.node.me
    done = False
    for manifest in sorted(folder.glob("manifest.json")):
        said = json.loads(manifest.read_text())
        permit = desk.permit(Action.INGEST)
        with desk.node.read(permit, "deliveries") as reading:
            if reading.register.delivered(bytes.fromhex(said["sha256"])):
                continue
        stamp = Stamp(said["stamp"])
        taken = desk.node.take_in(permit, folder / said["file"], said["kind"], stamp)
        if isinstance(taken, Refused):
            raise RefusedError(taken)
        done = True
    return done


def draft(desk: Desk) -> bool:
    """The lead party's council member drafts the framework, then a scope below it."""
    plan = desk.plan
    if desk.node.me != plan.lead:
        return False
    with desk.node.read(desk.permit(Action.DECIDE_COOPERATION), "cooperations") as reading:
        known = list(cooperations(reading.feed.all()).values())
        sent = len(reading.commands.sent("cooperation.draft"))
        today = reading.now.date()
    frameworks = [one for one in known if not one.is_scope and one.holds(today)]
    if sent > len(known) or len(known) > 1 or (known and not frameworks):
        return False
    parent = frameworks[0].id if frameworks else None
    wish = joining.Wish(
        parent=parent,
        purpose=plan.purpose,
        grounds=plan.grounds,
        region=plan.region,
        parties=plan.parties,
        typologies=plan.typologies if parent else (),
        key_types=_key_types(desk) if parent else (),
        sizes=dict.fromkeys(plan.parties, plan.size) if parent else {},
        operator=plan.lead,
        since=today,
        until=today + (_YEAR if parent else 2 * _YEAR),
    )
    desk.act(Action.DECIDE_COOPERATION, joining.propose, wish)
    return True


def _key_types(desk: Desk) -> tuple[str, ...]:
    return tuple(kind.code for kind in desk.node.pack.key_types.values())


def accept(desk: Desk) -> bool:
    """Each party's council member decides on what the others propose."""
    with desk.node.read(desk.permit(Action.DECIDE_COOPERATION), "cooperations") as reading:
        waiting = [
            one.id
            for one in cooperations(reading.feed.all()).values()
            if desk.node.me not in one.accepted
            and not one.ended
            and not reading.commands.sent("cooperation.accept", one.id)
        ]
    for cooperation in waiting:
        desk.act(Action.DECIDE_COOPERATION, joining.accept, cooperation)
    return bool(waiting)


def scopes(reading: SqlReading) -> list[Cooperation]:
    """The scopes that are in force."""
    today = reading.now.date()
    known = cooperations(reading.feed.all()).values()
    return [one for one in known if one.is_scope and one.holds(today)]


def sign(desk: Desk) -> bool:
    """The releasing officer signs a rule for each own query: the same balance for the class."""
    done = False
    pack = desk.node.pack
    with desk.node.read(desk.permit(Action.SIGN_RULE), "rules") as reading:
        wishes = [
            releasing.RuleWish(
                scope=scope.id,
                query=query,
                receivers=tuple(p for p in scope.draft.parties if p != desk.node.me),
                fields=(),
                test=pack.bases[desk.plan.basis].test[pack.pack.languages[0]],
                until=reading.now.date() + _YEAR,
            )
            for scope in scopes(reading)
            for query in queries(pack, scope.draft, desk.node.me)
            if all(rule.query != query for rule in reading.enrolments.rules(scope.id))
        ]
    for wish in wishes:
        desk.act(Action.SIGN_RULE, releasing.sign_rule, pack, wish)
        done = True
    return done


def enrol(desk: Desk) -> bool:
    """The officer enrols each query under its signed rule, once the keys are made."""
    with desk.node.read(desk.permit(Action.ENROL), "enrolments") as reading:
        wishes = [
            enrolling.EnrolWish(scope.id, rule.query, rule.id, _necessity(rule.query))
            for scope in scopes(reading)
            if keymaking.ready(reading, scope.draft)
            for rule in reading.enrolments.rules(scope.id)
            if all(one.query != rule.query for one in reading.enrolments.all(scope.id))
        ]
    for wish in wishes:
        desk.act(Action.ENROL, enrolling.enrol, desk.node.means, wish)
    return bool(wishes)


def _necessity(query: str) -> str:
    return "typology-condition" if ":" in query else "scope-subjects"


def judge(desk: Desk) -> bool:
    """The analyst judges each pair by what the hit says of itself: only strong ones are the same."""
    with desk.node.read(desk.permit(Action.READ_HITS), "hits") as reading:
        waiting = [
            (hit.id, _verdict(hit.told.level))
            for hit in reading.hits.all()
            if assessing.judgement(reading, hit) is None
        ]
    for hit, verdict in waiting:
        desk.act(Action.JUDGE_HIT, assessing.judge, hit, verdict, _note(desk, verdict))
    return bool(waiting)


def _verdict(level: str) -> Verdict:
    return Verdict.SAME if level in _SURE else Verdict.UNSURE


def _note(desk: Desk, verdict: Verdict) -> str:
    """What the judgement rests on, in the pack's words."""
    pack = desk.node.pack
    code = "number-and-name" if verdict is Verdict.SAME else "contact-only"
    return pack.reasons["judge"][code].names[pack.pack.languages[0]]
