"""Classes of own records in a scope: which still wait for a rule or an enrolment, and which need none.

What a typology of the decision asks of this party is owed, until it is enrolled. Every other query
is a choice: left alone it keeps its records out, and nobody is reminded of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samverkan.agency.following import Cooperation
from samverkan.agency.ports import Reading
from samverkan.agency.selecting import classes, queries
from samverkan.agency.web.desk import Seat
from samverkan.domain.enrolment import Kind as Class
from samverkan.domain.enrolment import opens
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action
from samverkan.shell.parts import Link, Tag, Tone

_FORMS = {Class.LISTED.value: "list", Class.ASKED.value: "ask"}
"""Classes of records that are named one by one have forms of their own."""


@dataclass(frozen=True, slots=True)
class Made:
    """What stands in a scope today: queries with a rule that holds, and those enrolled."""

    signed: frozenset[str]
    enrolled: frozenset[str]
    may_open: bool

    @classmethod
    def read(cls, at: Seat, reading: Reading, here: Cooperation) -> Made:
        """By the party's own store."""
        today, draft = reading.now.date(), here.draft
        rules = reading.enrolments.rules(here.id)
        others = [party for party in draft.parties if party != at.desk.me]
        return cls(
            frozenset(rule.query for rule in rules if rule.holds(today)),
            frozenset(one.query for one in reading.enrolments.all(here.id) if one.stands),
            opens(at.desk.pack, draft.purpose, at.desk.me, others, on=today) is None,
        )


def owed(at: Seat, here: Cooperation, made: Made) -> tuple[int, int]:
    """How many rules and how many enrolments the scope still waits for from this party.

    Where nothing at all has been done every query counts: the party has not chosen yet.
    """
    own = queries(at.desk.pack, here.draft, at.desk.me)
    fresh = not (made.signed or made.enrolled)
    sought = {name for name, query in own.items() if fresh or query.typology is not None}
    unsigned = sought - made.signed - made.enrolled if made.may_open else set()
    return len(unsigned), len(((sought | made.signed) & set(own)) - made.enrolled)


def covered(pack: Pack, here: Cooperation, party: str, query: str) -> bool:
    """Whether typologies of the scope look for all that a listed query looks for."""
    listed = pack.queries.get(query)
    if listed is None or not listed.conditions:
        return False
    sought = {code for name in here.draft.typologies for code in pack.typologies[name].conditions}
    return str(listed.party) == party and set(listed.conditions) <= sought


def rows(at: Seat, reading: Reading, here: Cooperation) -> list[dict[str, object]]:
    """Each class of records with where it stands and its next step."""
    made = Made.read(at, reading, here)
    step = _next(at, here, made)
    return [
        {"query": at.names.query(query), "rule": _tag(at, here, made, query), "next": step(query)}
        for query in classes(at.desk.pack, here.draft, at.desk.me)
    ]


def _next(at: Seat, here: Cooperation, made: Made) -> Callable[[str], object]:
    """One by one has no end, a query is made once."""
    signs = made.may_open and at.may(Action.SIGN_RULE) is not None
    enrols = at.may(Action.ENROL) is not None

    def step(query: str) -> object:
        done = query in made.enrolled and query not in _FORMS
        if signs and query not in made.signed:
            return Link(at.t("rule.sign"), f"/cooperations/{here.id}/rule?query={query}")
        if enrols and not done:
            form = _FORMS.get(query, f"enrol?query={query}")
            return Link(at.t("enrol.make"), f"/cooperations/{here.id}/{form}")
        return at.t("enrol.done") if done else ""

    return step


def _tag(at: Seat, here: Cooperation, made: Made, query: str) -> Tag:
    if query in made.signed:
        return Tag("rule.signed", Tone.GOOD)
    if query in made.enrolled:
        return Tag("enrol.silent", Tone.NEUTRAL)
    if not made.may_open:
        return Tag("rule.receives_only", Tone.NEUTRAL)
    if ":" in query:
        return Tag("rule.unsigned", Tone.WARN)
    if covered(at.desk.pack, here, at.desk.me, query):
        return Tag("rule.by_typology", Tone.NEUTRAL)
    return Tag("rule.left_out", Tone.NEUTRAL)
