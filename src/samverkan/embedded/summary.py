"""One JSON object about a run: what each station did, and how it compares with the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from samverkan.agency.following import cooperations
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.work import SqlReading
from samverkan.embedded import evaluation
from samverkan.embedded.audit import verify_all
from samverkan.embedded.data import Demo
from samverkan.embedded.evaluation import Register, Truth
from samverkan.embedded.house import House
from samverkan.embedded.officers import Plan
from samverkan.embedded.reports import newest_report
from samverkan.steering.sql import tables as lead


@dataclass(slots=True)
class Told:
    """What parties have learned of each other's records, by (owner, owner's subject)."""

    pairs: int = 0
    right: int = 0
    records: set[tuple[str, int]] = field(default_factory=set)
    wrong: set[tuple[str, int]] = field(default_factory=set)
    fired: set[tuple[str, str]] = field(default_factory=set)


def summarise(house: House, demo: Demo, *, seconds: Mapping[str, float]) -> dict[str, Any]:
    """The object that `samverkan demo --headless --json` ends with."""
    plan = demo.plan
    known = evaluation.read_truth(demo.truth)
    registers = evaluation.registers(house, known)
    told = _told(house, registers)
    held = sum(len(set().union(*one.rows.values())) for one in registers.values() if one.rows)
    enrolled = _enrolled(house, registers)
    disclosed = _disclosed(house, registers)
    schemes = _schemes(house, plan, known, registers, told)
    counts = _counts(house)
    return {
        "persons": demo.persons,
        "records_held": held,
        "records_enrolled": len(enrolled),
        "enrolled_share": _share(len(enrolled), held),
        "tokens": counts["tokens"],
        "hits": told.pairs,
        "hit_precision": _share(told.right, told.pairs),
        "requests": counts["requests"],
        "disclosures": counts["disclosures"],
        "schemes": schemes,
        "pooled_recall": _share(schemes["found_blind"], schemes["found_pooled"]),
        "disclosed_share": _share(len(disclosed), held),
        "disclosed_per_scheme": _share(len(disclosed), schemes["found_blind"]),
        "told_share": _share(len(told.records), len(enrolled)),
        "told_false_share": _share(len(told.wrong), len(told.records)),
        "decisions": counts["decisions"],
        "operations": counts["operations"],
        "outcomes": counts["outcomes"],
        "report": newest_report(house, plan.lead, demo.folder / "reports"),
        "ledger_verified": all(verdict.ok for verdict in verify_all(house)),
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0


def _told(house: House, registers: Mapping[str, Register]) -> Told:
    told = Told()
    handles = {party: _handles(house, party) for party in house.nodes}
    for party, node in house.nodes.items():
        with node.opened.store.view() as connection:
            reading = SqlReading(connection, node.opened.store.clock(), party)
            for hit in reading.hits.all():
                other = handles[hit.party].get((hit.scope, hit.handle), "")
                mine = registers[party].entities.get(hit.subject, set())
                theirs = registers[hit.party].entities.get(other, set())
                records = {(hit.party, row) for row in registers[hit.party].rows.get(other, ())}
                same = bool(mine & theirs)
                told.pairs += 1
                told.right += same
                told.records |= records
                told.wrong |= set() if same else records
            for firing in reading.firings.all():
                for entity in registers[party].entities.get(firing.subject, set()):
                    told.fired.add((firing.fired.typology, entity))
    return told


def _handles(house: House, party: str) -> dict[tuple[str, bytes], str]:
    with house.nodes[party].opened.store.view() as connection:
        rows = connection.execute(select(t.handle.c.scope, t.handle.c.handle, t.handle.c.subject))
        return {(row.scope, row.handle): row.subject for row in rows}


def _enrolled(house: House, registers: Mapping[str, Register]) -> set[tuple[str, int]]:
    """Records behind entries or tags."""
    found = set()
    for party, node in house.nodes.items():
        with node.opened.store.view() as connection:
            for table in (t.entry, t.own_tag):
                for subject in connection.execute(select(table.c.subject).distinct()).scalars():
                    found |= {(party, row) for row in registers[party].rows.get(subject, ())}
    return found


def _disclosed(house: House, registers: Mapping[str, Register]) -> set[tuple[str, int]]:
    """Records of which something has left their owner, by the disclosures sent."""
    found = set()
    for party, node in house.nodes.items():
        query = (
            select(t.request.c.subject)
            .join(t.disclosure, t.disclosure.c.request == t.request.c.id)
            .where(t.disclosure.c.outgoing.is_(True))
        )
        with node.opened.store.view() as connection:
            for subject in connection.execute(query).scalars():
                found |= {(party, row) for row in registers[party].rows.get(subject, ())}
    return found


def _schemes(
    house: House, plan: Plan, truth: Truth, registers: Mapping[str, Register], told: Told
) -> dict[str, int]:
    taking = {party: registers[party] for party in plan.parties}
    pooled = evaluation.found_pooled(taking, house.pack, plan.typologies)
    return {
        "planted": len(truth.planted),
        "found_blind": len(told.fired & truth.planted),
        "found_pooled": len(pooled & truth.planted),
        "found_alone": evaluation.found_alone(taking, house.pack, plan.typologies),
        "false": len(told.fired - truth.planted),
    }


def _counts(house: House) -> dict[str, int]:
    counts = {"tokens": 0, "requests": 0, "disclosures": 0}
    for node in house.nodes.values():
        with node.opened.store.view() as connection:
            reading = SqlReading(connection, node.opened.store.clock(), node.me)
            scopes = cooperations(reading.feed.all())
            counts["tokens"] += sum(e.entries for s in scopes for e in reading.enrolments.all(s))
            requests = [r for r in reading.cases.requests() if r.outgoing]
            counts["requests"] += len(requests)
            counts["disclosures"] += sum(
                reading.cases.disclosure(r.id) is not None for r in requests
            )
    return counts | _steered(house)


def _steered(house: House) -> dict[str, int]:
    table = lead.events
    with house.steering.opened.store.view() as connection:
        query = select(table.c.kind, func.count()).group_by(table.c.kind)
        kinds = {row[0]: row[1] for row in connection.execute(query)}
        bodies = connection.execute(
            select(table.c.body).where(table.c.kind == "proposal.decided")
        ).scalars()
        approved = sum(b'"approved"' in bytes(body) for body in bodies)
    return {
        "decisions": kinds.get("proposal.decided", 0),
        "operations": approved,
        "outcomes": kinds.get("outcome.record", 0),
    }
