"""Stations of what is shared: decide a cooperation, enrol, match, read the hits, judge them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.agency import assessing, enrolling, firings, joining, keymaking, releasing
from samverkan.agency.following import Cooperation, cooperations, scope_in_force
from samverkan.agency.selecting import queries
from samverkan.agency.sql.work import SqlReading, SqlWork
from samverkan.domain.graph import Relevance, Verdict
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import FiringId, HitId, MalformedId
from samverkan.kernel.outcome import Refused, RefusedError, refuse

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an officer decides on; `under` names the framework when it is a scope.

    Without a purpose, the pack's first for which a cooperation can be decided is meant; without
    grounds, the first of each kind that the purpose demands.
    """

    parties: tuple[str, ...]
    under: str | None
    purpose: str | None
    grounds: tuple[str, ...]
    region: str
    typologies: tuple[str, ...]
    size: str
    operator: str | None
    until: date | None


def cooperate(seat: Seat, terms: Terms) -> str:
    """Draft a framework, or a scope under one; gives its id. Every party is then to accept.

    A framework runs two years and a scope one, if nothing else is said, and a scope no longer
    than its framework. Raises `RefusedError`, also for what steering refuses.
    """
    pack = seat.node.pack
    with seat.look(Action.DECIDE_COOPERATION, "cooperations") as reading:
        today = reading.now.date()
        above = cooperations(reading.feed.all()).get(terms.under or "")
    if terms.under and above is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    until = terms.until or today + (_YEAR if above else 2 * _YEAR)
    if above is not None and terms.until is None:
        until = min(until, date.fromisoformat(above.draft.until))
    scope = above is not None
    purpose = terms.purpose or next(c for c, one in pack.purposes.items() if one.cooperation)
    wish = joining.Wish(
        parent=terms.under,
        purpose=purpose,
        grounds=terms.grounds or _grounds(pack, purpose),
        region=terms.region,
        parties=terms.parties,
        typologies=terms.typologies,
        key_types=tuple(kind.code for kind in pack.key_types.values()) if scope else (),
        sizes=dict.fromkeys(terms.parties, terms.size) if scope else {},
        operator=terms.operator or seat.node.me,
        since=today,
        until=until,
    )
    return seat.tell(
        Action.DECIDE_COOPERATION, lambda work, permit: joining.propose(work, permit, wish)
    )


def _grounds(pack: Pack, purpose: str) -> tuple[str, ...]:
    kinds = pack.purposes[purpose].grounds if purpose in pack.purposes else ()
    first = {one.kind: code for code, one in reversed(list(pack.grounds.items()))}
    return tuple(first[kind] for kind in kinds if kind in first)


@dataclass(frozen=True, slots=True)
class Standing:
    """A cooperation as the party knows it."""

    cooperation: str
    under: str | None
    parties: tuple[str, ...]
    accepted: tuple[str, ...]
    in_force: bool
    until: str


def _standing(one: Cooperation, today: date) -> Standing:
    draft = one.draft
    accepted = tuple(sorted(one.accepted))
    return Standing(
        one.id, draft.parent, tuple(draft.parties), accepted, one.holds(today), draft.until
    )


def known(seat: Seat) -> list[Standing]:
    """Every cooperation that the party knows, oldest first; the look is logged."""
    with seat.look(Action.DECIDE_COOPERATION, "cooperations") as reading:
        today = reading.now.date()
        return [_standing(one, today) for one in cooperations(reading.feed.all()).values()]


def accept(seat: Seat, cooperation: str) -> Standing:
    """Decide that the own party takes part. Raises `RefusedError`."""
    seat.tell(
        Action.DECIDE_COOPERATION, lambda work, permit: joining.accept(work, permit, cooperation)
    )
    return next(one for one in known(seat) if one.cooperation == cooperation)


@dataclass(frozen=True, slots=True)
class Opening:
    """To whom records are opened (nobody: silent).

    `balance` is the balancing test in the statute's words; left out, the pack's own words for
    the scope's basis are signed.
    """

    open_to: tuple[str, ...]
    balance: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What is enrolled: which queries (none named: all), opened to whom and why."""

    scope: str
    queries: tuple[str, ...]
    open_to: tuple[str, ...]
    balance: str | None

    @property
    def opening(self) -> Opening:
        """To whom the records are opened."""
        return Opening(self.open_to, self.balance)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One enrolment that was made: how many subjects and entries, under which rule."""

    enrolment: str
    query: str
    rule: str | None
    subjects: int
    entries: int


def enrol(seat: Seat, signer: Seat | None, choice: Choice) -> list[Enrolled]:
    """Enrol by lawful queries, and sign their release rules, all in one transaction or none.

    `signer` is the seat of the releasing officer; needed when records are opened to somebody.
    Raises `RefusedError`: `NOT_YET` before the scope's keys are made, `NO_RELEASE_RULE` for an
    opening that nobody signs, or a typology's condition without one.
    """
    signing = None if signer is None else signer.permit(Action.SIGN_RULE)
    if choice.open_to and signing is None:
        raise RefusedError(refuse(Code.NO_RELEASE_RULE))

    def do(work: SqlWork, permit: Permit) -> list[Enrolled] | Refused:
        scope = agreed(scope_in_force(work, choice.scope))
        if not keymaking.ready(work, scope.draft):
            return refuse(Code.NOT_YET)
        names = choice.queries or tuple(queries(seat.node.pack, scope.draft, work.me))
        return [_enrol(seat, work, (permit, signing), (scope, choice, name)) for name in names]

    return seat.act(Action.ENROL, do)


def _enrol(
    seat: Seat,
    work: SqlWork,
    permits: tuple[Permit, Permit | None],
    what: tuple[Cooperation, Choice, str],
) -> Enrolled:
    permit, signing = permits
    scope, choice, query = what
    pack, rule = seat.node.pack, None
    if signing is not None and choice.open_to:
        wish = rule_wish(pack, work, scope, query, choice.opening)
        rule = agreed(releasing.sign_rule(work, signing, pack, wish))
    necessity = "typology-condition" if ":" in query else "scope-subjects"
    wanted = enrolling.EnrolWish(scope.id, query, rule, necessity)
    made = agreed(enrolling.enrol(work, permit, seat.node.means, wanted))
    facts = work.enrolments.get(made)
    subjects, entries = (0, 0) if facts is None else (facts.subjects, facts.entries)
    return Enrolled(made, query, rule, subjects, entries)


def rule_wish(
    pack: Pack, work: SqlWork, scope: Cooperation, query: str, opening: Opening
) -> releasing.RuleWish:
    """A rule for a class of records, for a year or as long as the scope lasts."""
    return releasing.RuleWish(
        scope=scope.id,
        query=query,
        receivers=opening.open_to,
        fields=(),
        test=opening.balance or _balance(pack, scope),
        until=min(work.now.date() + _YEAR, date.fromisoformat(scope.draft.until)),
    )


def _balance(pack: Pack, scope: Cooperation) -> str:
    basis = pack.purposes[scope.draft.purpose].cooperation
    if basis is None:
        raise RefusedError(refuse(Code.NO_BASIS))
    return pack.bases[basis].test[pack.pack.languages[0]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit as its receiver reads it; `weight` in bits."""

    hit: str
    scope: str
    subject: str
    party: str
    key_type: str
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    weight: float
    level: str
    judged: str | None


@dataclass(frozen=True, slots=True)
class Firing:
    """A typology that fired on an own subject."""

    firing: str
    scope: str
    subject: str
    typology: str
    conditions: tuple[str, ...]
    parties: tuple[str, ...]
    met: int
    united_by: str
    assessed: str | None


def hits(seat: Seat) -> tuple[list[Hit], list[Firing]]:
    """Every hit, strongest first, and every firing, newest first; the look is logged."""
    with seat.look(Action.READ_HITS, "hits") as reading:
        return _hits(reading), _firings(reading)


def _firings(reading: SqlReading) -> list[Firing]:
    assessed = reading.firings.assessed()
    return [
        Firing(
            firing=one.id,
            scope=one.scope,
            subject=one.subject,
            typology=one.fired.typology,
            conditions=tuple(one.fired.conditions),
            parties=tuple(one.fired.parties),
            met=one.fired.of,
            united_by=one.fired.by,
            assessed=assessed[one.id].relevance.value if one.id in assessed else None,
        )
        for one in reading.firings.all()
    ]


def _hits(reading: SqlReading) -> list[Hit]:
    found = []
    for one in reading.hits.all():
        judged = assessing.judgement(reading, one)
        found.append(
            Hit(
                hit=one.id,
                scope=one.scope,
                subject=one.subject,
                party=one.party,
                key_type=one.told.key_type,
                agreed=tuple(one.told.agreed),
                disagreed=tuple(one.told.disagreed),
                weight=one.told.weight / 1000,
                level=one.told.level,
                judged=None if judged is None else judged.verdict.value,
            )
        )
    return found


def judge(seat: Seat, hit: str, verdict: Verdict, note: str) -> None:
    """Judge the pair behind a hit, with a note. Raises `RefusedError`."""
    try:
        named = HitId.parse(hit)
    except MalformedId as error:
        raise RefusedError(refuse(Code.NOT_FOUND)) from error
    seat.act(
        Action.JUDGE_HIT, lambda work, permit: assessing.judge(work, permit, named, verdict, note)
    )


def assess(seat: Seat, firing: str, relevance: Relevance, note: str) -> None:
    """Assess a firing, with a note. Raises `RefusedError`."""
    try:
        named = FiringId.parse(firing)
    except MalformedId as error:
        raise RefusedError(refuse(Code.NOT_FOUND)) from error
    seat.act(
        Action.JUDGE_HIT,
        lambda work, permit: firings.assess(work, permit, named, relevance, note),
    )
