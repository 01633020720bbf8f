"""What parties have learned of each other's records, by hits and by firings.

Read out of every party's store after the last station, and held against the truth: which pairs
are really one, and which records' existence another party knows of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from samverkan.agency.sql import tables as t
from samverkan.agency.sql.work import SqlReading
from samverkan.embedded.evaluation import Finding, Record, Register, Truth
from samverkan.embedded.house import House

Subject = tuple[str, str]
"""(party, its subject)."""


@dataclass(frozen=True, slots=True)
class Firing:
    """One firing as all its owners together know it."""

    typology: str
    subjects: frozenset[Subject]


@dataclass(slots=True)
class Learned:
    """Pairs of hits (who hears of it first, then whose record it is), and firings."""

    pairs: list[tuple[Subject, Subject]] = field(default_factory=list)
    firings: list[Firing] = field(default_factory=list)

    def named(self, party: str) -> set[str]:
        """The party's subjects that any of it names."""
        subjects = {subject for pair in self.pairs for subject in pair}
        subjects |= {subject for firing in self.firings for subject in firing.subjects}
        return {subject for owner, subject in subjects if owner == party}


def learned(house: House) -> Learned:
    """Read it out of the stores."""
    found = Learned()
    handles = {party: _handles(house, party) for party in house.nodes}
    fired: dict[tuple[str, str], set[Subject]] = {}
    for party, node in house.nodes.items():
        with node.opened.store.view() as connection:
            reading = SqlReading(connection, node.opened.store.clock(), party)
            for hit in reading.hits.all():
                other = handles[hit.party].get((hit.scope, hit.handle), "")
                found.pairs.append(((party, hit.subject), (hit.party, other)))
            for one in reading.firings.all():
                event = (one.fired.typology, one.id)
                fired.setdefault(event, set()).add((party, one.subject))
    found.firings = [Firing(typology, frozenset(who)) for (typology, _), who in fired.items()]
    return found


def _handles(house: House, party: str) -> dict[tuple[str, bytes], str]:
    with house.nodes[party].opened.store.view() as connection:
        rows = connection.execute(select(t.handle.c.scope, t.handle.c.handle, t.handle.c.subject))
        return {(row.scope, row.handle): row.subject for row in rows}


@dataclass(frozen=True, slots=True)
class Judge:
    """Says of what was learned whether it is so."""

    truth: Truth
    registers: Mapping[str, Register]

    def records(self, subject: Subject) -> set[Record]:
        """The records of a subject."""
        party, id_ = subject
        return {(party, row) for row in self.registers[party].rows.get(id_, ())}

    def same(self, one: Subject, other: Subject) -> bool:
        """Whether two parties' subjects are really one."""
        return bool(self._whose({one}) & self._whose({other}))

    def met(self, firing: Firing) -> set[str]:
        """The entities that every owner in the firing really has; none if it mixed them up."""
        owners = {party for party, _ in firing.subjects}
        each = [self._whose(s for s in firing.subjects if s[0] == party) for party in owners]
        return set.intersection(*each) if each else set()

    def _whose(self, subjects: Iterable[Subject]) -> set[str]:
        whose = (
            self.truth.whose(party, self.registers[party].rows.get(id_, ()))
            for party, id_ in subjects
        )
        return set().union(*whose)


@dataclass(slots=True)
class Verdicts:
    """Counted: pairs that are right, schemes found, firings on what was not planted, records told."""

    right: int = 0
    found: set[Finding] = field(default_factory=set)
    false: int = 0
    told: set[Record] = field(default_factory=set)
    wrong: set[Record] = field(default_factory=set)


def weigh(known: Learned, judge: Judge) -> Verdicts:
    """Hold everything against the truth."""
    verdicts = Verdicts()
    for receiver, other in known.pairs:
        records, same = judge.records(other), judge.same(receiver, other)
        verdicts.right += same
        verdicts.told |= records
        verdicts.wrong |= set() if same else records
    for firing in known.firings:
        planted = set(_planted(firing, judge))
        verdicts.found |= planted
        verdicts.false += not planted
        if len({party for party, _ in firing.subjects}) < 2:
            continue  # told to its owner alone
        records = set().union(*map(judge.records, firing.subjects))
        verdicts.told |= records
        verdicts.wrong |= set() if judge.met(firing) else records
    return verdicts


def _planted(firing: Firing, judge: Judge) -> Iterator[Finding]:
    for entity in judge.met(firing):
        if (firing.typology, entity) in judge.truth.planted:
            yield firing.typology, entity
