"""The demo's duties, in the order of the chain; see `officers`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from samverkan.agency import assessing, enrolling, firings, joining, keymaking, releasing
from samverkan.agency.app.manifest import read_manifest
from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.selecting import queries
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.graph import Relevance, Verdict
from samverkan.domain.pack import Level
from samverkan.domain.policy import Action
from samverkan.embedded.officers import Desk, Plan, Sector, using
from samverkan.kernel.outcome import Refused, RefusedError

_SURE = ("strong", "very_strong")
_YEAR = timedelta(days=365)


def ingest(desk: Desk) -> bool:
    """The administrator takes in each delivery that has come and was not read."""
    folder = desk.plan.deliveries / desk.node.me
    done = False
    for path in sorted(folder.glob("manifest.json")):
        said = read_manifest(path)
        if isinstance(said, Refused):
            raise RefusedError(said)
        permit = desk.permit(Action.INGEST)
        with desk.node.read(permit, "deliveries") as reading:
            if reading.register.delivered(said.sha256):
                continue
        taken = desk.node.take_in(permit, said.path, said.kind, manifest=said)
        if isinstance(taken, Refused):
            raise RefusedError(taken)
        done = True
    return done


def draft(desk: Desk) -> bool:
    """The lead party's council member drafts the framework, then the scopes below it."""
    plan = desk.plan
    if desk.node.me != plan.lead:
        return False
    with desk.node.read(desk.permit(Action.DECIDE_COOPERATION), "cooperations") as reading:
        known = list(cooperations(reading.feed.all()).values())
        sent = len(reading.commands.sent("cooperation.draft"))
        today = reading.now.date()
    if sent > len(known):
        return False  # what was drafted is on its way
    above = next((one.id for one in known if not one.is_scope and one.holds(today)), None)
    if above is None and known:
        return False  # not all have accepted
    there = {one.draft.region for one in known if one.is_scope}
    wishes = [
        _scope(desk, above, sector, today) for sector in plan.sectors if sector.region not in there
    ]
    drafted = wishes if above else [_framework(plan, today)]
    return desk.act(Action.DECIDE_COOPERATION, (using(joining.propose, one) for one in drafted))


def _framework(plan: Plan, today: date) -> joining.Wish:
    """Of all who take part in any scope; without keys, it matches nothing."""
    return joining.Wish(
        parent=None,
        purpose=plan.purpose,
        grounds=plan.grounds,
        region=Level.NATIONAL.value,
        parties=plan.parties,
        typologies=(),
        key_types=(),
        sizes={},
        operator=plan.lead,
        since=today,
        until=today + 2 * _YEAR,
    )


def _scope(desk: Desk, above: str | None, sector: Sector, today: date) -> joining.Wish:
    plan = desk.plan
    return joining.Wish(
        parent=above,
        purpose=plan.purpose,
        grounds=plan.grounds,
        region=sector.region,
        parties=sector.parties,
        typologies=sector.typologies,
        key_types=tuple(kind.code for kind in desk.node.pack.key_types.values()),
        sizes={party: plan.sizes[party] for party in sector.parties},
        operator=plan.lead,
        since=today,
        until=today + _YEAR,
        holders=plan.holders,
    )


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
    return desk.act(Action.DECIDE_COOPERATION, (using(joining.accept, one) for one in waiting))


def scopes(reading: SqlReading) -> list[Cooperation]:
    """The scopes that are in force."""
    today = reading.now.date()
    known = cooperations(reading.feed.all()).values()
    return [one for one in known if one.is_scope and one.holds(today)]


def sign(desk: Desk) -> bool:
    """The releasing officer signs a rule for each class of own records that is to be open."""
    pack = desk.node.pack
    with desk.node.read(desk.permit(Action.SIGN_RULE), "rules") as reading:
        wishes = [
            releasing.RuleWish(
                scope=scope.id,
                query=query,
                receivers=receivers,
                fields=(),
                test=pack.bases[desk.plan.basis].test[pack.pack.languages[0]],
                until=reading.now.date() + _YEAR,
            )
            for scope in scopes(reading)
            for query, receivers in _intended(desk, scope).items()
            if receivers and all(rule.query != query for rule in reading.enrolments.rules(scope.id))
        ]
    return desk.act(Action.SIGN_RULE, (using(releasing.sign_rule, pack, one) for one in wishes))


def _intended(desk: Desk, scope: Cooperation) -> dict[str, tuple[str, ...]]:
    """Own queries that are enrolled there, and to whom each is open; to nobody: silent.

    A firing tells every owner of a condition in it, so that a typology's tags are open to those.
    """
    pack, me, openings = desk.node.pack, desk.node.me, desk.plan.openings
    intended = {}
    for name, query in queries(pack, scope.draft, me).items():
        if query.typology is not None:
            conditions = pack.typologies[query.typology].conditions
            wanted = {str(pack.conditions[code].party) for code in conditions}
        elif name in openings:
            wanted = set(openings[name])
        else:
            continue
        others = (party for party in scope.draft.parties if party != me)
        intended[name] = tuple(party for party in others if party in wanted)
    return intended


def enrol(desk: Desk) -> bool:
    """The officer enrols each class of records once: under its signed rule, or silent."""
    with desk.node.read(desk.permit(Action.ENROL), "enrolments") as reading:
        wishes = [
            wish
            for scope in scopes(reading)
            if keymaking.ready(reading, scope.draft)
            for wish in _enrolments(desk, reading, scope)
        ]
    means = desk.node.means
    return desk.act(Action.ENROL, (using(enrolling.enrol, means, one) for one in wishes))


def _enrolments(
    desk: Desk, reading: SqlReading, scope: Cooperation
) -> Iterator[enrolling.EnrolWish]:
    rules = {rule.query: rule.id for rule in reading.enrolments.rules(scope.id)}
    there = {one.query for one in reading.enrolments.all(scope.id)}
    for query, receivers in _intended(desk, scope).items():
        if query in there or (receivers and query not in rules):
            continue
        yield enrolling.EnrolWish(scope.id, query, rules.get(query), _necessity(query))


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
    judged = (using(assessing.judge, hit, said, _note(desk, said)) for hit, said in waiting)
    return desk.act(Action.JUDGE_HIT, judged)


def assess(desk: Desk) -> bool:
    """The analyst assesses each firing on an own subject; the script finds every one worth asking."""
    pack = desk.node.pack
    with desk.node.read(desk.permit(Action.READ_HITS), "hits") as reading:
        waiting = {
            one.id: pack.conditions[one.fired.conditions[0]].meaning[pack.pack.languages[0]]
            for one in reading.firings.all()
            if firings.assessment(reading, one.id) is None
        }
    assessed = (
        using(firings.assess, firing, Relevance.RELEVANT, note) for firing, note in waiting.items()
    )
    return desk.act(Action.JUDGE_HIT, assessed)


def _verdict(level: str) -> Verdict:
    return Verdict.SAME if level in _SURE else Verdict.UNSURE


def _note(desk: Desk, verdict: Verdict) -> str:
    """What the judgement rests on, in the pack's words."""
    pack = desk.node.pack
    code = "number-and-name" if verdict is Verdict.SAME else "contact-only"
    return pack.reasons["judge"][code].names[pack.pack.languages[0]]
